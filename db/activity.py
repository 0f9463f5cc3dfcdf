"""Counts of the task force by measure and BCU over the days since the last daily meeting, with the gaps in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.activity import HEADLINES, Compared, Period, Total, Untold, compared, headline, period, untold
from core.days import day_of
from core.geography import bcus
from core.not_counted import NotCounted
from core.scope import FORCE, WHOLE_FORCE, Scope, scope_of
from db import kept_out
from db.batch_kinds import ACTIVITY, batches_that_brought
from db.meetings import last_held
from db.store import Store
from db.store.batches import batches_version
from db.store.rows import from_row

_Row = tuple[str, int, str, int]
MEANS = (7, 28)
"""Over so many days the mean of a day stands beside what the task force did."""


@dataclass(frozen=True)
class MeasureRow:
    """One measure: what each BCU returned, in all and day by day, and the same number of days before.

    compared: both periods over the BCUs that made every return in both; None where there is none.
    """

    measure: str
    by_bcu: dict[str, Total]
    by_day: tuple[Total, ...]
    total: Total
    before: Total
    compared: Compared | None
    headline: bool


@dataclass(frozen=True)
class Activity:
    """The activity of some days.

    missing: day number to the BCUs that sent no return of it; days without a gap are left out.
    over: how many BCUs made every return in this period and in the one before. bcus: those that are counted.
    """

    period: Period
    rows: tuple[MeasureRow, ...]
    missing: dict[int, tuple[str, ...]]
    over: int
    bcus: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether no return came at all."""
        return all(row.total.known is None for row in self.rows)


def of_meeting(
    store: Store, as_of: date, scope: str = FORCE, kind: str = "daily", looks_at: Scope | None = None
) -> Activity:
    """What a meeting of a day looks at: all days since the last sealed one of its template and scope.

    kind: the template. looks_at: whose returns are counted, those of the scope if None.
    """
    held = last_held(store, kind, as_of, scope)
    days = period(day_of(as_of), None if held is None else day_of(held.as_of))
    return of_period(store, days, scope_of(scope) if looks_at is None else looks_at)


def of_period(store: Store, days: Period, scope: Scope = WHOLE_FORCE) -> Activity:
    """The activity of a period: the four headlines first, then every measure that was counted.

    scope: whose. Returns are made by BCUs, so that a borough looks at its BCU's. Remembered until a file comes in or is
    withdrawn: a seal asks four times.
    """
    version = (days, batches_version(store))
    return store.remember(("activity", days.days, scope.name), version, lambda: _of_period(store, days, scope))


def _of_period(store: Store, days: Period, scope: Scope) -> Activity:
    counting = among(scope)
    now, before = _Counts.of(store, days, counting)
    measures = sorted({*now.by_measure, *before.by_measure})
    rows = [_row(name, now, before, adds_up=True) for name in HEADLINES]
    rows += [_row(name, now, before) for name in measures if name not in HEADLINES]
    missing = {day: now.silent(day) for day in range(days.first, days.last + 1)}
    whole = [bcu for bcu in counting if now.whole(bcu) and before.whole(bcu)]
    return Activity(days, tuple(rows), {day: silent for day, silent in missing.items() if silent}, len(whole), counting)


def not_counted(store: Store, days: Period) -> tuple[NotCounted, ...]:
    """The rows in quarantine of the files that a period and the one before are counted from."""
    query = "SELECT DISTINCT batch_id FROM activity WHERE day BETWEEN :first AND :last AND replaced_by IS NULL"
    brought = {row["batch_id"] for row in store.read.rows(query, first=days.before.first, last=days.last)}
    return kept_out.of_batches(store, brought | kept_out.without_rows(store, "activity", "activity"))


def means_of_a_day(store: Store, last: int, spans: Sequence[int], scope: Scope) -> dict[str, list[float | None]]:
    """The mean of a day by measure, over the days of each span up to *last* (a day number) and all BCUs of a scope.

    A day and BCU without a return is left out of the mean; it is None where no return came at all.
    """
    counting = among(scope)
    days = Period(last - max(spans) + 1, last)
    counts, before = _Counts.of(store, days, counting)
    others = sorted({*counts.by_measure, *before.by_measure} - set(HEADLINES))
    made = [sum(day > last - span for _, day in counts.returned) for span in spans]
    found: dict[str, list[float | None]] = {}
    for name in (*HEADLINES, *others):
        adding = [m for m in counts.by_measure if (headline(m) if name in HEADLINES else m) == name]
        totals = [
            sum(many for m in adding for (_, day), many in counts.by_measure[m].items() if day > last - span)
            for span in spans
        ]
        found[name] = [total / of * len(counting) if of else None for total, of in zip(totals, made, strict=True)]
    return found


def among(scope: Scope) -> tuple[str, ...]:
    """The BCUs whose returns are those of a scope."""
    return tuple(bcus()) if scope.is_force else tuple(filter(None, (scope.bcu,)))


@dataclass(frozen=True)
class Return:
    """One count as a file has it. now: whether it is of the period itself, not of the one before."""

    id: int
    day: int
    bcu: str
    measure: str
    count: int
    file: str
    line: int
    now: bool


