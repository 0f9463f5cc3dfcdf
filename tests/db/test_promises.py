"""What was said and what became of it: of the last meeting, and of every one since who comes back was last there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from core.days import LONDON
from db import actions, meetings
from db.actions import Subject
from db.meetings import MeetingView, Papers
from db.promises import promises
from db.store import open_store

MONDAY = date(2026, 11, 16)


class _Days:
    """A clock that goes on a day at a time, at half past nine."""

    def __init__(self) -> None:
        self.day = MONDAY

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, 30, tzinfo=LONDON)


def test_who_comes_back_is_told_what_was_said_since_their_own_last_meeting(tmp_path: Path, blank: Path) -> None:
    days = _Days()
    (tmp_path / "weeks.db").write_bytes(blank.read_bytes())
    with open_store(tmp_path / "weeks.db", "Supt Vale", days) as store:

        def open_as(chair: str) -> MeetingView:
            return meetings.open_meeting(store, "daily", chair, days.day)

        def raise_on(held: MeetingView, name: str) -> int:
            about, due = Subject("person", name, name), days() + timedelta(days=2)
            return actions.raise_actions(store, [about], f"Visit {name}", "Ward team", due, meeting_id=held.id)[0]

        said: list[int] = []
        for chair, name in (("Supt Vale", "AYE"), ("DI Other", "BEE"), ("DI Other", "CEE")):
            now = open_as(chair)
            said.append(raise_on(now, name))
            if name == "BEE":
                actions.carry_actions(store, said[:1], days() + timedelta(days=3), "off sick", meeting_id=now.id)
            if name == "CEE":
                actions.close_actions(store, said[:1], "seen at home", meeting_id=now.id)
            meetings.seal_meeting(store, now.id, lambda: Papers("minutes", "report"))
            days.day += timedelta(days=1)
        back = open_as("supt vale")
        held, found = promises(store, back, days(), back.chair)
        assert [one.as_of for one in held] == [MONDAY + timedelta(days=n) for n in range(3)]
        assert [(one.row_id, one.on, one.kept) for one in found] == [
            (said[0], MONDAY, True),
            (said[1], MONDAY + timedelta(days=1), None),
            (said[2], MONDAY + timedelta(days=2), None),
        ], "each once, as it was said first"
        assert found[0].came == "done: seen at home"
        held, found = promises(store, back, days(), "DI Other")
        assert [one.row_id for one in found] == [said[2]], "who was there yesterday is told of yesterday"
        held, found = promises(store, back, days(), "Nobody Yet")
        assert [one.row_id for one in found] == [said[2]]
        days.day += timedelta(days=40)
        late = open_as("Supt Vale")
        assert [one.row_id for one in promises(store, late, days(), late.chair)[1]] == [said[2]], "too long ago"
