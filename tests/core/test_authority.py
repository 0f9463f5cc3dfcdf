"""Section 60 (DOMAIN2 section 5): inspector or above, grounds, area, 24 hours, 48 with a superintendent's extension."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.authority import Authority, authority_of, refuse_too_long
from core.errors import Problem
from core.tactics import SECTION_60, SURVEILLANCE

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)
GIVEN = "Inspector; two stabbings; Brownswood"


def lasts(hours: float, text: str) -> None:
    refuse_too_long(authority_of("Section 60", text), NOW, NOW + timedelta(hours=hours))


def test_it_is_given_by_rank_grounds_and_area() -> None:
    given = authority_of("Section 60", GIVEN)
    assert given == Authority(SECTION_60, "inspector", "two stabbings", "Brownswood")
    assert given.words == "section 60 by inspector: two stabbings; area Brownswood"
    assert authority_of("Section 60", given.typed) == given


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs the rank"), ("inspector", "needs its grounds"), ("inspector; x", "needs its area"),
        ("sergeant; x; y", "by an inspector or above, not by a sergeant"), ("baker; x; y", "'baker' is no rank"),
        ("inspector; x; y; inspector", "extended by a superintendent or above"), ("inspector; x; y; supt", "no rank"),
        ("inspector; x; y; superintendent; z", "more than"),
    ],
)  # fmt: skip
def test_what_it_lacks_is_said(text: str, said: str) -> None:
    with pytest.raises(Problem, match=said):
        authority_of("Section 60", text)


def test_it_lasts_a_day_and_two_with_an_extension() -> None:
    extended = f"{GIVEN}; superintendent"
    lasts(24, GIVEN)
    lasts(30, extended)
    lasts(48, extended)
    with pytest.raises(Problem, match="24 hours unless a superintendent extends it; this is 30"):
        lasts(30, GIVEN)
    with pytest.raises(Problem, match="48 hours at most, with its extension; this is 50"):
        lasts(50, extended)


def test_of_surveillance_only_a_reference_is_kept_and_other_tactics_need_nothing() -> None:
    given = authority_of("surveillance", "URN 12/26")
    assert (given.kind, given.reference, given.rank) == (SURVEILLANCE, "URN 12/26", "")
    refuse_too_long(given, NOW, NOW + timedelta(days=90))
    with pytest.raises(Problem, match="needs the reference"):
        authority_of("surveillance", " ")
    assert authority_of("weapon sweep", "") == Authority()
    with pytest.raises(Problem, match="needs no authority"):
        authority_of("weapon sweep", GIVEN)
