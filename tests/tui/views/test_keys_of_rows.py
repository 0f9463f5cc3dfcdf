"""The key of a row is that of its record, wherever it stands: cursor, marks and what was handled go by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.meetings import views
from db import incident_marks, meetings
from db.store import Store
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.keyboard import MovedClock
from tui.session import Session
from tui.views.night import NightView
from tui.views.registry import view_named
from tui.views.source import Source, lasting


@pytest.fixture
def session(city: Store, moved: MovedClock, tmp_path: Path) -> Session:
    """A sitting on the daily meeting."""
    sitting = Session(city, CHAIR, AS_OF, "daily", moved, tmp_path / "papers")
    sitting.meeting = meetings.open_meeting(city, "daily", CHAIR, AS_OF)
    sitting.run_id = sitting.meeting.run_id
    return sitting


def _keys(source: Source) -> dict[str, int]:
    found = {}
    for key in source.order(None, False, ""):
        record = source.record(key)
        assert record is not None
        found[record.subject.ref] = key
    return found


def test_an_incident_keeps_its_key_when_it_changes_its_place(session: Session) -> None:
    before = NightView(session).read()[0]
    first = before.order(None, False, "")[0]
    record = before.record(first)
    assert record is not None
    incident_marks.give_owner(session.store, [record.subject], "CE duty inspector", meeting_id=session.meeting_id)
    after = NightView(session).read()[0]
    assert after.order(None, False, "")[0] != first, "what is owned goes down"
    assert _keys(after) == _keys(before)


def test_no_list_of_a_meeting_goes_by_the_places_of_its_rows(session: Session) -> None:
    """Rows whose records are in the store by number go by that; all others by what they are known by."""
    by_place = set()
    for name in views():
        source = view_named(name)(session).read()[0]
        keys = list(source.order(None, False, ""))
        if len(keys) > 1 and keys == list(range(1, len(keys) + 1)):
            by_place.add(name)
    assert by_place == {"activity", "loop", "performance"}, "measures and weeks, which do not change places"


def test_a_key_is_that_of_all_its_words() -> None:
    assert lasting("A", "B") == lasting("A", "B") != lasting("AB")
