"""Where the options of ``rank`` put the person that ``explain`` is about: rank or why none, in one method or two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.errors import Problem
from core.text import counted, plain
from db.disagreement import places
from db.people import Explanation
from db.scoring import RankingRequest
from db.store import Store
from tui.cli.common import top_of
from tui.cli.options import ListOptions


@dataclass(frozen=True)
class PersonRank:
    """One person in the ranking that was asked for. rank: None where they have none, and *why* says why.

    within: whether the rank is among the first that ``--top`` asks for; None for ``all``.
    """

    method: str
    rank: int | None
    ranked: int
    least: int
    why: str
    within: bool | None

    @property
    def words(self) -> str:
        """The rank, or why there is none, in a sentence."""
        if self.rank is None:
            return f"{self.method}: no rank: {self.why}."
        within = "" if self.within is None else f", {'' if self.within else 'not '}within --top"
        least = f"at least {counted(self.least, 'report')}"
        return f"{self.method}: rank {self.rank:,} of {self.ranked:,} ({least}){within}."

    def as_json(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "method": self.method,
            "rank": self.rank,
            "ranked": self.ranked,
            "min_crimes": self.least,
            "within_top": self.within,
            "why_none": self.why or None,
        }


def person_rank(store: Store, found: Explanation, asked: RankingRequest, options: ListOptions) -> PersonRank:
    """Where a person stands in what was asked for."""
    limit = top_of(options.top)
    try:
        everyone = places(store, asked)
    except Problem:
        everyone = {}
    place = everyone.get(found.person.ref)
    rank = place.rank if place else None
    return PersonRank(
        method=asked.method,
        rank=rank,
        ranked=sum(one.rank is not None for one in everyone.values()),
        least=asked.at_least,
        why=_why(found, asked) if rank is None else "",
        within=None if limit is None or rank is None else rank <= limit,
    )


def _why(found: Explanation, asked: RankingRequest) -> str:
    status = found.person.status
    if asked.statuses and status.casefold() not in {one.casefold() for one in asked.statuses}:
        return f"the status is '{plain(status)}', not {' or '.join(map(plain, asked.statuses))}"
    reports = len({line.row.crime_ref for line in found.counted} | {line.row.crime_ref for line in found.unweighed})
    if not reports:
        return "no report counts in this pool and window"
    return f"{counted(reports, 'report')}, {asked.at_least} are needed (--min-crimes)"
