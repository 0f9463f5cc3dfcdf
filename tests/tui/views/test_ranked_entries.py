"""What a list holds of a run: what was read last, and no more than so much, however far one goes."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from db.historic import Old
from tui.views.ranked_entries import _MOST, Held, Page


def page_of(keys: Iterable[int]) -> Page:
    people: dict[int, Any] = {key: SimpleNamespace(person=f"P{key}", position=key) for key in keys}
    of = [one.person for one in people.values()]
    return Page(people, dict.fromkeys(of, (1.0,)), {person: Old(1, 1.0, None) for person in of})


def test_it_holds_what_was_read_last_and_no_more_than_so_much() -> None:
    held = Held()
    for start in range(1, 4 * _MOST, 64):
        held.take(page_of(range(start, start + 64)))
        assert not held.missing(range(start, start + 64))
    assert len(held.entries) == len(held.weeks) == len(held.old) == _MOST
    last = max(held.entries)
    assert not held.missing(range(last - _MOST + 1, last + 1))


def test_what_is_read_again_is_the_last_to_go() -> None:
    held = Held()
    held.take(page_of(range(_MOST)))
    held.take(page_of(range(64)))
    held.take(page_of(range(_MOST, _MOST + 64)))
    assert held.missing(range(_MOST)) == [*range(64, 128)]
