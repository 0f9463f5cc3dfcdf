"""The task force's own work since the last daily meeting by measure and BCU, gaps shown where no return came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.activity import UNKNOWN, Period, Total
from core.days import day_of, named_day
from core.geography import bcus
from core.text import counted, signed
from db import activity
from db.actions import Subject
from db.activity import MEANS, Activity, MeasureRow
from db.areas import by_bcu
from db.recent_days import DAYS, days_of_measures
from tui.means import Meaning
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.column_kinds import spark_column
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column

_WORDS = 18
"""So long a total fits beside every BCU; of a longer one the line below the list says what is missing."""
_DAYS = 7
"""So many days have a column and a figure of their own; of a longer time only the sums are shown."""


@dataclass(frozen=True)
class CountedOver:
    """What a row of the list adds up: the days, whose returns, and whether it is a headline, to which measures add."""

    days: Period
    headline: bool
    bcus: tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    """A measure and its number in the list, with what was read. means: of a day, over :data:`MEANS` days."""

    number: int
    count: MeasureRow
    looked_at: Activity
    days: tuple[int | None, ...] = ()
    means: tuple[float | None, ...] = ()


def _strong(row: _Row, words: str) -> Text:
    return Text(words, style=Meaning.NOTED if row.count.headline else "")


def figure(words: str) -> Text:
    """A figure as a list shows it: nought is faint, what is unknown has a mark of its own."""
    return Text(words, style=Meaning.NOUGHT if words == "0" else Meaning.UNKNOWN if words == UNKNOWN else "")


def _before(row: _Row) -> Text:
    return figure(UNKNOWN if row.count.compared is None else f"{row.count.compared.before:,}")


def _change(row: _Row) -> Text:
    both = row.count.compared
    return figure(UNKNOWN if both is None else signed(both.change))


def _of_bcu(bcu: str) -> ListColumn[_Row]:
    return ListColumn(
        bcu, bcu, 2, "right",
        show=lambda row: figure(row.count.by_bcu[bcu].figure), sort=lambda row: row.count.by_bcu[bcu].known,
    )  # fmt: skip


def _of_day(at: int, title: str) -> ListColumn[_Row]:
    return ListColumn(
        f"day{at}", title, 9, "right", priority=3,
        show=lambda row: figure(row.count.by_day[at].figure), sort=lambda row: row.count.by_day[at].known,
    )  # fmt: skip


def _first(looked_at: Activity | None = None) -> tuple[ListColumn[_Row], ...]:
    """The measure, the total with what is missing from it where that is short, and what it is compared with."""
    widest = max((len(row.total.words) for row in (looked_at.rows if looked_at else ())), default=0)
    whole = widest <= _WORDS

    def total(row: _Row) -> Text:
        shown = figure(row.count.total.words if whole else row.count.total.figure)
        if row.count.headline:
            shown.stylize("bold")
        return shown

    return (
        ListColumn("measure", "measure", 18, grow=True, show=lambda row: _strong(row, row.count.measure), holds=PLAIN),
        ListColumn(
            "total", "total", max(5, widest if whole else 0), "right",
            show=total, sort=lambda row: row.count.total.known,
        ),
        ListColumn(
            "before", "before", 6, "right", priority=1,
            show=_before, sort=lambda row: None if row.count.compared is None else row.count.compared.before,
        ),
        ListColumn(
            "change", "change", 6, "right", priority=2,
            show=_change, sort=lambda row: None if row.count.compared is None else row.count.compared.change,
        ),
    )  # fmt: skip


_TREND: ListColumn[_Row] = spark_column("trend", f"{DAYS} days", DAYS, lambda row: row.days)
_BCUS = tuple(_of_bcu(bcu) for bcu in bcus())


def _columns(looked_at: Activity) -> tuple[ListColumn[_Row], ...]:
    """The columns; of several days with one for each, where they are few."""
    days = looked_at.period
    of_bcus = tuple(column for column in _BCUS if column.key in looked_at.bcus)
    if not 1 < days.days <= _DAYS:
        return (*_first(looked_at), _TREND, *of_bcus)
    names = [named_day(day, days.last) for day in range(days.first, days.last + 1)]
    return (*_first(looked_at), _TREND, *of_bcus, *(_of_day(at, name) for at, name in enumerate(names)))


class ActivityView(View):
    """Stops and searches, warrants, arrests, items seized; then every measure that was counted."""

    columns: ClassVar[tuple[Column, ...]] = (*_first(), _TREND, *_BCUS)
    title = "Last 24 hours"
    only_in_meetings = True
    empty = "No activity has been imported. Import a file of day, bcu, measure, count."
    noun = "measures"
    BINDINGS: ClassVar[list[BindingType]] = verbs("why", "chase", "action", "decision")

    def read(self) -> tuple[Source, str]:
        """The days since the last daily meeting that was held, the as-of date left out."""
        if reason := by_bcu(self.session.store):
            return Lines(_first(), ()), reason
        session = self.session
        kind = session.kind if session.meeting else "daily"
        looked_at = activity.of_meeting(session.store, session.as_of, session.scope.name, kind, session.looks_at)
        by_day = days_of_measures(session.store, looked_at.period.last, looked_at.bcus)
        means = activity.means_of_a_day(session.store, looked_at.period.last, MEANS, session.looks_at)
        rows = [
            _Row(number, count, looked_at, by_day.get(count.measure, ()), tuple(means.get(count.measure, ())))
            for number, count in enumerate(looked_at.rows, 1)
        ]
        lines = Lines.of(_columns(looked_at), rows, key=lambda row: row.number, record=_record)
        return lines, _heading(looked_at, day_of(self.session.as_of))


def _heading(looked_at: Activity, as_of: int) -> str:
    days = looked_at.period
    title = days.title if days.days > 1 else named_day(days.last, as_of)
    alike = looked_at.nothing or looked_at.over == len(looked_at.bcus)
    parts = "" if alike else f"; before over {looked_at.over} of {len(looked_at.bcus)} BCUs"
    whose = "" if len(looked_at.bcus) == len(bcus()) else f" in {', '.join(looked_at.bcus) or 'no BCU'}"
    return f"{title}{whose}: task force's own work, {gaps(looked_at, as_of)}{parts}"


def gaps(looked_at: Activity, as_of: int) -> str:
    """The returns that are missing, each day with its BCUs."""
    if looked_at.nothing:
        return "NO RETURN AT ALL"
    if not looked_at.missing:
        return "no gaps"
    if looked_at.period.days == 1:
        return f"NO RETURN: {', '.join(looked_at.missing[looked_at.period.last])}"
    every = len(looked_at.bcus)
    days = (f"{named_day(day, as_of)} {_silent(silent, every)}" for day, silent in looked_at.missing.items())
    return f"NO RETURN: {'; '.join(days)}"


def _silent(silent: tuple[str, ...], every: int) -> str:
    return "all" if len(silent) == every else ", ".join(silent)


def _record(row: _Row) -> Record:
    count, days = row.count, row.looked_at.period
    before = "day before" if days.days == 1 else f"{counted(days.days, 'day')} before"
    parts = [f"{count.measure}: {count.total.words}, {_said_before(count.before, before)}"]
    if (both := count.compared) is not None and (count.total.missing or count.before.missing):
        parts.append(f"over the {counted(both.over, 'BCU')} that returned both: {both.now:,}, before {both.before:,}")
    if both is None:
        parts.append("nothing alike to compare")
    if 1 < days.days <= _DAYS:
        parts.append(
            ", ".join(f"{named_day(days.first + at, days.last)} {one.words}" for at, one in enumerate(count.by_day))
        )
    if any(mean is not None for mean in row.means):
        days_of = zip(row.means, MEANS, strict=True)
        usual = (f"{UNKNOWN if mean is None else f'{mean:.1f}'} ({many} days)" for mean, many in days_of)
        parts.insert(1, f"mean of a day {', '.join(usual)}, of those that returned")
    made_of = "; ".join(parts)
    subject = Subject("measure", count.measure, count.measure)
    over = CountedOver(days, headline=count.headline, bcus=row.looked_at.bcus)
    return Record(subject, {"total": count.total.words}, made_of, wall=made_of, detail=over)


def _said_before(total: Total, before: str) -> str:
    return f"nothing known of the {before}" if total.known is None else f"{total.words} the {before}"
