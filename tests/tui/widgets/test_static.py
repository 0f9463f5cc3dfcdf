"""A text that changes is as high as what it holds, whatever the screen did between two changes."""

from __future__ import annotations

import ast
from pathlib import Path

from textual.app import App, ComposeResult

import tui
from tui.widgets.static import Static

OWN = Path(tui.__file__).parent / "widgets" / "static.py"


class _Reader(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("reading", id="facts")


async def test_a_text_that_changes_twice_before_a_rest_has_the_height_of_the_last() -> None:
    app = _Reader()
    async with app.run_test() as pilot:
        facts = app.query_one("#facts", Static)
        facts.update("still reading")
        app.screen._refresh_layout()
        facts.update("\n".join("12345"))
        await pilot.pause()
        assert facts.size.height == 5


async def test_a_text_that_changes_as_something_is_put_beside_it_has_its_height() -> None:
    app = _Reader()
    async with app.run_test() as pilot:
        facts = app.query_one("#facts", Static)
        await pilot.pause()
        # as something is put up beside it that has no place yet
        app.screen._clear_arrangement_cache()
        app.screen._compositor._full_map_invalidated = True
        app.screen._compositor._visible_map = None
        facts.update("\n".join("12345"))
        await pilot.pause()
        assert facts.size.height == 5


def test_every_text_of_the_program_is_of_this_kind() -> None:
    others = []
    for file in sorted(Path(tui.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "textual.widgets" and file != OWN:
                others += [file.name for name in node.names if name.name == "Static"]
    assert not others, "they import the Static of Textual, whose height may be that of a text before"
