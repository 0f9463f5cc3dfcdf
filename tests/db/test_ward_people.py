"""Who of a run was reported in a ward: what the run counts, no more and no less."""

from __future__ import annotations

from datetime import date

from core.days import day_of
from db import rankings
from db.loading.importing import import_file
from db.rankings import RunHead
from db.runs import run_like
from db.scoring import RankingRequest
from db.store import Store
from db.ward_people import people_of_ward
from tests.conftest import WriteExtract

TODAY = date(2026, 11, 21)
HERE, THERE = "E05009367", "E05009368"


def ranked(store: Store, write_extract: WriteExtract, rows: list[dict[str, str]], **asked: object) -> RunHead:
    import_file(store, write_extract(rows), today=TODAY)
    return rankings.run(store, run_like(store, RankingRequest(day_of(TODAY), **asked)).id)  # type: ignore[arg-type]


def row(number: int, person: str, ward: str = HERE, **more: str) -> dict[str, str]:
    return {"crime_ref": f"26{number:05d}/26", "person_ref": person, "ward_code": ward, **more}


def test_reports_of_the_ward_in_the_order_of_the_run(store: Store, write_extract: WriteExtract) -> None:
    rape = {"ho_code": "019/08", "offence": "Rape of a female aged 16 or over"}
    rows = [
        row(1, "P1"),
        row(2, "P1"),
        row(3, "P1", THERE),
        row(4, "P2", **rape),
        row(5, "P2", THERE),
        row(6, "P3", THERE),
    ]
    head = ranked(store, write_extract, rows)
    found = people_of_ward(store, head, HERE)
    assert [(one.entry.person, one.reports, one.entry.crimes) for one in found] == [("P2", 1, 2), ("P1", 2, 3)]
    assert [one.entry.rank for one in found] == [1, 2]
    assert [one.entry.person for one in people_of_ward(store, head, THERE)] == ["P2", "P1", "P3"]
    assert people_of_ward(store, head, "E05000026") == []


def test_only_the_window_of_the_run(store: Store, write_extract: WriteExtract) -> None:
    rows = [
        row(1, "P1", reported_on="21/11/2025", committed_from="20/11/2025"),
        row(2, "P1", THERE, reported_on="22/11/2025", committed_from="21/11/2025"),
        row(3, "P1", reported_on="21/11/2026", committed_from="20/11/2026"),
    ]
    found = people_of_ward(store, ranked(store, write_extract, rows), HERE)
    assert [(one.reports, one.latest) for one in found] == [(1, day_of(TODAY))]


def test_a_report_with_two_victims_is_one_and_one_outside_the_pool_is_none(
    store: Store, write_extract: WriteExtract
) -> None:
    rows = [row(1, "P1"), row(1, "P1", victim_ref="V2"), row(2, "P1", vawg="no", domestic_abuse="no")]
    head = ranked(store, write_extract, [*rows, row(3, "P1", THERE)])
    assert [(one.reports, one.entry.crimes) for one in people_of_ward(store, head, HERE)] == [(1, 2)]


def test_a_row_that_was_replaced_is_not_counted(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, write_extract([row(1, "P1"), row(2, "P1")], "old.csv"), today=date(2026, 11, 20))
    head = ranked(store, write_extract, [row(1, "P1", THERE)])
    assert [one.reports for one in people_of_ward(store, head, HERE)] == [1]
    assert [one.reports for one in people_of_ward(store, head, THERE)] == [1]
