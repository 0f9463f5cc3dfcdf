"""Notes of tension in a ward or a community: raised in a meeting, shown wherever the place is, until they are ended.

Source: DOMAIN2.md section 1 (reports are sorted into experienced, evidenced and potential; six levels are in use, whose
names were not found, so that a level is a number here).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.applying import Unfit, all_or_none, reason_given
from core.days import moment_of, stamp
from core.geography import Ward
from core.localities import NOWHERE, Locality
from core.scope import WHOLE_FORCE, Scope
from core.tension import about, checked
from db.store import Store
from db.store.engine import Row
from db.ward_map import ward_map


@dataclass(frozen=True)
class TensionNote:
    """One note. community: the group it is about, empty where it is of a place alone. Moments are aware and in UTC."""

    id: int
    ward_code: str
    ward: str
    place: Locality
    community: str
    sort: str
    level: int
    reason: str
    author: str
    raised_at: datetime
    review_at: datetime
    ended_at: datetime | None
    ended_by: str
    ended_reason: str

    @property
    def about(self) -> str:
        """What it is about: the ward, the community, or both."""
        return about(self.ward, self.community)


_NOTES = (
    "SELECT id, scope, ward_code, community, sort, level, reason, author, raised_at, review_at, ended_at, ended_by, "
    "ended_reason FROM tension "
)


def notes(store: Store, at: datetime, scope: Scope = WHOLE_FORCE, ward_code: str | None = None) -> list[TensionNote]:
    """The notes that stand at a moment, the highest level first. ward_code: only those of a ward.

    A note without a place is seen in the scope of the meeting that raised it, and by the force.
    """
    query = (
        f"{_NOTES}WHERE raised_at <= :at AND (ended_at IS NULL OR ended_at > :at) "
        "AND (:every OR ward_code = :ward) ORDER BY level DESC, id"
    )
    rows = store.read.rows(query, at=stamp(at), every=ward_code is None, ward=ward_code or "")
    wards = ward_map(store)
    return [note for row in rows if _seen(note := _view(wards, row), row["scope"], scope)]


def _seen(note: TensionNote, raised_in: str, scope: Scope) -> bool:
    return scope.holds(note.place) if note.ward_code else scope.is_force or raised_in == scope.name


def levels(store: Store, at: datetime, scope: Scope = WHOLE_FORCE) -> dict[str, int]:
    """The highest level of the notes that stand at a moment in the wards of a scope, by ward code."""
    return {note.ward_code: note.level for note in reversed(notes(store, at, scope)) if note.ward_code}


def note_of(store: Store, number: int) -> TensionNote:
    """One note by its number. Raises Conflict where it was undone."""
    rows = store.read.rows(_NOTES + "WHERE id = :id", id=number)
    if not rows:
        all_or_none([Unfit(str(number), f"Tension note {number}", "was undone")])
    return _view(ward_map(store), rows[0])


def _view(wards: Mapping[str, Ward], row: Row) -> TensionNote:
    ward = wards.get(row["ward_code"])
    return TensionNote(
        id=row["id"],
        ward_code=row["ward_code"],
        ward=ward.name if ward else row["ward_code"],
        place=Locality(ward.bcu, ward.borough) if ward else NOWHERE,
        community=row["community"],
        sort=row["sort"],
        level=row["level"],
        reason=row["reason"],
        author=row["author"],
        raised_at=moment_of(row["raised_at"]),
        review_at=moment_of(row["review_at"]),
        ended_at=moment_of(row["ended_at"]) if row["ended_at"] else None,
        ended_by=row["ended_by"],
        ended_reason=row["ended_reason"],
    )


def raise_tension(
    store: Store,
    *,
    ward_code: str,
    community: str,
    sort: str,
    level: str,
    reason: str,
    review_at: datetime,
    meeting_id: int | None = None,
) -> int:
    """Note tension in a ward, a community or both; gives the number of the note.

    Raises Problem where it is about nothing, its sort or level is none, or a reason is missing; Conflict where the
    meeting is sealed.
    """
    ward = ward_map(store).get(ward_code)
    name = ward.name if ward else ward_code
    said = checked(ward_code, community, sort, level)
    why = reason_given(reason)
    with store.change(f"Tension {said.sort}, level {said.level}: {why}", meeting=meeting_id) as writing:
        held = None if meeting_id is None else writing.row("meeting", meeting_id)
        number = writing.insert(
            "tension",
            meeting_id=meeting_id,
            scope=held["scope"] if held else WHOLE_FORCE.name,
            ward_code=ward_code,
            community=said.community,
            sort=said.sort,
            level=said.level,
            reason=why,
            author=writing.who,
            raised_at=writing.now,
            review_at=stamp(review_at),
            ended_at=None,
            ended_by="",
            ended_reason="",
            ended_meeting_id=None,
        )
        writing.says(f"Tension in {about(name, said.community)}: {said.sort}, level {said.level}: {why}")
    return number


def end_tension(store: Store, number: int, reason: str, *, meeting_id: int | None = None) -> None:
    """End a note of tension. Raises Problem without a reason, Conflict where it has ended or the meeting is sealed."""
    why = reason_given(reason)
    with store.change(f"Tension note {number} ended: {why}", meeting=meeting_id) as writing:
        row = writing.row("tension", number)
        if row is None or row["ended_at"]:
            all_or_none([Unfit(str(number), f"Tension note {number}", "has ended" if row else "was undone")])
        writing.update(
            "tension",
            number,
            ended_at=writing.now,
            ended_by=writing.who,
            ended_reason=why,
            ended_meeting_id=meeting_id,
        )
