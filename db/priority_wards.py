"""Priority wards: the composite proposes with its parts, a named person adopts, reviews and drops.

How the Met picks priority wards is not published (DOMAIN.md section 5), so what was known when a ward was adopted stays
with it: release, weights, rank, score and every part. A ward that was dropped is in no list; its history keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.composite import Weighed, weigh
from core.composite_weights import KEYS, Weights
from core.days import uk
from core.errors import Conflict, NotFound, Problem
from core.geography import Ward
from core.text import counted
from db.adoptions import Adoption, Review, keep_review, reviews
from db.composite import WardParts
from db.store import Store
from db.store.engine import Row
from db.ward_map import ward_map

if TYPE_CHECKING:
    from db.store.journal import Writing


@dataclass(frozen=True)
class Proposal:
    """A ward put forward: by what, and the facts it was put forward on (values JSON can hold)."""

    ward_code: str
    proposed_by: str
    facts: Mapping[str, object]


@dataclass(frozen=True)
class PriorityWard:
    """One ward as a priority. Days are day numbers; ``dropped_on`` is None while it is one.

    ``ward`` is its name as the ward map stands; its code where the map does not have it.
    """

    id: int
    ward_code: str
    since: int
    reason: str
    proposed_by: str
    adopted_by: str
    adopted_at: str
    review_on: int
    facts: Mapping[str, object]
    dropped_on: int | None
    dropped_reason: str
    dropped_by: str
    ward: str
    reviews: tuple[Review, ...]

    def due(self, as_of: int) -> bool:
        """Whether the review is due on a day, or was."""
        return self.review_on <= as_of


_COLUMNS = (
    "SELECT id, ward_code, since, reason, proposed_by, adopted_by, adopted_at, review_on, facts, dropped_on, "
    "dropped_reason, dropped_by FROM priority_ward "
)


def _wards(store: Store, rows: Sequence[Row]) -> list[PriorityWard]:
    known, looked_at = ward_map(store), reviews(store, "priority_ward")
    return [_ward(row, known, looked_at.get(row[0], ())) for row in rows]


def _ward(row: Row, known: Mapping[str, Ward], looked_at: tuple[Review, ...]) -> PriorityWard:
    name = known[row[1]].name if row[1] in known else row[1]
    values: tuple[Any, ...] = (*row[:8], json.loads(row[8]), *row[9:], name, looked_at)
    return PriorityWard(*values)


def proposals(store: Store, found: WardParts, weights: Weights, first: int) -> list[Proposal]:
    """Wards ranked up to *first* by the composite that are no priority yet, with their facts; stores nothing."""
    inside = {one.ward_code for one in priority_wards(store)}
    return [
        put_forward(found, weights, one)
        for one in weigh(found.wards, weights)
        if one.rank <= first and one.ward.ward_code not in inside
    ]


def put_forward(found: WardParts, weights: Weights, one: Weighed) -> Proposal:
    """A ward as the composite puts it forward: where the figures are from, rank and score, every part and its share."""
    facts = {
        "release": found.release.name,
        "months": list(found.months),
        "weights": weights.name,
        "shares": {key: round(share, 4) for key, share in weights.shares.items()},
        "rank": one.rank,
        "of": len(found.wards),
        "score": round(one.score, 2),
        "harm_rank": one.ward.harm_rank,
        "count_rank": one.ward.count_rank,
        "few_residents": one.ward.few_residents,
        "parts": {key: {"value": one.ward.values[key], "adds": round(one.adds[key], 2)} for key in KEYS},
    }
    return Proposal(one.ward.ward_code, f"composite of {found.release.name}, rank {one.rank}", facts)


def adopt(
    store: Store,
    given: Sequence[Proposal],
    *,
    since: int,
    reason: str,
    adopted_by: str,
    review_on: int,
    meeting_id: int | None = None,
) -> list[int]:
    """Make wards priorities; gives the numbers of the records.

    Raises Problem where reason, adopting person or a later review date is missing, Conflict where a ward is a priority
    already or the meeting is sealed, NotFound for a ward that no map has.
    """
    how = Adoption(since, reason, adopted_by, review_on)
    how.check("The composite")
    codes, known = [proposal.ward_code for proposal in given], ward_map(store)
    inside = {one.ward_code for one in priority_wards(store)}
    with store.change(f"Adopt {counted(len(codes), 'priority ward')}", meeting=meeting_id) as writing:
        for at, code in enumerate(codes):
            if code not in known:
                raise NotFound(f"No ward map has a ward {code}.")
            if code in inside or code in codes[:at]:
                raise Conflict(f"{known[code].name} ({code}) is a priority ward already.")
        return [
            writing.insert(
                "priority_ward",
                ward_code=proposal.ward_code,
                **how.columns(proposal.proposed_by, proposal.facts, writing.now, meeting_id),
                dropped_on=None,
                dropped_reason="",
                dropped_by="",
            )
            for proposal in given
        ]


def drop(store: Store, ids: Sequence[int], *, on: int, reason: str, by: str, meeting_id: int | None = None) -> None:
    """End priorities. Raises Problem without a reason or a person, Conflict where one has ended already."""
    if not reason.strip() or not by.strip():
        raise Problem("Dropping a priority ward needs a reason and the person who decides it.")
    with store.change(f"Drop {counted(len(ids), 'priority ward')}", meeting=meeting_id) as writing:
        for number in ids:
            row = _current(writing, number)
            if on < row["since"]:
                raise Problem(f"It has been a priority only since {uk(row['since'])}; drop it on that day or later.")
            writing.update(
                "priority_ward",
                number,
                dropped_on=on,
                dropped_reason=reason.strip(),
                dropped_by=by.strip(),
                dropped_meeting_id=meeting_id,
            )


def review(
    store: Store, ids: Sequence[int], *, on: int, review_on: int, reason: str = "", meeting_id: int | None = None
) -> None:
    """Keep wards as priorities until the next review, with what was said; the reason of their adoption stands.

    Raises Problem where the next review does not lie after this one, Conflict where a ward was dropped.
    """
    if review_on <= on:
        raise Problem(f"The next review, {uk(review_on)}, must lie after {uk(on)}.")
    with store.change(f"Review {counted(len(ids), 'priority ward')}", meeting=meeting_id) as writing:
        for number in ids:
            _current(writing, number)
            keep_review(writing, "priority_ward", number, review_on, reason, meeting_id)


def _current(writing: Writing, number: int) -> dict[str, Any]:
    row = writing.row("priority_ward", number)
    if row is None or row["dropped_on"] is not None:
        raise Conflict("A ward in the selection is no priority any longer. Refresh with ctrl+r.")
    return row


def priority_wards(store: Store, as_of: int | None = None) -> list[PriorityWard]:
    """The priority wards now, or those adopted by a day; one that was dropped is in no list."""
    rows = store.read.rows(
        _COLUMNS + "WHERE dropped_on IS NULL AND since <= :day ORDER BY since, ward_code",
        day=as_of if as_of is not None else 1 << 30,
    )
    return _wards(store, rows)


def dropped_on(store: Store, day: int) -> list[PriorityWard]:
    """The wards that were dropped on a day."""
    return _wards(store, store.read.rows(_COLUMNS + "WHERE dropped_on = :day ORDER BY id", day=day))


def history(store: Store, ward_code: str) -> list[PriorityWard]:
    """Every time a ward was a priority, those that ended too, the latest first."""
    rows = store.read.rows(_COLUMNS + "WHERE ward_code = :code ORDER BY id DESC", code=ward_code)
    return _wards(store, rows)
