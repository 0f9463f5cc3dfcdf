"""Where a person is: their home where an extract says it, else the place of the latest report that counts."""

from __future__ import annotations

from datetime import date

import pytest

from core.days import day_of
from core.extract import COLUMNS, HOME
from core.localities import NOWHERE, Locality
from core.scope import scope_of
from db import localities, people, rankings
from db.loading.importing import import_file
from db.ranked_first import first_ranked, named_first
from db.ranked_index import ranked_index
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store
from tests.conftest import WriteExtract

DAY = date(2026, 11, 21)
HOMES = {
    "P1": {"home_ward_code": "E05013496"},
    "P2": {"owning_bcu": "se"},
    "P3": {"home_ward_code": "E05013496", "owning_bcu": "CN"},
    "P4": {},
    "P5": {"home_ward_code": "E05999999"},
}
WHERE = {
    "P1": Locality("NW", "Brent"),
    "P2": Locality("SE"),
    "P3": Locality("CN"),
    "P4": Locality("CN", "Camden"),
    "P5": Locality("CN", "Camden"),
}
"""A ward leads to its borough; a BCU that owns someone goes before it; a ward that no map has leads nowhere."""


def test_a_home_goes_before_the_place_of_an_offence_in_every_list(store: Store, write_extract: WriteExtract) -> None:
    rows = [
        {
            "crime_ref": f"{ref}/{n}",
            "person_ref": ref,
            "borough": "Camden",
            "home_ward_code": "",
            "owning_bcu": "",
            **home,
        }
        for ref, home in HOMES.items()
        for n in range(2)
    ]
    assert import_file(store, write_extract(rows, columns=(*COLUMNS, *HOME)), today=DAY).quarantined == 0
    head = make_run(store, RankingRequest(day_of(DAY)))
    entries = rankings.entries(store, head.id)
    assert {one.person: one.lives for one in entries} == WHERE
    assert {one.person for one in entries if one.placed_by == "home"} == {"P1", "P2", "P3"}
    assert localities.of_people(store, head.id, HOMES) == localities.of_people(store, None, HOMES) == WHERE
    for place in ("NW", "CN", "SE", "Brent", "Camden"):
        there = {ref for ref, where in WHERE.items() if where.is_in(place)}
        for found in (
            rankings.order(store, head.id, within=place),
            ranked_index(store, head.id).order(store, within=place),
        ):
            assert {one.person for one in rankings.entries_at(store, head.id, found).values()} == there, place
    assert people.person(store, "P3").home_words == "owned by CN, home ward E05013496"
    assert people.person(store, "P5").home_words == ""


def test_a_report_that_tells_its_ward_alone_lies_in_the_borough_of_that_ward(
    store: Store, write_extract: WriteExtract
) -> None:
    wards = {"P1": "E05013496", "P2": "E05999999", "P3": ""}
    rows = [{"crime_ref": ref, "person_ref": ref, "ward_code": code, "borough": ""} for ref, code in wards.items()]
    import_file(store, write_extract(rows), today=DAY)
    brent = Locality("NW", "Brent")
    assert localities.of_people(store, None, wards) == {"P1": brent, "P2": NOWHERE, "P3": NOWHERE}
    head = make_run(store, RankingRequest(day_of(DAY), min_crimes=1))
    assert {one.person for one in first_ranked(store, head.id, scope_of("NW"))} == {"P1"}
    assert len(rankings.order(store, head.id, within="Brent")) == 1


def test_the_first_of_a_scope_are_those_who_are_ranked(store: Store, write_extract: WriteExtract) -> None:
    reports = ("P1", "P1", "P2")
    rows = [{"crime_ref": str(n), "person_ref": ref, "borough": "Camden"} for n, ref in enumerate(reports)]
    import_file(store, write_extract(rows), today=DAY)
    head = make_run(store, RankingRequest(day_of(DAY)))
    assert len(rankings.order(store, head.id, within="CN")) == 2
    for name, first in (("force", ["P1"]), ("CN", ["P1"]), ("Camden", ["P1"]), ("NW", [])):
        assert [one.person for one in first_ranked(store, head.id, scope_of(name))] == first


@pytest.mark.parametrize("name", ["force", "CN", "Camden"])
def test_of_a_rank_that_too_many_share_it_is_said_how_many(
    store: Store, write_extract: WriteExtract, name: str
) -> None:
    reports = ["P1", "P1", "P1", "P2", "P2", *(f"T{nth}" for nth in range(30))]
    rows = [{"crime_ref": str(n), "person_ref": ref, "borough": "Camden"} for n, ref in enumerate(reports)]
    import_file(store, write_extract(rows), today=DAY)
    head, scope = make_run(store, RankingRequest(day_of(DAY), min_crimes=1)), scope_of(name)

    def named(limit: int, most: int) -> tuple[int, tuple[int, int] | None]:
        first, shared = named_first(store, head.id, scope, limit, most)
        assert [one.person for one in first[:2]] == ["P1", "P2"][: len(first)]
        return len(first), shared and (shared.rank, shared.people)

    assert named(2, 20) == (2, None)
    assert named(3, 20) == (2, (3, 30))
    assert named(10, 31) == (2, (3, 30))
    assert named(10, 32) == (32, None), "few enough are all named"
    assert named(40, 50) == (32, None)


def test_a_home_that_cannot_be_is_quarantined_with_its_column(store: Store, write_extract: WriteExtract) -> None:
    rows = [
        {"crime_ref": "1", "home_ward_code": "Brent", "owning_bcu": ""},
        {"crime_ref": "2", "home_ward_code": "", "owning_bcu": "XX"},
        {"crime_ref": "3", "home_ward_code": "", "owning_bcu": ""},
    ]
    assert import_file(store, write_extract(rows, columns=(*COLUMNS, *HOME)), today=DAY).quarantined == 2
    found = store.read.rows('SELECT "column" AS name FROM quarantined ORDER BY line')
    assert [row["name"] for row in found] == ["home_ward_code", "owning_bcu"]
