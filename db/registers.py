"""Registers in the store: entries are adopted, reviewed and ended by one code, whatever is adopted.

The rules are those of :mod:`core.registers`. An entry that has ended is in no list; its history keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from core.applying import Unfit, all_or_none
from core.cohorts import COHORTS
from core.days import day_of, london, uk
from core.proposals import Proposal
from core.registers import (
    MEMBERSHIP,
    PRIORITY_WARD,
    Adoption,
    Ending,
    Register,
    Review,
    check_new,
    check_review,
)
from core.text import named
from db.naming import people_named, wards_named
from db.store import Store

if TYPE_CHECKING:
    from db.store.journal import Values, Writing

ANY_DAY = 1 << 30
"""A day number after every other."""


@dataclass(frozen=True)
class RegisterTable:
    """Where a register is kept.

    table: its table. ref: the column of the subject. end: how the columns of the ending begin ("left": left_on,
    left_reason, left_by, left_meeting_id). names: what subjects are called, by their references. group: the column that
    parts the register, as cohorts do; None without. groups: what its parts are called.
    """

    register: Register
    table: str
    ref: str
    end: str
    names: Callable[[Store, Sequence[str]], Mapping[str, str]]
    group: str | None = None
    groups: Mapping[str, str] = field(default_factory=dict)

    def called(self, store: Store, refs: Sequence[str]) -> str:
        """Some subjects by name, in a few words."""
        names = self.names(store, refs)
        return named([names.get(ref, ref) for ref in refs])

    def part_called(self, keys: Iterable[str]) -> str:
        """The part of the register that some entries are in; of several parts, no name."""
        titles = sorted({self.groups.get(key, key) for key in keys})
        return titles[0] if len(titles) == 1 else f"their {self.group or 'part'}s"

    @property
    def part(self) -> str:
        """What is read as the part of the register: its column, or an empty text."""
        return self.group or "''"

    def ended(self, on: int | None, reason: str, by: str) -> dict[str, Any]:
        """The columns of the ending, but for the meeting."""
        return {f"{self.end}_on": on, f"{self.end}_reason": reason.strip(), f"{self.end}_by": by.strip()}


MEMBERSHIPS = RegisterTable(
    MEMBERSHIP, "membership", "person_ref", "left", people_named, "cohort",
    {key: cohort.title for key, cohort in COHORTS.items()},
)  # fmt: skip
PRIORITY_WARDS = RegisterTable(PRIORITY_WARD, "priority_ward", "ward_code", "dropped", wards_named)
TABLES = (MEMBERSHIPS, PRIORITY_WARDS)
"""Every register that the store keeps."""


@dataclass(frozen=True)
class Entry:
    """One entry of a register. Days are day numbers; ``ended_on`` is None while it lasts.

    ref: the subject. group: the part of the register it is in, empty where there are none. facts: as they were known
    when it was adopted. reviews: the latest first.
    """

    id: int
    ref: str
    group: str
    since: int
    reason: str
    proposed_by: str
    adopted_by: str
    adopted_at: str
    review_on: int
    facts: Mapping[str, object]
    ended_on: int | None
    ended_reason: str
    ended_by: str
    reviews: tuple[Review, ...]

    def due(self, as_of: int) -> bool:
        """Whether the review is due on a day, or was."""
        return self.review_on <= as_of


E = TypeVar("E", bound=Entry)

_FIELDS = (
    "id", "ref", "group", "since", "reason", "proposed_by", "adopted_by", "adopted_at", "review_on", "facts",
    "ended_on", "ended_reason", "ended_by",
)  # fmt: skip


def entries(
    store: Store, kept: RegisterTable, make: Callable[..., E], where: str, order: str, **values: object
) -> list[E]:
    """Entries of a register, as *make* makes them from the fields of :class:`Entry` by name.

    where, order: SQL over the columns of the table; values: what it names with a colon.
    """
    columns = (
        "id", kept.ref, kept.part, "since", "reason", "proposed_by", "adopted_by", "adopted_at", "review_on",
        "facts", f"{kept.end}_on", f"{kept.end}_reason", f"{kept.end}_by",
    )  # fmt: skip
    query = f"SELECT {', '.join(columns)} FROM {kept.table} WHERE {where} ORDER BY {order}"  # noqa: S608 - own names
    reviews = reviews_of(store, kept)
    made = []
    for row in store.read.rows(query, **values):
        fields: dict[str, Any] = dict(zip(_FIELDS, row, strict=True))
        fields["facts"] = json.loads(fields["facts"])
        made.append(make(**fields, reviews=reviews.get(fields["id"], ())))
    return made


def reviews_of(store: Store, kept: RegisterTable) -> dict[int, tuple[Review, ...]]:
    """The reviews of every entry of a register, by its number, the latest first."""
    rows = store.read.rows(
        "SELECT subject_id, reviewed_by, reviewed_at, review_on, words FROM review WHERE subject = :register "
        "ORDER BY id DESC",
        register=kept.register.key,
    )
    reviews: dict[int, tuple[Review, ...]] = {}
    for number, by, reviewed_at, review_on, words in rows:
        review = Review(by, day_of(london(reviewed_at).date()), review_on, words)
        reviews[number] = (*reviews.get(number, ()), review)
    return reviews


def adopt(
    store: Store,
    kept: RegisterTable,
    proposals: Sequence[Proposal],
    adoption: Adoption,
    *,
    group: str = "",
    title: str = "",
    label: Callable[[str], str] = str,
    meeting_id: int | None = None,
) -> list[int]:
    """Adopt subjects into a register, all or none; gives the numbers of the entries.

    group, title: the part of the register and what it is called, where it has parts. label: how a subject is called.

    Raises Problem where reason, adopting person or a later review date is missing, Conflict where a subject is in it
    already or is named twice, or the meeting is sealed.
    """
    adoption.check(kept.register)
    where = f"in {title}" if title else f"a {kept.register.noun}"
    refs = [proposal.ref for proposal in proposals]
    adopted = kept.register.adopted.format(group=title or group)
    what = f"{kept.called(store, refs)} {adopted}: {adoption.reason.strip()}"
    with store.change(what, meeting=meeting_id) as writing:
        check_new(refs, _inside(store, kept, group), where, label)
        return [
            writing.insert(
                kept.table,
                **{kept.ref: proposal.ref},
                **({kept.group: group} if kept.group else {}),
                meeting_id=meeting_id,
                since=adoption.since,
                reason=adoption.reason.strip(),
                proposed_by=proposal.proposed_by,
                adopted_by=adoption.adopted_by.strip(),
                adopted_at=writing.now,
                review_on=adoption.review_on,
                facts=json.dumps(dict(proposal.facts)),
                **kept.ended(None, "", ""),
            )
            for proposal in proposals
        ]


def _inside(store: Store, kept: RegisterTable, group: str) -> set[str]:
    """The subjects that are in a register, or in one part of it."""
    query = f"SELECT {kept.ref} FROM {kept.table} WHERE {kept.end}_on IS NULL AND {kept.part} = :part"  # noqa: S608
    return {ref for (ref,) in store.read.rows(query, part=group)}


def end(
    store: Store, kept: RegisterTable, ids: Sequence[int], ending: Ending, *, meeting_id: int | None = None
) -> None:
    """End entries, all or none.

    Raises Problem without a reason or a person and where the end lies before the beginning, Conflict where an entry
    has ended already or the meeting is sealed.
    """
    ending.check(kept.register)
    with store.change(f"{kept.register.end.capitalize()} entries", meeting=meeting_id) as writing:
        rows = _current(store, writing, kept, ids)
        for number, row in zip(ids, rows, strict=True):
            ending.check_after(row["since"], kept.register)
            columns = kept.ended(ending.on, ending.reason, ending.by)
            writing.update(kept.table, number, **columns, **{f"{kept.end}_meeting_id": meeting_id})
        writing.says(f"{_done(store, kept, rows, kept.register.left)}: {ending.reason.strip()}")


def review(
    store: Store,
    kept: RegisterTable,
    ids: Sequence[int],
    review_on: int,
    words: str = "",
    *,
    on: int | None = None,
    meeting_id: int | None = None,
) -> None:
    """Keep entries until the next review, with what was said; reason and name of the adoption stay.

    on: the day of this review; the day of the store's clock if None. Days are day numbers.

    Raises Problem where the next review does not lie after this one, Conflict where an entry has ended or the meeting
    is sealed.
    """
    check_review(day_of(london(store.now()).date()) if on is None else on, review_on)
    said = f": {words.strip()}" if words.strip() else ""
    with store.change("Review entries", meeting=meeting_id) as writing:
        rows = _current(store, writing, kept, ids)
        writing.says(f"{_done(store, kept, rows, kept.register.kept)} until {uk(review_on)}{said}")
        for number in ids:
            writing.update(kept.table, number, review_on=review_on)
            writing.insert(
                "review",
                subject=kept.register.key,
                subject_id=number,
                meeting_id=meeting_id,
                reviewed_at=writing.now,
                reviewed_by=writing.who,
                words=words.strip(),
                review_on=review_on,
            )


def _current(store: Store, writing: Writing, kept: RegisterTable, ids: Sequence[int]) -> list[Values]:
    """The rows of entries that last. Raises Conflict, which names those that have ended or are gone.

    People are named by their reference, since an error holds no person's data.
    """
    rows = [writing.row(kept.table, number) for number in ids]
    all_or_none([_over(store, kept, row) for row in rows])
    return [row for row in rows if row is not None]


def _over(store: Store, kept: RegisterTable, row: Values | None) -> Unfit | None:
    if row is None:
        return Unfit("", f"A {kept.register.noun}", "is no longer in the store")
    if row[f"{kept.end}_on"] is None:
        return None
    ref = row[kept.ref]
    label = ref if kept.register.subject == "person" else kept.called(store, [ref])
    return Unfit(ref, label, kept.register.ended)


def _done(store: Store, kept: RegisterTable, rows: Sequence[Values], done: str) -> str:
    """What was done to some entries: who they are, and the words of the register."""
    who = kept.called(store, [row[kept.ref] for row in rows])
    parts = [row[kept.group] for row in rows] if kept.group else []
    return f"{who} {done.format(group=kept.part_called(parts) if parts else '')}"
