"""Movement between two rankings, put down to its causes: the score is made again step by step from one to the other.

The steps are, for one person: as it was; then the other ranking's method, weights, pool and length of window; then the
same reports as their records stand later; then the later day; then the reports that were not known before. What a step
adds or takes is the days (or points) of its cause, so the causes add up to the change of the score, always. What the
records of today do not explain (a batch was withdrawn since) is a revised record; what a filter by status hides or
shows is a changed status.

Source: DOMAIN.md section 2: a rolling window, a list made again every other day, movement shown since the last run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from core.allegations import Allegation, By, Historic, Window, allegations
from core.bands import Bands
from core.methods.base import Method, measures, points, score
from core.pools import Pool
from core.ranking import moved
from core.reports import ReportRow


class Kind(StrEnum):
    """What a move can be put down to, in words; ``letter`` is its code at the head of a list."""

    NEW = "new allegation"
    REVISED = "revised record"
    ROLL_OFF = "roll-off from the window"
    METHOD = "changed weight or method"
    STATUS = "changed status"
    OTHERS = "others moving"

    @property
    def letter(self) -> str:
        """One character: N new, R revised, O roll-off, W weight or method, S status, = others."""
        return _LETTERS[self]


_LETTERS = {
    Kind.NEW: "N",
    Kind.REVISED: "R",
    Kind.ROLL_OFF: "O",
    Kind.METHOD: "W",
    Kind.STATUS: "S",
    Kind.OTHERS: "=",
}


class Cause(NamedTuple):
    """One cause and what it adds to a score, in the unit of the method: days of harm, or points."""

    kind: Kind
    days: float


@dataclass(frozen=True)
class Way:
    """How a ranking scores, whatever day it looks from. ``days`` is the length of its window.

    ``weigh`` gives the harm of a row in days, None where the ranking has no weight for it.
    """

    method: Method
    pool: Pool
    bands: Bands
    by: By
    days: int
    min_crimes: int
    weigh: Callable[[ReportRow], float | None] = field(compare=False)
    historic: Historic = "count"


@dataclass(frozen=True)
class End:
    """One of the two rankings: its way, its day and the last batch it knew.

    filtered: it took in people of some statuses only. certain: it kept what offences weighed, so that the score it kept
    is what its records come to, and need not be made again.
    """

    way: Way
    as_of: int
    batch: int
    filtered: bool = False
    certain: bool = True


class Place(NamedTuple):
    """Where a ranking put a person; ``score`` is None where they are not in it, ``rank`` where they are not ranked."""

    rank: int | None
    score: float | None


@dataclass(frozen=True)
class Move:
    """One person's move from one ranking to another. ``victim``: the same reference is a victim in a report."""

    person: str
    name: str
    before: Place
    after: Place
    causes: tuple[Cause, ...]
    victim: bool = False

    @property
    def change(self) -> float:
        """What the causes add up to."""
        return _change(self.before.score or 0.0, self.after.score or 0.0)

    @property
    def letter(self) -> str:
        """The code of the main cause."""
        return letter(self.causes)

    @property
    def word(self) -> str:
        """The move in a word: ``new`` and ``out`` of the list, ``+3`` up, ``-2`` down, ``=``; empty if never in it."""
        before, after = self.before.rank, self.after.rank
        if before is None or after is None:
            return "new" if after is not None else "out" if before is not None else ""
        return moved(before, after)


def letter(causes: Sequence[Cause]) -> str:
    """The code of the cause of the most days; the first of equals; empty where there is no cause."""
    return max(causes, key=lambda cause: abs(cause.days)).kind.letter if causes else ""


def in_words(causes: Iterable[Cause], unit: str) -> str:
    """Causes in one line: ``new allegation +730 d; roll-off from the window -10 d``. unit: that of the score."""
    return "; ".join(
        cause.kind if cause.kind is Kind.OTHERS else f"{cause.kind} {figure(cause.days, '+')} {unit}"
        for cause in causes
    )


def figure(value: float, sign: str = "-") -> str:
    """A figure with its hundredths where it has any; *sign* ``+`` gives what is above nought a plus."""
    text = f"{value:{sign if value else '-'},.2f}"
    return text.removesuffix("0").removesuffix(".0").removesuffix(".")


def has_moved(before: Place, after: Place) -> bool:
    """Whether there is anything to put down to a cause: another rank or score, an entry or an exit."""
    return before != after


class _Step(NamedTuple):
    """A person's score on the way, whether it would be in the ranking, and whether it would have a rank."""

    score: float
    inside: bool
    ranked: bool


