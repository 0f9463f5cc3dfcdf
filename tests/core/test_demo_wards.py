"""What the synthetic London says and does about its wards: repeatable, and taken by the import as it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

import pytest

import core.fly_tips
import core.panels
import core.patrols
import core.unsafe_places
from core.demo import (
    FLY_TIPS_HEADER,
    PANEL_HEADER,
    PATROLS_HEADER,
    UNSAFE_HEADER,
    fly_tips,
    patrols,
    unsafe_places,
    ward_panels,
)
from core.demo.places import ward_pull
from tests.core.test_demo import AS_OF, WARDS, Row, digest

CODES_IN_ORDER = sorted(ward.code for ward in WARDS)
CODES = frozenset(CODES_IN_ORDER)
TODAY = AS_OF.toordinal()


def fields(header: Row, row: Row, wanted: Sequence[str]) -> list[str]:
    """The values of a row as an import hands them on: in the order wanted, empty where the file has no such column."""
    values = dict(zip(header, row, strict=True))
    assert values.keys() <= set(wanted)
    return [values.get(name, "") for name in wanted]


@pytest.mark.parametrize("records", [ward_panels, unsafe_places, patrols, fly_tips])
def test_records_about_wards_are_repeatable_and_of_their_seed_and_day(records: Callable[..., Iterable[Row]]) -> None:
    first = digest(records(WARDS, AS_OF, 3))
    assert digest(records(WARDS, AS_OF, 3)) == digest(records(tuple(reversed(WARDS)), AS_OF, 3)) == first
    assert digest(records(WARDS, AS_OF, 4)) != first
    assert digest(records(WARDS, AS_OF + timedelta(days=1), 3)) != first
    with pytest.raises(ValueError, match="at least one ward"):
        list(records((), AS_OF))


def test_every_ward_panel_asks_for_three_or_four_things() -> None:
    wanted = (*core.panels.COLUMNS, *core.panels.OPTIONAL)
    asked = [core.panels.checked(fields(PANEL_HEADER, row, wanted), TODAY, CODES) for row in ward_panels(WARDS, AS_OF)]
    of_ward = Counter(one.ward_code for one in asked)
    assert of_ward.keys() == CODES
    assert set(of_ward.values()) == {3, 4}
    assert 0.2 < sum(many == 4 for many in of_ward.values()) / len(CODES) < 0.3
    assert len({(one.ward_code, one.priority) for one in asked}) == len(asked), "no ward asks for one thing twice"
    assert all(TODAY - 200 <= one.set_on < TODAY for one in asked)
    ended = [one for one in asked if one.ends_on is not None]
    assert {one.ends_on for one in ended} == {TODAY - 1}, "what has ended stands no longer on the day"
    assert 0.05 < len(ended) / len(asked) < 0.11


def test_places_are_flagged_within_the_year_and_more_where_harm_is() -> None:
    wanted = (*core.unsafe_places.COLUMNS, *core.unsafe_places.OPTIONAL)
    flagged = [
        core.unsafe_places.checked(fields(UNSAFE_HEADER, row, wanted), TODAY) for row in unsafe_places(WARDS, AS_OF)
    ]
    assert len({one.ref for one in flagged}) == len(flagged) == 900
    assert {one.ward_code for one in flagged} <= CODES
    assert all(TODAY - 365 <= one.reported_on < TODAY for one in flagged)
    assert len({one.reported_on for one in flagged}) > 300
    assert Counter(one.reason for one in flagged).most_common(1)[0][0] == "poor lighting"
    pulls = sorted(zip(ward_pull(WARDS), CODES_IN_ORDER, strict=True), reverse=True)
    worst = {code for _, code in pulls[:68]}
    assert 0.15 < sum(one.ward_code in worst for one in flagged) / 900 < 0.35, "a tenth of the wards"


def test_ward_teams_patrol_the_eighty_worst_wards_on_most_of_twenty_eight_days() -> None:
    wanted = (*core.patrols.COLUMNS, *core.patrols.OPTIONAL)
    made = [core.patrols.checked(fields(PATROLS_HEADER, row, wanted), TODAY, CODES) for row in patrols(WARDS, AS_OF)]
    assert {one.day for one in made} == set(range(TODAY - 28, TODAY))
    pulls = sorted(zip(ward_pull(WARDS), CODES_IN_ORDER, strict=True), reverse=True)
    assert {one.ward_code for one in made} == {code for _, code in pulls[:80]}
    assert 0.5 < len(made) / (28 * 80) < 0.6
    assert len({one.key for one in made}) == len(made), "a team patrols its ward once a day"
    assert {one.officers for one in made} == {2, 3, 4}
    assert {one.hours / one.officers for one in made} == {2, 3, 4, 6}
    assert all(one.tactic for one in made)


@pytest.mark.parametrize("many", [1, 22, 679])
def test_fly_tip_sites_stand_only_in_the_wards_given(many: int) -> None:
    council = WARDS[:many]
    rows = list(fly_tips(council, AS_OF))
    read = (*core.fly_tips.COLUMNS, *core.fly_tips.OPTIONAL)
    sites = [core.fly_tips.checked(fields(FLY_TIPS_HEADER, row, read), CODES, TODAY) for row in rows]
    assert len({one.key for one in sites}) == len(sites) == 26 > core.fly_tips.TARGET_SITES
    assert len({one.ward_code for one in sites}) == min(many, 26)
    assert {one.ward_code for one in sites} <= {ward.code for ward in council}
    assert all(3 <= one.reports < 63 for one in sites)
    assert all(one.since is not None and TODAY - 420 < one.since <= TODAY - 20 for one in sites)
