"""Wards by harm, from the latest published counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2b
from typing import ClassVar

from textual.binding import BindingType

from core.days import day_of
from core.deployments import State
from core.localities import Locality
from core.rank_ranges import RankRange
from core.releases import dashed
from core.text import counted, in_days
from core.wards import WardScore, few_residents, held_so_far
from db import actions, deployments, tension, wards
from db.actions import Subject
from db.not_counted import in_short, not_counted
from db.priority_wards import PriorityWard, priority_wards
from db.rank_ranges import ranges_of
from db.recent_months import months_of_wards
from db.report_counts import REPORTS
from db.wards import WardRanking
from tui.commands import MORE, command
from tui.means import Meaning, of_level
from tui.opening import Open
from tui.session import Session
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.column_kinds import bar_column, spark_column
from tui.views.localities import BOROUGH, locality_columns
from tui.views.source import CountedFrom, Lines, Record, Source
from tui.widgets.record_list import Column

PRIORITY, DUE = "P", "P!"
"""What stands beside a priority ward, and beside one whose review is due."""


@dataclass(frozen=True)
class _Beside:
    """What stands beside the harm of every ward, by ward code."""

    by_count: Mapping[str, int]
    ranges: Mapping[str, RankRange]
    held: Mapping[str, float]
    sent: Mapping[State, Mapping[str, int]]
    waiting: Mapping[str, int]
    priority: Mapping[str, PriorityWard]
    tension: Mapping[str, int]
    months: int
    today: int
    counted_from: str | None
    most: float
    by_month: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class _Row:
    """A ward by its harm, and what stands beside it."""

    score: WardScore
    beside: _Beside

    @property
    def code(self) -> str:
        """The code of the ward."""
        return self.score.ward_code

    @property
    def span(self) -> RankRange:
        """The ranks that the band of its harm leaves open."""
        return self.beside.ranges[self.code]

    @property
    def few(self) -> bool:
        """Whether it has few residents for a rate."""
        return few_residents(self.score.population, self.score.rate_per_1000, self.beside.months)

    @property
    def on(self) -> int:
        """How many units are there now."""
        return self.beside.sent[State.ON].get(self.code, 0)

    @property
    def planned(self) -> int:
        """How many units will be there."""
        return self.beside.sent[State.PLANNED].get(self.code, 0)

    @property
    def open_actions(self) -> int:
        """How many actions about it are open."""
        return self.beside.waiting.get(self.code, 0)

    @property
    def tension(self) -> int | None:
        """The highest level of the notes of tension that stand here; None where there is none."""
        return self.beside.tension.get(self.code)

    @property
    def months(self) -> tuple[int, ...]:
        """The offences of its last months."""
        return self.beside.by_month.get(self.code, ())


def _rate(row: _Row) -> str:
    rate = row.score.rate_per_1000
    return "-" if rate is None else f"{rate:,.1f}{'*' if row.few else ''}"


def _units(row: _Row) -> str:
    """Units that are there now, and those planned: ``2 +1pl``."""
    return " ".join(part for part in (str(row.on or ""), f"+{row.planned}pl" if row.planned else "") if part)


def _priority(row: _Row) -> str:
    adopted = row.beside.priority.get(row.code)
    if adopted is None:
        return ""
    return DUE if adopted.due(row.beside.today) else PRIORITY


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn(
        "rank", "rank", 4, "right", show=lambda row: str(row.score.rank or "-"), sort=lambda row: row.score.rank
    ),
    ListColumn(
        "between", "between", 7, "right", priority=1,
        show=lambda row: row.span.words, sort=lambda row: row.span.worst - row.span.best,
    ),
    ListColumn("ward", "ward", 14, grow=True, show=lambda row: row.score.ward, holds=PLAIN),
    *locality_columns(lambda row: Locality(row.score.bcu, row.score.borough), width=11, grow=True, borough=0),
    ListColumn("harm", "days", 9, "right", show=lambda row: f"{row.score.harm:,.0f}", sort=lambda row: row.score.harm),
    bar_column(lambda row: row.score.harm, lambda row: row.beside.most),
    spark_column("months", "12 months", 12, lambda row: row.months),
    ListColumn(
        "band", "low to high", 19, "right", priority=2,
        show=lambda row: f"{row.score.harm_low:,.0f}-{row.score.harm_high:,.0f}", sort=lambda row: row.score.harm_low,
    ),
    ListColumn(
        "count", "offences", 8, "right", show=lambda row: f"{row.score.count:,}", sort=lambda row: row.score.count
    ),
    ListColumn(
        "by_count", "by count", 8, "right", priority=1,
        show=lambda row: str(row.beside.by_count[row.code]), sort=lambda row: row.beside.by_count[row.code],
    ),
    ListColumn("rate", "per 1,000", 9, "right", priority=1, show=_rate, sort=lambda row: row.score.rate_per_1000),
    ListColumn(
        "units", "units", 6, "right", show=_units, sort=lambda row: row.on + row.planned, means=Meaning.SENT
    ),
    ListColumn(
        "open", "open", 4, "right",
        show=lambda row: str(row.open_actions or ""), sort=lambda row: row.open_actions,
    ),
    ListColumn(
        "priority", "priority", 8, show=_priority, holds=PLAIN,
        means=lambda row: Meaning.DUE if _priority(row) == DUE else Meaning.NOTED,
    ),
)  # fmt: skip
_PLACE = next(at for at, column in enumerate(_COLUMNS) if column.key == BOROUGH)
_TENSION = ListColumn[_Row](
    "tension", "tension", 7, show=lambda row: f"level {row.tension}" if row.tension else "",
    sort=lambda row: row.tension, holds=PLAIN, means=lambda row: of_level(row.tension),
)  # fmt: skip
"""Stands beside the place, in a list of which a note of tension stands in some ward. Where it is narrow, offences give
way to it: the line below the list has them."""
_TENSE = tuple(
    replace(column, priority=1) if column.key == "count" else column
    for column in (*_COLUMNS[: _PLACE + 1], _TENSION, *_COLUMNS[_PLACE + 1 :])
)


class WardsView(View):
    """The ward list."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Wards"
    empty = "No ward counts. Import a Met ward-level file: tasking import FILE."
    noun = "wards"
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("why", "action", "decision", "deploy"),
        *verbs("sentence", footer=False),
        command(
            "B", "map", "by borough", "By borough: a map of harm, change and officers deployed", "wards.map",
            foot=MORE,
        ),
        command(
            "D", "doubtful", "doubtful", "Take categories that are doubtful locally into the harm, or out of it",
            "wards.doubtful", footer=False,
        ),
        command(
            "M", "source", "source", "Rank by published counts, or by the crime reports of the store", "wards.source",
            footer=False,
        ),
        command(
            "F", "backtest", "held up?", "Did the list hold up: what its first places held of the harm that followed",
            "list.backtest", foot=MORE,
        ),
        *verbs("adopt_ward", footer=False),
    ]  # fmt: skip

    def __init__(self, session: Session, item: str = "", *, id: str | None = None, borough: str = "") -> None:  # noqa: A002
        """*borough*: only its wards; every ward if empty."""
        super().__init__(session, item, id=id)
        self._borough = borough
        self._doubtful = False

    def action_map(self) -> None:
        """Show the boroughs, London's as a map, or go back to them."""
        self.post_message(self.PageWanted(Open("map")))

    def action_backtest(self) -> None:
        """Say how much of the harm that followed past lists held."""
        self.post_message(self.PageWanted(Open("backtest", ("wards",))))

    def action_source(self) -> None:
        """Rank by the other source; pages and papers of wards opened from here go by it, too."""
        self.session.counted_from = None if self.session.counted_from else REPORTS
        self.reload()

    def action_doubtful(self) -> None:
        """Rank with the doubtful categories, or without them again."""
        self._doubtful = not self._doubtful
        self.reload()

    def read(self) -> tuple[Source, str]:
        """The latest release, its last twelve months, in order of harm."""
        store, doubtful = self.session.store, self._doubtful
        whole = deployments.board(store, self.session.now(), kept=timedelta(0))
        self.changes_at = whole.changes_at
        name = self.session.counted_from
        found = wards.ranking(store, name=name, with_doubtful=doubtful)
        entries = found.table.entries
        by_count = wards.ranking(store, name=name, by="count", with_doubtful=doubtful).table.entries
        beside = _Beside(
            by_count={one.ward_code: one.rank for one in by_count},
            ranges=ranges_of(store, found),
            held=held_so_far(entries),
            sent=_sent(whole),
            waiting=actions.open_by_subject(store, "ward"),
            priority={one.ward_code: one for one in priority_wards(store)},
            tension=tension.levels(store, self.session.now(), self.session.looks_at),
            months=len(found.months),
            today=day_of(self.session.as_of),
            counted_from=name,
            most=max((entry.harm for entry in entries), default=0.0),
            by_month=months_of_wards(store, found),
        )
        rows = [_Row(entry, beside) for entry in entries if self._borough in ("", entry.borough)]
        columns = _TENSE if any(row.tension for row in rows) else _COLUMNS
        lines = Lines.of(columns, rows, key=lambda row: ward_number(row.code), record=_record)
        return lines, self._words(found)

    def _words(self, found: WardRanking) -> str:
        """What the list shows, and what it does not."""
        of = f" of {self._borough}" if self._borough else ""
        caveats = f" ({'; '.join(found.caveats)})" if found.caveats else ""
        source = "crime reports" if wards.source_of(found.release) == REPORTS else f"release {found.release.name}"
        words = f"Wards{of} by harm, {dashed(found.first)} to {dashed(found.last)}{caveats} of {source}"
        if self._doubtful:
            words += ", doubtful categories in"
        if found.table.antisocial:
            words += f"; {found.table.antisocial:,} anti-social, no offences"
        if found.left_out:
            words += "; left out: " + ", ".join(f"{dashed(flag.month)} ({flag.reason})" for flag in found.left_out)
        words += in_short(not_counted(self.session.store, found), fragments=False)
        return f"{words},"


