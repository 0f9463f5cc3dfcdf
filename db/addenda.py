"""Addenda: corrections of a sealed meeting's papers, numbered, only added to, each chained to the one before.

What was sealed stays as it was sealed. An addendum says what was wrong and why, by whom and when; it is an entry of the
journal of its own, and stands on the first page of the papers from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.applying import reason_given
from core.days import london, moment_of
from core.errors import Conflict, Problem
from core.meetings import seal
from core.minutes import Table, as_table, on_first_page
from db.meetings import MeetingView, meeting
from db.store import Store
from db.store.rows import from_row


@dataclass(frozen=True)
class Addendum:
    """One addendum. number: within its meeting, from 1. hash: over all of it and the hash before; the first has the
    seal before it."""

    number: int
    at: datetime
    by: str
    what: str
    why: str
    previous: str
    hash: str

    @property
    def sound(self) -> bool:
        """Whether its hash is that of what it says."""
        return self.hash == _hash(self.previous, self.number, self.at.isoformat(), self.by, self.what, self.why)


def _hash(previous: str, number: int, at: str, by: str, what: str, why: str) -> str:
    return seal(previous, str(number), at, by, what, why)


def addenda(store: Store, meeting_id: int) -> list[Addendum]:
    """The addenda of a meeting, in their order."""
    query = (
        'SELECT number, at, "by", what, why, previous, hash FROM addendum WHERE meeting_id = :meeting ORDER BY number'
    )
    return [from_row(Addendum, row, at=moment_of(row["at"])) for row in store.read.rows(query, meeting=meeting_id)]


def add(store: Store, meeting_id: int, what: str, why: str) -> int:
    """Add an addendum to a sealed meeting; gives its number.

    Raises Problem without what or why, Conflict where the meeting is not sealed or its latest addendum says the same,
    NotFound where there is none.
    """
    what = what.strip()
    if not what:
        raise Problem("An addendum needs what is put right. Write it as it ought to have been.")
    why = reason_given(why)
    if meeting(store, meeting_id).sealed_at is None:
        raise Conflict("This meeting is not sealed: put the record itself right.", "Not sealed")
    with store.change("Addendum to a sealed meeting", kind="addendum", meeting=meeting_id) as writing:
        earlier = addenda(store, meeting_id)  # nobody else writes meanwhile
        if earlier and (earlier[-1].what, earlier[-1].why) == (what, why):  # an Enter too many: it stays for good
            raise Conflict(f"Addendum {earlier[-1].number} says this already, for the same reason.", "Said already")
        number = len(earlier) + 1
        previous = earlier[-1].hash if earlier else meeting(store, meeting_id).seal
        writing.insert(
            "addendum",
            meeting_id=meeting_id,
            number=number,
            at=writing.now,
            by=writing.who,
            what=what,
            why=why,
            previous=previous,
            hash=_hash(previous, number, writing.now, writing.who, what, why),
        )
    return number


def broken(store: Store, held: MeetingView) -> list[int]:
    """The numbers of a meeting's addenda that are not as they were written, or do not follow the one before."""
    previous, wrong = held.seal, []
    for place, addendum in enumerate(addenda(store, held.id), 1):
        if not addendum.sound or addendum.previous != previous or addendum.number != place:
            wrong.append(addendum.number)
        previous = addendum.hash
    return wrong


def with_addenda(paper: str, added: list[Addendum]) -> str:
    """A sealed paper with its addenda on the first page; the paper itself where there are none."""
    if not paper or not added:
        return paper
    rows = [
        (addendum.number, addendum.what, addendum.why, addendum.by, f"{london(addendum.at):%d/%m/%Y %H:%M}")
        for addendum in added
    ]
    table = Table("Addenda after the seal", ("No.", "What", "Why", "By", "When"), rows)
    after = "What follows is as it was sealed; the seal covers it without these addenda."
    return on_first_page(paper, f"{as_table(table)}\n\n{after}")
