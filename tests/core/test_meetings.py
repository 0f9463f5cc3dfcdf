"""The agendas, the clock of an item, the seal."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotFound
from core.meetings import Spell, clock, seal, seconds_of
from core.templates import agendas
from core.templates import template as agenda


@pytest.mark.parametrize(("kind", "minutes", "items"), [("daily", 15, 6), ("weekly", 60, 7)])
def test_an_agenda_adds_up_to_its_minutes(kind: str, minutes: int, items: int) -> None:
    found = agenda(kind)
    assert found.kind == kind
    assert found.minutes == minutes == sum(item.minutes for item in found.items)
    assert len(found.items) == items == len({item.key for item in found.items})
    assert found.roles[0] == "Chair"
    assert all(item.title and item.prompt and item.views for item in found.items)
    assert found.items[0].views[0] == "attendance"
    assert found.items[-1].views == ("readback",)


def test_a_kind_that_is_not_known_names_those_that_are() -> None:
    with pytest.raises(NotFound, match="daily, weekly"):
        agenda("monthly")
    assert list(agendas())[:2] == ["daily", "weekly"]


@pytest.mark.parametrize(
    ("seconds", "minutes", "shown"),
    [
        (0, 3, "00:00/03:00"),
        (130, 3, "02:10/03:00"),
        (59.9, 1, "00:59/01:00"),
        (180, 3, "03:00/03:00"),
        (181, 3, "+03:01/03:00"),
        (3600, 60, "60:00/60:00"),
        (6005, 60, "+100:05/60:00"),
    ],
)
def test_the_clock_says_when_it_is_over(seconds: float, minutes: int, shown: str) -> None:
    assert clock(seconds, minutes) == shown


@given(st.lists(st.text(), min_size=1, max_size=3), st.lists(st.text(), min_size=1, max_size=3))
def test_other_papers_have_another_seal(papers: list[str], others: list[str]) -> None:
    assert (seal(*papers) == seal(*others)) == (papers == others)


def test_moving_words_from_one_paper_to_the_other_breaks_the_seal() -> None:
    assert seal("ab", "c") != seal("a", "bc") != seal("abc", "")
    assert seal("a") == hashlib.sha256(bytes(7) + b"\x01a").hexdigest()


def test_what_two_windows_spent_at_the_same_time_counts_once() -> None:
    assert seconds_of([]) == 0
    assert seconds_of([Spell(1, 0, 30), Spell(1, 20, 50)]) == 60, "one window has one clock"
    assert seconds_of([Spell(1, 0, 30), Spell(2, 20, 50)]) == 50
    assert seconds_of([Spell(2, 10, 20), Spell(1, 0, 30), Spell(3, 40, 45)]) == 35
