"""The one worker that looks, for the whole program, at what others do with the store."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

from core.errors import Problem
from db.meetings import MeetingView
from db.meetings import meeting as meeting_now
from db.store import Store
from db.store.open_sittings import announced, open_beside
from db.store.store import empty_log
from db.store.watch import Watch

OFTEN = 0.25
"""Seconds between two looks at the store, so that a list follows within a second."""
_LOOKS_A_COUNT = 4
"""Looks at the store to one at who else is there."""


class News(NamedTuple):
    """What was seen.

    changed: whether another sitting has changed records. others: how many other rooms are open on the store. meeting:
    the meeting that is held, as it is now, where something was changed. gone: what is wrong where the store's file is
    no longer at its place. follows: whether another room keeps the clock of the meeting.
    """

    changed: bool
    others: int
    follows: bool = False
    meeting: MeetingView | None = None
    gone: Problem | None = None


class Keeper:
    """Which of the rooms that are open in a meeting keeps its clock: the chair's, else the one that was opened first.

    ``says``: what this room tells others of itself.
    """

    def __init__(self, meeting: MeetingView | None, who: str) -> None:
        self._meeting_id = meeting.id if meeting else None
        self._place = (meeting is None or who != meeting.chair, time.time_ns())
        self.says = json.dumps([self._meeting_id, *self._place])

    def is_kept_by(self, others: Iterable[str]) -> bool:
        """Whether one of the other rooms keeps the clock, by what they say; one that cannot be read does not."""
        return self._meeting_id is not None and any(self._is_before(says) for says in others)

    def _is_before(self, says: str) -> bool:
        try:
            meeting_id, not_chair, opened = json.loads(says)
            return bool(meeting_id == self._meeting_id and (not_chair, opened) < self._place)
        except (ValueError, TypeError):
            return False


class Watcher:
    """Looks at a store in a thread of its own and tells what is new; announces this room to others meanwhile."""

    def __init__(
        self,
        store: Store,
        tell: Callable[[News], object],
        every: float = OFTEN,
        *,
        meeting: MeetingView | None = None,
        who: str = "",
    ) -> None:
        """*tell* is called in the thread of the watcher. every: seconds between looks. meeting: the one that is held.

        who: the name of who sits at this room.
        """
        self._store = store
        self._meeting_id = meeting.id if meeting else None
        self._clock = Keeper(meeting, who)
        self._tell = tell
        self._every = every
        self._others = 0
        self._follows = False
        self._gone: Problem | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no longer; the store is let go of when this returns."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        with ExitStack() as until_end:
            mine = until_end.enter_context(announced(self._store.path, self._clock.says))
            with suppress(Problem):  # a store that cannot be read: the room says so by itself
                watch = until_end.enter_context(Watch(self._store))
                for look in count():
                    self._look(watch)
                    if look % _LOOKS_A_COUNT == 0:
                        self._count(mine)
                    if self._stop.wait(self._every):
                        return

    def _look(self, watch: Watch) -> None:
        if self._is_gone():
            return
        with suppress(Problem):  # looked at again the next time
            empty_log(self._store)
            if watch.changed_by_another():
                held = None if self._meeting_id is None else meeting_now(self._store, self._meeting_id)
                self._tell(News(True, self._others, self._follows, held))

    def _is_gone(self) -> bool:
        """Whether the store's file is no longer at its place; told when that changes, for it may be put back."""
        try:
            self._store.refuse_gone()
            gone = None
        except Problem as problem:
            gone = problem
        if (gone is None) != (self._gone is None):
            self._gone = gone
            self._tell(News(False, self._others, self._follows, gone=gone))
        return gone is not None

    def _count(self, mine: Path | None) -> None:
        beside = open_beside(self._store.path, mine)
        news = len(beside), self._clock.is_kept_by(beside.values())
        if news != (self._others, self._follows):
            self._others, self._follows = news
            self._tell(News(False, *news))
