"""Fly-tip sites: imported, revised, withdrawn; planned, checked, closed, and as they stood on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.days import day_of
from core.errors import Conflict, NotFound, Problem
from db import fly_tips, meetings
from db.loading.importing import BatchResult, import_file
from db.loading.quarantined import quarantined
from db.loading.withdraw import withdraw
from db.meetings import Papers
from db.store import Store
from db.store.undo import redo, undo
from db.store.verify import verify

TODAY = date(2026, 11, 21)
"""A Saturday."""
DAY = day_of(TODAY)
WARD, OTHER = "E05009367", "E05009368"
HEAD = "place,ward_code,reports,since\n"


def take(store: Store, folder: Path, rows: str, *, head: str = HEAD, name: str = "sites.csv") -> BatchResult:
    path = folder / name
    path.write_text(head + rows, encoding="utf-8")
    return import_file(store, path, today=TODAY)


def listed(store: Store) -> list[tuple[str, int, int | None]]:
    return [(one.place, one.reports, one.rank) for one in fly_tips.sites(store, DAY)]


@pytest.fixture
def site_id(store: Store) -> int:
    return fly_tips.add_site(store, "Mill Lane", WARD, 7, DAY - 30)


def test_a_file_of_sites_is_recognised_and_its_bad_rows_are_kept_out(store: Store, tmp_path: Path) -> None:
    result = take(
        store,
        tmp_path,
        f"Mill Lane,{WARD},7,01/10/2026\nArch 12,{WARD},9,\nmill  LANE,{WARD},8,\nMill Lane,{OTHER},2,\nX,Y,1,\n",
    )
    assert (result.profile, result.read, result.taken, result.quarantined) == ("fly-tip-sites", 5, 3, 2)
    assert [(row.line, row.column) for row in quarantined(store)] == [(4, "place"), (6, "ward_code")]
    assert listed(store) == [("Arch 12", 9, 1), ("Mill Lane", 7, 2), ("Mill Lane", 2, 3)]
    arch, mill, _ = fly_tips.sites(store, DAY)
    assert (arch.since, arch.days_open) == (DAY, 0), "open since the import where the file does not say"
    assert mill.since == day_of(date(2026, 10, 1))
    assert mill.borough == "Hackney"
    assert verify(store).fault is None


def test_a_newer_file_revises_and_withdrawing_it_puts_the_sites_back(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, f"Mill Lane,{WARD},7,01/10/2026\nArch 12,{WARD},9,02/10/2026\n")
    before = fly_tips.sites(store, DAY)
    newer = take(
        store,
        tmp_path,
        f"MILL LANE,{WARD},11\nArch 12,{WARD},9\nCanal bridge,{OTHER},3\n",
        head="place,ward_code,reports\n",
        name="newer.csv",
    )
    assert (newer.taken, newer.unchanged, newer.revised, newer.quarantined) == (1, 1, 1, 0)
    assert listed(store) == [("Mill Lane", 11, 1), ("Arch 12", 9, 2), ("Canal bridge", 3, 3)]
    assert newer.batch is not None
    withdraw(store, newer.batch)
    assert fly_tips.sites(store, DAY) == before
    assert verify(store).fault is None


def test_since_is_revised_only_where_the_file_says_it(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, f"Mill Lane,{WARD},7,01/10/2026\n")
    assert take(store, tmp_path, f"Mill Lane,{WARD},7,\n", name="b.csv").unchanged == 1
    assert take(store, tmp_path, f"Mill Lane,{WARD},7,05/10/2026\n", name="c.csv").revised == 1
    assert fly_tips.sites(store, DAY)[0].since == day_of(date(2026, 10, 5))


def test_a_site_with_a_plan_or_a_check_is_not_withdrawn_from_under_them(store: Store, tmp_path: Path) -> None:
    batch = take(store, tmp_path, f"Mill Lane,{WARD},7,\nArch 12,{WARD},9,\n").batch
    assert batch is not None
    number = fly_tips.sites(store, DAY)[1].id
    fly_tips.check(store, [number], DAY, "Ward team", "clear")
    with pytest.raises(Conflict, match="has a plan or checks by now"):
        withdraw(store, batch)
    assert len(fly_tips.sites(store, DAY)) == 2
    undo(store)
    fly_tips.plan(store, [number], "littering", "Patrol", "Ward team", DAY)
    with pytest.raises(Conflict, match="has a plan or checks by now"):
        withdraw(store, batch)
    undo(store)
    withdraw(store, batch)
    assert fly_tips.sites(store, DAY) == []
    assert verify(store).fault is None


def test_a_closed_site_stays_closed_until_there_are_more_reports(store: Store, tmp_path: Path, site_id: int) -> None:
    fly_tips.close_site(store, [site_id], DAY, "Gate fitted")
    same = take(store, tmp_path, f"Mill Lane,{WARD},7,\n")
    assert (same.unchanged, same.taken) == (1, 0)
    assert listed(store) == [("Mill Lane", 7, None)]
    more = take(store, tmp_path, f"Mill Lane,{WARD},8,\n", name="b.csv")
    assert (more.taken, more.revised) == (1, 0)
    assert listed(store) == [("Mill Lane", 8, 1), ("Mill Lane", 7, None)]
    assert take(store, tmp_path, f"Mill Lane,{WARD},9,\n", name="c.csv").revised == 1
    assert listed(store) == [("Mill Lane", 9, 1), ("Mill Lane", 7, None)]


def test_the_worst_twenty_are_checked_three_times_a_week(store: Store, site_id: int) -> None:
    for number in range(21):
        fly_tips.add_site(store, f"Yard {number}", OTHER, 100 - number, DAY)
    last = fly_tips.site(store, site_id, DAY)
    assert (last.rank, last.target, last.checks_due) == (22, False, 0)
    twentieth, next_one = fly_tips.sites(store, DAY)[19:21]
    assert (twentieth.place, twentieth.target, twentieth.checks_due) == ("Yard 19", True, 2)
    assert (next_one.place, next_one.target, next_one.checks_due) == ("Yard 20", False, 0)
    fly_tips.check(store, [twentieth.id, site_id], DAY, "Ward team", "clear")
    assert fly_tips.site(store, twentieth.id, DAY).checks_due == 1
    assert (fly_tips.site(store, site_id, DAY).checks, fly_tips.site(store, site_id, DAY).checks_counted) == (1, 0)


def test_checks_are_those_of_the_week_up_to_the_day(store: Store, site_id: int) -> None:
    for back, found in ((0, "evidence"), (3, "fly-tip"), (5, "clear"), (6, "clear")):
        fly_tips.check(store, [site_id], DAY - back, " PC Note ", found, " by the gate ")
    saturday = fly_tips.site(store, site_id, DAY)
    assert (saturday.checks, saturday.checks_due) == (3, 0), "Monday, Wednesday, Saturday; not the Sunday before"
    assert (saturday.last_check, saturday.last_found) == (DAY, "evidence")
    friday = fly_tips.site(store, site_id, DAY - 1)
    assert (friday.checks, friday.checks_due) == (2, 0)
    assert (friday.last_check, friday.last_found) == (DAY - 3, "fly-tip")
    assert [(one.day, one.found) for one in fly_tips.checks(store, site_id)] == [
        (DAY, "evidence"), (DAY - 3, "fly-tip"), (DAY - 5, "clear"), (DAY - 6, "clear"),
    ]  # fmt: skip
    first = fly_tips.checks(store, site_id)[0]
    assert (first.checked_by, first.note) == ("PC Note", "by the gate")


def test_a_plan_is_worked_off_step_by_step(store: Store, site_id: int) -> None:
    arch = fly_tips.add_site(store, "Arch 12", WARD, 2, DAY)
    one, two = fly_tips.plan(store, [site_id, arch], "littering", "Patrol", "Ward team", DAY + 7)
    late = fly_tips.plan(store, [site_id], "suspected HMO", "Visit", "Private sector housing", DAY - 1)[0]
    stands = fly_tips.site(store, site_id, DAY)
    assert (stands.steps, stands.steps_open, stands.steps_late) == (2, 2, 1)
    assert [step.id for step in fly_tips.steps(store, site_id)] == [late, one]
    assert [step.late(DAY) for step in fly_tips.steps(store, site_id)] == [True, False]
    fly_tips.finish_step(store, [late], DAY, " Two homes licensed ")
    stands = fly_tips.site(store, site_id, DAY)
    assert (stands.steps, stands.steps_open, stands.steps_late) == (2, 1, 0)
    before = fly_tips.site(store, site_id, DAY - 1)
    assert (before.steps_open, before.steps_late) == (2, 0), "as it stood the day before"
    done = fly_tips.steps(store, site_id)[-1]
    assert (done.id, done.done_on, done.result, done.late(DAY + 30)) == (late, DAY, "Two homes licensed", False)
    with pytest.raises(Conflict, match="done already"):
        fly_tips.finish_step(store, [two, late], DAY, "Again")
    assert fly_tips.steps(store, arch)[0].done_on is None, "all of a command or nothing"
    with pytest.raises(Problem, match="with its result"):
        fly_tips.finish_step(store, [two], DAY, " ")


def test_a_closed_site_is_last_has_no_rank_and_takes_nothing_more(store: Store, site_id: int) -> None:
    arch = fly_tips.add_site(store, "Arch 12", WARD, 2, DAY - 10)
    with pytest.raises(Problem, match="Why is needed"):
        fly_tips.close_site(store, [site_id], DAY, " ")
    with pytest.raises(Problem, match="Arch 12 is open only since 11/11/2026"):
        fly_tips.close_site(store, [site_id, arch], DAY - 11, "Gate fitted")
    fly_tips.close_site(store, [site_id], DAY, "Gate fitted")
    assert listed(store) == [("Arch 12", 2, 1), ("Mill Lane", 7, None)]
    closed = fly_tips.site(store, site_id, DAY)
    assert (closed.closed_on, closed.closed_reason, closed.days_open, closed.checks_due) == (DAY, "Gate fitted", 30, 0)
    yesterday = fly_tips.site(store, site_id, DAY - 1)
    assert (yesterday.closed_on, yesterday.closed_reason, yesterday.rank) == (None, "", 1)
    for act in (
        lambda: fly_tips.check(store, [arch, site_id], DAY, "Ward team", "clear"),
        lambda: fly_tips.plan(store, [arch, site_id], "littering", "Patrol", "Ward team", DAY),
        lambda: fly_tips.close_site(store, [arch, site_id], DAY, "Again"),
    ):
        with pytest.raises(Conflict, match="is closed"):
            act()
    assert fly_tips.checks(store, arch) == []
    assert fly_tips.steps(store, arch) == []
    again = fly_tips.add_site(store, "MILL lane", WARD, 1, DAY)
    assert again != site_id


def test_what_cannot_be_written_says_why(store: Store, site_id: int) -> None:
    with pytest.raises(Conflict, match="is on the list of fly-tip sites already"):
        fly_tips.add_site(store, " mill  lane ", WARD, 1, DAY)
    with pytest.raises(NotFound, match="There is no ward E1"):
        fly_tips.add_site(store, "Mill Lane", "E1", 1, DAY)
    with pytest.raises(Problem, match="needs a place"):
        fly_tips.add_site(store, " ", WARD, 1, DAY)
    with pytest.raises(Problem, match="Use one of: clear, fly-tip, evidence"):
        fly_tips.check(store, [site_id], DAY, "Ward team", "nothing")
    with pytest.raises(Problem, match="who made it"):
        fly_tips.check(store, [site_id], DAY, " ", "clear")
    with pytest.raises(Problem, match="needs its owner"):
        fly_tips.plan(store, [site_id], "littering", "Patrol", " ", DAY)
    with pytest.raises(NotFound, match="no fly-tip site 99"):
        fly_tips.site(store, 99, DAY)


PLANNED = "Mill Lane and 1 more, into the plan: littering; Patrol"


def test_every_change_is_journaled_and_can_be_undone(store: Store, site_id: int) -> None:
    arch = fly_tips.add_site(store, "Arch 12", WARD, 2, DAY)
    step = fly_tips.plan(store, [site_id, arch], "littering", "Patrol", "Ward team", DAY)[0]
    fly_tips.finish_step(store, [step], DAY, "Done")
    fly_tips.check(store, [site_id], DAY, "Ward team", "clear")
    fly_tips.close_site(store, [site_id], DAY, "Gate fitted")
    assert [undo(store) for _ in range(4)] == [
        "Mill Lane closed: Gate fitted", "Mill Lane checked: clear", "littering done at Mill Lane: Done", PLANNED,
    ]  # fmt: skip
    stands = fly_tips.site(store, site_id, DAY)
    assert (stands.rank, stands.steps, stands.last_check) == (1, 0, None)
    assert redo(store) == PLANNED
    assert fly_tips.site(store, arch, DAY).steps == 1
    assert verify(store).fault is None


def test_a_sealed_meeting_takes_nothing_more(store: Store, site_id: int) -> None:
    meeting = meetings.open_meeting(store, "weekly", "Chair", TODAY).id
    step = fly_tips.plan(store, [site_id], "littering", "Patrol", "Ward team", DAY, meeting_id=meeting)[0]
    meetings.seal_meeting(store, meeting, lambda: Papers("minutes", "report"))
    for act in (
        lambda: fly_tips.add_site(store, "Arch 12", WARD, 1, DAY, meeting_id=meeting),
        lambda: fly_tips.plan(store, [site_id], "littering", "Patrol", "Ward team", DAY, meeting_id=meeting),
        lambda: fly_tips.finish_step(store, [step], DAY, "Done", meeting_id=meeting),
        lambda: fly_tips.check(store, [site_id], DAY, "Ward team", "clear", meeting_id=meeting),
        lambda: fly_tips.close_site(store, [site_id], DAY, "Gate fitted", meeting_id=meeting),
    ):
        with pytest.raises(Conflict, match="sealed"):
            act()
