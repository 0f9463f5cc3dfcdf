"""Keys typed fast leave what the same keys leave when they are typed slowly, whatever is read meanwhile."""

from __future__ import annotations

import random
from time import sleep

import pytest

from tests.tui.keyboard import MakeApp, seated
from tui.reading import Reading
from tui.views import list_reading, ranked, source

_LISTS = ["suspects", "wards"]
_BURSTS = 5
_KEYS = (
    ("j", "k", "g", "G", "ctrl+d", "ctrl+u", "j j j"),
    ("space", "space space", "v j v", "v"),
    ("s", "<", ">", "ctrl+o"),
    ("/ s m enter", "/ z z q enter", "/ a", "/ a escape", "/ z z escape", "/ l e backspace enter", "/ enter"),
    ("escape", "escape escape"),
    ("a K n o escape", "? escape", "b escape", "b n e enter", "enter escape", "z", "p p"),
)
"""Moves, marks, sorts, filters, Esc, and what lies over the list and is left again."""


def _bursts(seed: int) -> list[list[str]]:
    dice = random.Random(seed)
    return [
        " ".join(dice.choice(dice.choice(_KEYS)) for _ in range(dice.randint(3, 9))).split() for _ in range(_BURSTS)
    ]


async def _left_behind(make_app: MakeApp, view: str, bursts: list[list[str]], *, fast: bool) -> list[str]:
    """The screen after each burst."""
    found = []
    async with seated(make_app(view=view)) as chair:
        await chair.settled()
        for keys in bursts:
            typed = [{"/": "slash", "?": "question_mark"}.get(key, key) for key in keys]
            await (chair.burst(*typed) if fast else chair.keys(*typed))
            found.append(await chair.screen_text())
    return found


@pytest.mark.parametrize("sorted_at_once", [True, False])
@pytest.mark.parametrize("view", _LISTS)
async def test_keys_typed_fast_leave_what_they_leave_typed_slowly(
    view: str, sorted_at_once: bool, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    bursts = _bursts(_LISTS.index(view))
    slowly = await _left_behind(make_app, view, bursts, fast=False)
    dice = random.Random(1)
    work = Reading._work

    def at_any_time(reading: Reading[object], *others: object) -> None:
        """Read as soon as it is asked for, or a while later."""
        sleep(dice.choice((0, 0, 0.003, 0.01)))
        work(reading, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(Reading, "_work", at_any_time)
    if not sorted_at_once:
        monkeypatch.setattr(list_reading, "_SOON", 60)
        monkeypatch.setattr(source, "_FEW", 0)
        monkeypatch.setattr(ranked, "_FIRST", 150)
    for keys, expected, shown in zip(
        bursts, slowly, await _left_behind(make_app, view, bursts, fast=True), strict=True
    ):
        assert shown == expected, " ".join(keys)
