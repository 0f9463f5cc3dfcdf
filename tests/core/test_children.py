"""Who is a child on a day, and what is offered for one first (DOMAIN2.md section 4)."""

from __future__ import annotations

from datetime import date

import pytest

from core.children import ACTIONS, is_child, with_exploitation

AS_OF = date(2026, 11, 28).toordinal()


@pytest.mark.parametrize(
    ("born", "child"),
    [
        (date(2008, 11, 28), False),  # eighteen today
        (date(2008, 11, 29), True),
        (date(2020, 1, 1), True),
        (date(1980, 1, 1), False),
        (None, False),
    ],
)
def test_a_child_is_under_eighteen_on_the_day(born: date | None, child: bool) -> None:
    assert is_child(None if born is None else born.toordinal(), AS_OF) is child


def test_a_birthday_on_29_february_comes_on_1_march() -> None:
    born = date(2008, 2, 29).toordinal()
    assert is_child(born, date(2026, 2, 28).toordinal())
    assert not is_child(born, date(2026, 3, 1).toordinal())


def test_safeguarding_comes_first_and_exploitation_is_said() -> None:
    assert ACTIONS[0].startswith("Safeguarding")
    assert with_exploitation("Visit", "Not known") == "Visit (child; exploitation: not known)"
