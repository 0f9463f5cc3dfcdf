from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import Conflict, Problem
from db import actions, bids, decisions, deploying, granting, meetings
from db.actions import Subject
from db.loading.importing import import_file
from db.meetings import Papers
from db.rankings import latest_run
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store
from db.store.engine import Row
from db.store.journal import last_entry
from db.store.undo import redo, undo
from db.store.verify import verify
from tests.db.sending import deploy

WriteExtract = Callable[..., Path]
Command = Callable[[Store], object]

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
DUE = NOW + timedelta(days=1)
WHO = Subject("person", "P1", "Testcase, Al")
CHANGED = (
    "action",
    "action_update",
    "decision",
    "deployment",
    "deployment_record",
    "deployment_unit",
    "bid",
    "attendance",
    "meeting",
    "meeting_item",
)


def _raise(store: Store, meeting_id: int | None = None) -> list[int]:
    return actions.raise_actions(store, [WHO, WHO], "Locate", "Ward team", DUE, meeting_id=meeting_id)


def _decide(store: Store, meeting_id: int | None = None) -> list[int]:
    facts = {"rank": "1", "score": "11 d"}
    return decisions.decide(store, [(WHO, facts)], "Adopt", "harm", decided_by="chair", meeting_id=meeting_id)


def _bid(store: Store) -> int:
    number = len(bids.bids(store)) + 1
    return bids.make_bid(store, "CE BCU", "CE", "Robbery", f"{number} officers", "Hackney", "Fri")


def _meeting(store: Store, kind: str = "daily", day: int = 21) -> int:
    return meetings.open_meeting(store, kind, "Chair", date(2026, 11, day)).id


def _state(store: Store) -> dict[str, list[Row]]:
    return {table: store.read.rows(f"SELECT * FROM {table} ORDER BY id") for table in CHANGED}  # noqa: S608


def _unit(store: Store) -> None:
    with store.change("Units", kind="import", meeting=None) as writing:
        for unit in ("North 1", "South 1"):
            writing.insert("deployment", unit=unit, base="north", officers=8, ward_code="", tactic="", status="free")


def _deploy(store: Store) -> None:
    deploy(store, 1, "E05013806", "weapon sweep", NOW, DUE)


COMMANDS: dict[str, Command] = {
    "raise": _raise,
    "close": lambda store: actions.close_actions(store, [1, 2], "arrested"),
    "withdraw": lambda store: actions.close_actions(store, [1], "duplicate", status="withdrawn"),
    "carry": lambda store: actions.carry_actions(store, [1, 2], DUE + timedelta(days=1), "not traced"),
    "edit": lambda store: actions.edit_action(store, 1, "Locate and arrest", "Intelligence", DUE),
    "decide": _decide,
    "bid": _bid,
    "decide bid": lambda store: granting.decide_bid(store, 1, "part", "four officers"),
    "deploy": lambda store: deploy(store, 2, "E05013806", "knife arch", NOW, DUE),
    "stand down": lambda store: deploying.stand_down(store, [1], "night shift is over"),
    "call": lambda store: meetings.call(store, [1, 2], "absent", 1),
    "attend": lambda store: meetings.attend(store, 2, "deputy", "Insp Deputy", 1),
}


@pytest.fixture
def working(store: Store) -> Store:
    """A store with a meeting, two units of which one is out, two actions, a bid."""
    _unit(store)
    _meeting(store)
    _raise(store)
    _bid(store)
    _deploy(store)
    return store


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_one_entry_and_is_taken_back_and_done_again(working: Store, name: str) -> None:
    before, entry = _state(working), last_entry(working)[0]
    COMMANDS[name](working)
    after = _state(working)
    assert after != before
    assert last_entry(working)[0] == entry + 1
    for _ in range(2):
        what = undo(working)
        assert _state(working) == before
        assert redo(working) == what
        assert _state(working) == after
    assert verify(working).fault is None


def test_undo_goes_back_step_by_step_to_where_the_sitting_began(store: Store) -> None:
    _unit(store)
    states = [_state(store)]
    for command in (_raise, _decide, _bid, _deploy):
        command(store)
        states.append(_state(store))
    for expected in reversed(states[:-1]):
        undo(store)
        assert _state(store) == expected
    with pytest.raises(Conflict) as nothing:
        undo(store)
    assert nothing.value.title == "Nothing to undo"
    for expected in states[1:]:
        redo(store)
        assert _state(store) == expected
    with pytest.raises(Conflict, match="Nothing was undone"):
        redo(store)


def test_a_new_command_ends_what_could_be_done_again(store: Store) -> None:
    _raise(store)
    undo(store)
    _bid(store)
    with pytest.raises(Conflict, match="Nothing was undone"):
        redo(store)