def ward_number(code: str) -> int:
    """A number for the row of a ward that is its own, whatever stands in the list with it: marks stay on it."""
    return int.from_bytes(blake2b(code.encode(), digest_size=7).digest())


def _sent(whole: deployments.Board) -> dict[State, dict[str, int]]:
    """How many units are in each ward now, and how many are planned for it."""
    sent: dict[State, dict[str, int]] = {State.ON: {}, State.PLANNED: {}}
    for one in whole.live:
        sent[one.state][one.ward_code] = sent[one.state].get(one.ward_code, 0) + len(one.here)
    return sent


def _record(row: _Row) -> Record:
    score, span, beside = row.score, row.span, row.beside
    facts = {
        "rank": str(score.rank or "-"),
        "between": span.words,
        "harm": f"{in_days(score.harm, ',.0f')} ({score.harm_low:,.0f} to {score.harm_high:,.0f})",
        "offences": f"{score.count:,}",
        "rank by count": str(beside.by_count[row.code]),
    }
    made_of = _made_of(score, span, beside.held[row.code])
    there = [f"{row.on} there now"] if row.on else []
    there += [f"{row.planned} planned"] if row.planned else []
    made_of += f"; {score.antisocial:,} anti-social, no offences" if score.antisocial else ""
    made_of += f"; tension up to level {row.tension}" if row.tension else ""
    made_of += f"; units: {', '.join(there)}" if there else ""
    made_of += f"; * {counted(score.population, 'resident')}, few for a rate" if row.few else ""
    detail = CountedFrom(beside.counted_from)
    return Record(Subject("ward", row.code, score.ward), facts, made_of, detail=detail, wall=made_of)


def _made_of(entry: WardScore, span: RankRange, held: float) -> str:
    """The harm with its band, what the band leaves open, what is apart, what stands on estimates, what is held."""
    settled = "sure" if span.settled else f"not settled: {span.best} to {span.worst}"
    estimated = 100 * entry.harm_estimated / entry.harm if entry.harm else 0.0
    return (
        f"{in_days(entry.harm, ',.0f')} ({entry.harm_low:,.0f} to {entry.harm_high:,.0f}), "
        f"rank {entry.rank or '-'} {settled}; {_first(entry.rank)} {100 * held:.1f}%; "
        f"{counted(entry.count, 'offence')}, {entry.police_detected:,} found by police "
        f"and {entry.doubtful:,} doubtful apart; {estimated:.0f}% estimated"
    )


def _first(rank: int) -> str:
    return "the first ward holds" if rank == 1 else f"the first {rank} hold"
