"""The synthetic London as each morning knew it: extracts that add up, and nobody who stands where they will stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pytest

from core.demo import EXTRACT_HEADER, London
from core.demo.offences import EVERY
from tests.core.test_demo import AS_OF, WARDS, Row, crime_reports, day

TODAY = AS_OF.toordinal()
FIRST = TODAY - 21
COLUMN = {name: index for index, name in enumerate(EXTRACT_HEADER)}
INSIDE = ("remand", "serving", "recalled")


@pytest.fixture(scope="module")
def london() -> London:
    return London(WARDS, AS_OF, suspects=6_000)


def by_key(rows: Iterable[Row]) -> dict[tuple[str, str], Row]:
    """Rows by report and suspect, as an import revises them."""
    return {(row[0], row[COLUMN["person_ref"]]): row for row in rows}


def test_the_extracts_of_the_days_add_up_to_the_last(london: London) -> None:
    whole = by_key(london.reports(FIRST))
    for morning in range(FIRST + 1, TODAY + 1):
        whole |= by_key(london.reports(morning, morning - 1))
    last = by_key(london.reports(TODAY))
    assert whole == last
    assert list(london.reports(TODAY)) == list(crime_reports(WARDS, AS_OF, suspects=6_000))
    assert sum(1 for _ in london.reports(TODAY, TODAY - 7)) < len(last) / 20


def test_the_markers_of_the_days_add_up_to_the_last(london: London) -> None:
    whole = {row[:4]: row for row in london.markers(FIRST)}
    for morning in range(FIRST + 1, TODAY + 1):
        whole |= {row[:4]: row for row in london.markers(morning, morning - 1)}
    assert sorted(whole.values()) == sorted(london.markers(TODAY))


@pytest.mark.parametrize("back", [21, 10, 3, 0])
def test_a_morning_knows_nothing_later(london: London, back: int) -> None:
    morning = TODAY - back
    rows, markers = list(london.reports(morning)), list(london.markers(morning))
    assert max(day(row[COLUMN["reported_on"]]).toordinal() for row in rows) == morning
    assert max(day(row[3]).toordinal() for row in markers) <= morning
    held = {row[0] for row in markers if row[1] == "custody" and not row[4]}
    wanted = {row[0] for row in markers if row[1] == "wanted"}
    status = {row[COLUMN["person_ref"]]: row[COLUMN["status"]] for row in rows}
    assert {ref for ref, stands in status.items() if stands in INSIDE} == held & status.keys()
    assert {ref for ref, stands in status.items() if stands == "wanted"} == wanted & status.keys()


def test_who_is_at_large_is_not_charged_and_who_is_held_is_charged_with_something(london: London) -> None:
    for morning in (FIRST, TODAY):
        roles: dict[str, set[str]] = defaultdict(set)
        named: dict[str, set[str]] = defaultdict(set)
        status = {}
        for row in london.reports(morning):
            ref = row[COLUMN["person_ref"]]
            roles[ref].add(row[COLUMN["role"]])
            named[ref].add(row[COLUMN["named_by"]])
            status[ref] = row[COLUMN["status"]]
        assert not [ref for ref, stands in status.items() if stands == "at large" and "charged" in roles[ref]]
        by_public = [ref for ref, stands in status.items() if stands == "remand" and named[ref] & {"victim", "witness"}]
        assert by_public
        assert sum("charged" in roles[ref] for ref in by_public) / len(by_public) > 0.95


def test_wanted_is_for_an_offence_of_a_report_that_names_them_and_that_weighs(london: London) -> None:
    weights = {offence.code: offence.days for offence in EVERY}
    codes: dict[str, set[str]] = defaultdict(set)
    since: dict[tuple[str, str], int] = {}
    for row in london.reports(TODAY):
        if row[COLUMN["role"]] == "eliminated" or row[COLUMN["outcome"]] == "cancelled":
            continue
        ref, code = row[COLUMN["person_ref"]], row[COLUMN["ho_code"]]
        codes[ref].add(code)
        reported = day(row[COLUMN["reported_on"]]).toordinal()
        since[ref, code] = min(since.get((ref, code), reported), reported)
    wanted = [row for row in london.markers(TODAY) if row[1] == "wanted"]
    assert len(wanted) > 50
    for ref, _, code, starts, _, _ in wanted:
        assert code in codes[ref]
        assert weights[code] > 0
        assert since[ref, code] <= day(starts).toordinal() <= TODAY
    assert len({row[2] for row in wanted}) > 8


def test_nobody_does_anything_in_custody_or_is_wanted_there(london: London) -> None:
    rows, markers = list(london.reports(TODAY)), list(london.markers(TODAY))
    stays: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for ref, kind, _, starts, ends, _ in markers:
        if kind == "custody":
            stays[ref].append((day(starts).toordinal(), day(ends).toordinal() if ends else TODAY))
    assert sum(ended < TODAY for held in stays.values() for _, ended in held) > 50, "custody that has ended, too"
    for row in rows:
        first = day(row[COLUMN["committed_from"]]).toordinal()
        last = day(row[COLUMN["committed_to"]]).toordinal() if row[COLUMN["committed_to"]] else first
        for began, ended in stays.get(row[COLUMN["person_ref"]], ()):
            assert last < began or first > ended, row
    for ref, kind, _, starts, *_ in markers:
        if kind == "wanted":
            assert all(ended < day(starts).toordinal() for _, ended in stays.get(ref, ())), ref