def causes(first: End, second: End, before: Place, after: Place, rows: Sequence[ReportRow]) -> tuple[Cause, ...]:
    """What one person's move from *first* to *second* is put down to, in the order of :class:`Kind`.

    before, after: where the two rankings put them. rows: every row that names them, replaced ones too, by number.
    A cause of 0 days stands only where it alone made or ended a rank, and for others moving: the rank changed while
    the score did not, or against it.
    """
    kept = [_Step(place.score or 0.0, place.score is not None, place.rank is not None) for place in (before, after)]
    steps = _steps(first, second, kept, rows)
    kinds = (
        _unexplained(first, kept[0], steps[0]),
        Kind.METHOD,
        Kind.REVISED,
        Kind.ROLL_OFF,
        Kind.NEW,
        _unexplained(second, kept[1], steps[-1]),
    )
    added = dict.fromkeys(Kind, 0.0)
    turned = set()
    for kind, (one, other) in zip(kinds, pairwise([kept[0], *steps, kept[1]]), strict=True):
        added[kind] += other.score - one.score
        if one.ranked != other.ranked:
            turned.add(kind)
    if (before.rank is None) == (after.rank is None):
        turned.clear()
    if _moved_by_others(before, after, alike=first.way.method.unit == second.way.method.unit):
        turned.add(Kind.OTHERS)
    found = (Cause(kind, _change(0.0, days)) for kind, days in added.items())
    return tuple(cause for cause in found if cause.days or cause.kind in turned)


def _unexplained(end: End, kept: _Step, made: _Step) -> Kind:
    """What a difference between the kept place and the one made again is put down to."""
    return Kind.STATUS if end.filtered and made.inside and not kept.inside else Kind.REVISED


def _moved_by_others(before: Place, after: Place, *, alike: bool) -> bool:
    """Whether the rank changed though the score did not, or moved against it (where both are of one unit)."""
    if before.rank is None or after.rank is None or before.rank == after.rank:
        return False
    change = _change(before.score or 0.0, after.score or 0.0)
    return change == 0 or (alike and (change > 0) != (after.rank < before.rank))


def _change(before: float, after: float) -> float:
    """The difference without the noise of binary fractions; never minus nought."""
    return round(after - before, 6) + 0.0


def _steps(first: End, second: End, kept: Sequence[_Step], rows: Sequence[ReportRow]) -> list[_Step]:
    """The five scores on the way from *first* to *second*: the ends as they were kept where that can be relied on."""
    old, new = _standing(rows, first.batch), _standing(rows, second.batch)
    known = {row.crime_ref for row in old if row.reported_on <= first.as_of}
    there = {row.crime_ref for row in new}
    old = [row for row in old if row.crime_ref in known]
    same = [row for row in new if row.crime_ref in known] + [row for row in old if row.crime_ref not in there]
    asked = [
        _Asked(first.way, first.as_of, old),
        _Asked(second.way, first.as_of, old),
        _Asked(second.way, first.as_of, _as_known(same, first.as_of, second.as_of)),
        _Asked(second.way, second.as_of, _as_known(same, second.as_of, first.as_of)),
        _Asked(second.way, second.as_of, new),
    ]
    made: list[tuple[_Asked, _Step]] = []
    if not any(row.replaced_by == row.batch for row in rows):  # no batch was withdrawn that a ranking may have seen
        ends = zip((asked[0], asked[-1]), kept, (first, second), strict=True)
        made = [(one, step) for one, step, end in ends if end.certain and step.inside]
    for one in asked:
        if not any(one.is_as(other) for other, _ in made):
            made.append((one, _scored(one)))
    return [next(step for other, step in made if one.is_as(other)) for one in asked]


class _Asked(NamedTuple):
    """What one step is made of."""

    way: Way
    as_of: int
    rows: list[ReportRow]

    def is_as(self, other: _Asked) -> bool:
        """Whether two steps cannot differ, so that one of them need not be made."""
        one = self.way
        return (self.as_of, self.rows) == (other.as_of, other.rows) and (
            one is other.way or (one == other.way and all(one.weigh(row) == other.way.weigh(row) for row in self.rows))
        )


def _standing(rows: Iterable[ReportRow], batch: int) -> list[ReportRow]:
    """The rows that stood when *batch* was the last; those of a batch that was withdrawn never did."""
    return [row for row in rows if row.batch <= batch and (row.replaced_by is None or row.replaced_by > batch)]


def reach(first: End, second: End) -> int:
    """The last day that is too old for every step; reports of which no row bears a later one need not be given."""
    return min(first.as_of, second.as_of) - max(first.way.days, second.way.days)


def _as_known(rows: list[ReportRow], as_of: int, other: int) -> list[ReportRow]:
    """Rows of reports that were known on a day: one that bears a later day, up to the *other*, counts as of that day.

    So a report that is not known on the earlier of the two days leaves with the step of new allegations alone, and one
    whose record was put to a later day does not leave at all.
    """
    if as_of >= other or all(row.reported_on <= as_of for row in rows):
        return rows
    return [
        row._replace(reported_on=as_of, committed_from=min(row.committed_from, as_of))
        if as_of < row.reported_on <= other
        else row
        for row in rows
    ]


def _scored(asked: _Asked) -> _Step:
    """What rows come to. Which row leads a report goes by the weights that rows carry, as when they were stored."""
    way, window = asked.way, Window(asked.as_of, asked.way.days, asked.way.by, asked.way.historic)
    lines = [_weighed(line, way) for line in allegations(asked.rows, window, way.pool)]
    found = measures(lines, window)
    if not found.frequency:
        return _Step(0.0, inside=False, ranked=False)
    return _Step(points(score(way.method, found, way.bands)), True, found.frequency >= way.min_crimes)


def _weighed(line: Allegation, way: Way) -> Allegation:
    days = way.weigh(line.row) if line.in_pool else line.days
    return line if days == line.days else line._replace(row=line.row._replace(days=days))
