"""Counts of the previous 24 hours by measure and BCU, with the gaps in them."""

from __future__ import annotations

from dataclasses import dataclass

from core.activity import HEADLINES, headline
from core.geography import bcus
from db.store import Store


@dataclass(frozen=True)
class MeasureRow:
    """One measure: its count per BCU (None where no return came), the total, and the total of the day before."""

    measure: str
    by_bcu: dict[str, int | None]
    total: int
    before: int | None
    headline: bool


@dataclass(frozen=True)
class Day:
    """The activity of one day (a day number). ``missing`` are the BCUs that sent no return."""

    day: int
    rows: tuple[MeasureRow, ...]
    missing: tuple[str, ...]


def day(store: Store, number: int) -> Day:
    """The activity of a day: the four headlines first, then every measure that was counted."""
    today, before = _counts(store, number), _counts(store, number - 1)
    present = {bcu for bcu, _ in today}
    measures = sorted({measure for _, measure in today} | {measure for _, measure in before})
    rows = [_headline(name, today, before, present) for name in HEADLINES]
    rows += [_row(name, today, before, present) for name in measures if name not in HEADLINES]
    missing = tuple(bcu for bcu in bcus() if bcu not in present)
    return Day(number, tuple(rows), missing)


Counted = dict[tuple[str, str], int]


def _counts(store: Store, number: int) -> Counted:
    query = "SELECT bcu, measure, count FROM activity WHERE day = :day AND replaced_by IS NULL"
    return {(bcu, measure): count for bcu, measure, count in store.read.rows(query, day=number)}


def _headline(name: str, today: Counted, before: Counted, present: set[str]) -> MeasureRow:
    def gathered(counts: Counted) -> Counted:
        found: Counted = {}
        for (bcu, measure), count in counts.items():
            if headline(measure) == name:
                found[bcu, name] = found.get((bcu, name), 0) + count
        return found

    return _row(name, gathered(today), gathered(before), present, is_headline=True)


def _row(name: str, today: Counted, before: Counted, present: set[str], *, is_headline: bool = False) -> MeasureRow:
    by_bcu = {bcu: today.get((bcu, name), 0) if bcu in present else None for bcu in bcus()}
    earlier = [count for (_, measure), count in before.items() if measure == name]
    total = sum(count or 0 for count in by_bcu.values())
    return MeasureRow(name, by_bcu, total, sum(earlier) if earlier else None, is_headline)
