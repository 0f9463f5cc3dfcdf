"""Rows in quarantine and repeats are said beside the numbers that they are missing from, of the months counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from core.activity import Period
from core.days import LONDON
from core.nights import Night
from core.not_counted import NotCounted
from core.roles import ROLES, Rights
from core.scope import WHOLE_FORCE
from db import activity, batch_kinds, kept_out, lfr, meetings, night, stops
from db.gaps import gaps
from db.not_counted import not_counted
from db.releases import summaries
from db.report_counts import REPORTS
from db.store import Store
from db.wards import ranking
from tests.db.files import take
from tests.db.made_releases import write_release, write_street

HEAD = "crime_ref,ho_code,offence,committed_from,reported_on,ward_code,person_ref,role,victim_ref"


def _file(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _crime(number: int, month: str, **changed: str) -> dict[str, str]:
    return {"Crime ID": f"{number:064x}", "Month": month, "Crime type": "Robbery", **changed}


def _of(found: tuple[NotCounted, ...], kind: str) -> NotCounted:
    [one] = [one for one in found if one.kind == kind]
    return one


def test_the_months_counted_name_the_rows_in_quarantine_of_their_files(store: Store, tmp_path: Path) -> None:
    take(store, write_street(tmp_path / "2024-01-a-street.csv", [_crime(1, "2024-01"), _crime(2, "2024-01 ?")]))
    take(store, write_street(tmp_path / "2024-02-a-street.csv", [_crime(3, "2024-02"), _crime(4, "")]))
    found = _of(not_counted(store, ranking(store)), "quarantined")
    assert (found.count, found.of, found.batches) == (2, 4, ((1, 1), (2, 1)))
    february = ranking(store, first="2024-02", last="2024-02")
    one = _of(not_counted(store, february), "quarantined")
    assert one.as_json()["batches"] == [{"batch": 2, "rows": 1}]
    assert one.sentence == (
        "1 row is in quarantine and not counted: 1 of batch 2 (2024-02-a-street.csv). 'tasking quarantine' lists them."
    )
    assert [left.count for summary in summaries(store) for left in summary.not_counted] == [2]


def test_a_ward_file_names_its_rows_in_quarantine(store: Store, tmp_path: Path) -> None:
    rows = [("Robbery", "E05000001", "Camden", (1, 2)), ("", "E05000001", "Camden", (3, 4))]
    take(store, write_release(tmp_path / "w.csv", ("202401", "202402"), rows))
    assert _of(not_counted(store, ranking(store)), "quarantined").batches == ((1, 1),)


def test_a_header_that_stands_again_is_no_ward_and_no_area(store: Store, tmp_path: Path) -> None:
    head, row = "ward_code,ward,borough", "E05009367,Brownswood,Hackney"
    assert take(store, _file(tmp_path, "w.csv", head, row, head)).quarantined == 1
    head, row = "lsoa_code,ward_code", "E01001709,E05009367"
    assert take(store, _file(tmp_path, "l.csv", head, row, head)).quarantined == 1


def test_a_partner_is_not_told_which_rows_in_quarantine_have_a_reference(store: Store, tmp_path: Path) -> None:
    row = "A,105/01,Common assault,2024-05-99,2024-05-06,,P1,named suspect,"
    take(store, _file(tmp_path, "a.csv", HEAD, row, row.replace("99", "05").replace("P1", "P2")))
    assert [one.kind for one in kept_out.of_person(store, "P1")] == ["quarantined", "naming"]
    assert "the value P1: line 2 of batch 1" in kept_out.naming(store, "P1")
    store.rights = Rights("p", "P", ROLES["partner"])
    assert [one.kind for one in kept_out.of_person(store, "P1")] == ["quarantined"]
    assert kept_out.naming(store, "P1") == ""


def test_a_line_of_totals_is_no_ward_no_category_and_no_place(store: Store, tmp_path: Path) -> None:
    rows = [
        ("Robbery", "E05000001", "Camden", (1, 2)), ("Robbery", "Total", "", (1, 2)), ("Robbery", "All", "", (1, 2)),
        ("Total", "E05000001", "Camden", (1, 2)),
    ]  # fmt: skip
    result = take(store, write_release(tmp_path / "w.csv", ("202401", "202402"), rows))
    assert (result.taken, result.quarantined) == (1, 3)
    assert [(one.ward_code, one.count) for one in ranking(store).table.entries] == [("E05000001", 3)]
    sites = ("place,ward_code,reports", "Canal,E05009367,7", "Total sites,E05009367,7", "Total garage,E05009367,1")
    result = take(store, _file(tmp_path, "f.csv", *sites))
    assert (result.taken, result.quarantined) == (2, 1)


def test_a_row_that_says_the_same_counts_once_and_one_that_does_not_is_kept_out(store: Store, tmp_path: Path) -> None:
    rows = [("Robbery", "E05000001", "Camden", (1, 2))] * 2 + [("Robbery", "E05000001", "Camden", (3, 4))]
    result = take(store, write_release(tmp_path / "w.csv", ("202401", "202402"), rows))
    assert (result.taken, result.repeated, result.quarantined) == (1, 1, 1)
    assert _of(not_counted(store, ranking(store)), "repeats").count == 1
    lines = ("day,bcu,measure,count", "2024-05-01,CN,arrests,3", "2024-05-01,CN,arrests,3", "2024-05-01,CN,arrests,4")
    result = take(store, _file(tmp_path, "activity.csv", *lines))
    assert (result.taken, result.repeated, result.quarantined) == (1, 1, 1)


def test_what_is_told_of_a_span_is_of_its_months(store: Store, tmp_path: Path) -> None:
    twice = [_crime(1, "2024-01"), _crime(1, "2024-01"), _crime(2, "2024-01", **{"LSOA code": "", "Latitude": ""})]
    take(store, write_street(tmp_path / "2024-01-a-street.csv", twice))
    take(store, write_street(tmp_path / "2024-02-a-street.csv", [_crime(3, "2024-02"), _crime(3, "2024-02")]))
    january = ranking(store, first="2024-01", last="2024-01", categories=["Robbery"])
    found = _of(not_counted(store, january), "repeats")
    assert (found.count, found.of) == (1, 3)
    assert "(3 rows read, of all categories)" in found.sentence
    assert january.notes[0] == "Of all categories: 1 without a location: counted all the same."
    february = ranking(store, first="2024-02", last="2024-02")
    assert not any("location" in note for note in february.notes)
    assert _of(not_counted(store, ranking(store)), "repeats").count == 2


def test_reports_tell_their_repeats_their_quarantine_and_other_references(store: Store, tmp_path: Path) -> None:
    row = "{},105/01,Common assault,2024-05-06,2024-05-06,E05000001,,,V7"
    lines = (row.format("A"), row.format("A"), row.format("B"), row.format(""))
    take(store, _file(tmp_path, "a.csv", HEAD, *lines))
    found = not_counted(store, ranking(store, name=REPORTS))
    kinds = ("repeats", "another_reference", "quarantined")
    assert [(_of(found, kind).count, _of(found, kind).of, _of(found, kind).batches) for kind in kinds] == [
        (1, 4, ((1, 1),)), (1, 2, ((1, 1),)), (1, 4, ((1, 1),)),
    ]  # fmt: skip


def test_stops_name_the_rows_in_quarantine_of_the_files_of_their_days(store: Store, tmp_path: Path) -> None:
    head, row = "Type,Date,Object of search,Outcome", "Person search,2024-0{0}-05T12:00:00+00:00,Drugs,Arrest"
    for month in (3, 4):
        lines = (head, row.format(month), "Person search,2024-03-99,Drugs,Arrest")
        take(store, _file(tmp_path, f"2024-0{month}-kent-stop-and-search.csv", *lines))
    days = (date(2024, 3, 1).toordinal(), date(2024, 3, 31).toordinal())
    assert _of(stops.counted(store, *days, "day").not_counted, "quarantined").batches == ((1, 1),)
    every = (days[0], date(2024, 4, 30).toordinal())
    assert _of(stops.counted(store, *every, "day").not_counted, "quarantined").batches == ((1, 1), (2, 1))


def test_deployments_name_the_rows_in_quarantine(store: Store, tmp_path: Path) -> None:
    lines = ("date,faces_seen,total_alerts", "2024-05-01,100,2", "2024-05-02,about 10,2")
    take(store, _file(tmp_path, "lfr.csv", *lines))
    day = date(2024, 5, 1).toordinal()
    assert _of(lfr.deployments(store, day, day).not_counted, "quarantined").batches == ((1, 1),)


def test_a_meeting_opens_with_what_is_in_quarantine(store: Store, tmp_path: Path) -> None:
    take(
        store,
        _file(
            tmp_path, "a.csv", HEAD, "A,105/01,Common assault,2024-05-06,2024-05-06,E05000001,,,", ",,,2024-05-06,,,,,"
        ),
    )
    rows = [("Robbery", "E05000001", "Camden", (1, 2)), ("", "E05000001", "Camden", (3, 4))]
    take(store, write_release(tmp_path / "w.csv", ("202401", "202402"), rows))
    daily = meetings.open_meeting(store, "daily", "Chair", date(2024, 5, 7))
    told = [gap for gap in gaps(store, daily, store.now()) if "quarantine" in gap]
    rows_of = "1 row is in quarantine and not counted: 1 of batch"
    lists = "'tasking quarantine' lists them."
    assert told == [f"Crime reports: {rows_of} 1 (a.csv). {lists}", f"Ward counts: {rows_of} 2 (w.csv). {lists}"]


def test_returns_name_the_rows_in_quarantine_of_the_files_of_their_days(store: Store, tmp_path: Path) -> None:
    head = "day,bcu,measure,count"
    take(store, _file(tmp_path, "a.csv", head, "2024-05-01,CN,arrests,3", "2024-05-01,CN,warrants,-"))
    take(store, _file(tmp_path, "b.csv", head, "2024-03-01,CN,arrests,3", "2024-03-01,CN,warrants,N/A"))
    take(store, _file(tmp_path, "c.csv", head, "2024-05-01,SW,arrests,?"))
    first_of_may = date(2024, 5, 1).toordinal()
    found = activity.not_counted(store, Period(first_of_may, first_of_may))
    assert _of(found, "quarantined").batches == ((1, 1), (3, 1))
    daily = meetings.open_meeting(store, "daily", "Chair", date(2024, 5, 2))
    rows = {row.measure: row for row in activity.of_period(store, Period(first_of_may, first_of_may)).rows}
    assert (rows["arrests"].by_bcu["CN"].figure, rows["arrests"].by_bcu["SW"].figure) == ("3", "?")
    assert (rows["warrants"].by_bcu["CN"].figure, rows["warrants"].total.known) == ("?", None)
    assert rows["items seized"].by_bcu["CN"].figure == "0"
    take(store, _file(tmp_path, "d.csv", head, "2024-05-01,CN,warrants,2"))
    rows = {row.measure: row for row in activity.of_period(store, Period(first_of_may, first_of_may)).rows}
    assert rows["warrants"].by_bcu["CN"].figure == "2"
    [told] = [gap for gap in gaps(store, daily, store.now()) if gap.startswith("24-hour returns: ")]
    assert "2 rows are in quarantine and not counted: 1 of batch 1 (a.csv), 1 of batch 3 (c.csv)" in told


def test_a_night_names_the_rows_in_quarantine_of_what_came_in_since_it_began(store: Store, tmp_path: Path) -> None:
    take(
        store,
        _file(tmp_path, "i.csv", "ref,kind,at,ward_code", "I1,stabbing,2024-05-01 22:00,", "I2,theft,2024-05-01,"),
    )
    take(store, _file(tmp_path, "act.csv", "day,bcu,measure,count", "2024-05-01,CN,arrests,-"))
    either = batch_kinds.REPORTS, batch_kinds.INCIDENTS
    before, after = store.now() - timedelta(hours=1), store.now() + timedelta(hours=1)
    assert _of(kept_out.came_since(store, before, *either), "quarantined").batches == ((1, 1),)
    assert kept_out.came_since(store, after, *either) == ()
    span = Night(datetime(2024, 5, 1, 18, tzinfo=LONDON), datetime(2024, 5, 2, 6, tzinfo=LONDON))
    told = [gap for gap in night.seen(store, span, WHOLE_FORCE).gaps if "in quarantine" in gap]
    assert told == [
        "1 row is in quarantine and not counted: 1 of batch 1 (i.csv). 'tasking quarantine' lists them.",
    ]
