"""One rule for what a command does not apply to: all or none, each named with its state; one for its reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.applying import WHY_NEEDED, DoesNotApply, Unfit, all_or_none, reason_given
from core.days import clock_words
from core.errors import Problem, headed
from core.meetings import sealed_words
from core.text import named

FREE = Unfit("East 1", "East 1", "is free")


@given(st.lists(st.sampled_from([None, FREE]), min_size=1, max_size=9))
def test_a_command_applies_to_all_or_is_refused_naming_those_it_does_not_apply_to(unfit: list[Unfit | None]) -> None:
    wrong = [one for one in unfit if one]
    if not wrong:
        all_or_none(unfit)
        return
    with pytest.raises(DoesNotApply) as refused:
        all_or_none(unfit)
    assert refused.value.sentence.count("East 1 is free") == min(3, len(wrong))
    assert ("other" in refused.value.sentence) == (len(wrong) > 3)


def test_of_a_set_it_says_how_many_were_left_as_they_are() -> None:
    assert DoesNotApply([FREE], 1).sentence == "East 1 is free. Nothing was changed."
    several = DoesNotApply([FREE] * 5, 6).sentence
    assert several.endswith("; and 2 others. None of the 6 was changed: space takes a mark away.")


def test_behind_its_title_a_refusal_says_once_that_nothing_was_changed() -> None:
    refused = DoesNotApply([FREE], 1)
    assert headed(refused.title, refused.sentence) == "Not changed: East 1 is free."
    assert headed("Full", "The disk is full. Nothing was changed.") == "Full: The disk is full. Nothing was changed."
    assert headed("The disk", "The disk is full.") == "The disk is full."


def test_a_screen_names_records_as_it_shows_them() -> None:
    refused = DoesNotApply([Unfit("N1", "N1", "has left already"), FREE], 2).named({"N1": "TESTCASE, Al"})
    assert refused.sentence.startswith("TESTCASE, Al has left already; East 1 is free.")


def test_a_reason_is_words() -> None:
    assert reason_given("  off sick ") == "off sick"
    for empty in ("", " \n"):
        with pytest.raises(Problem) as missing:
            reason_given(empty)
        assert missing.value.sentence == WHY_NEEDED


def test_several_records_are_named_by_the_first() -> None:
    assert (named([]), named(["A"]), named(["A", "B"])) == ("", "A", "A and 1 more")
    assert named(["A"] * 1001) == "A and 1,000 more"


def test_a_moment_is_said_in_london_with_its_day_where_that_is_another() -> None:
    summer = datetime(2026, 7, 1, 8, 15, tzinfo=UTC)
    assert clock_words(summer, summer) == "09:15"
    assert clock_words(summer, datetime(2026, 7, 2, tzinfo=UTC)) == "01/07 09:15"
    assert sealed_words(summer, summer) == "Sealed at 09:15"
    assert sealed_words(summer, datetime(2026, 7, 1, 23, tzinfo=UTC)) == "Sealed on 01/07/2026 at 09:15"
