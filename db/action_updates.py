"""What was said about an action, and when: carried, escalated, answered, taken back, edited, closed, or words alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from core.days import in_london_time, moment_of, uk_moment
from db.store import Store

if TYPE_CHECKING:
    from db.store.journal import Writing

ESCALATED, ANSWERED, TAKEN_BACK = "escalated to ", "answered by ", "taken back from "
"""How the updates begin that hold an escalation, its answer, or that none is wanted any longer; no other begins so."""
BY_RULE = "by rule: "
"""How the reason of an escalation begins that no one gave."""


class Update(NamedTuple):
    """What was said about an action: entered when and by whom; decided when, the same unless it was said; the words."""

    entered_at: datetime
    decided_at: datetime
    by: str
    words: str
    kind: str


def say(
    writing: Writing, number: int, meeting_id: int | None, kind: str, words: str, decided_at: str | None = None
) -> None:
    """Write down what was said about an action. decided_at: a stamp, None for now."""
    writing.insert(
        "action_update",
        action_id=number,
        meeting_id=meeting_id,
        at=writing.now,
        by=writing.who,
        words=words,
        kind=kind,
        decided_at=decided_at,
    )


def updates(store: Store, number: int) -> list[tuple[datetime, str, str]]:
    """What was said about an action, the latest first: when, by whom, the words; with when it was so if that differs.

    Both times of an update are told: when it was entered, and in its words when it was decided.
    """
    rows = store.read.rows(
        'SELECT at, decided_at, "by", words FROM action_update WHERE action_id = :id ORDER BY id DESC', id=number
    )
    return [(moment_of(row["at"]), row["by"], _with_time(row["words"], row["decided_at"])) for row in rows]


def _with_time(words: str, decided_at: str | None) -> str:
    told = in_london_time(words)
    return f"{told} (as of {uk_moment(decided_at)})" if decided_at else told


def escalation_updates(store: Store, numbers: Iterable[int]) -> Mapping[int, list[Update]]:
    """Of some actions what is asked for a rule of escalation: every carry, answer and taking back, by time."""
    rows = store.read.rows(
        'SELECT action_id, at, decided_at, "by", words, kind FROM action_update '
        "WHERE kind IN ('carried', 'answered', 'taken back') "
        "AND action_id IN (SELECT value FROM json_each(:wanted)) ORDER BY id",
        wanted=json.dumps(list(numbers)),
    )
    found: dict[int, list[Update]] = {}
    for row in rows:
        entered = moment_of(row["at"])
        decided = moment_of(row["decided_at"]) if row["decided_at"] else entered
        said = Update(entered, decided, row["by"], row["words"], row["kind"])
        found.setdefault(row["action_id"], []).append(said)
    return found
