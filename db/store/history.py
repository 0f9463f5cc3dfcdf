"""What the journal tells: every entry with who, when, in which meeting and in which sitting."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from core.days import moment_of
from core.journal import proven_meeting
from db.store.engine import Row
from db.store.store import Store


@dataclass(frozen=True)
class Entry:
    """One entry. ``meeting``: the meeting it belongs to, None for one outside meetings or where that is not known.

    known: whether the journal says or proves to which meeting it belongs, or that it belongs to none. sitting: the run
    of the program that made it; None where the entry is older than sittings. item: the key of the agenda item that the
    meeting was at; None where it was at none or that is not known. undoes: the entry that it takes back.
    """

    id: int
    who: str
    at: datetime
    what: str
    kind: str
    meeting: int | None
    known: bool
    sitting: int | None
    item: str | None
    undoes: int | None

    @property
    def meeting_words(self) -> str:
        """The meeting as a list shows it: its number, "outside meetings" or "not known"."""
        if self.meeting is not None:
            return str(self.meeting)
        return "outside meetings" if self.known else "not known"


_OUTSIDE_ALWAYS = ("import", "run")
"""Kinds of entry that never belonged to a meeting."""


def entries(store: Store, *, meeting: int | None = None, sitting: int | None = None) -> list[Entry]:
    """The entries of a meeting, of a sitting, or all, the earliest first."""
    rows = store.read.rows(
        "SELECT id, who, entered_at, what, kind, changes, undoes, rule, meeting_id, sitting, item FROM journal "
        "ORDER BY id"
    )
    found = map(_entry, rows)
    return [one for one in found if meeting in (None, one.meeting) and sitting in (None, one.sitting)]


def _entry(row: Row) -> Entry:
    meeting, known = row["meeting_id"], row["rule"] > 1 or row["kind"] in _OUTSIDE_ALWAYS
    if not known:
        meeting = proven_meeting(json.loads(row["changes"]))
        known = meeting is not None
    return Entry(
        id=row["id"],
        who=row["who"],
        at=moment_of(row["entered_at"]),
        what=row["what"],
        kind=row["kind"],
        meeting=meeting,
        known=known,
        sitting=row["sitting"],
        item=row["item"],
        undoes=row["undoes"],
    )
