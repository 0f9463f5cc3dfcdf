"""Who is in which cohort, since when and why: a rank or a rule proposes, a named person adopts.

Who has left is in no list and no export; the history of a person keeps it (DPA 2018 s49, DOMAIN.md section 9).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.cohorts import COHORTS, cohort_named
from core.errors import Conflict, NotFound, Problem
from core.text import counted
from db.adoptions import Adoption, Review, keep_review, reviews
from db.store import Store
from db.store.engine import Row


@dataclass(frozen=True)
class Proposal:
    """A person put forward: by which rule or rank, and the facts that made it true (values JSON can hold)."""

    person: str
    proposed_by: str
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Member:
    """One membership. Days are day numbers; ``left_on`` is None while it lasts; ``reviews``: the latest first."""

    id: int
    cohort: str
    person: str
    since: int
    reason: str
    proposed_by: str
    adopted_by: str
    adopted_at: str
    review_on: int
    facts: Mapping[str, object]
    left_on: int | None
    left_reason: str
    left_by: str
    reviews: tuple[Review, ...]

    def due(self, as_of: int) -> bool:
        """Whether the review is due on a day, or was."""
        return self.review_on <= as_of


_COLUMNS = (
    "SELECT id, cohort, person_ref, since, reason, proposed_by, adopted_by, adopted_at, review_on, facts, left_on, "
    "left_reason, left_by FROM membership "
)


def _members(store: Store, rows: Sequence[Row]) -> list[Member]:
    looked_at = reviews(store, "membership")
    return [_member(row, looked_at.get(row[0], ())) for row in rows]


def _member(row: Row, looked_at: tuple[Review, ...]) -> Member:
    values: tuple[Any, ...] = (*row[:9], json.loads(row[9]), *row[10:], looked_at)
    return Member(*values)


def adopt(
    store: Store,
    cohort: str,
    proposals: Sequence[Proposal],
    *,
    since: int,
    reason: str,
    adopted_by: str,
    review_on: int,
    meeting_id: int | None = None,
) -> list[int]:
    """Take people into a cohort; gives the numbers of the memberships.

    Raises Refused for a cohort that is not known, Problem where reason, adopting person or a later review date is
    missing, Conflict where someone is in it already or the meeting is sealed.
    """
    found = cohort_named(cohort)
    how = Adoption(since, reason, adopted_by, review_on)
    how.check("A rank or a rule")
    inside = {member.person for member in members(store, found.key)}
    what = f"Adopt {len(proposals)} into {found.title}" if len(proposals) != 1 else f"Adopt into {found.title}"
    with store.change(what, meeting=meeting_id) as writing:
        for proposal in proposals:
            if proposal.person in inside:
                raise Conflict(f"{proposal.person} is in {found.title} already.")
        return [
            writing.insert(
                "membership",
                cohort=found.key,
                person_ref=proposal.person,
                **how.columns(proposal.proposed_by, proposal.facts, writing.now, meeting_id),
                left_on=None,
                left_reason="",
                left_by="",
            )
            for proposal in proposals
        ]


def leave(store: Store, ids: Sequence[int], *, on: int, reason: str, by: str, meeting_id: int | None = None) -> None:
    """End memberships. Raises Problem without a reason or a person, Conflict where one has ended already."""
    if not reason.strip() or not by.strip():
        raise Problem("Leaving a cohort needs a reason and the person who decides it.")
    what = "Leave the cohort" if len(ids) == 1 else f"{len(ids)} leave the cohort"
    with store.change(what, meeting=meeting_id) as writing:
        for number in ids:
            row = writing.row("membership", number)
            if row is None or row["left_on"] is not None:
                raise Conflict("Someone in the selection has left the cohort already. Refresh with ctrl+r.")
            writing.update(
                "membership",
                number,
                left_on=on,
                left_reason=reason.strip(),
                left_by=by.strip(),
                left_meeting_id=meeting_id,
            )


def review(store: Store, ids: Sequence[int], review_on: int, reason: str, *, meeting_id: int | None = None) -> None:
    """Keep people in their cohort until the next review, with what was said.

    Raises Conflict where someone has left.
    """
    with store.change(f"Review {counted(len(ids), 'membership')}", meeting=meeting_id) as writing:
        for number in ids:
            row = writing.row("membership", number)
            if row is None or row["left_on"] is not None:
                raise Conflict("Someone in the selection has left the cohort. Refresh with ctrl+r.")
            keep_review(writing, "membership", number, review_on, reason, meeting_id)


def members(store: Store, cohort: str | None = None, as_of: int | None = None) -> list[Member]:
    """Who is in a cohort, or in any, now or as of a day; whoever has left by now is in no list."""
    rows = store.read.rows(
        _COLUMNS + "WHERE left_on IS NULL AND (:every OR cohort = :cohort) AND since <= :day "
        "ORDER BY cohort, since, person_ref",
        every=cohort is None,
        cohort=cohort or "",
        day=as_of if as_of is not None else 1 << 30,
    )
    return _members(store, rows)


def member(store: Store, number: int) -> Member:
    """One membership by its number, left or not. Raises NotFound."""
    found = store.read.rows(_COLUMNS + "WHERE id = :id", id=number)
    if not found:
        raise NotFound(f"There is no membership {number}.")
    return _members(store, found)[0]


def history(store: Store, person: str) -> list[Member]:
    """Every membership of a person, those that ended too, the latest first: for those who may see it."""
    rows = store.read.rows(_COLUMNS + "WHERE person_ref = :ref ORDER BY id DESC", ref=person)
    return _members(store, rows)


def badges(store: Store) -> dict[str, list[str]]:
    """Person to the badges of the cohorts they are in, in the order of the cohorts."""
    found: dict[str, list[str]] = {}
    order = list(COHORTS)
    rows = store.read.rows("SELECT person_ref, cohort FROM membership WHERE left_on IS NULL")
    for person, cohort in sorted(rows, key=lambda row: order.index(row[1]) if row[1] in COHORTS else len(order)):
        badge = COHORTS[cohort].badge if cohort in COHORTS else cohort
        found.setdefault(person, []).append(badge)
    return found
