"""Usual or not: each count of a night beside what is usual for such a span, what is outside it first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.days import london
from core.geography import bcus
from core.incidents import COUNTED
from core.scope import Scope
from core.text import counted
from core.usual import Usual
from db.actions import Subject
from db.incidents import how_many
from db.night import Seen
from tui.means import Meaning
from tui.night_shown import behind, how_many_of
from tui.verb import verbs
from tui.views.activity import figure
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.night import night_seen, since_words
from tui.views.source import Lines, Record, Source, lasting
from tui.widgets.record_list import Column

_UNKNOWN, _WITHIN = "unknown", "as usual"


@dataclass(frozen=True)
class CountOf:
    """One count of a night, for the list of what is behind it."""

    seen: Seen
    count: Usual


@dataclass(frozen=True)
class _Row:
    """A count with what is usual, and how many of it lie in each BCU."""

    count: Usual
    seen: Seen

    @property
    def state(self) -> str:
        """``above``, ``below``, ``as usual``, or ``unknown`` where there is no range."""
        return self.count.outside or (_UNKNOWN if self.count.low is None else _WITHIN)

    @property
    def range(self) -> str:
        """The range, ``?`` where there is none."""
        return "?" if self.count.low is None else f"{self.count.low:,}-{self.count.high:,}"

    @property
    def many(self) -> str:
        """How many there were."""
        return self._figure(self.count.observed)

    def there(self, bcu: str) -> int:
        """How many lie in a BCU."""
        return how_many(self.count.kind, self.seen.counted_as(self.count.kind, bcu))

    def many_there(self, bcu: str) -> str:
        """The same as it may be shown."""
        return self._figure(self.there(bcu))

    def _figure(self, count: int) -> str:
        return self.seen.figure(count, how_many_of(self.count.kind, count), self.count.kind)


def _meaning(row: _Row) -> Meaning | None:
    return Meaning.MISSING if row.count.outside else Meaning.UNKNOWN if row.count.low is None else None


def _of_bcu(bcu: str) -> ListColumn[_Row]:
    return ListColumn(
        bcu, bcu, 2, "right", priority=3,
        show=lambda row: figure(row.many_there(bcu)), sort=lambda row: row.there(bcu),
    )  # fmt: skip


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("state", "usual?", 8, show=lambda row: row.state, holds=PLAIN, means=_meaning),
    ListColumn("what", "what", 24, grow=True, show=lambda row: COUNTED[row.count.kind], holds=PLAIN),
    ListColumn(
        "count", "count", 5, "right",
        show=lambda row: figure(row.many), sort=lambda row: row.count.observed,
    ),
    ListColumn("range", "usual", 7, "right", show=lambda row: row.range, sort=lambda row: row.count.low),
    ListColumn("basis", "usual from", 30, grow=True, priority=1, show=lambda row: row.count.basis, holds=PLAIN),
)  # fmt: skip


def _columns(scope: Scope) -> tuple[ListColumn[_Row], ...]:
    """The columns; of the force with one for each BCU, where there is room."""
    return (*_COLUMNS, *map(_of_bcu, bcus())) if scope.is_force else _COLUMNS


class CountsView(View):
    """The counts of a night, which overlap: above or below what is usual first."""

    columns: ClassVar[tuple[Column, ...]] = _columns(Scope("force", "force"))
    title = "Usual or not"
    empty = "No violent incident became known since then."
    noun = "counts"
    scoped_by_place = False
    BINDINGS: ClassVar[list[BindingType]] = verbs("why", "action", "decision")

    def read(self) -> tuple[Source, str]:
        """The counts of the night that is looked at."""
        seen = night_seen(self.session)
        rows = sorted((_Row(one, seen) for one in seen.usual), key=lambda row: not row.count.outside)
        self.loud = tuple(f"{COUNTED[row.count.kind]} {row.count.outside}" for row in rows if row.count.outside)
        lines = Lines.of(_columns(seen.scope), rows, key=lambda row: lasting(row.count.kind), record=_record)
        return lines, _heading(seen, self.loud)


def _heading(seen: Seen, outside: tuple[str, ...]) -> str:
    whose = "" if seen.scope.is_force else f"{seen.scope.label} "
    until = f", usual up to {london(seen.covered):%d/%m %H:%M}" if seen.covered < seen.night.until else ""
    without = sum(one.low is None for one in seen.usual)
    known = counted(len(seen.usual) - without, "usual range")
    if not seen.told:
        return f"{whose}since {since_words(seen)}: not known, files end {london(seen.covered):%d/%m %H:%M};"
    told = f"{', '.join(outside)}, of {known}" if outside else f"nothing outside {known}"
    return f"{whose}since {since_words(seen)}{until}: {told}; they overlap,"


def _record(row: _Row) -> Record:
    count = row.count
    refs = [one.ref for one in behind(row.seen, count.kind)]
    many = row.many
    made_of = f"{COUNTED[count.kind]}: {count.told(many)}; {count.basis}"
    made_of += f"; {', '.join(refs)}" if refs else ""
    facts = {"count": many, "usual": row.range, "from": count.basis}
    about = Subject("measure", count.kind, COUNTED[count.kind])
    return Record(about, facts, made_of, wall=made_of, why="count", detail=CountOf(row.seen, count))
