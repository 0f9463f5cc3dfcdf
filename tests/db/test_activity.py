"""The task force's own work over the days since the last sealed daily, and the reports of a week, as records reach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from core.activity import Compared
from core.geography import bcus
from core.scope import WHOLE_FORCE, scope_of
from db import activity, gaps, meetings, papers, performance
from db.activity_papers import performance as papers_of_the_week
from db.loading.importing import import_file
from db.meetings import MeetingView, Papers
from db.store import Store

MONDAY = date(2026, 11, 23)
FRIDAY = MONDAY - timedelta(days=3)
WriteExtract = Callable[..., Path]


def returned(store: Store, folder: Path, day: date, arrests: int, *, silent: tuple[str, ...] = ()) -> None:
    """Every BCU but some returns so many arrests of a day."""
    lines = [f"{day:%d/%m/%Y},{bcu},arrests,{arrests}\n" for bcu in bcus() if bcu not in silent]
    path = folder / f"{day}.csv"
    path.write_text("day,bcu,measure,count\n" + "".join(lines))
    import_file(store, path, today=MONDAY)


def held(store: Store, day: date, *, sealed: bool = True) -> MeetingView:
    """A daily meeting of a day."""
    made = meetings.open_meeting(store, "daily", "Chair", day)
    if sealed:
        meetings.seal_meeting(store, made.id, lambda: Papers("minutes", "report"))
    return made


def arrests(found: activity.Activity) -> activity.MeasureRow:
    return next(row for row in found.rows if row.measure == "arrests")


def test_a_missing_return_is_in_the_total_and_out_of_the_comparison(store: Store, tmp_path: Path) -> None:
    returned(store, tmp_path, MONDAY - timedelta(days=2), 3)
    returned(store, tmp_path, MONDAY - timedelta(days=1), 8, silent=("SW",))
    row = arrests(activity.of_meeting(store, MONDAY))
    others = len(bcus()) - 1
    assert row.total.words == f"{8 * others}+ (SW missing)"
    assert row.before.words == f"{3 * (others + 1)}"
    assert row.compared == Compared(8 * others, 3 * others, others)
    assert row.by_bcu["SW"].words == "?"


def test_no_return_at_all_is_unknown_and_not_nought(store: Store) -> None:
    found = activity.of_meeting(store, MONDAY)
    assert found.nothing
    assert {row.total.words for row in found.rows} == {"?"}
    assert {row.compared for row in found.rows} == {None}


def test_after_a_weekend_the_daily_covers_all_of_it_and_the_report_says_so(store: Store, tmp_path: Path) -> None:
    for back in range(1, 7):
        silent = ("SW",) if back == 2 else ()
        returned(store, tmp_path, MONDAY - timedelta(days=back), back, silent=silent)
    held(store, FRIDAY)
    held(store, MONDAY - timedelta(days=1), sealed=False)
    found = activity.of_meeting(store, MONDAY)
    assert (found.period.title, found.period.days) == ("Since Fri 20/11", 3)
    assert found.missing == {MONDAY.toordinal() - 2: ("SW",)}
    row, many = arrests(found), len(bcus())
    assert [one.words for one in row.by_day] == [f"{3 * many}", f"{2 * (many - 1)}+ (SW missing)", f"{many}"]
    assert row.total.words == f"{6 * many - 2}+ (SW 1 of 3 days missing)"
    assert row.compared == Compared(6 * (many - 1), 15 * (many - 1), many - 1)

    today = held(store, MONDAY, sealed=False)
    assert "No 24-hour return for 21/11/2026 from: SW." in gaps.gaps(store, today, store.now())
    report = papers.report(store, today, store.now())
    assert "## Since Fri 20/11 \\(3 days\\) of the task force" in report or "## Since Fri 20/11 (3 days)" in report
    assert "(SW missing)" in report.replace("\\", "")
    assert "## By day" in report
    assert "20/11/2026 00:00 to 22/11/2026 24:00" in report.replace("\\", "")


def test_a_week_that_no_record_reaches_is_unknown_and_a_part_of_one_is_not_compared(
    store: Store, write_extract: WriteExtract
) -> None:
    day = MONDAY.toordinal()
    assert {line.reports for line in performance.week(store, day)} == {None}
    import_file(store, write_extract([{"reported_on": "21/11/2026"}]), today=MONDAY)
    first = performance.week(store, day)[0]
    assert (first.measure, first.reports, first.reports_before) == ("reports in this extract", 1, None)
    older = {"crime_ref": "2", "reported_on": "09/11/2026", "committed_from": "09/11/2026"}
    import_file(store, write_extract([older], "b.csv"), today=MONDAY)
    newer = {"crime_ref": "3", "reported_on": "22/11/2026"}
    import_file(store, write_extract([newer], "c.csv"), today=MONDAY)
    first = performance.week(store, day)[0]
    assert (first.reports, first.reports_before, first.change) == (2, 1, 1)
    assert performance.week(store, day - 1)[0].change is None, "the first day of the week before is not reached"


def test_the_day_of_the_data_may_be_held_in_part_and_is_in_no_week(store: Store, write_extract: WriteExtract) -> None:
    days = {"1": "23/11/2026", "2": "22/11/2026", "3": "16/11/2026", "4": "15/11/2026", "5": "09/11/2026"}
    rows = [{"crime_ref": ref, "reported_on": day, "committed_from": day} for ref, day in days.items()]
    import_file(store, write_extract(rows), today=MONDAY)
    first = performance.week(store, MONDAY.toordinal())[0]
    assert (first.reports, first.reports_before, first.change) == (2, 2, 0)
    seen = performance.counted_in(store, first.measure, MONDAY.toordinal())
    assert [report.crime_ref for report in seen] == ["2", "3", "4", "5"]
    assert papers_of_the_week(store, MONDAY, WHOLE_FORCE).heads[1] == "Reports, 16/11/2026 to 22/11/2026"


def test_a_bcu_looks_at_its_own_returns_and_the_bcus_add_up_to_the_force(store: Store, tmp_path: Path) -> None:
    returned(store, tmp_path, MONDAY - timedelta(days=1), 3, silent=("SW",))
    force = arrests(activity.of_meeting(store, MONDAY))
    own = [arrests(activity.of_meeting(store, MONDAY, looks_at=scope_of(bcu))) for bcu in bcus()]
    assert force.total.known == sum(row.total.known or 0 for row in own) == 33
    assert [row.total.known for row in own].count(None) == 1, "SW made no return: unknown, not 0"
    brent = activity.of_meeting(store, MONDAY, looks_at=scope_of("Brent"))
    assert (brent.bcus, arrests(brent).total.known) == (("NW",), 3), "a borough looks at its BCU's return"


def test_the_reports_of_a_week_add_up_over_bcus_and_those_without_a_place(
    store: Store, write_extract: WriteExtract
) -> None:
    places = ("Brent", "Harrow", "Camden", "", "Watford")
    rows = [
        {"crime_ref": str(n), "borough": place, "reported_on": "22/11/2026", **({} if place else {"ward_code": ""})}
        for n, place in enumerate(places)
    ]
    import_file(store, write_extract(rows), today=MONDAY)
    day = MONDAY.toordinal()
    reports = {name: performance.week(store, day, scope_of(name))[0].reports for name in ("force", "Brent", *bcus())}
    assert (reports["force"], reports["NW"], reports["Brent"], reports["CN"]) == (5, 2, 1, 1)
    assert reports["force"] == sum(reports[bcu] or 0 for bcu in bcus()) + 2, "two lie in no BCU"
