"""Wards by harm, from the latest published counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import ClassVar

from textual.binding import BindingType

from core.days import day_of
from core.rank_ranges import RankRange
from core.releases import dashed
from core.wards import NO_WARD, WardScore, few_residents, held_so_far
from db import actions, deployments, wards
from db.actions import Subject
from db.priority_wards import PriorityWard, priority_wards
from db.rank_ranges import ranges_of
from db.wards import WardRanking
from tui.commands import MORE, command
from tui.opening import Open
from tui.session import Session
from tui.verb import verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("rank", "rank", 4, "right"),
    Column("between", "between", 7, "right"),
    Column("ward", "ward", 14, grow=True),
    Column("borough", "borough", 11, grow=True),
    Column("bcu", "bcu", 3, priority=1),
    Column("harm", "days", 9, "right"),
    Column("band", "low to high", 19, "right", priority=2),
    Column("count", "offences", 8, "right"),
    Column("by_count", "cnt#", 4, "right"),
    Column("rate", "per 1,000", 9, "right", priority=1),
    Column("units", "units", 5, "right"),
    Column("open", "act", 3, "right"),
    Column("priority", "pri", 3),
)
PRIORITY, DUE = "P", "P!"
"""What stands beside a priority ward, and beside one whose review is due."""


@dataclass(frozen=True)
class _Beside:
    """What stands beside the harm of every ward, by ward code."""

    by_count: Mapping[str, int]
    ranges: Mapping[str, RankRange]
    held: Mapping[str, float]
    sent: Mapping[str, int]
    waiting: Mapping[str, int]
    priority: Mapping[str, PriorityWard]
    months: int
    today: int


class WardsView(View):
    """The ward list."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No ward counts. Import a Met ward-level file: tasking import FILE."
    noun = "wards"
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("why", "action", "decision", "deploy"),
        command(
            "B", "map", "by borough", "London by borough: a map of harm, change and officers deployed", "wards.map",
            foot=MORE,
        ),
        command(
            "D", "doubtful", "doubtful", "Take categories that are doubtful locally into the harm, or out of it",
            "wards.doubtful", footer=False,
        ),
        *verbs("adopt_ward", footer=False),
    ]  # fmt: skip

    def __init__(self, session: Session, item: str = "", *, id: str | None = None, borough: str = "") -> None:  # noqa: A002
        """*borough*: only its wards; every ward if empty."""
        super().__init__(session, item, id=id)
        self._borough = borough
        self._doubtful = False

    def action_map(self) -> None:
        """Show London as a map, or go back to it."""
        self.post_message(self.PageWanted(Open("map")))

    def action_doubtful(self) -> None:
        """Rank with the doubtful categories, or without them again."""
        self._doubtful = not self._doubtful
        self.reload()

    def read(self) -> tuple[Source, str]:
        """The latest release, its last twelve months, in order of harm."""
        store, doubtful = self.session.store, self._doubtful
        found = wards.ranking(store, with_doubtful=doubtful)
        entries = found.table.entries
        by_count = wards.ranking(store, by="count", with_doubtful=doubtful).table.entries
        beside = _Beside(
            by_count={one.ward_code: one.rank for one in by_count},
            ranges=ranges_of(store, found),
            held=held_so_far(entries),
            sent=_sent(deployments.units(store)),
            waiting=actions.open_by_subject(store, "ward"),
            priority={one.ward_code: one for one in priority_wards(store)},
            months=len(found.months),
            today=day_of(self.session.as_of),
        )
        lines = [
            _line(ward_number(entry.ward_code), entry, beside)
            for entry in entries
            if self._borough in ("", entry.borough)
        ]
        return Lines(_COLUMNS, lines), self._words(found)

    def _words(self, found: WardRanking) -> str:
        """What the list shows, and what it does not."""
        of = f" of {self._borough}" if self._borough else ""
        words = f"Wards{of} by harm, {dashed(found.first)} to {dashed(found.last)} of release {found.release.name}"
        if self._doubtful:
            words += ", doubtful categories in"
        if found.left_out:
            words += "; left out: " + ", ".join(f"{dashed(flag.month)} ({flag.reason})" for flag in found.left_out)
        if found.table.unplaced:
            words += f"; {NO_WARD} for {sum(one.count for one in found.table.unplaced):,} (import a lsoa-ward lookup)"
        return f"{words},"


def ward_number(code: str) -> int:
    """A number for the row of a ward that is its own, whatever stands in the list with it: marks stay on it."""
    return int.from_bytes(blake2b(code.encode(), digest_size=7).digest())


def _sent(units: Sequence[deployments.UnitView]) -> dict[str, int]:
    sent: dict[str, int] = {}
    for unit in units:
        if unit.status == "deployed":
            sent[unit.ward_code] = sent.get(unit.ward_code, 0) + 1
    return sent


def _line(number: int, entry: WardScore, beside: _Beside) -> Line:
    code, rate = entry.ward_code, entry.rate_per_1000
    span, held = beside.ranges[code], beside.priority.get(code)
    mark = "" if held is None else DUE if held.due(beside.today) else PRIORITY
    few = few_residents(entry.population, rate, beside.months)
    sent, waiting = beside.sent.get(code, 0), beside.waiting.get(code, 0)
    cells = (
        str(entry.rank),
        span.words,
        entry.ward,
        entry.borough,
        entry.bcu,
        f"{entry.harm:,.0f}",
        f"{entry.harm_low:,.0f}-{entry.harm_high:,.0f}",
        f"{entry.count:,}",
        str(beside.by_count[code]),
        "-" if rate is None else f"{rate:,.1f}{'*' if few else ''}",
        str(sent or ""),
        str(waiting or ""),
        mark,
    )
    values = (
        entry.rank, span.worst - span.best, entry.ward, entry.borough, entry.bcu, entry.harm, entry.harm_low,
        entry.count, beside.by_count[code], rate, sent, waiting, mark,
    )  # fmt: skip
    facts = {
        "rank": str(entry.rank),
        "between": span.words,
        "harm": f"{entry.harm:,g} d ({entry.harm_low:,g} to {entry.harm_high:,g})",
        "offences": str(entry.count),
        "rank by count": str(beside.by_count[code]),
    }
    made_of = _made_of(entry, span, beside.held[code])
    made_of += f"; * {entry.population:,} residents, few for a rate" if few else ""
    return Line(number, cells, Record(Subject("ward", code, entry.ward), facts, made_of), values)


def _made_of(entry: WardScore, span: RankRange, held: float) -> str:
    """The harm with its band, what the band leaves open, what is apart, what stands on estimates, what is held."""
    settled = "sure" if span.settled else f"not settled: {span.best} to {span.worst}"
    estimated = 100 * entry.harm_estimated / entry.harm if entry.harm else 0.0
    return (
        f"{entry.harm:,.0f} d ({entry.harm_low:,.0f} to {entry.harm_high:,.0f}), rank {entry.rank} {settled}; the "
        f"first {entry.rank} hold {100 * held:.1f}%; {entry.count:,} offences, {entry.police_detected:,} found by "
        f"police and {entry.doubtful:,} doubtful apart; {estimated:.0f}% estimated"
    )
