"""The time that a meeting spends on its items: counted here, written down whenever the store can be written."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.errors import Busy, Problem
from db import meeting_notes, meetings
from db.meeting_notes import Note

if TYPE_CHECKING:
    from tui.session import Session


class ItemClock:
    """The clock of one sitting. Nothing is lost while the store cannot be written: it is counted until it can.

    ``waits``: whether time is not yet written down because another program is writing.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._since = session.now()
        self._spent: dict[str, float] = {}
        self._unwritten: dict[str, int] = {}
        self._keeping = threading.Lock()
        self.waits = False
        self._pause: Note | None = None
        self._stopped: datetime | None = None
        """Up to when time was noted as it was stopped here; None where it stood already as the sitting began."""

    def begin(self) -> None:
        """Read what was spent until now; from now on it counts. Raises Problem."""
        self._since = self._session.now()
        self._read()
        self._pause = self._pause_now()

    @property
    def paused(self) -> bool:
        """Whether the chair has stopped the clock."""
        return self._pause is not None

    def _pause_now(self) -> Note | None:
        """The pause that the meeting is in by its record, or None."""
        meeting = self._session.meeting
        return None if meeting is None else meeting_notes.paused(self._session.store, meeting.id)

    def as_stored(self) -> None:
        """Stop or go on as the record says now. Of a pause that was undone the time counts, as if it had never been."""
        found, before = self._pause_now(), self._pause
        if (found is None) == (before is None):
            return
        self.note()
        if found is not None:
            self._stopped = self._since
        elif before is not None and self._stopped is not None and self._is_undone(before):
            self._since = self._stopped
        self._pause = found

    def _is_undone(self, pause: Note) -> bool:
        meeting = self._session.meeting
        kept = [] if meeting is None else meeting_notes.notes(self._session.store, meeting.id, meeting_notes.PAUSE)
        return pause.id not in [note.id for note in kept]

    def _read(self) -> None:
        meeting = self._session.meeting
        if meeting is not None:
            written = meetings.spent(self._session.store, meeting.id)
            self._spent = {item: float(seconds) for item, seconds in written.items()}

    @property
    def follows(self) -> bool:
        """Whether another room in this meeting keeps its clock, so that this one shows what that one writes."""
        return self._session.meeting is not None and self._session.follows

    @property
    def _counts(self) -> bool:
        """Whether time passes for the meeting here: a sealed one has none, and one that is only read is not held."""
        meeting = self._session.meeting
        return meeting is not None and meeting.sealed_at is None and not self.follows and not self.paused

    @property
    def since_noted(self) -> float:
        """Seconds since time was last noted."""
        return (self._session.now() - self._since).total_seconds()

    @property
    def unwritten(self) -> int:
        """Seconds that are noted and not in the store."""
        return sum(self._unwritten.values())

    def spent(self) -> dict[str, float]:
        """Seconds on each item by its key, up to this moment."""
        spent = dict(self._spent)
        if self._counts:
            item = self._session.item
            spent[item] = spent.get(item, 0.0) + self.since_noted
        return spent

    def note(self) -> None:
        """Put what was spent since the last time down to the item that the meeting is at; writes nothing yet."""
        seconds = int(self.since_noted)
        self._since += timedelta(seconds=seconds)
        if self.follows:
            with suppress(Problem):  # what the other room wrote is read next time
                self._read()
        if not self._counts or seconds < 1:
            return
        item = self._session.item
        self._spent[item] = self._spent.get(item, 0.0) + seconds
        if not self._session.store.only_read:
            self._keep(item, seconds)

    def _keep(self, item: str, seconds: int) -> None:
        with self._keeping:
            self._unwritten[item] = self._unwritten.get(item, 0) + seconds

    def _take(self) -> tuple[str, int] | None:
        """An item with its seconds that are to be written now; None where none is left."""
        with self._keeping:
            return self._unwritten.popitem() if self._unwritten else None

    def write(self) -> None:
        """Note the time, then write down all that is noted. Raises Busy where that must wait, or another Problem."""
        self.note()
        self.write_noted()

    def write_noted(self) -> None:
        """Write down what is noted; in a worker, too. Raises Busy where that must wait, or another Problem."""
        session = self._session
        if session.meeting is None:
            return
        while (taken := self._take()) is not None:
            try:
                with session.store.waiting.for_nobody():
                    meetings.note_time(session.store, session.meeting.id, *taken)
            except Problem as problem:
                self._keep(*taken)
                self.waits = isinstance(problem, Busy)
                raise
        self.waits = False

    def write_if_free(self) -> Problem | None:
        """Write down what is noted unless that must wait; gives any other problem, which is to be said."""
        try:
            self.write()
        except Busy:
            return None
        except Problem as problem:
            return problem
        return None
