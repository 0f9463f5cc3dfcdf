"""What meetings said of incidents: who owns one, and who declared it a critical incident, when and why.

A critical incident is one where the quality of the police response may matter greatly to the confidence of victim,
family or community. A person declares it, late or soon; nothing here computes it (DOMAIN2.md section 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from core.applying import Unfit, all_or_none, reason_given
from core.days import moment_of
from core.errors import Problem
from core.text import named
from db.actions import Subject
from db.store import Store

if TYPE_CHECKING:
    from db.store.journal import Values, Writing


@dataclass(frozen=True)
class Mark:
    """What was said of an incident. owner: by a meeting, empty where none gave it one. critical_by: who declared it."""

    ref: str
    owner: str = ""
    critical_by: str = ""
    critical_at: datetime | None = None
    critical_reason: str = ""


def marks(store: Store) -> dict[str, Mark]:
    """What was said, by the reference of the incident."""
    rows = store.read.rows("SELECT ref, owner, critical_by, critical_at, critical_reason FROM incident_mark")
    return {
        row["ref"]: Mark(
            row["ref"],
            row["owner"],
            row["critical_by"],
            moment_of(row["critical_at"]) if row["critical_at"] else None,
            row["critical_reason"],
        )
        for row in rows
    }


def rows_of(store: Store, refs: Sequence[str]) -> list[tuple[str, int]]:
    """The rows in which meetings said something of some incidents, by table and number."""
    held = store.read.rows("SELECT id, ref FROM incident_mark ORDER BY id")
    return [("incident_mark", row["id"]) for row in held if row["ref"] in refs]


def give_owner(store: Store, about: Sequence[Subject], owner: str, *, meeting_id: int | None = None) -> None:
    """Give incidents an owner: a role or a name.

    Raises Problem without one, Conflict where all have that owner already or the meeting is sealed.
    """
    who = owner.strip()
    if not who:
        raise Problem("An owner is needed. Write the role or the name of who answers for it.")
    with store.change("Give incidents an owner", meeting=meeting_id) as writing:
        held = {subject.ref: _held(writing, subject.ref) for subject in about}
        all_or_none([_owned(subject, held[subject.ref], who) for subject in about])
        for subject in about:
            _put(writing, subject, held[subject.ref], owner=who, meeting_id=meeting_id)
        writing.says(f"{who} owns {named([subject.label for subject in about])}")


def declare_critical(store: Store, about: Subject, reason: str, *, by: str, meeting_id: int | None = None) -> None:
    """Declare an incident critical. Raises Problem without a reason, Conflict where it is declared already."""
    why = reason_given(reason)
    with store.change(f"{about.label} declared a critical incident: {why}", meeting=meeting_id) as writing:
        held = _held(writing, about.ref)
        if held and held["critical_by"]:
            all_or_none([Unfit(about.ref, about.label, f"was declared critical by {held['critical_by']} already")])
        _put(
            writing,
            about,
            held,
            critical_by=by,
            critical_at=writing.now,
            critical_reason=why,
            critical_meeting_id=meeting_id,
        )


def _held(writing: Writing, ref: str) -> Values | None:
    from sqlalchemy import text

    number = writing.connection.execute(text("SELECT id FROM incident_mark WHERE ref = :ref"), {"ref": ref}).scalar()
    return None if number is None else writing.row("incident_mark", int(number))


def _owned(subject: Subject, held: Values | None, owner: str) -> Unfit | None:
    same = held is not None and held["owner"] == owner
    return Unfit(subject.ref, subject.label, f"is owned by {owner} already") if same else None


def _put(writing: Writing, subject: Subject, held: Values | None, **values: object) -> None:
    if held is None:
        blank = {"owner": "", "meeting_id": None, "critical_by": "", "critical_at": None, "critical_reason": ""}
        writing.insert(
            "incident_mark", ref=subject.ref, label=subject.label, **blank | {"critical_meeting_id": None} | values
        )
    else:
        writing.update("incident_mark", held["id"], **values)
