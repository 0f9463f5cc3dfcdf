"""Decisions: kept with the reason and the facts as they were shown; amended only by a new one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.actions import undone
from core.applying import Unfit, all_or_none, reason_given
from core.days import london, moment_of
from core.decisions import Rationale, checked
from core.errors import Conflict, Problem
from core.scope import FORCE, WHOLE_FORCE, Scope
from db.store import Store
from db.store.engine import Row
from db.store.rows import fields, lookup
from db.subjects import Subject, labels


@dataclass(frozen=True)
class DecisionView:
    """One decision. ``facts`` is what the screen showed when it was taken.

    amends: the number of the decision that it takes the place of; amended_by: of the one that took its place.
    """

    id: int
    meeting_id: int | None
    item: str
    subject: Subject
    decision: str
    reason: str
    decided_by: str
    written_by: str
    decided_at: datetime
    facts: Mapping[str, str]
    rationale: Rationale
    amends: int | None
    amended_by: int | None

    def due(self, today: date) -> str:
        """What of it is due on a day or before, in a few words; empty where nothing is, and once it was amended."""
        if self.amended_by is not None:
            return ""
        days = {
            "review": self.rationale.review_on,
            "risk accepted until": self.rationale.risk_until,
            "expected": self.rationale.expected_on,
        }
        due = [f"{what} {date.fromisoformat(day):%d/%m}" for what, day in days.items() if day and day <= str(today)]
        return ", ".join(due)


_SHORT = Rationale()


def decide(
    store: Store,
    about: Sequence[tuple[Subject, Mapping[str, str]]],
    decision: str,
    reason: str,
    *,
    decided_by: str,
    meeting_id: int | None = None,
    item: str = "",
    rationale: Rationale = _SHORT,
    amends: int | None = None,
) -> list[int]:
    """Record one decision per subject, each with the facts as shown, and give their numbers.

    rationale: the rest of its long form. amends: the decision whose place it takes; that one stays as it was.

    Raises Problem without a decision or a reason, and for a rationale that does not hold together; Conflict where the
    meeting is sealed, an action is gone that it is about, or the decision that it amends is gone or amended already.
    """
    why = reason_given(reason)
    if not decision.strip():
        raise Problem("A decision is needed: write what is decided.")
    said = checked(rationale, london(store.now()).date())
    verb = "recorded" if amends is None else f"amended (was {amends})"
    what = f"Decision on {labels([subject for subject, _ in about])} {verb}: {decision.strip()}"
    with store.change(what, meeting=meeting_id) as writing:
        for subject, _ in about:
            if subject.kind == "action" and writing.row("action", int(subject.ref)) is None:
                raise undone(subject.ref)
        if amends is not None:
            if writing.row("decision", amends) is None:
                raise Conflict(f"Decision {amends} is no longer in the store: it was undone. Refresh with ctrl+r.")
            all_or_none([_amended(store, amends)])
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
                written_by=writing.who,
                decided_at=writing.now,
                facts=json.dumps(dict(facts)),
                amends=amends,
                **{**_columns(said), "shown": json.dumps(dict(said.shown))},
            )
            for subject, facts in about
        ]


def _columns(rationale: Rationale) -> dict[str, str]:
    return {name: value.strip() for name, value in vars(rationale).items() if isinstance(value, str)}


def _amended(store: Store, number: int) -> Unfit | None:
    later = _views(store.read.rows(_DECISIONS + "WHERE d.amends = :id", id=number))
    said = f"was amended already, by decision {later[0].id}: amend that one" if later else ""
    return Unfit(str(number), f"Decision {number}", said) if later else None


_DECISIONS = (
    "SELECT d.id, d.meeting_id, d.item, d.subject_kind, d.subject_ref, d.subject AS label, d.decision, d.reason, "
    "d.decided_by, d.written_by, d.decided_at, d.facts, d.shown, d.threat, d.powers, d.options, d.dissent, "
    "d.review_on, d.risk, d.risk_by, d.risk_until, d.expected, d.expected_on, d.amends, "
    "(SELECT MIN(l.id) FROM decision l WHERE l.amends = d.id) AS amended_by FROM decision d "
)


def _views(rows: Iterable[Row]) -> list[DecisionView]:
    return [_view(**fields(row)) for row in rows]


def _view(
    *, subject_kind: str, subject_ref: str, label: str, decided_at: str, facts: str, shown: str, **columns: Any
) -> DecisionView:
    subject = Subject(subject_kind, subject_ref, label)
    rationale = Rationale(
        **{name: columns.pop(name) for name in vars(_SHORT) if name != "shown"}, shown=json.loads(shown)
    )
    return DecisionView(
        subject=subject, decided_at=moment_of(decided_at), facts=json.loads(facts), rationale=rationale, **columns
    )


def about(store: Store, subject: Subject) -> list[DecisionView]:
    """Every decision about a person, ward or unit, the latest first."""
    where = "WHERE d.subject_kind = :kind AND d.subject_ref = :ref ORDER BY d.id DESC"
    return _views(store.read.rows(_DECISIONS + where, kind=subject.kind, ref=subject.ref))


def decision(store: Store, number: int) -> DecisionView:
    """A decision by its number. Raises Conflict where it is gone."""
    found = _views(store.read.rows(_DECISIONS + "WHERE d.id = :id", id=number))
    if not found:
        raise Conflict(f"Decision {number} is no longer in the store: it was undone. Refresh with ctrl+r.")
    return found[0]


def decisions(store: Store, scope: Scope = WHOLE_FORCE) -> list[DecisionView]:
    """Every decision of the meetings of a scope, the latest first; of the force those taken outside meetings, too."""
    rows = store.read.rows(_DECISIONS + "ORDER BY d.id DESC")
    if scope.is_force:
        return _views(rows)
    scopes: dict[int, str] = lookup(store.read.rows("SELECT id, scope FROM meeting"))
    return _views(row for row in rows if scope.takes_in(scopes.get(row["meeting_id"], FORCE)))
