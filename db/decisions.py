"""Decisions: kept with the reason and the facts as they were shown; amended only by a new one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.actions import undone
from core.applying import reason_given
from core.days import moment_of
from db.actions import Subject, labels
from db.store import Store
from db.store.engine import Row
from db.store.rows import fields


@dataclass(frozen=True)
class DecisionView:
    """One decision. ``facts`` is what the screen showed when it was taken."""

    id: int
    item: str
    subject: Subject
    decision: str
    reason: str
    decided_by: str
    decided_at: datetime
    facts: Mapping[str, str]


def decide(
    store: Store,
    about: Sequence[tuple[Subject, Mapping[str, str]]],
    decision: str,
    reason: str,
    *,
    decided_by: str,
    meeting_id: int | None = None,
    item: str = "",
) -> list[int]:
    """Record one decision per subject, each with the facts as shown, and give their numbers.

    Raises Problem without a reason, Conflict where the meeting is sealed or an action is gone that it is about.
    """
    why = reason_given(reason)
    what = f"Decision on {labels([subject for subject, _ in about])} recorded: {decision.strip()}"
    with store.change(what, meeting=meeting_id) as writing:
        for subject, _ in about:
            if subject.kind == "action" and writing.row("action", int(subject.ref)) is None:
                raise undone(subject.ref)
        return [
            writing.insert(
                "decision",
                meeting_id=meeting_id,
                item=item,
                subject_kind=subject.kind,
                subject_ref=subject.ref,
                subject=subject.label,
                decision=decision.strip(),
                reason=why,
                decided_by=decided_by,
                decided_at=writing.now,
                facts=json.dumps(dict(facts)),
            )
            for subject, facts in about
        ]


_DECISIONS = (
    "SELECT id, item, subject_kind, subject_ref, subject AS label, decision, reason, decided_by, decided_at, facts "
    "FROM decision "
)


def _views(rows: Iterable[Row]) -> list[DecisionView]:
    return [_view(**fields(row)) for row in rows]


def _view(
    *, subject_kind: str, subject_ref: str, label: str, decided_at: str, facts: str, **columns: Any
) -> DecisionView:
    subject = Subject(subject_kind, subject_ref, label)
    return DecisionView(subject=subject, decided_at=moment_of(decided_at), facts=json.loads(facts), **columns)


def about(store: Store, subject: Subject) -> list[DecisionView]:
    """Every decision about a person, ward or unit, the latest first."""
    where = "WHERE subject_kind = :kind AND subject_ref = :ref ORDER BY id DESC"
    return _views(store.read.rows(_DECISIONS + where, kind=subject.kind, ref=subject.ref))
