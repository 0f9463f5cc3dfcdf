"""The board of units by the clock: planned, out, free; nothing but time need pass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.days import clock_words
from core.scope import WHOLE_FORCE
from core.units import UnitState
from db import deployments, meetings, papers, wards
from db.actions import Subject
from db.boroughs import london
from db.deploying import Draft, task
from db.deployment_changes import set_away
from db.deployments import UnitView
from db.incidents import Incident
from db.store import Store, make_store
from db.uncovered import uncovered_wards
from tests.db.files import file_writer, take
from tests.tui.conftest import AS_OF
from tests.tui.keyboard import MakeApp, MovedClock, seated, tick
from tui.screens.ward_facts import ward_facts
from tui.screens.ward_words import there_words
from tui.views.board import UnitRow, bar, in_short, spans_of, told, where


def planned(store: Store, moved: MovedClock) -> UnitView:
    return next(one for one in deployments.units(store) if one.state is UnitState.PLANNED)


async def test_what_is_planned_is_on_from_its_start_and_over_from_its_end(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    unit = planned(city, moved)
    assert unit.starts is not None
    assert unit.ends is not None
    async with seated(make_app(view="deployments"), size=(120, 40)) as chair:
        await chair.settled()
        assert chair.view().records.move_to_key(unit.id)
        assert chair.cell("state") == "planned"
        assert (chair.cell("from"), chair.cell("until")) == (f"{unit.starts:%d/%m %H:%M}", f"{unit.ends:%d/%m %H:%M}")
        moved.moment = unit.starts
        await tick(chair)
        assert chair.cell("state") == "out", "without a write"
        moved.moment = unit.ends
        await tick(chair)
        assert chair.cell("state") == "free"


async def test_the_head_counts_units_and_officers_that_are_out_planned_and_free_and_wards_without_one(
    make_app: MakeApp, city: Store
) -> None:
    every = deployments.units(city)
    out, to_come, free = (
        [unit for unit in every if unit.state is state] for state in (UnitState.OUT, UnitState.PLANNED, UnitState.FREE)
    )
    assert out
    assert to_come
    missing = uncovered_wards(city, deployments.board(city), WHOLE_FORCE)
    async with seated(make_app(view="deployments"), size=(80, 24)) as chair:
        await chair.settled()
        head = chair.heading()
        below = len(missing) - 5
        assert below > 0
        told = f"{len(missing)} wards without a unit, 5 on top, {below} below the units; "
        assert head.startswith(f"{told}{_officers(every)} officers: ")
        states = chair.column("state")
        assert states[:5] == ["NO UNIT"] * 5
        assert states[-below:] == ["NO UNIT"] * below, "none is left out"
        assert "NO UNIT" not in states[5:-below]
        for units, words in ((out, "out"), (to_come, "planned"), (free, "free")):
            assert f"{len(units)} {words} ({_officers(units)})" in head
        await chair.press("list.first")
        assert chair.cell("state") == "NO UNIT"
        assert chair.cell("ward").startswith(f"{missing[0].rank} in harm")
        ward = chair.view().under_cursor()
        assert ward is not None
        assert ward.subject.ref == missing[0].ward_code


def _officers(units: list[UnitView]) -> int:
    return sum(unit.officers for unit in units)


async def test_a_ward_says_who_is_there_now_and_who_is_planned(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    unit = planned(city, moved)
    assert unit.starts is not None
    app = make_app(view="wards")
    ward = Subject("ward", unit.ward_code, unit.ward)
    words = "".join(str(piece) for piece in there_words(ward_facts(app.session, ward)))
    assert words.startswith("here now: no unit; planned: ")
    assert f"{unit.unit} ({unit.officers}) {clock_words(unit.starts, moved.moment)} to " in words
    before = london(city).boroughs[unit.borough].officers
    moved.moment = unit.starts
    assert f"here now: {unit.unit} ({unit.officers}) " in "".join(map(str, there_words(ward_facts(app.session, ward))))
    assert before is not None
    assert (london(city).boroughs[unit.borough].officers or 0) >= unit.officers


async def test_the_night_says_of_each_incident_what_units_its_ward_has_and_turns_by_the_clock(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    async with seated(make_app(view="night")) as chair:
        await chair.settled()
        before = chair.view().under_cursor()
        assert before is not None
        incident = before.detail
        assert isinstance(incident, Incident)
        ward = incident.ward_code
        assert "units there: none on or planned" in before.told(hidden=True)
        free = next(one for one in deployments.units(city) if one.is_free)
        starts = moved() + timedelta(hours=1)
        draft = Draft((free.id,), ward, "weapon sweep", starts, starts + timedelta(hours=2))
        task(city, draft)
        chair.view().reload()
        await chair.settled()
        for hours, says in ((0, "1 planned"), (1, "1 on"), (2, f"1 over in 7 days, {2 * free.officers} of ")):
            moved.forward(hours=hours)
            await tick(chair)
            told = chair.view().under_cursor()
            assert told is not None
            assert f"units there: {says}" in told.told(hidden=False)


async def test_the_report_prints_the_state_at_its_moment(make_app: MakeApp, city: Store, moved: MovedClock) -> None:
    unit = planned(city, moved)
    app = make_app()
    meeting = app.session.meeting
    assert meeting is not None
    report = papers.report(city, meeting, moved())
    line = next(line for line in report.splitlines() if f"| {unit.unit} |" in line)
    assert "| planned |" in line
    assert unit.starts is not None
    later = papers.report(city, meeting, unit.starts + timedelta(minutes=1))
    line = next(line for line in later.splitlines() if f"| {unit.unit} |" in line)
    assert "| out |" in line


async def test_another_tactic_is_refused_with_the_nearest_and_nothing_is_lost(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="deployments"), size=(120, 40)) as chair:
        await chair.settled()
        free = next(one for one in deployments.units(city) if one.is_free)
        assert chair.view().records.move_to_key(free.id)
        await chair.press("deployment.deploy")
        await chair.fill(ward="bromley north", tactic="dancing")
        assert chair.fault().startswith("Tactic: 'dancing' is none of the 24 offered. Nearest: ")
        assert chair.typed()["tactic"] == "dancing"
        await chair.fill(tactic="Q-Car")
        sent = next(one for one in deployments.units(city) if one.id == free.id)
        assert (sent.tactic, sent.ward) == ("Q-car", "Bromley North")


def test_hours_that_no_file_tells_of_are_open_on_the_bar_and_said_in_words(tmp_path: Path) -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    write = file_writer(tmp_path, "units.csv", "unit,base,officers,ward_code,tactic,starts,ends,status")
    with make_store(tmp_path / "d.db", "Insp A", lambda: now) as store:
        since = "East 1,east,9,E05009367,ANPR,21/11/2026 10:00,,deployed"
        take(store, write("East 0,east,9,,,,,deployed", since, "East 2,east,9,,,,21/11/2026 14:00,deployed"))
        whole = deployments.board(store)
        rows = [UnitRow(unit, now, tuple(spans_of(whole.deployments)[unit.id])) for unit in whole.units]
    assert [bar(row) for row in rows] == [
        "????│█" + 19 * "?",
        "··██│█" + 19 * "?",
        "????│██" + 18 * "·",
    ]
    assert "out; no tactic named, no ward named, no start named, no end named" in told(rows[0])
    assert "out; ANPR in Brownswood, from 21/11 10:00, no end named" in told(rows[1])
    assert [where(row) for row in rows] == ["?", "Brownswood", "?"]


def test_a_unit_that_is_not_to_be_sent_is_away_and_not_free(tmp_path: Path) -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    write = file_writer(tmp_path, "units.csv", "unit,base,officers,status")
    with make_store(tmp_path / "d.db", "Insp A", lambda: now) as store:
        take(store, write("East 1,east,9,free", "East 2,east,8,free"))
        first = next(unit for unit in deployments.units(store) if unit.unit == "East 1")
        set_away(store, [first.id], now, now + timedelta(hours=8), "training day")
        held = deployments.units(store)
        later = deployments.units(store, now + timedelta(hours=9))
    assert [UnitRow(unit, now).state for unit in held] == ["away", "free"]
    assert in_short(held, now, 0, 0) == "17 officers: 0 out (0), 1 free (8), 1 away (9)"
    assert in_short(later, now + timedelta(hours=9), 0, 0) == "17 officers: 0 out (0), 2 free (17)"


async def test_the_board_of_a_bcu_says_how_many_units_it_leaves_out(
    make_app: MakeApp, tmp_path: Path, moved: MovedClock
) -> None:
    header = "unit,base,officers,ward_code,tactic,starts,ends,status"
    there = "VCTF North 2,north,7,E05013546,weapon sweep,20/11/2026 22:00,22/11/2026 15:00,deployed"
    with make_store(tmp_path / "units.db", "root", moved) as store:
        take(store, file_writer(tmp_path, "units.csv", header)("VCTF North 1,north,8,,,,,free", there))
        for scope, says in (
            ("force", "15 officers: 1 out (7), 1 free (8)"),
            ("NW", "NW: 7 officers: 1 out (7), 0 free (0); 1 unit elsewhere, * shows all"),
            ("CE", "CE: 0 officers: 0 out (0), 0 free (0); 2 units elsewhere, * shows all"),
        ):
            async with seated(make_app(view="deployments", store=store, scope=scope), size=(120, 40)) as chair:
                await chair.settled()
                assert chair.heading().startswith(says)
                if scope == "CE":
                    assert chair.view().records.empty_text == "No unit in CE. * shows the whole force."
                    await chair.press("meeting.widen")
                    assert chair.heading().startswith("15 officers")


def test_a_report_says_by_which_release_wards_want_a_unit(city: Store, moved: MovedClock) -> None:
    held = meetings.open_meeting(city, "weekly", "C", AS_OF)
    [release] = [one.name for one in wards.releases(city)][-1:]
    report = papers.report(city, held, moved())
    assert f"## Wards that want a unit and have none, by release {release}\n" in report
