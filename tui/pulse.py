"""The figures that stand at the head of every screen, asked of the store at most once a second for the program."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from core.scope import WHOLE_FORCE, Scope
from db import actions
from db.actions import Counts
from db.incident_rows import last_reports
from db.meetings import STALE_AFTER, last_import
from db.store import Store

_FRESH = timedelta(seconds=1)


class Totals(NamedTuple):
    """Open, due and overdue actions at a moment, and what is amiss with the records then.

    stale: ``STALE`` where crime reports, or anything where there are none, came in too long before it; ``NO`` where
    nothing ever came in; else empty.
    """

    at: datetime
    actions: Counts
    stale: str


class Pulse:
    """The totals, shared by every screen of a sitting."""

    def __init__(self) -> None:
        self._known: Totals | None = None

    def totals(self, store: Store, now: datetime, kind: str = "", scope: Scope = WHOLE_FORCE) -> Totals:
        """The totals as they are, or were within a second, of the actions of a kind of meeting, or of all, in a scope.

        Raises Problem where the store cannot be read.
        """
        known = self._known
        if known is None or not timedelta(0) <= now - known.at < _FRESH:
            came = last_reports(store) or last_import(store)
            stale = "NO" if came is None else "STALE" if now - came > STALE_AFTER else ""
            self._known = known = Totals(now, actions.counts(store, now, kind, scope), stale)
        return known

    def forget(self) -> None:
        """Ask again next time: the store has changed."""
        self._known = None
