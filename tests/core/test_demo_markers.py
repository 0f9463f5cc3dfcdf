"""Markers of the synthetic London: orders within their terms, and MAPPA category 1 as the registered sex offenders."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice

import pytest

from core.cohorts.case import Case
from core.cohorts.rso import may_move
from core.demo.markers import Marked, stated
from core.demo.orders import TERMS
from core.demo.people import USUAL
from core.markers import Checked, Marker, checked
from tests.core.test_demo import AS_OF, digest

TODAY = AS_OF.toordinal()
CHILD = TODAY - 16 * 365
STATUSES = tuple(dict.fromkeys(USUAL))
PEOPLE = [
    Marked(
        f"N{number:07d}", status, CHILD if number % 16 == 0 else TODAY - (20 + number % 50) * 365, TODAY - number % 300
    )
    for number, status in enumerate(islice(cycle(USUAL), 30_000))
]
BORN = {person.ref: person.born for person in PEOPLE}


def _rows(as_of: date, seed: int = 1) -> Iterator[tuple[str, ...]]:
    return (marker.row() for marker in stated(PEOPLE, as_of, seed))


@pytest.fixture(scope="module")
def made() -> list[Checked]:
    """The markers as an import takes them: not one is refused."""
    return [checked(row, TODAY) for row in _rows(AS_OF)]


def is_child(ref: str) -> bool:
    return BORN[ref] == CHILD


def years_on(day: int, years: int) -> int:
    start = date.fromordinal(day)
    return (start.replace(year=start.year + years) if (start.month, start.day) != (2, 29) else start).toordinal()


def test_markers_are_repeatable_and_of_their_seed_and_day() -> None:
    first = digest(_rows(AS_OF, 3))
    assert digest(_rows(AS_OF, 3)) == first
    assert digest(_rows(AS_OF, 4)) != first
    assert digest(_rows(AS_OF + timedelta(days=1), 3)) != first


def test_every_order_lasts_as_long_as_its_law_allows(made: list[Checked]) -> None:
    orders = [one for one in made if one.kind == "order"]
    assert {one.value for one in orders} == set(TERMS)
    for one in orders:
        if one.ends is None:
            assert one.value in ("SPO", "SHPO", "CBO", "NMO", "RO"), "DOMAIN2.md section 3: until further order"
            continue
        days = one.ends - one.starts
        if one.value == "DVPO":
            assert 14 <= days <= days + 1 <= 28
            assert not is_child(one.person_ref)
        elif one.value in ("SPO", "SHPO", "CBO"):
            least = {"SPO": 2, "SHPO": 5, "CBO": 1 if is_child(one.person_ref) else 2}[one.value]
            assert one.ends >= years_on(one.starts, least)
            assert one.value != "CBO" or not is_child(one.person_ref) or days <= 3 * 366
        elif one.value == "NMO":
            assert 180 <= days <= 366
    running = [one for one in orders if one.ends is None or one.ends >= TODAY]
    assert 0.7 < len(running) / len(orders) < 0.95
    assert any(one.ends is not None and one.ends - TODAY <= 30 for one in running), "some are about to run out"


def test_breaches_fall_in_their_order_and_few_of_the_old_are_open(made: list[Checked]) -> None:
    orders = {(one.person_ref, one.value): one for one in made if one.kind == "order"}
    breaches = [one for one in made if one.kind == "breach"]
    for breach in breaches:
        order = orders[breach.person_ref, breach.value]
        assert order.starts <= breach.starts <= min(TODAY, order.ends or TODAY)
    still = [one for one in breaches if one.ends is None]
    assert still
    assert len(still) / len(breaches) < 0.2
    assert len({one.note for one in breaches}) > 4


def test_mappa_category_1_is_the_registered_sex_offenders(made: list[Checked]) -> None:
    registered = {one.person_ref for one in made if one.kind == "rso"}
    managed = {one.person_ref: one.value for one in made if one.kind == "mappa"}
    assert registered == {ref for ref, value in managed.items() if value.startswith("1/")}
    assert not any(is_child(ref) for ref in registered)
    category = Counter(value[0] for value in managed.values())
    assert 0.65 < category["1"] / category.total() < 0.85, "74 % in West Yorkshire: DOMAIN2.md section 4"
    assert sum(value.endswith("/1") for value in managed.values()) / len(managed) > 0.9
    assert {one.person_ref for one in made if one.value == "SHPO"} <= registered


def test_about_one_in_fifty_may_be_managed_reactively(made: list[Checked]) -> None:
    of: dict[str, list[Marker]] = defaultdict(list)
    for one in made:
        of[one.person_ref].append(Marker(one.kind, one.value, one.starts, one.ends, one.note))
    registered = [ref for ref, held in of.items() if any(marker.kind == "rso" for marker in held)]
    able = [ref for ref in registered if may_move(Case(ref, markers=tuple(of[ref])), TODAY)]
    assert 0.005 < len(able) / len(registered) < 0.05, "126 of some 6,300: DOMAIN.md section 4"


def test_custody_is_of_those_inside_and_begins_after_what_they_did(made: list[Checked]) -> None:
    inside = {one.person_ref: one for one in made if one.kind == "custody" and one.ends is None}
    people = {person.ref: person for person in PEOPLE}
    held = {ref for ref, person in people.items() if person.status in ("remand", "serving", "recalled")}
    assert inside.keys() == held
    assert all(one.starts >= people[ref].busy for ref, one in inside.items())
    assert all((one.value == "youth detention") == is_child(ref) for ref, one in inside.items())
    assert all(TODAY - one.starts <= 56 for one in inside.values() if one.value == "recall")


def test_a_registration_lasts_as_long_as_its_law_says_and_its_category_as_long(made: list[Checked]) -> None:
    terms: Counter[int] = Counter()
    managed = {one.person_ref: one for one in made if one.kind == "mappa"}
    for marker in made:
        if marker.kind == "rso":
            category = managed[marker.person_ref]
            assert (category.starts, category.ends) == (marker.starts, marker.ends)
            lasts = [years for years in (2, 5, 7, 10) if marker.ends == years_on(marker.starts, years) - 1]
            assert bool(lasts) is (marker.ends is not None), "DOMAIN2.md section 3: 2, 5, 7, 10 years or indefinite"
            terms[lasts[0] if lasts else 0] += 1
    assert all(terms[years] for years in (0, 5, 7, 10)), terms
