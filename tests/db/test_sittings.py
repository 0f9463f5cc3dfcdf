"""Who did what in which sitting: one run of the program is one sitting, and undo stays in its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import Conflict, Problem
from db import actions, meetings
from db.actions import Subject
from db.meetings import Papers
from db.store import Store, open_store
from db.store.history import entries
from db.store.undo import redo, undo
from db.store.verify import verify

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
WHO = Subject("person", "P1", "Testcase, Al")


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    """Another program on the same store."""
    opened = open_store(store.path, "another", lambda: NOW)
    yield opened
    opened.close()


def _raise(store: Store, words: str = "Locate", meeting: int | None = None) -> int:
    return actions.raise_actions(store, [WHO], words, "Ward team", NOW + timedelta(1), meeting_id=meeting)[0]


def _open(store: Store) -> list[str]:
    return [action.action for action in actions.open_actions(store, NOW)]


def test_two_programs_are_two_sittings_however_their_commands_alternate(store: Store, other: Store) -> None:
    assert (store.sitting, other.sitting) == (None, None)
    for _ in range(3):
        _raise(store)
        _raise(other)
    assert [(one.who, one.sitting) for one in entries(store)] == [("tester", 1), ("another", 2)] * 3
    assert verify(store).fault is None


def test_undo_takes_back_what_this_sitting_did_and_never_what_the_other_did(store: Store, other: Store) -> None:
    _raise(store, "mine")
    _raise(other, "theirs")
    undo(store)
    assert _open(store) == ["theirs"]
    with pytest.raises(Conflict, match="Nothing to undo"):
        undo(store)
    assert _open(store) == ["theirs"]
    redo(store)
    undo(other)
    assert _open(store) == ["mine"]


def test_what_the_other_has_changed_since_is_not_undone(store: Store, other: Store) -> None:
    number = _raise(store)
    actions.close_actions(other, [number], "arrested")
    with pytest.raises(Conflict, match="changed since"):
        undo(store)
    assert actions.action(store, number, NOW).status == "done"
    undo(other)
    undo(store)
    assert _open(store) == []


def test_what_was_done_in_a_meeting_that_the_other_has_sealed_is_not_undone(store: Store, other: Store) -> None:
    meeting = meetings.open_meeting(store, "daily", "Chair", date(2026, 11, 21)).id
    _raise(store, meeting=meeting)
    meetings.seal_meeting(other, meeting, lambda: Papers("minutes", "report"))
    with pytest.raises(Conflict, match="sealed"):
        undo(store)
    assert _open(store) == ["Locate"]


def test_threads_of_one_program_are_one_sitting(store: Store) -> None:
    threads = [threading.Thread(target=_raise, args=(store,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.sitting for one in entries(store)} == {1}
    assert len(_open(store)) == 8


def test_a_command_that_fails_or_changes_nothing_takes_no_number(store: Store, other: Store) -> None:
    with pytest.raises(Problem):
        actions.close_actions(store, [9], "arrested")
    with store.change("Nothing", meeting=None):
        pass
    assert store.sitting is None
    _raise(other)
    _raise(store)
    assert [one.sitting for one in entries(store)] == [1, 2]


_KILLED = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from db import actions
from db.actions import Subject
from db.store import open_store
store = open_store(Path(sys.argv[1]), "killed")
while True:
    actions.raise_actions(store, [Subject("item", "x", "x")], "from the killed", "Team", datetime.now(UTC))
    print("done", flush=True)
"""


def test_a_sitting_that_was_killed_is_told_from_those_after_it(store: Store) -> None:
    _raise(store, "before")
    words = [sys.executable, "-c", _KILLED, str(store.path)]
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=here) as killed:
        assert killed.stdout is not None
        acknowledged = [killed.stdout.readline() for _ in range(3)]
        killed.send_signal(signal.SIGKILL)
    assert acknowledged == ["done\n"] * 3
    _raise(store, "after")
    third = open_store(store.path, "third", lambda: NOW)
    _raise(third, "next program")
    third.close()
    found = entries(store)
    assert {one.who: one.sitting for one in found} == {"tester": 1, "killed": 2, "third": 3}
    assert len([one for one in found if one.sitting == 2]) >= 3
    assert verify(store).fault is None


def test_an_entry_says_its_meeting_or_that_it_was_outside_meetings(store: Store) -> None:
    meeting = meetings.open_meeting(store, "daily", "Chair", date(2026, 11, 21)).id
    _raise(store, meeting=meeting)
    _raise(store)
    undo(store)
    assert [(one.kind, one.meeting_words) for one in entries(store)] == [
        ("meeting", "1"), ("command", "1"), ("command", "outside meetings"), ("command", "outside meetings"),
    ]  # fmt: skip
    assert [one.what for one in entries(store, meeting=meeting)] == [
        "Open Grip & Pace of 21/11/2026",
        "Action 1 raised on Testcase, Al: Locate",
    ]
    assert len(entries(store, sitting=1)) == 4
    assert entries(store, sitting=2) == []
