"""What is noted of a meeting itself: quorum, who chairs, pauses, what is parked, what was read back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from core.applying import Unfit, all_or_none, reason_given
from core.days import london, moment_of
from core.errors import Conflict, Problem
from core.meetings import STATES
from db import meetings
from db.store import Store
from db.store.engine import Row
from db.subjects import Subject, labels
from db.users import take_chair

QUORUM, HANDOVER, PAUSE, PARKED, READ = "quorum", "handover", "pause", "parked", "read"
"""The kinds of notes."""


class Note(NamedTuple):
    """One note of a meeting. item: the key of the item it was made at. ended_at: None while it is still so."""

    id: int
    kind: str
    at: datetime
    by: str
    item: str
    subject: Subject
    words: str
    ended_at: datetime | None


_NOTES = (
    'SELECT id, kind, at, "by", item, subject_kind, subject_ref, subject, words, ended_at FROM meeting_note '
    "WHERE meeting_id = :id "
)


def _note(row: Row) -> Note:
    kept = {name: row[name] for name in ("id", "kind", "by", "item", "words")}
    return Note(
        **kept,
        at=moment_of(row["at"]),
        subject=Subject(row["subject_kind"], row["subject_ref"], row["subject"]),
        ended_at=moment_of(row["ended_at"]) if row["ended_at"] else None,
    )


def notes(store: Store, meeting_id: int, kind: str) -> list[Note]:
    """The notes of a kind of a meeting, in order."""
    return [_note(row) for row in store.read.rows(_NOTES + "AND kind = :kind ORDER BY id", id=meeting_id, kind=kind)]


def parked(store: Store, meeting_id: int) -> list[Note]:
    """What is parked in a meeting and not yet taken up again."""
    return [note for note in notes(store, meeting_id, PARKED) if note.ended_at is None]


def paused(store: Store, meeting_id: int) -> Note | None:
    """The pause that a meeting is in, or None."""
    return next((note for note in notes(store, meeting_id, PAUSE) if note.ended_at is None), None)


def note_quorum(store: Store, meeting_id: int, words: str, reason: str) -> int:
    """Note that the chair goes on without a quorum. words: how many are there. Raises Problem without a reason."""
    why = reason_given(reason)
    return _add(
        store, QUORUM, [Subject("meeting", str(meeting_id), "quorum")], f"{words}: {why}", meeting_id=meeting_id
    )[0]


def hand_over(store: Store, meeting_id: int, to: str, reason: str) -> int:
    """Note that someone else chairs from now on, and is there as the chair: the papers name both.

    The note is of who chairs now, by the name of who chaired before. Raises Problem without a name.
    """
    name, why = to.strip(), reason_given(reason)
    if not name:
        raise Problem("To whom? Write the name of who chairs from now on.")
    name = take_chair(store, name)
    with store.change(f"The chair is handed over to {name}: {why}", meeting=meeting_id) as writing:
        row = writing.row("meeting", meeting_id)
        if row is None:
            raise Conflict("There is no such meeting.")
        if row["chair"].casefold() == name.casefold():
            all_or_none([Unfit(str(meeting_id), name, "is in the chair already")])
        writing.update("meeting", meeting_id, chair=name)
        for called in meetings.attendance(store, meeting_id):
            if called.role == meetings.CHAIR:
                writing.update("attendance", called.id, name=name, state=STATES[0])
        about = Subject("chair", row["chair"], name)
        return writing.insert(
            "meeting_note",
            **_columns(meeting_id, HANDOVER, writing.now, writing.who, store.item, about, why),
        )


def handed_over(store: Store, meeting_id: int) -> str:
    """Who chaired before whom, and until when, as papers say beside who chairs; empty where nobody handed over.

    A note of an earlier version says it in its words, so that the record alone tells it.
    """
    over = [note for note in notes(store, meeting_id, HANDOVER) if note.subject.ref != note.subject.label]
    return ", ".join(f"{note.subject.ref} until {london(note.at):%H:%M}" for note in over)


def pause(store: Store, meeting_id: int, reason: str = "") -> bool:
    """Stop the clock of a meeting; where it stands, let it go on. Gives whether it stands now."""
    stands = paused(store, meeting_id)
    if stands is not None:
        _end(store, [stands], "The meeting goes on", meeting_id=meeting_id)
    else:
        _add(store, PAUSE, [Subject("meeting", str(meeting_id), "pause")], reason.strip(), meeting_id=meeting_id)
    return stands is None


def park(store: Store, meeting_id: int, about: Sequence[Subject], words: str = "", *, item: str = "") -> list[int]:
    """Put records, or an item of the agenda, aside; they come back before read-back.

    Raises Conflict, which names them, where some are parked already.
    """
    aside = {note.subject for note in parked(store, meeting_id)}
    all_or_none([Unfit(s.ref, s.label, "is parked already") if s in aside else None for s in about])
    return _add(store, PARKED, about, words.strip(), item, meeting_id=meeting_id)


def take_up(store: Store, meeting_id: int, about: Sequence[Subject]) -> None:
    """Take up what was parked. Raises Conflict, which names them, where some are not parked."""
    aside = {note.subject: note for note in parked(store, meeting_id)}
    all_or_none([None if s in aside else Unfit(s.ref, s.label, "is not parked") for s in about])
    _end(store, [aside[subject] for subject in about], f"{labels(about)} taken up again", meeting_id=meeting_id)


def read_back(store: Store, meeting_id: int) -> set[tuple[str, int, int]]:
    """Which changes were read back: table, row and journal entry of each."""
    return {(n.subject.kind, int(n.subject.ref), int(n.words)) for n in notes(store, meeting_id, READ)}


def tick(store: Store, meeting_id: int, changes: Sequence[tuple[str, int, int]]) -> None:
    """Note that changes were read back: table, row and journal entry of each. Those that were are passed over."""
    done = read_back(store, meeting_id)
    new = [change for change in changes if change not in done]
    if not new:
        raise Conflict("This was read back already.")
    with store.change(f"Read back: {len(new)} of the record", meeting=meeting_id) as writing:
        for table, row, entry in new:
            about = Subject(table, str(row), "")
            writing.insert(
                "meeting_note",
                **_columns(meeting_id, READ, writing.now, writing.who, store.item, about, str(entry)),
            )


_WHAT = {QUORUM: "The meeting goes on without a quorum", PAUSE: "The clock is stopped"}


def _add(
    store: Store, kind: str, about: Sequence[Subject], words: str, item: str = "", *, meeting_id: int
) -> list[int]:
    what = _WHAT.get(kind) or f"{labels(about)} parked"
    with store.change(f"{what}: {words}" if words else what, meeting=meeting_id) as writing:
        at = item or store.item
        return [
            writing.insert("meeting_note", **_columns(meeting_id, kind, writing.now, writing.who, at, subject, words))
            for subject in about
        ]


def _columns(
    meeting_id: int, kind: str, now: str, who: str, item: str, about: Subject, words: str
) -> dict[str, object]:
    return {
        "meeting_id": meeting_id,
        "kind": kind,
        "at": now,
        "by": who,
        "item": item,
        "subject_kind": about.kind,
        "subject_ref": about.ref,
        "subject": about.label,
        "words": words,
    }


def _end(store: Store, ended: Sequence[Note], what: str, *, meeting_id: int) -> None:
    with store.change(what, meeting=meeting_id) as writing:
        for note in ended:
            writing.update("meeting_note", note.id, ended_at=writing.now)