def returns_of(store: Store, days: Period, name: str, *, adds_up: bool) -> list[Return]:
    """The counts that a row of the list adds up, the latest first, then those of the period before.

    adds_up: whether it is a headline, to which several measures add.
    """
    query = (
        "SELECT a.id, a.day, a.bcu, a.measure, a.count, b.file, a.line FROM activity a "
        "JOIN batch b ON b.id = a.batch_id WHERE a.day BETWEEN :first AND :last AND a.replaced_by IS NULL "
        "ORDER BY a.day DESC, a.bcu, a.measure"
    )
    rows = store.read.rows(query, first=days.before.first, last=days.last)
    return [
        from_row(Return, row, now=row["day"] >= days.first)
        for row in rows
        if (headline(row["measure"]) if adds_up else row["measure"]) == name
    ]


def _kept_out(store: Store) -> Collection[Untold]:
    """The counts in quarantine of which BCU and day can be read; remembered until a file comes in."""
    return store.remember("returns kept out", batches_version(store), lambda: _read_kept_out(store))


def _read_kept_out(store: Store) -> Collection[Untold]:
    rows = store.read.rows(
        "SELECT q.raw FROM quarantined q JOIN batch b ON b.id = q.batch_id WHERE q.column = 'count' "
        "AND b.withdrawn = :no AND b.id IN (SELECT value FROM json_each(:batches))",
        no=False,
        batches=json.dumps(sorted(batches_that_brought(store, ACTIVITY))),
    )
    return tuple(filter(None, (untold(row["raw"].split(kept_out.BETWEEN)) for row in rows)))


@dataclass(frozen=True)
class _Counts:
    """What was counted in a period, each measure by BCU and day; *returned* are the BCUs and days of a return.

    among: the BCUs whose returns are asked for. untold: counts that are in quarantine: unknown, and not 0.
    """

    period: Period
    among: tuple[str, ...]
    by_measure: dict[str, dict[tuple[str, int], int]]
    returned: Collection[tuple[str, int]]
    untold: Collection[Untold] = ()

    @classmethod
    def of(cls, store: Store, days: Period, among: tuple[str, ...]) -> tuple[_Counts, _Counts]:
        """Those of a period and of the one before."""
        now, before = _read(store, days)
        kept = _kept_out(store)
        return cls._of(now, days, among, kept), cls._of(before, days.before, among, kept)

    @classmethod
    def _of(cls, rows: Iterable[_Row], days: Period, among: tuple[str, ...], untold: Collection[Untold]) -> _Counts:
        by_measure: dict[str, dict[tuple[str, int], int]] = {}
        for bcu, day, measure, count in rows:
            if bcu in among:
                by_measure.setdefault(measure, {})[bcu, day] = count
        return cls(days, among, by_measure, {of for counts in by_measure.values() for of in counts}, untold)

    def silent(self, day: int) -> tuple[str, ...]:
        """The BCUs that sent no return of a day."""
        return tuple(bcu for bcu in self.among if (bcu, day) not in self.returned)

    def whole(self, bcu: str) -> bool:
        """Whether a BCU sent a return of every day."""
        return all((bcu, day) in self.returned for day in self.days())

    def days(self) -> Iterator[int]:
        """The days of the period."""
        yield from range(self.period.first, self.period.last + 1)

    def returns(self, wanted: Callable[[str], bool]) -> dict[str, list[int | None]]:
        """What each BCU returned on each day of the measures that are wanted, added up; None where one is kept out."""
        sums: dict[tuple[str, int], int] = {}
        for measure, counts in self.by_measure.items():
            if wanted(measure):
                for of, count in counts.items():
                    sums[of] = sums.get(of, 0) + count
        told = set(self.returned) - {
            (one.bcu, one.day)
            for one in self.untold
            if any(wanted(name) and (one.bcu, one.day) not in self.by_measure.get(name, ()) for name in one.words)
        }
        return {
            bcu: [sums.get((bcu, day), 0) if (bcu, day) in told else None for day in self.days()] for bcu in self.among
        }


def _read(store: Store, days: Period) -> tuple[list[_Row], list[_Row]]:
    """Every count of a period and of the one before; remembered until a file comes in, as every scope that meets of a
    morning asks."""
    version = (days, batches_version(store))
    return store.remember(("returns", days.days), version, lambda: (_rows(store, days), _rows(store, days.before)))


def _rows(store: Store, days: Period) -> list[_Row]:
    query = "SELECT bcu, day, measure, count FROM activity WHERE day BETWEEN :first AND :last AND replaced_by IS NULL"
    return store.read.picked(("bcu", "day", "measure", "count"), query, first=days.first, last=days.last)


def _row(name: str, now: _Counts, before: _Counts, *, adds_up: bool = False) -> MeasureRow:
    """The row of a measure; *adds_up* where it is a headline, to which several measures add."""

    def wanted(measure: str) -> bool:
        return (headline(measure) if adds_up else measure) == name

    returns, earlier = now.returns(wanted), before.returns(wanted)
    by_day = tuple(Total.of({bcu: [days[at]] for bcu, days in returns.items()}) for at in range(now.period.days))
    return MeasureRow(
        name,
        {bcu: Total.of({bcu: days}) for bcu, days in returns.items()},
        by_day,
        Total.of(returns),
        Total.of(earlier),
        compared(returns, earlier),
        adds_up,
    )
