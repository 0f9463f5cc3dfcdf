"""A text that paints its own lines looks as one of Textual does, and paints what changed alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from rich.style import Style
from rich.text import Text
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.widgets import Static

from tui.widgets.own_text import OwnText

LINES = [Text("one"), Text.assemble("two ", ("bold", "bold red")), Text("three", style="not bold italic"), Text("四五")]


pytestmark = pytest.mark.usefixtures("frames")


class _Said(OwnText):
    DEFAULT_CSS = "_Said { height: 6; background: blue; color: auto 100%; text-style: bold; }"
    told: Sequence[Text] = LINES

    def lines(self, _width: int, height: int) -> Sequence[Text]:
        return self.told[:height]


class _Both(App[None]):
    CSS = "#other { height: 6; padding: 0 1; background: blue; color: auto 100%; text-style: bold; }"

    def compose(self) -> ComposeResult:
        yield _Said()
        yield Static(Text("\n").join(LINES), id="other")


def _cells(app: App[None], top: int) -> list[list[tuple[object, ...]]]:
    """Letter and look of every cell of six lines of the screen; of a blank cell its background alone."""
    update = app.screen._compositor.render_update(full=True)
    found = []
    for strips in update.strips[top : top + 6]:  # type: ignore[union-attr]
        line: list[tuple[object, ...]] = []
        for text, style, control in (segment for strip in strips for segment in strip):
            look = style or Style()
            seen = (look.bgcolor, look.color, look.bold, look.italic)
            line += [] if control else [(letter, *seen[: 1 if letter == " " else 4]) for letter in text]
        found.append(line)
    return found


def _words(app: App[None], line: int) -> list[str]:
    return "".join(str(letter) for letter, *_ in _cells(app, 0)[line]).split()


async def test_it_looks_as_a_text_of_the_toolkit() -> None:
    async with (app := _Both()).run_test(size=(30, 12)) as pilot:
        await pilot.pause()
        assert _cells(app, 0) == _cells(app, 6)


async def test_lines_that_stay_are_not_painted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with (app := _Both()).run_test(size=(30, 12)) as pilot:
        await pilot.pause()
        said, painted = app.query_one(_Said), []
        refresh = OwnText.refresh

        def noted(widget: OwnText, *regions: Region, **how: Any) -> OwnText:
            painted.append(regions)
            return refresh(widget, *regions, **how)

        monkeypatch.setattr(OwnText, "refresh", noted)
        said.write()
        assert painted == []
        said.told = [LINES[0], Text("deux"), *LINES[2:]]
        said.write()
        assert painted == [(Region(0, 1, 30, 1),)]
        said.told = [LINES[0], Text("deux", style="italic"), LINES[2]]
        said.write()
        assert painted[1:] == [(Region(0, 1, 30, 1), Region(0, 3, 30, 1))]
        await pilot.pause()
        assert _words(app, 1) == ["deux"]


async def test_it_is_drawn_anew_for_another_size_and_another_style() -> None:
    async with (app := _Both()).run_test(size=(30, 12)) as pilot:
        await pilot.pause()
        said = app.query_one(_Said)
        said.styles.background = "red"
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        app.query_one("#other").styles.background = "red"
        await pilot.pause()
        assert _cells(app, 0) == _cells(app, 6)


async def test_what_is_said_while_it_is_hidden_stands_there_when_it_is_shown() -> None:
    async with (app := _Both()).run_test(size=(30, 12)) as pilot:
        await pilot.pause()
        said = app.query_one(_Said)
        said.display = False
        await pilot.pause()
        said.told = [Text("deux")]
        said.write()
        said.display = True
        await pilot.pause()
        assert _words(app, 0) == ["deux"]


async def test_what_is_said_at_another_size_stands_there_at_the_old_one() -> None:
    async with (app := _Both()).run_test(size=(30, 12)) as pilot:
        await pilot.pause()
        said = app.query_one(_Said)
        said._size, before = Size(20, 6), said._size
        said.told = [Text("deux")]
        said.write()
        said._size = before
        await pilot.pause()
        assert _words(app, 0) == ["deux"]
