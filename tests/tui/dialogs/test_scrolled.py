"""What scrolls goes by the keys that its screen names: a box with the focus would take them, and glide for a while."""

from __future__ import annotations

import ast
from pathlib import Path

from textual.containers import VerticalScroll

import tui
from tests.tui.declared import classes
from tests.tui.keyboard import Chair, MakeApp, seated
from tui.dialogs.help import Help
from tui.dialogs.whole import Whole

_BOXES = {"HorizontalScroll", "ScrollableContainer", "VerticalScroll"}


def test_no_box_that_scrolls_takes_the_focus() -> None:
    boxes = _BOXES | {kind.__name__ for kind in classes(VerticalScroll)}
    made = [
        (f"{path.name}:{call.lineno}", {word.arg: ast.unparse(word.value) for word in call.keywords})
        for path in Path(tui.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in boxes
    ]
    assert made
    assert not [where for where, words in made if words.get("can_focus") != "False"]


async def _places(chair: Chair, *keys: str) -> list[float]:
    box, found = chair.app.screen.query_one(VerticalScroll), []
    for key in keys:
        await chair.keys(key)
        found.append(box.scroll_y)
    assert chair.app.focused is None
    return found


async def test_the_keys_of_help_go_as_far_as_it_says_at_once(make_app: MakeApp) -> None:
    async with seated(make_app(view="suspects"), size=(80, 24)) as chair:
        await chair.press("room.help")
        assert isinstance(chair.app.screen, Help)
        last = chair.app.screen.query_one(VerticalScroll).max_scroll_y
        keys = ("pagedown", "down", "j", "pageup", "up", "end", "home")
        assert await _places(chair, *keys) == [12, 15, 18, 6, 3, last, 0]
        await chair.keys("question_mark", "pagedown")
        assert chair.app.screen.query_one(VerticalScroll).scroll_y == 12


async def test_a_text_in_full_goes_as_far_by_arrows_as_by_letters(make_app: MakeApp) -> None:
    async with seated(make_app(view="suspects"), size=(80, 24)) as chair:
        chair.app.push_screen(Whole(" ".join(map(str, range(999)))))
        await chair.settled()
        assert await _places(chair, "down", "j", "pagedown", "up", "pageup") == [2, 4, 20, 18, 2]
