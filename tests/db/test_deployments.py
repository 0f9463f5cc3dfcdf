"""Deployments as records: from files and meetings, by the clock, with clashes, bids, two sittings on one unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.deployments import State
from core.errors import Conflict, Problem
from core.scope import scope_of
from core.units import UnitState
from db import actions, bids, deployment_papers, deployments, granting, meetings
from db.actions import Subject
from db.bids import BidTerms
from db.deploying import Clashing, Draft, against, stand_down, standing_clashes, task
from db.deployment_changes import Terms, answer, change, lend, set_available, set_away
from db.deployments import board, deployment, units
from db.loading.withdraw import withdraw
from db.meetings import Papers
from db.patrols import around, hours_of, stand_of
from db.promises import promises
from db.store import Store, make_store, open_store
from db.store.undo import redo, undo
from db.store.verify import verify
from tests.db.files import Write, counts, file_writer, take

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
HACKNEY, CAMDEN, BRENT = "E05009367", "E05013652", "E05013496"
HEAD = "unit,base,officers,ward_code,tactic,starts,ends,status,team,skills"
ROWS = (
    f"East 1,east,20,{HACKNEY},weapon sweep,21/11/2026 06:00,21/11/2026 14:00,deployed,,search",
    "East 2,east,18,,,,,free,,",
    f"West 1,west,12,{HACKNEY},ANPR,21/11/2026 18:00,22/11/2026 02:00,deployed,,",
    "BTP 1,,10,,,,,free,British Transport Police,",
)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    return file_writer(tmp_path, "units.csv", HEAD)


@pytest.fixture
def store(tmp_path: Path, clock: Clock, write: Write) -> Iterator[Store]:
    """A store with the units of one file."""
    with make_store(tmp_path / "d.db", "Insp A", clock) as made:
        assert counts(take(made, write(*ROWS))) == (4, 4, 0, 0, 0)
        yield made


def number(store: Store, name: str) -> int:
    return next(unit.id for unit in units(store) if unit.unit == name)


def states(store: Store, now: datetime | None = None) -> dict[str, str]:
    return {unit.unit: unit.state.value for unit in units(store, now)}


def draft(store: Store, *names: str, ward: str = CAMDEN, hours: float = 8) -> Draft:
    ids = tuple(number(store, name) for name in names)
    return Draft(ids, ward, "high-visibility patrol", store.now(), store.now() + hours * HOUR)


def test_a_row_of_a_file_is_a_deployment_with_its_times_and_the_clock_alone_moves_it(store: Store) -> None:
    assert states(store) == {"East 1": "out", "East 2": "free", "West 1": "planned", "BTP 1": "free"}
    assert states(store, NOW + 9 * HOUR) == {"East 1": "free", "East 2": "free", "West 1": "out", "BTP 1": "free"}
    found = board(store, NOW + 12 * HOUR).deployments
    assert [(one.tactic, one.state) for one in found] == [("weapon sweep", State.OVER), ("ANPR", State.ON)]
    assert board(store, NOW + timedelta(days=8)).deployments == (), "of seven days and no more"
    assert board(store, NOW).changes_at == NOW + 5 * HOUR
    assert hours_of(found[0], found[0].units[0]) == 20 * 8


def test_a_later_file_gives_another_end_sends_elsewhere_or_frees_and_is_taken_back(
    store: Store, clock: Clock, write: Write
) -> None:
    clock.now += HOUR
    later = (
        ROWS[0].replace("14:00", "16:00"),
        f"East 2,east,18,{BRENT},warrant,21/11/2026 12:00,21/11/2026 20:00,deployed,,",
        "West 1,west,12,,,,,free,,",
    )
    result = take(store, write(*later, name="later.csv"))
    assert counts(result) == (3, 0, 0, 3, 0)
    found = {sent.unit: one for one in board(store).deployments for sent in one.units}
    assert found["East 1"].ends == NOW + 7 * HOUR
    assert (found["East 2"].state, found["West 1"].state) == (State.PLANNED, State.CANCELLED)
    assert found["West 1"].stopped_why == "free, as a file of units has it"
    assert result.batch is not None
    withdraw(store, result.batch)
    assert states(store) == {"East 1": "out", "East 2": "free", "West 1": "planned", "BTP 1": "free"}
    assert verify(store).fault is None


def test_a_row_that_ends_before_it_starts_is_kept_out(store: Store, write: Write) -> None:
    row = f"X,east,2,{HACKNEY},ANPR,21/11/2026 18:00,21/11/2026 17:00,deployed,,"
    assert counts(take(store, write(row, name="x.csv"))) == (1, 0, 0, 0, 1)


def test_a_unit_that_is_out_is_moved_with_a_reason_leaves_then_and_all_is_undone(store: Store) -> None:
    with pytest.raises(Clashing) as clash:
        task(store, draft(store, "East 1"))
    assert "East 1 is on weapon sweep in Brownswood" in clash.value.sentence
    shown = [one.key for one in clash.value.clashes]
    with pytest.raises(Problem, match="Why is needed"):
        task(store, draft(store, "East 1"), accepted=shown)
    before = board(store)
    made = task(store, draft(store, "East 1"), accepted=shown, why="two stabbings")
    sent = next(unit for unit in units(store) if unit.unit == "East 1")
    assert (sent.ward_code, [one.id for one in sent.sent]) == (CAMDEN, [made])
    old = next(one for one in board(store).deployments if one.tactic == "weapon sweep")
    assert (old.state, old.until, old.stopped_why) == (State.OVER, NOW, "two stabbings")
    new = deployment(store, made)
    assert new is not None
    assert "weapon sweep in Brownswood" in new.overruled
    undo(store)
    assert board(store) == before
    redo(store)
    assert standing_clashes(board(store)) == []
    assert verify(store).fault is None


def test_of_two_sittings_that_want_one_unit_the_second_is_told_who_took_it(store: Store, clock: Clock) -> None:
    wanted = draft(store, "East 2", ward=BRENT)
    assert against(store, wanted, NOW) == []
    with open_store(store.path, "Supt B", clock) as other:
        task(other, draft(other, "East 2"))
    with pytest.raises(Clashing, match=r"East 2 is on high-visibility patrol in .*; sent by Supt B at 09:00"):
        task(store, wanted, why="a reason that was typed before")
    assert [one.ward_code for one in board(store).live if one.tactic == wanted.tactic] == [CAMDEN]


def test_what_cannot_be_is_refused_and_nothing_is_saved(store: Store) -> None:
    plain = draft(store, "East 2")
    section = replace(plain, tactic="Section 60", authority="inspector; two stabbings; Brownswood")
    for wrong in (
        replace(plain, ends=plain.starts),
        replace(plain, ward_code="E0"),
        replace(plain, units=(99,)),
        replace(plain, units=()),
        replace(section, ends=NOW + 30 * HOUR),
        replace(section, ends=NOW + 50 * HOUR, authority=f"{section.authority}; superintendent"),
    ):
        with pytest.raises(Problem):
            task(store, wrong)
    assert len(board(store).deployments) == 2
    extended = replace(section, ends=NOW + 30 * HOUR, authority=f"{section.authority}; superintendent")
    assert deployment(store, task(store, extended)) is not None


def test_a_unit_of_another_team_is_asked_for_and_goes_when_it_is_agreed(store: Store) -> None:
    made = task(store, draft(store, "BTP 1"))
    assert states(store)["BTP 1"] == "asked-for"
    assert states(store, NOW + 9 * HOUR)["BTP 1"] == "free"
    found = deployment(store, made, NOW + 9 * HOUR)
    assert found is not None
    assert found.state is State.CANCELLED, "nobody agreed"
    answer(store, [number(store, "BTP 1")], "agreed", "until 17:00")
    assert states(store)["BTP 1"] == "out"
    with pytest.raises(Conflict, match="only what is asked for"):
        answer(store, [number(store, "BTP 1")], "refused", "again")
    undo(store)
    answer(store, [number(store, "BTP 1")], "refused", "a match")
    assert states(store)["BTP 1"] == "free"


def test_strength_follows_uplift_and_a_unit_that_is_away_clashes(store: Store) -> None:
    east = number(store, "East 2")
    lend(store, east, 6, "NE BCU", NOW, NOW + 2 * HOUR, "daily uplift")
    lend(store, east, -4, "NW BCU", NOW + HOUR, None, "football")
    strength = [next(u.officers for u in units(store, NOW + hours * HOUR) if u.id == east) for hours in (0, 1, 2)]
    assert strength == [24, 20, 14]
    with pytest.raises(Conflict, match="has 14 officers then and cannot lend 15"):
        lend(store, east, -15, "X", NOW + 3 * HOUR, None, "too many")
    later = replace(draft(store, "East 2"), starts=NOW + 3 * HOUR)
    assert against(store, later, NOW) == [], "what it has at the start is sent, and not what it has now"
    [short] = against(store, replace(later, officers={east: 24}), NOW)
    assert short.says == "East 2 has 14 officers then, 24 are sent"
    when = replace(TERMS, ward_code=CAMDEN, starts_at=later.starts, ends_at=later.ends, officers=None)
    bid(store, when)
    assert granting.could_fill(board(store), bids.bids(store)[0]) == "East 2 and 1 more, 26 officers", (
        "14 and 12, and not 24"
    )
    set_away(store, [east], NOW, None, "training day")
    assert [clash.kind for clash in against(store, draft(store, "East 2"), NOW)] == ["away"]
    set_available(store, [east], "it was put off")
    assert against(store, draft(store, "East 2"), NOW) == []
    with pytest.raises(Conflict, match="East 2 is available already"):
        set_available(store, [east], "again")


def test_a_change_of_the_measure_says_so_and_keeps_what_it_was(store: Store) -> None:
    made = task(store, replace(draft(store, "East 2"), measure="robbery"))
    terms = Terms("Fewer", "knife crime", NOW + 8 * HOUR, "", "", None, None, "")
    change(store, made, terms, "as the BCU asks")
    found = deployment(store, made)
    assert found is not None
    assert (found.measure, found.measure_by, found.objective) == ("knife crime", "Insp A", "Fewer")
    with pytest.raises(Conflict, match="is so already"):
        change(store, made, terms, "again")
    change(store, made, replace(terms, place="Example Road", compared=(BRENT,)), "the BCU names the streets")
    found = deployment(store, made)
    assert found is not None
    assert (found.place, found.compared, found.measure_by) == ("Example Road", (BRENT,), "Insp A")
    with pytest.raises(Problem, match="no comparison for itself"):
        change(store, made, replace(terms, compared=(found.ward_code,)), "no")


def test_a_stand_down_before_the_start_cancels_and_after_it_ends(store: Store) -> None:
    stand_down(store, [number(store, "East 1"), number(store, "West 1")], "night shift is over")
    assert {one.state for one in board(store).deployments} == {State.OVER, State.CANCELLED}
    with pytest.raises(Conflict, match="East 2 is free"):
        stand_down(store, [number(store, "East 2")], "again")


TERMS = BidTerms(BRENT, "weapon sweep", NOW + 9 * HOUR, NOW + 13 * HOUR, officers=18)


def bid(store: Store, terms: BidTerms = TERMS, result: str = "") -> int:
    words = f"Sweep {store.last_entry()}"
    return bids.make_bid(store, "NW BCU", "NW", "Knives", words, "Brent", "tonight", terms=terms, result=result)


def test_a_bid_that_is_granted_is_a_deployment_of_what_is_free_then(store: Store, clock: Clock) -> None:
    asked = bid(store)
    made = granting.decide_bid(store, asked, "granted", "highest risk")
    assert made is not None
    found = deployment(store, made)
    assert found is not None
    assert ([sent.unit for sent in found.units], found.officers) == (["East 1"], 18), (
        "the one with skills, free by then"
    )
    assert (found.bid, found.objective, found.starts) == (asked, "Knives", TERMS.starts_at)
    undo(store)
    assert deployment(store, made) is None
    with pytest.raises(Conflict, match="Only 38 of 60 officers are free"):
        granting.decide_bid(store, bid(store, replace(TERMS, officers=60)), "granted", "all")
    with pytest.raises(Conflict, match="All 18 officers that the bid asks for are free then"):
        granting.decide_bid(store, asked, "part", "what there is")
    granting.decide_bid(store, bid(store, replace(TERMS, officers=60)), "part", "what there is")
    for name in ("East 1", "East 2"):
        set_away(store, [number(store, name)], NOW, None, "training day")
    with pytest.raises(Conflict, match="Nothing is free from 21/11 18:00 until 21/11 22:00"):
        granting.decide_bid(store, bid(store), "granted", "more")
    clock.now += timedelta(days=8)
    with pytest.raises(Problem, match="NW BCU owes the result of bid 3"):
        bid(store)
    bid(store, result="three knives found")
    assert bids.owed_by(store, "nw bcu", store.now()) is None
    assert verify(store).fault is None


def test_hours_of_the_week_are_told_by_operation_team_and_borough(store: Store, clock: Clock) -> None:
    clock.now += timedelta(days=1)
    tables = deployment_papers.hours(store, clock.now.date(), clock.now, scope_of("force"))
    assert [table.rows for table in tables] == [
        [("weapon sweep", "160", "160", "1"), ("ANPR", "72", "72", "1")],
        [("Violent Crime Task Force", "232", "232", "2")],
        [("Hackney", "232", "232", "2")],
    ]
    assert all(not table.rows for table in deployment_papers.hours(store, clock.now.date(), clock.now, scope_of("NW")))


def test_a_period_that_goes_on_gives_a_day_of_duty_a_day_from_its_first_hour(store: Store, clock: Clock) -> None:
    made = task(store, replace(draft(store, "East 2", hours=14 * 24), tactic="Strong Box"))
    for hours, given in ((3, 18), (12, 72), (30, 180)):
        one = deployment(store, made, NOW + hours * HOUR)
        assert one is not None
        assert hours_of(one, one.units[0]) == given
    clock.now += timedelta(days=1)
    [table, *_] = deployment_papers.hours(store, clock.now.date(), clock.now, scope_of("force"))
    assert ("Strong Box", "90", "90", "1") in table.rows, "from 09:00 to midnight, 15 of 24 hours"


def test_a_place_says_what_is_on_planned_and_over_with_the_hours_delivered(store: Store) -> None:
    assert stand_of(around(store, NOW)).words == "1 on, 1 planned"
    stand_down(store, [number(store, "West 1")], "rain")
    assert stand_of(around(store, NOW)).words == "1 on", "what was cancelled is not told"
    assert stand_of(around(store, NOW + 6 * HOUR)).words == "1 over in 7 days, 160 of 160 officer-hours"
    assert stand_of(around(store, NOW + timedelta(days=8))).words == ""


def test_a_board_within_a_scope_has_its_deployments_and_their_units(store: Store) -> None:
    shown = board(store, scope=scope_of("CE"))
    assert {unit.unit for unit in shown.units} == {"East 1", "West 1"}
    assert board(store, scope=scope_of("NW")).units == ()
    assert shown.units[0].state is UnitState.OUT


def test_a_promise_of_the_last_meeting_stands_beside_what_came_of_it(store: Store, clock: Clock) -> None:
    held = meetings.open_meeting(store, "daily", "Insp A", NOW.date())
    task(store, draft(store, "East 2"), meeting_id=held.id)
    due = NOW + 6 * HOUR
    about = [Subject("item", "1", "One"), Subject("item", "2", "Two")]
    done, late = actions.raise_actions(store, about, "Visit", "Ward team", due, meeting_id=held.id)
    actions.close_actions(store, [done], "arrested")
    meetings.seal_meeting(store, held.id, lambda: Papers("", ""))
    clock.now += timedelta(days=1)
    today = meetings.open_meeting(store, "daily", "Insp A", clock.now.date())
    [last], found = promises(store, today, clock.now)
    assert last is not None
    assert last.id == held.id
    assert {(one.kind, one.came, one.kept) for one in found} == {
        ("deployment", "over since 21/11 17:00; 144 of 144 planned officer-hours by the clock", True),
        ("action", "done: arrested", True),
        ("action", "open, overdue, due 21/11 15:00", False),
    }
    assert {one.row_id: one.action.status for one in found if one.action} == {done: "done", late: "open"}


def test_a_promised_deployment_says_what_it_came_to(store: Store, clock: Clock) -> None:
    held = meetings.open_meeting(store, "daily", "Insp A", NOW.date())
    first = draft(store, "East 2")
    moved = task(store, first, meeting_id=held.id)
    early = task(store, replace(first, starts=NOW + 10 * HOUR, ends=NOW + 12 * HOUR), meeting_id=held.id)
    asked = task(store, draft(store, "BTP 1", hours=30), meeting_id=held.id)
    meetings.seal_meeting(store, held.id, lambda: Papers("", ""))

    def came(hours: float) -> dict[int, tuple[str, bool | None]]:
        clock.now = NOW + hours * HOUR
        today = meetings.open_meeting(store, "daily", "Insp A", clock.now.date())
        return {one.row_id: (one.came, one.kept) for one in promises(store, today, clock.now)[1]}

    found = came(24)
    assert found[moved] == ("over since 21/11 17:00; 144 of 144 planned officer-hours by the clock", True)
    assert found[early] == ("over since 21/11 21:00; 36 of 36 planned officer-hours by the clock", True)
    assert found[asked] == ("planned, from 21/11 09:00; asked for, no answer yet: British Transport Police", None)
    answer(store, [number(store, "BTP 1")], "refused", "none free")
    assert came(25)[asked] == ("refused: none free", False)


@pytest.mark.parametrize(
    ("hours", "says", "kept"),
    [
        (-1, "cancelled 21/11 08:00: rain", False),
        (2, "ended early 21/11 11:00: rain; 36 of 144 planned officer-hours by the clock", False),
    ],
)
def test_a_promised_deployment_that_was_stopped_says_when_and_why(
    store: Store, clock: Clock, hours: int, says: str, kept: bool
) -> None:
    clock.now = NOW - 3 * HOUR
    held = meetings.open_meeting(store, "daily", "Insp A", NOW.date() - timedelta(days=1))
    made = task(store, replace(draft(store, "East 2"), starts=NOW, ends=NOW + 8 * HOUR), meeting_id=held.id)
    meetings.seal_meeting(store, held.id, lambda: Papers("", ""))
    today = meetings.open_meeting(store, "daily", "Insp A", NOW.date())
    clock.now = NOW + hours * HOUR
    stand_down(store, [number(store, "East 2")], "rain", meeting_id=today.id)
    [one] = [one for one in promises(store, today, clock.now + HOUR)[1] if one.row_id == made]
    assert (one.came, one.kept) == (says, kept)


def test_what_was_granted_to_a_bid_says_its_result_or_when_that_is_due(store: Store, clock: Clock) -> None:
    held = meetings.open_meeting(store, "weekly", "Insp A", NOW.date())
    terms = BidTerms(ward_code=CAMDEN, tactic="weapon sweep", starts_at=NOW, ends_at=NOW + 4 * HOUR, officers=10)
    put = bids.make_bid(store, "CN BCU", "CN", "Knives", "Officers", "Camden", "today", terms=terms)
    made = granting.decide_bid(store, put, "granted", "worst rank", held.id)
    meetings.seal_meeting(store, held.id, lambda: Papers("", ""))
    clock.now += timedelta(days=7)
    week = meetings.open_meeting(store, "weekly", "Insp A", clock.now.date())

    def came() -> str:
        return next(one.came for one in promises(store, week, clock.now)[1] if one.row_id == made)

    delivered = "over since 21/11 13:00; 40 of 40 planned officer-hours by the clock"
    assert came() == f"{delivered}; its result is due on 28/11"
    bids.tell_result(store, put, "four knives", meeting_id=week.id)
    assert came() == f"{delivered}; result: four knives"


def test_what_is_past_is_not_walked_to_read_the_board(store: Store) -> None:
    for query in (deployments._COLUMNS, deployments._LINKS):
        asked = f"EXPLAIN QUERY PLAN {query}WHERE (d.over_at IS NULL OR d.over_at >= :since)"
        steps = [row["detail"] for row in store.read.rows(asked, since="2026-11-14T09:00:00+00:00")]
        assert steps
        assert not [step for step in steps if step.startswith("SCAN")], steps
