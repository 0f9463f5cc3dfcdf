"""What a change of a bid is in the words of the minutes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from core.bids import OPEN, OUTCOMES, score
from db.actions import Subject
from db.record_words import Change, Described, Names, Words, when


def _bid(names: Names, change: Change) -> Words:
    row = change.row
    asked = f"{row['requester']} ({row['bcu']}): {row['resource']}, {row['place']}, {row['starts']}"
    about = Subject("bid", str(change.id), row["resource"])
    if "result" in change.changed and not change.added:
        return Words("result", about, f"{asked}: {row['result']}", by=row["result_by"])
    if {"answers", "confidence"} & change.changed and not change.added:
        answers = json.loads(row["answers"] or "{}")
        each = ", ".join(f"{question} {given}" for question, given in answers.items())
        given = score(answers, row["confidence"]).words or "no answer"
        return Words("scored", about, f"{asked}: {given}: {each}", by=change.who)
    if row["outcome"] == OPEN:
        return Words("bid", about, "; ".join([asked, *_asked(names, row)]), row["problem"], change.who)
    due = f"; its result is due on {when(row['result_due'])}" if row.get("result_due") else ""
    outcome = OUTCOMES.get(row["outcome"])
    said = row["outcome"] if outcome is None else outcome.past
    return Words("bid", about, f"{said}: {asked}{due}", row["reason"], change.who)


_ASKED = {
    "tactic": "tactic", "skills": "with", "objective": "to", "control_strategy": "control strategy", "risk": "risk",
    "community": "community", "exit": "until", "measure": "measured by",
}  # fmt: skip


def _asked(names: Names, row: Mapping[str, object]) -> list[str]:
    """What else a bid says; an older one has none of it."""
    parts = [names.ward(str(row["ward_code"])).label] if row.get("ward_code") else []
    if row.get("starts_at"):
        parts.append(f"{when(str(row['starts_at']))} to {when(str(row['ends_at']))}")
    parts += [f"{row['officers']} officers"] if row.get("officers") else []
    return parts + [f"{words} {row[column]}" for column, words in _ASKED.items() if row.get(column)]


BIDS: Mapping[str, Described] = {"bid": Described("bids", _bid)}
"""The table of bids."""
