from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import Conflict, NotFound
from core.templates import template as agenda
from db import actions, bids, decisions, granting, meetings
from db.actions import Subject
from db.loading.importing import import_file
from db.meetings import Papers, attendance, broken_seals, meeting, note_time, open_meeting, seal_meeting, spent
from db.store import Store, open_store
from db.store.verify import verify

WriteExtract = Callable[..., Path]
DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
WHO = Subject("person", "P1", "Testcase, Al")


@pytest.fixture
def ranked(store: Store, write_extract: WriteExtract) -> Store:
    """A store in which one person can be ranked."""
    import_file(store, write_extract([{"crime_ref": "1"}, {"crime_ref": "2"}]))
    return store


def test_a_meeting_opens_on_a_fresh_run_with_its_agenda_and_roles(ranked: Store) -> None:
    view = open_meeting(ranked, "daily", "Det Supt Chair", DAY)
    assert (view.kind, view.as_of, view.chair, view.run_id) == ("daily", DAY, "Det Supt Chair", 1)
    assert view.agenda == agenda("daily")
    assert (view.opened_at, view.sealed_at, view.minutes) == (NOW, None, "")
    called = attendance(ranked, view.id)
    assert [one.role for one in called] == list(agenda("daily").roles)
    assert [(one.name, one.state) for one in called if one.state] == [("Det Supt Chair", "present")]


def test_opening_again_goes_on_and_makes_no_second_run(ranked: Store) -> None:
    first = open_meeting(ranked, "daily", "Chair", DAY)
    assert open_meeting(ranked, "daily", "Someone else", DAY) == first
    weekly = open_meeting(ranked, "weekly", "Chair", DAY)
    assert (weekly.id, weekly.run_id) == (2, first.run_id)
    assert open_meeting(ranked, "daily", "Chair", DAY - timedelta(days=1)).run_id == 2


def test_new_records_make_a_new_run_for_the_next_meeting_only(ranked: Store, write_extract: WriteExtract) -> None:
    daily = open_meeting(ranked, "daily", "Chair", DAY)
    import_file(ranked, write_extract([{"crime_ref": "3"}], name="later.csv"))
    assert open_meeting(ranked, "weekly", "Chair", DAY).run_id == 2
    assert open_meeting(ranked, "daily", "Chair", DAY).run_id == daily.run_id == 1


def test_a_meeting_without_records_has_no_run(store: Store) -> None:
    assert open_meeting(store, "daily", "Chair", DAY).run_id is None
    assert meetings.last_import(store) is None


def test_a_sealed_meeting_is_read_and_not_opened_again(ranked: Store) -> None:
    view = open_meeting(ranked, "daily", "Chair", DAY)
    seal = seal_meeting(ranked, view.id, lambda: Papers("# Minutes", "# Report"))
    read = meeting(ranked, view.id)
    assert (read.minutes, read.report, read.seal, read.sealed_at) == ("# Minutes", "# Report", seal, NOW)
    assert meetings.meetings(ranked) == [read]
    with pytest.raises(Conflict, match=r"of 21/11/2026 is sealed\. Read it with 'tasking minutes 1'") as refused:
        open_meeting(ranked, "daily", "Chair", DAY)
    assert refused.value.title == "Meeting sealed"
    with pytest.raises(NotFound, match="no meeting 9"):
        meeting(ranked, 9)
    with pytest.raises(NotFound, match="no meeting 'hourly'"):
        open_meeting(ranked, "hourly", "Chair", DAY)


CHANGES: dict[str, Callable[[Store], object]] = {
    "raise": lambda store: actions.raise_actions(store, [WHO], "x", "y", NOW, meeting_id=1),
    "close": lambda store: actions.close_actions(store, [1], "arrested", meeting_id=1),
    "carry": lambda store: actions.carry_actions(store, [1], NOW, "x", meeting_id=1),
    "decide": lambda store: decisions.decide(store, [(WHO, {})], "x", "y", decided_by="z", meeting_id=1),
    "decide bid": lambda store: granting.decide_bid(store, 1, "granted", "x", meeting_id=1),
    "attend": lambda store: meetings.attend(store, 1, "absent", "x", 1),
    "attend by another number": lambda store: meetings.attend(store, 1, "absent", "x", 2),
    "seal": lambda store: seal_meeting(store, 1, lambda: Papers("other", "other")),
}


def _state(store: Store) -> list[object]:
    tables = ("meeting", "attendance", "action", "action_update", "decision", "bid")
    return [store.read.rows(f"SELECT * FROM {table}") for table in tables]  # noqa: S608


@pytest.mark.parametrize("name", list(CHANGES))
def test_a_sealed_meeting_is_changed_by_no_command(ranked: Store, name: str) -> None:
    open_meeting(ranked, "daily", "Chair", DAY)
    open_meeting(ranked, "weekly", "Chair", DAY)
    actions.raise_actions(ranked, [WHO], "x", "y", NOW, meeting_id=1)
    bids.make_bid(ranked, "CE BCU", "CE", "x", "y", "z", "Fri")
    seal_meeting(ranked, 1, lambda: Papers("minutes", "report"))
    before = _state(ranked)
    with pytest.raises(Conflict):
        CHANGES[name](ranked)
    after = _state(ranked)
    assert after == before
    assert broken_seals(ranked) == []


