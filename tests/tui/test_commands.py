"""Commands: on the keys that peers' users have in their fingers, named once, all in the help and the palette."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console
from rich.text import Text
from textual.app import App
from textual.command import CommandPalette
from textual.widgets import Static

from tests.tui.declared import declared, keys_of
from tests.tui.keyboard import Chair, MakeApp, seated
from tui.commands import foot_words, for_footer, live
from tui.dialogs.help import Help
from tui.keymap import TAKEN
from tui.widgets.keybar import KeyBar

TABLE = {
    "list.down": "j,down",
    "list.up": "k,up",
    "list.first": "g",
    "list.last": "G",
    "list.half_down": "ctrl+d",
    "list.half_up": "ctrl+u",
    "list.page_down": "pagedown",
    "list.page_up": "pageup",
    "meeting.view": "tab",
    "meeting.view_before": "shift+tab",
    "meeting.next": "right_square_bracket",
    "meeting.before": "left_square_bracket",
    "list.choose": "enter",
    "list.back": "escape",
    "list.filter": "slash",
    "list.sort_left": "less_than_sign",
    "list.sort_right": "greater_than_sign",
    "list.sort_reverse": "s",
    "list.mark": "space",
    "list.range": "v",
    "act.why": "w",
    "act.action": "a",
    "act.decision": "d",
    "deployment.deploy": "t",
    "act.carry": "c",
    "act.close": "x",
    "act.edit": "e",
    "room.undo": "u,ctrl+z",
    "room.redo": "U,ctrl+y",
    "list.yank": "y",
    "app.copy": "ctrl+c",
    "meeting.zoom": "z",
    "room.projector": "p",
    "room.palette": "colon",
    "room.help": "question_mark,f1",
    "room.refresh": "ctrl+r",
    "room.leave": "q",
    "app.quit": "ctrl+q",
    "confirm.yes": "y",
    "confirm.no": "n,escape",
    "meeting.seal": "S",
}
"""What each key of the design does; the palette is on ctrl+p as well."""


def test_every_key_of_the_design_does_what_it_says() -> None:
    bound: dict[str, set[str]] = {}
    for _, binding in declared():
        bound.setdefault(binding.id or "", set()).update(keys_of(binding))
    for name, wanted in TABLE.items():
        assert set(wanted.split(",")) <= bound.get(name, set()), name
    assert App.COMMAND_PALETTE_BINDING == "ctrl+p"
    assert {f"meeting.item_{n}": {str(n)} for n in range(1, 10)}.items() <= bound.items()


def test_no_command_is_on_a_key_that_terminals_send_for_another() -> None:
    for owner, binding in declared():
        assert not keys_of(binding) & set(TAKEN), f"{owner.__name__}: {binding}"


def test_every_command_has_a_name_a_label_and_a_sentence() -> None:
    for owner, binding in declared():
        assert binding.id, f"{owner.__name__}: {binding}"
        assert binding.description, binding.id
        assert binding.tooltip, binding.id
        assert binding.tooltip[0].isupper(), binding.id
        assert len(binding.description) <= 30, binding.id


def test_a_name_stands_for_one_action_and_one_sentence() -> None:
    said: dict[str, tuple[str, str]] = {}
    for _, binding in declared():
        meant = binding.action.removeprefix("app."), binding.tooltip
        assert said.setdefault(binding.id or "", meant) == meant


@pytest.mark.parametrize("kind", ["daily", "weekly"])
async def test_on_every_screen_names_are_unique_and_the_foot_holds_seven(kind: str, make_app: MakeApp) -> None:
    app = make_app(kind)
    async with seated(app, size=(80, 24)) as chair:
        assert app.session.meeting is not None
        for number, item in enumerate(app.session.meeting.agenda.items, 1):
            await chair.press(f"meeting.item_{number}")
            for _ in item.views:
                await _check_screen(chair)
                if chair.commands()["meeting.view"].enabled:
                    await chair.press("meeting.view")
        await chair.press("meeting.item_4", "list.choose")
        await _check_screen(chair)
        await chair.press("act.why")
        await _check_screen(chair)
        await chair.press("list.filter")
        await _check_screen(chair)


async def _check_screen(chair: Chair) -> None:
    """Names are unique, no key is claimed twice, the foot has at most seven and does not overflow."""
    await chair.pilot.pause()
    screen = chair.app.screen
    actions: dict[str, set[str]] = {}
    for active in screen.active_bindings.values():
        if active.binding.id:
            actions.setdefault(active.binding.id, set()).add(active.binding.action)
    assert all(len(found) == 1 for found in actions.values()), actions
    chain = [*(screen.focused.ancestors_with_self if screen.focused else [screen])]
    claimed: dict[str, str] = {}
    for node in chain:
        for owner in type(node).__mro__:
            for binding in owner.__dict__.get("BINDINGS", ()) if owner.__module__.startswith("tui.") else ():
                for key in keys_of(binding) - {"escape"}:
                    assert claimed.setdefault(key, binding.id) == binding.id, f"{key}: {claimed[key]}, {binding.id}"
    shown = for_footer(live(screen), chair.app.size.width)
    assert 0 < len(shown) <= 7
    foot = screen.query_one(KeyBar)
    text = foot.content
    assert isinstance(text, Text)
    assert 0 < text.cell_len <= foot.size.width - 2
    assert re.split(r" {2,}", text.plain) == [foot_words(one) for one in shown], "all fit"
    assert text.plain.endswith(" help"), "it stands at the right edge"
    assert text.cell_len == foot.size.width - 2


async def test_a_wide_foot_shows_more(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(160, 40)) as chair:
        await chair.press("meeting.item_5")
        await chair.pilot.pause()
        foot = chair.app.screen.query_one(KeyBar)
        assert isinstance(foot.content, Text)
        assert 7 < len(re.split(r" {2,}", foot.content.plain)) <= 14
        assert foot.content.cell_len <= 158


def help_text(chair: Chair) -> str:
    assert isinstance(chair.app.screen, Help)
    paper = io.StringIO()
    Console(file=paper, width=200).print(chair.app.screen.query_one(Static).content)
    return paper.getvalue()


@pytest.mark.parametrize("item", ["meeting.item_1", "meeting.item_5"])
async def test_help_lists_every_live_command_in_words_its_own_first(item: str, make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press(item)
        found = chair.commands()
        assert {"room.help", "app.quit", "list.down", "act.action"} <= set(found)
        await chair.keys("f1")
        text = help_text(chair)
        lines = text.splitlines()
        for name, one in found.items():
            if not name.startswith("meeting.item_"):
                assert any(one.key in line and one.says in line for line in lines), name
        assert "1 to 6" in text
        assert "5 Next 24 hours" in text, "the items by their titles, once"
        own = text.index("On this screen")
        assert own < text.index("w  ") < text.index("In every list") < text.index("The agenda")
        await chair.press("help.last", "help.first", "help.words")
        words = help_text(chair)
        assert "BCU" in words
        assert "basic command unit" in words
        await chair.keys("?")
        assert help_text(chair) == text
        await chair.keys("escape")
        assert not isinstance(chair.app.screen, Help)


@pytest.mark.parametrize("size", [(60, 15), (80, 24)])
async def test_marking_and_foot_stay_in_sight_beside_help(size: tuple[int, int], make_app: MakeApp) -> None:
    async with seated(make_app(), size=size) as chair:
        await chair.press("meeting.item_4")
        foot = (await chair.screen_text()).splitlines()[-1]
        await chair.keys("?")
        shown = (await chair.screen_text()).splitlines()
        assert "OFFICIAL-SENSITIVE" in shown[0]
        assert "Keys that work here" in shown[1]
        assert re.search(r"\bw  Why is this here", shown[3]), "no more room is taken for keys than those of a part need"
        assert shown[-1] == foot


async def test_the_palette_lists_every_live_command_and_carries_it_out(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "list.mark", "list.mark")
        listed = {one.title: one for one in chair.app.get_system_commands(chair.app.screen)}
        for one in chair.commands().values():
            assert (f"{one.label}  ({one.key})" in listed) == one.enabled, one.name
        assert {"theme high-contrast", "theme light"} <= set(listed)
        listed["action  (a)"].callback()
        await chair.settled()
        assert set(chair.typed()) == {"action", "owner", "due"}
        await chair.press("form.leave")
        listed["theme high-contrast"].callback()
        assert chair.app.theme == "high-contrast"


async def test_the_palette_by_keyboard(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4")
        person = chair.view().under_cursor()
        assert person is not None
        await chair.burst("colon", *"action  (a", "down", "enter")
        assert person.subject.label in str(chair.form().query_one("#box").border_title)
        await chair.fill(action="Go", owner="Ward team")


async def test_the_palette_carries_out_what_was_typed_and_not_what_it_showed_before(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.keys("colon")
        for key in ("b", "slash", "b", "enter"):
            await chair.hurried(key)
        await chair.settled()
        assert chair.app.is_running
        assert isinstance(chair.app.screen, CommandPalette), "nothing is called so"
