"""A look for reference cycles among what is old holds up keys, so it waits until nobody types."""

from __future__ import annotations

import pytest
from textual.app import App

from tui import collecting
from tui.collecting import Collecting


class _Gc:
    """Python's collector, as far as a room has to do with it."""

    def __init__(self) -> None:
        self.enabled, self.frozen, self.looks, self.counted = False, 0, 0, 0
        self.thresholds: tuple[int, ...] = ()

    def isenabled(self) -> bool:
        return self.enabled

    def freeze(self) -> None:
        self.frozen += 1

    def enable(self) -> None:
        self.enabled = True

    def set_threshold(self, *thresholds: int) -> None:
        self.thresholds = thresholds

    def get_count(self) -> tuple[int, int, int]:
        return 0, 0, self.counted

    def collect(self) -> None:
        self.looks, self.counted = self.looks + 1, 0


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> _Gc:
    fake = _Gc()
    monkeypatch.setattr(collecting, "gc", fake)
    monkeypatch.setattr(collecting, "_PAINTED", 0.01)
    return fake


async def test_what_was_loaded_stays_and_looks_begin_once_the_room_stands(asked: _Gc) -> None:
    async with (app := App[None]()).run_test() as pilot:
        Collecting(app).begin()
        assert not asked.enabled
        await pilot.pause(0.1)
        assert (asked.enabled, asked.frozen) == (True, 1)
        assert asked.thresholds[2] > 10, "seldom by itself among what is old"


def test_nothing_is_looked_for_while_someone_types_or_where_little_has_come(
    asked: _Gc, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(collecting, "monotonic", lambda: now[0])
    found = Collecting(App())
    asked.counted = 50
    now[0] += 0.5
    found._at_rest()
    assert asked.looks == 0, "it was typed half a second ago"
    now[0] += 1
    found._at_rest()
    assert asked.looks == 1
    now[0] += 1
    found._at_rest()
    assert asked.looks == 1, "nothing has come since"
    asked.counted = 50
    found.typed()
    found._at_rest()
    assert asked.looks == 1