def test_undo_is_refused_where_the_record_has_changed_since(store: Store) -> None:
    _raise(store)
    with store.change("By another hand", kind="clock", meeting=None) as writing:
        writing.update("action", 1, owner="Intelligence")
    before, entry = _state(store), last_entry(store)
    with pytest.raises(Conflict, match="changed since") as refused:
        undo(store)
    assert refused.value.title == "Not undone"
    assert (_state(store), last_entry(store)) == (before, entry)


def test_time_noted_in_between_does_not_stand_in_the_way(working: Store) -> None:
    before = _state(working)["decision"]
    _decide(working)
    meetings.note_time(working, 1, "suspects", 40)
    undo(working)
    assert _state(working)["decision"] == before
    assert meetings.spent(working, 1) == {"suspects": 40}


def test_nothing_is_undone_past_a_seal_or_an_import(working: Store, write_extract: WriteExtract) -> None:
    def seal(store: Store) -> None:
        meetings.seal_meeting(store, 1, lambda: Papers("minutes", "report"))

    def take(store: Store) -> None:
        import_file(store, write_extract([{"crime_ref": "1"}, {"crime_ref": "2"}]))

    for end in (seal, take):
        _bid(working)
        end(working)
        with pytest.raises(Conflict, match="Nothing to undo"):
            undo(working)


def test_a_ranking_is_not_undone_and_ends_nothing(working: Store, write_extract: WriteExtract) -> None:
    import_file(working, write_extract([{"crime_ref": "1"}, {"crime_ref": "2"}]))
    before = _state(working)
    _bid(working)
    head = make_run(working, RankingRequest(date(2026, 11, 21).toordinal()))
    undo(working)
    assert {name: rows for name, rows in _state(working).items() if name == "bid"} == {"bid": before["bid"]}
    assert latest_run(working) == head
    with pytest.raises(Conflict, match="Nothing to undo"):
        undo(working)


def test_a_command_that_fails_leaves_nothing(working: Store) -> None:
    before, entry = _state(working), last_entry(working)
    failing: tuple[Callable[[], object], ...] = (
        lambda: actions.close_actions(working, [1, 99], "arrested"),
        lambda: actions.carry_actions(working, [2, 99], DUE, "later"),
        lambda: actions.edit_action(working, 99, "x", "y", DUE),
        lambda: granting.decide_bid(working, 1, "granted", "  "),
        lambda: granting.decide_bid(working, 1, "perhaps", "reason"),
        lambda: granting.decide_bid(working, 99, "granted", "reason"),
        lambda: deploying.stand_down(working, [1, 99], "night shift is over"),
        lambda: meetings.attend(working, 99, "present", "x", 1),
        lambda: meetings.attend(working, 2, "asleep", "x", 1),
    )
    for fails in failing:
        with pytest.raises(Problem):
            fails()
        assert (_state(working), last_entry(working)) == (before, entry)


def test_closing_twice_is_refused(working: Store) -> None:
    actions.close_actions(working, [1], "arrested")
    with pytest.raises(Conflict, match=r"Action 1 is closed already\. None of the 2 was changed"):
        actions.close_actions(working, [2, 1], "again")
    with pytest.raises(Conflict, match="Action 1 is closed already"):
        actions.carry_actions(working, [1], DUE, "later")
    assert [action.id for action in actions.open_actions(working, NOW)] == [2]


def _tamper(store: Store, *statements: str) -> None:
    with closing(sqlite3.connect(store.path)) as connection, connection:
        for verb in ("update", "delete"):
            connection.execute(f"DROP TRIGGER journal_no_{verb}")
        for statement in statements:
            connection.execute(statement)


def test_an_untouched_store_is_whole(working: Store, write_extract: WriteExtract) -> None:
    import_file(working, write_extract([{"crime_ref": "1"}, {"crime_ref": "2"}]))
    make_run(working, RankingRequest(date(2026, 11, 21).toordinal()))
    verdict = verify(working)
    assert verdict.fault is None
    assert (verdict.entries, verdict.last_hash) == last_entry(working)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE action SET owner = 'x' WHERE id = 2", "action 2 is not as journal entry 3 left it: owner differs."),
        ("DELETE FROM bid WHERE id = 1", "bid 1 is not as journal entry 4 left it."),
        (
            "UPDATE deployment_record SET ward_code = '' WHERE id = 1",
            "deployment_record 1 is not as journal entry 5 left it: ward_code differs.",
        ),
        ("UPDATE journal SET who = 'x' WHERE id = 2", "Journal entry 2: its content is not what was written."),
        ("UPDATE journal SET changes = '[]' WHERE id = 5", "Journal entry 5: its content is not what was written."),
        ("UPDATE journal SET entered_at = '' WHERE id = 3", "Journal entry 3: its content is not what was written."),
        ("UPDATE journal SET item = 'x' WHERE id = 3", "Journal entry 3: its content is not what was written."),
        ("DELETE FROM journal WHERE id = 2", "Journal entry 3: entry 2 is missing."),
        ("DELETE FROM journal WHERE id = 1", "Journal entry 2: entry 1 is missing."),
        (
            "UPDATE journal SET previous = hash WHERE id = 4",
            "Journal entry 4: it does not follow from the entry before it.",
        ),
    ],
)
def test_tampering_is_found(working: Store, statement: str, fault: str) -> None:
    assert verify(working).fault is None
    _tamper(working, statement)
    assert verify(working).fault == fault


