"""What stands against a deployment (DOMAIN2 section 5): places, crew, skills, vehicles, strength, hours of duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.clashes import Away, Clash, Crew, Elsewhere, Sending, clashes, in_words, overlap
from core.units import Uplift, shift_of, skills_of, strength

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAIR = Crew("East 1", 2, 20)
PATROL = Sending(0, "Bow East", "high-visibility patrol", NOW, NOW + 8 * HOUR, (PAIR,))


def kinds(sending: Sending) -> list[str]:
    return [clash.kind for clash in clashes(sending)]


def test_a_pair_on_patrol_for_a_day_of_duty_clashes_with_nothing() -> None:
    assert clashes(PATROL) == []
    assert in_words([]) == ""


def _elsewhere(starts: float, ends: float | None) -> Sending:
    other = Elsewhere(
        7, "Kilburn", "warrant", NOW + starts * HOUR, None if ends is None else NOW + ends * HOUR, "Insp B", NOW - HOUR
    )
    return replace(PATROL, crews=(replace(PAIR, elsewhere=(other,)),))


@pytest.mark.parametrize(
    ("starts", "ends", "found"),
    [
        (-8, 0, ["rest"]), (-8, 1, ["two-places"]), (-8, None, ["two-places"]), (4, 6, ["two-places"]),
        (8, 12, ["rest"]), (8, 9, ["rest"]), (19, 20, []), (-30, -11, []), (-30, -10.5, ["rest"]),
    ],
)  # fmt: skip
def test_a_unit_is_in_one_place_and_rests_between(starts: float, ends: float | None, found: list[str]) -> None:
    assert kinds(_elsewhere(starts, ends)) == found


def test_who_took_the_unit_and_what_would_resolve_it_is_said() -> None:
    [clash] = clashes(_elsewhere(-2, 4))
    assert clash.says == ("East 1 is on warrant in Kilburn from 28/11 16:00 until 28/11 22:00; sent by Insp B at 17:00")
    assert (clash.numbers, clash.blocks) == ((7,), True)
    assert in_words([clash]).endswith("(it leaves there, or another unit goes)")


def test_a_tactic_has_its_crew_its_vehicles_and_its_skills() -> None:
    warrant = replace(PATROL, tactic="warrant")
    assert kinds(warrant) == ["crew"], "of a unit whose skills are not known none is missed"
    six = replace(PAIR, officers=6, skills=skills_of("search"))
    [skill] = clashes(replace(warrant, crews=(six,)))
    assert (skill.kind, "needs entry, which none of East 1 has" in skill.says) == ("skill", True)
    assert kinds(replace(warrant, crews=(six, replace(PAIR, unit="E2", skills=skills_of("Entry"))))) == []
    convoy = replace(PATROL, tactic="convoy", crews=(replace(PAIR, officers=6),))
    assert [clash.says for clash in clashes(convoy)] == ["convoy takes 2 vehicles at least, no size is given"]
    assert kinds(replace(convoy, vehicles=1)) == ["vehicles"]
    assert kinds(replace(convoy, vehicles=2)) == []


def test_no_more_go_than_there_are_and_none_that_is_away() -> None:
    assert kinds(replace(PATROL, crews=(replace(PAIR, officers=21),))) == ["strength"]
    away = replace(PAIR, away=Away(NOW - HOUR, None, "training day"))
    [clash] = clashes(replace(PATROL, crews=(away,)))
    assert (clash.kind, clash.says) == ("away", "East 1 is not available: training day")


def test_hours_of_duty_warn_and_never_block_and_a_period_has_none() -> None:
    on_shift = replace(PAIR, shift=shift_of("14:00-22:00"))
    found = clashes(replace(PATROL, ends=NOW + 9 * HOUR, crews=(on_shift,)))
    assert [(clash.kind, clash.blocks) for clash in found] == [("hours", False), ("shift", False)]
    assert clashes(replace(PATROL, ends=NOW + 4 * HOUR, crews=(on_shift,))) == []
    assert clashes(replace(PATROL, tactic="Strong Box", ends=NOW + timedelta(days=56), crews=(on_shift,))) == []
    night = replace(PAIR, shift=shift_of("22:00-07:00"))
    early = datetime(2026, 11, 29, 2, tzinfo=UTC)
    assert clashes(replace(PATROL, starts=early, ends=early + 4 * HOUR, crews=(night,))) == [], "over midnight"


def test_what_blocks_comes_first() -> None:
    found = clashes(replace(PATROL, tactic="warrant", ends=NOW + 9 * HOUR))
    assert [clash.blocks for clash in found] == [True, False]
    assert isinstance(found[0], Clash)


def test_times_that_touch_do_not_overlap_and_unknown_ends_never_come() -> None:
    assert not overlap(NOW, NOW + HOUR, NOW + HOUR, NOW + 2 * HOUR)
    assert overlap(None, None, NOW, NOW)
    assert not overlap(NOW, None, None, NOW)


def test_strength_is_worked_out_from_what_is_lent_and_received() -> None:
    lent = (Uplift(6, NOW, NOW + 8 * HOUR), Uplift(-4, NOW + HOUR, None))
    assert [strength(20, lent, NOW + hours * HOUR) for hours in (-1, 0, 1, 8)] == [20, 26, 22, 16]
    assert strength(2, lent, NOW + 9 * HOUR) == 0
