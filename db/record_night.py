"""What a change of the record of a night is in the words of the minutes: owners, critical marks, series, tension."""

from __future__ import annotations

import json
from collections.abc import Mapping

from core.tension import about
from core.text import counted
from db.actions import Subject
from db.record_words import Change, Described, Names, Words, unsaid, when


def _mark(_names: Names, change: Change) -> Words:
    row = change.row
    about = Subject("incident", row["ref"], row["label"])
    if row["critical_by"] and (change.added or "critical_by" in change.changed):
        return Words("critical", about, "declared a critical incident", row["critical_reason"], row["critical_by"])
    was = change.was.get("owner")
    words = f"owner {row['owner']}; was {was}" if was else f"owner {row['owner']}"
    return Words("owner", about, words, by=change.who)


def _series(_names: Names, change: Change) -> Words:
    row = change.row
    refs = json.loads(row["refs"])
    about = Subject("series", str(change.id), f"Series {change.id}")
    words = f"{counted(len(refs), 'incident')}: {', '.join(refs)}"
    return Words("series", about, words, row["reason"], row["accepted_by"])


def _tension(names: Names, change: Change) -> Words:
    row = change.row
    ward = names.ward(row["ward_code"]).label if row["ward_code"] else ""
    note_is_about = Subject("tension", str(change.id), about(ward, row["community"]))
    note = f"{row['sort']}, level {row['level']}"
    if change.added:
        return Words("tension", note_is_about, f"{note}; review {when(row['review_at'])}", row["reason"], row["author"])
    if "ended_at" in change.changed:
        return Words("tension ended", note_is_about, f"{note}: {row['reason']}", row["ended_reason"], row["ended_by"])
    return unsaid(change)


NIGHT: Mapping[str, Described] = {
    "incident_mark": Described("night", _mark),
    "incident_series": Described("night", _series),
    "tension": Described("night", _tension),
}
"""Every table of the night that meetings write."""