def test_time_is_added_up_per_item_until_the_seal(ranked: Store) -> None:
    view = open_meeting(ranked, "daily", "Chair", DAY)
    for item, seconds in (("opening", 40), ("suspects", 0), ("opening", 20), ("suspects", 1)):
        note_time(ranked, view.id, item, seconds)
    assert spent(ranked, view.id) == {"opening": 60, "suspects": 1}
    seal_meeting(ranked, view.id, lambda: Papers("m", "r"))
    note_time(ranked, view.id, "opening", 90)
    assert spent(ranked, view.id) == {"opening": 60, "suspects": 1}


def test_a_seal_that_does_not_hold_is_found(ranked: Store) -> None:
    open_meeting(ranked, "daily", "Chair", DAY)
    seal_meeting(ranked, 1, lambda: Papers("minutes", "report"))
    assert broken_seals(ranked) == []
    with closing(sqlite3.connect(ranked.path)) as by_another_hand, by_another_hand:
        by_another_hand.execute("UPDATE meeting SET minutes = 'minutes, improved' WHERE id = 1")
    assert broken_seals(ranked) == [1]
    assert verify(ranked).fault == "meeting 1 is not as journal entry 4 left it: minutes differs."


def test_meetings_are_listed_the_latest_first(ranked: Store) -> None:
    for kind, back in (("daily", 2), ("weekly", 2), ("daily", 1)):
        open_meeting(ranked, kind, "Chair", DAY - timedelta(days=back))
    assert [view.id for view in meetings.meetings(ranked)] == [3, 2, 1]
    assert [view.id for view in meetings.meetings(ranked, "weekly")] == [2]


def _open_at_once(path: Path, rounds: int) -> list[list[int]]:
    """Two programs open the meeting of the same day at the same moment, again for every round; the numbers they got."""
    ready = threading.Barrier(2)

    def program(who: str) -> list[int]:
        with open_store(path, who, lambda: NOW) as store:
            got = []
            for back in range(rounds):
                ready.wait(20)
                got.append(open_meeting(store, "daily", who, DAY - timedelta(days=back)).id)
        return got

    with ThreadPoolExecutor(2) as programs:
        return list(programs.map(program, ("one", "another")))


def test_two_programs_that_open_a_day_at_once_hold_one_meeting(store: Store) -> None:
    first, second = _open_at_once(store.path, rounds=12)
    assert first == second
    assert sorted(first) == [view.id for view in reversed(meetings.meetings(store))]
    opened = store.read.rows("SELECT what, COUNT(*) AS times FROM journal WHERE kind = 'meeting' GROUP BY what")
    assert {row["times"] for row in opened} == {1}
    assert len(opened) == 12
    assert verify(store).fault is None


_PROGRAM = """
import sys
from datetime import date, datetime, UTC
from pathlib import Path
from db.meetings import open_meeting
from db.store import open_store
with open_store(Path(sys.argv[1]), sys.argv[2]) as store:
    store.read
    for line in sys.stdin:
        print(open_meeting(store, "weekly", sys.argv[2], date.fromisoformat(line.strip())).id, flush=True)
"""


def test_nor_do_two_processes_open_two(store: Store) -> None:
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with ExitStack() as programs:
        both = [
            programs.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", _PROGRAM, str(store.path), who],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=here,
                )
            )
            for who in ("one", "another")
        ]  # fmt: skip
        for back in range(6):
            got = []
            for one in both:
                assert one.stdin is not None
                one.stdin.write(f"{DAY - timedelta(days=back)}\n")
                one.stdin.flush()
            for one in both:
                assert one.stdout is not None
                got.append(int(one.stdout.readline()))
            assert got[0] == got[1]
        for one in both:
            assert one.stdin is not None
            one.stdin.close()
    assert len(meetings.meetings(store)) == 6


def test_of_two_meetings_of_a_day_that_are_there_the_open_one_is_gone_on_with(ranked: Store) -> None:
    first = open_meeting(ranked, "daily", "Chair", DAY).id
    with ranked.change("As programs of before did", meeting=None) as writing:
        row = writing.row("meeting", first)
        assert row is not None
        second = writing.insert("meeting", **{**row, "id": first + 1})
    assert open_meeting(ranked, "daily", "Chair", DAY).id == second, "the latest, as before"
    seal_meeting(ranked, second, lambda: Papers("minutes", "report"))
    assert open_meeting(ranked, "daily", "Chair", DAY).id == first, "the open one"
    seal_meeting(ranked, first, lambda: Papers("minutes", "report"))
    with pytest.raises(Conflict, match=f"tasking minutes {second}"):
        open_meeting(ranked, "daily", "Chair", DAY)
    assert meeting(ranked, first).minutes == "minutes"


def test_meetings_of_other_scopes_of_a_day_are_meetings_of_their_own(ranked: Store) -> None:
    force = open_meeting(ranked, "daily", "Chair", DAY)
    other = open_meeting(ranked, "daily", "Chair", DAY, scope="CE")
    assert (force.scope, other.scope) == ("force", "CE")
    assert force.id != other.id
    assert open_meeting(ranked, "daily", "Someone else", DAY).id == force.id
