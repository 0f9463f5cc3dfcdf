"""Lines that are kept are those that would be drawn: whatever is pressed, nothing on the screen is of before."""

from __future__ import annotations

import random

import pytest
from rich.segment import Segment
from textual.widgets import Input

from tests.tui.keyboard import Chair, MakeApp, seated
from tests.tui.quick import draw_ahead_at_once
from tui.widgets.own_text import OwnText
from tui.widgets.record_list import RecordList

_KEYS = (
    ("j", "k", "g", "G", "pagedown", "pageup", "ctrl+d", "j j j"),
    ("space", "space space", "v j j", "v", "k"),
    ("s", "less_than_sign", "greater_than_sign", "ctrl+o"),
    ("slash s m enter", "slash z z q enter", "slash a escape", "escape", "escape escape"),
    ("right", "left", "z", "z z", "tab", "b n e enter", "p", "H", "a K n o escape", "question_mark escape"),
)
"""Moves, marks, sorts, filters, columns to the right, and what lies over the list or changes how it is shown."""
_STEPS = 16


async def _painted(chair: Chair) -> list[list[Segment]]:
    shown = await chair.painted()
    return [[segment for strip in line for segment in strip if segment.text] for line in shown.strips]


@pytest.mark.parametrize(
    ("view", "size"), [("suspects", (120, 40)), ("wards", (80, 24)), ("actions", (120, 40))], ids=str
)
async def test_after_every_key_what_was_kept_or_drawn_ahead_is_what_would_be_drawn(
    view: str, size: tuple[int, int], make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw_ahead_at_once(monkeypatch)
    dice = random.Random(f"{view} {size}")
    async with seated(make_app(view=view), size=size) as chair:
        for nth in range(_STEPS):
            keys = dice.choice(dice.choice(_KEYS)).split()
            for key in keys:
                await chair.keys(key)
            if isinstance(chair.app.focused, Input):
                await chair.keys("escape")
            if nth == _STEPS // 2:
                chair.app.theme = "light"
            kept = await _painted(chair)
            drawn = [*chair.app.screen.query(RecordList), *chair.app.screen.query(OwnText)]
            for records in chair.app.screen.query(RecordList):
                records._painter.forget_rows()
                vars(records.vertical_scrollbar).pop("_kind", None)
            for widget in drawn:
                getattr(widget, "_lines").forget()  # noqa: B009 - where what is kept is
            assert kept == await _painted(chair), " ".join(keys)
            assert drawn
