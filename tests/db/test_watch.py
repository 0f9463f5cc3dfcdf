"""What others write is told from what this program writes, by one cheap look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from db import actions, meetings
from db.actions import Subject
from db.store import Store, open_store
from db.store.watch import Watch

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
WHO = Subject("person", "P1", "Testcase, Al")


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    """Another program on the same store."""
    with open_store(store.path, "another", lambda: NOW) as opened:
        yield opened


def _raise(store: Store) -> None:
    actions.raise_actions(store, [WHO], "Locate", "Team", NOW + timedelta(1))


def test_what_another_writes_is_seen_once_and_what_is_written_here_is_not(store: Store, other: Store) -> None:
    _raise(store)
    with Watch(store) as watch:
        assert not watch.changed_by_another(), "what was there before is no change"
        _raise(other)
        assert watch.changed_by_another()
        assert not watch.changed_by_another()
        _raise(store)
        assert not watch.changed_by_another(), "its own view was read again when it was written"
        _raise(store)
        _raise(other)
        _raise(store)
        assert watch.changed_by_another(), "between two of its own"


def test_what_changes_nothing_shown_is_no_change(store: Store, other: Store) -> None:
    meeting = meetings.open_meeting(store, "daily", "Chair", date(2026, 11, 21)).id
    with Watch(store) as watch:
        meetings.note_time(other, meeting, "opening", 30)
        assert not watch.changed_by_another()
        with other.change("Nothing", meeting=None):
            pass
        assert not watch.changed_by_another()
