"""Priority wards: the composite proposes with its parts, a named person adopts, reviews and drops.

How the Met picks priority wards is not published (DOMAIN.md section 5), so what was known when a ward was adopted stays
with it: release, weights, rank, score and every part. A ward that was dropped is in no list; its history keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.composite import Weighed, settled, weigh
from core.composite_weights import KEYS, Weights
from core.errors import NotFound
from core.proposals import Proposal
from core.registers import Adoption, Ending
from db import registers
from db.composite import WardParts
from db.registers import ANY_DAY, PRIORITY_WARDS, Entry
from db.report_counts import REPORTS
from db.store import Store
from db.ward_map import ward_map

__all__ = [
    "PriorityWard",
    "Proposal",
    "adopt",
    "drop",
    "history",
    "priority_wards",
    "proposals",
    "put_forward",
    "review",
]


@dataclass(frozen=True)
class PriorityWard(Entry):
    """One ward as a priority: ``ref`` is its code, ``ward`` its name on the ward map in force, its code if unmapped."""

    ward: str

    @property
    def ward_code(self) -> str:
        """The code of the ward."""
        return self.ref


def proposals(store: Store, parts: WardParts, weights: Weights, first: int) -> list[Proposal]:
    """Wards ranked up to *first* by the composite that are no priority yet, with their facts; stores nothing."""
    inside = {priority.ward_code for priority in priority_wards(store)}
    weights = settled(parts.wards, weights)
    return [
        put_forward(parts, weights, weighed)
        for weighed in weigh(parts.wards, weights)
        if weighed.rank <= first and weighed.ward.ward_code not in inside
    ]


def put_forward(parts: WardParts, weights: Weights, weighed: Weighed) -> Proposal:
    """A ward as the composite puts it forward: where the figures are from, rank and score, every part and its share.

    weights: as :func:`core.composite.settled` leaves them.
    """
    ward = weighed.ward
    facts = {
        "release": parts.release.name,
        "months": list(parts.months),
        "weights": weights.name,
        "shares": {key: round(share, 4) for key, share in weights.shares.items()},
        "rank": weighed.rank,
        "of": len(parts.wards),
        "score": None if weighed.score is None else round(weighed.score, 2),
        "harm_rank": ward.harm_rank,
        "count_rank": ward.count_rank,
        "few_residents": ward.few_residents,
        "parts": {key: _part(weighed, key) for key in KEYS},
    }
    counted = "crime reports" if parts.release.name == REPORTS else parts.release.name
    return Proposal(ward.ward_code, f"composite of {counted}, rank {weighed.rank}", facts)


def _part(weighed: Weighed, key: str) -> dict[str, float | None]:
    """A part as it was: its figure, how many times the average ward that is, and what it added to the score."""
    times = weighed.times[key]
    return {
        "value": weighed.ward.shown[key],
        "times": None if times is None else round(times, 2),
        "adds": round(weighed.adds[key], 2),
    }


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
    known = ward_map(store)
    for proposal in given:
        if proposal.ref not in known:
            raise NotFound(f"No ward map has a ward {proposal.ref}.")

    def label(code: str) -> str:
        return f"{known[code].name} ({code})"

    adoption = Adoption(since, reason, adopted_by, review_on)
    return registers.adopt(store, PRIORITY_WARDS, given, adoption, label=label, meeting_id=meeting_id)


def drop(store: Store, ids: Sequence[int], *, on: int, reason: str, by: str, meeting_id: int | None = None) -> None:
    """End priorities.

    Raises Problem without a reason or a person and where the end lies before the beginning, Conflict where one has
    ended already or the meeting is sealed.
    """
    registers.end(store, PRIORITY_WARDS, ids, Ending(on, reason, by), meeting_id=meeting_id)


def review(
    store: Store,
    ids: Sequence[int],
    review_on: int,
    reason: str = "",
    *,
    on: int | None = None,
    meeting_id: int | None = None,
) -> None:
    """Keep wards as priorities until the next review, with what was said; the reason of their adoption stays.

    on: the day of this review; the day of the store's clock if None.

    Raises Problem where the next review does not lie after this one, Conflict where a ward was dropped.
    """
    registers.review(store, PRIORITY_WARDS, ids, review_on, reason, on=on, meeting_id=meeting_id)


def priority_wards(store: Store, as_of: int | None = None) -> list[PriorityWard]:
    """The priority wards now, or those adopted by a day; one that was dropped is in no list."""
    day = ANY_DAY if as_of is None else as_of
    return _wards(store, "dropped_on IS NULL AND since <= :day", "since, ward_code", day=day)


def history(store: Store, ward_code: str) -> list[PriorityWard]:
    """Every time a ward was a priority, those that ended too, the latest first."""
    return _wards(store, "ward_code = :code", "id DESC", code=ward_code)


def _wards(store: Store, where: str, order: str, **values: object) -> list[PriorityWard]:
    known = ward_map(store)

    def make(ref: str, **fields: Any) -> PriorityWard:
        return PriorityWard(ref=ref, ward=known[ref].name if ref in known else ref, **fields)

    return registers.entries(store, PRIORITY_WARDS, make, where, order, **values)