def test_a_forged_entry_with_a_right_hash_breaks_the_next_one(working: Store) -> None:
    from core.journal import Entry, chain_hash

    columns = tuple(Entry.__dataclass_fields__)
    row = working.read.rows(f"SELECT {', '.join(columns)} FROM journal WHERE id = 2")[0]  # noqa: S608
    forged = chain_hash(Entry(**{**dict(zip(columns, row, strict=True)), "what": "Nothing happened"}))
    _tamper(working, f"UPDATE journal SET what = 'Nothing happened', hash = '{forged}' WHERE id = 2")  # noqa: S608
    assert verify(working).fault == "Journal entry 3: it does not follow from the entry before it."


def test_an_entry_tells_who_when_and_every_row_before_and_after(working: Store) -> None:
    actions.edit_action(working, 1, "Arrest", "Intelligence", DUE)
    who, at, what, changes = working.read.rows(
        "SELECT who, entered_at, what, changes FROM journal ORDER BY id DESC LIMIT 1"
    )[0]
    assert (who, at, what) == ("tester", "2026-11-21T09:00:00+00:00", "Action 1 changed: Arrest")
    change, said = json.loads(changes)
    assert (change["before"]["action"], change["after"]["action"]) == ("Locate", "Arrest")
    assert said["after"]["words"].startswith("edited; was: Locate (Ward team, due 22/11/2026 09:00)")


def _entered(store: Store) -> list[tuple[str, str]]:
    return [(row["kind"], row["what"]) for row in store.read.rows("SELECT kind, what FROM journal ORDER BY id")]


@pytest.mark.parametrize(
    ("later", "noted"), [(timedelta(days=27), True), (timedelta(minutes=3), True), (timedelta(minutes=2), False)]
)
def test_a_clock_that_ran_back_stands_in_the_journal_before_the_next_entry(
    store: Store, later: timedelta, noted: bool
) -> None:
    told: list[str] = []
    store.tell = told.append
    _unit(store)
    store.now = lambda: NOW - later
    assert bool(store.clock_behind()) == noted
    _raise(store)
    _raise(store)
    entries, verdict = _entered(store), verify(store)
    assert [kind for kind, _ in entries] == ["import", *(["clock"] if noted else []), "command", "command"]
    assert verdict.fault is None
    assert list(verdict.ran_back) == ([2] if noted else [])
    assert len(told) == noted, "once: the entry after it is of the same clock"
    if later.days:
        says, last = "25/10/2026 09:00", "21/11/2026 09:00"
        sentence = f"The clock of this computer says {says}; the last entry of the store is of {last}. Check the clock."
        assert told == [sentence]
        assert entries[1][1] == f"The clock ran back: it says {says}, the entry before this is of {last}"
    assert store.clock_behind() == ""


def test_a_clock_that_ran_ahead_and_was_set_right_is_told_likewise(store: Store) -> None:
    store.now = lambda: NOW + timedelta(days=400)
    _unit(store)
    store.now = lambda: NOW
    assert "says 21/11/2026 09:00; the last entry of the store is of 26/12/2027 09:00" in store.clock_behind()
    _raise(store)
    assert [kind for kind, _ in _entered(store)] == ["import", "clock", "command"]


def test_the_end_of_summer_time_is_no_clock_that_ran_back(store: Store) -> None:
    store.now = lambda: datetime(2026, 10, 25, 0, 59, tzinfo=UTC)  # 01:59 in London
    _unit(store)
    store.now = lambda: datetime(2026, 10, 25, 1, 1, tzinfo=UTC)  # 01:01 in London, two minutes on
    assert store.clock_behind() == ""
    _raise(store)
    assert [kind for kind, _ in _entered(store)] == ["import", "command"]


def test_what_the_journal_says_of_the_clock_is_covered_and_passed_over_by_undo(store: Store) -> None:
    _unit(store)
    store.now = lambda: NOW - timedelta(days=1)
    _raise(store)
    assert undo(store) != ""
    assert store.read.rows("SELECT COUNT(*) FROM action")[0][0] == 0
    store.close()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("DROP TRIGGER journal_no_update")
        connection.execute("UPDATE journal SET what = 'All is well' WHERE kind = 'clock'")
    assert "its content is not what was written" in str(verify(store).fault)
