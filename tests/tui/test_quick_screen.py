"""Screens have their styles once: a test goes over every kind of them, so that a new one is among them."""

from __future__ import annotations

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen

from tests.tui.declared import classes
from tests.tui.keyboard import MakeApp, seated
from tui.palettes import Ground
from tui.quick_screen import QuickScreen
from tui.widgets.record_list import RecordList


@pytest.mark.parametrize("kind", [one for one in classes(Screen) if one.__module__.startswith("tui.")])
def test_every_screen_has_its_styles_once(kind: type[DOMNode]) -> None:
    assert issubclass(kind, QuickScreen)


async def test_to_be_shown_gives_a_list_no_styles_again(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[DOMNode] = []
    apply = Stylesheet.apply

    def noted(sheet: Stylesheet, node: DOMNode, **how: object) -> None:
        given.append(node)
        apply(sheet, node, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Stylesheet, "apply", noted)
    async with seated(make_app(view="actions")) as chair:
        shown = chair.view().records
        assert isinstance(shown, RecordList)
        before = given.count(shown)
        await chair.press("act.action")
        assert chair.form()
        assert given.count(shown) == before
        assert given.count(chair.form().query_one("#fault")) == 1


async def test_another_look_is_that_of_the_screens_below_too(make_app: MakeApp) -> None:
    async with seated(make_app(view="actions")) as chair:
        below = chair.app.screen
        dark = below.styles.background
        await chair.press("act.action")
        chair.tasking().wear(Ground.LIGHT)
        await chair.settled()
        await chair.press("form.leave")
        assert chair.app.screen is below
        assert below.styles.background != dark
