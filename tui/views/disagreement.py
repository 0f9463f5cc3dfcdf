"""Where two methods disagree: both ranks of a person, how far apart they are, and what makes the difference."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.disagreement import Disagreement
from core.localities import locality_of
from core.methods import Method, method_named
from core.text import counted, in_unit, pool_named
from db import disagreement, rankings
from db.rankings import Ranked, RunHead
from db.scoring import RankingRequest
from tui.session import Session
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn, SortValue, in_order
from tui.views.column_kinds import status_column
from tui.views.localities import locality_columns
from tui.views.ranked import also, name_column, short, sort_of
from tui.views.ranked_person import person_of, proposed
from tui.views.registers import RegisterRow
from tui.views.source import Record, Source
from tui.widgets.record_list import Cell, Column

_AT_ONCE = 1000
_LAST = 1 << 40


class DisagreementView(View):
    """Those whom two methods put further apart than so many places, the highest on either list first."""

    columns: ClassVar[tuple[Column, ...]] = ()
    empty = "No one: the two methods agree within so many places."
    noun = "apart"
    reads_beside = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("why", "action", "decision"),
        *verbs("compare", "timeline", "adopt"),
    ]

    def __init__(self, session: Session, head: RunHead, other: RankingRequest, places: int) -> None:
        super().__init__(session)
        self._asked = head, other, places

    def read(self) -> tuple[Source, str]:
        """Rank by both and keep those who stand apart."""
        head, other, places = self._asked
        found = disagreement.compare(
            self.session.store, rankings.request_again(self.session.store, head), other, places
        )
        second = method_named(other.method)
        heading = (
            f"{head.how.title} and {second.title} more than {counted(places, 'place')} apart, {head.window} days to "
            f"{short(head.as_of)}, {pool_named(head.pool)},"
        )
        return DisagreementSource(self.session, head, second, found), heading


@dataclass(frozen=True)
class _Row:
    """Someone whom two methods put apart: the entry in the first ranking, both ranks."""

    entry: Ranked
    ranks: Disagreement


class DisagreementSource:
    """People by their position in the first ranking."""

    def __init__(self, session: Session, head: RunHead, second: Method, found: Sequence[Disagreement]) -> None:
        self.columns = _columns(head.how, second, head.as_of)
        self._session = session
        self._head = head
        self._second = second
        self._apart = self._by_position({one.person: one for one in found})

    def _by_position(self, found: Mapping[str, Disagreement]) -> dict[int, Disagreement]:
        placed: dict[int, Disagreement] = {}
        for start in range(1, self._head.people + 1, _AT_ONCE):
            page = self._entries(range(start, start + _AT_ONCE))
            placed |= {position: found[one.person] for position, one in page.items() if one.person in found}
        return dict(sorted(placed.items(), key=lambda item: (_highest(item[1]), item[0])))

    def _entries(self, keys: Sequence[int]) -> dict[int, Ranked]:
        return rankings.entries_at(self._session.store, self._head.id, keys)

    def total(self) -> int:
        """Everyone who stands apart."""
        return len(self._apart)

    at_once = False

    def prepare(self) -> None:
        """Nothing: the store sorts and filters."""

    def order(
        self, sort: str | None, descending: bool, needle: str, *, hidden: bool = False, within: str = ""
    ) -> array[int]:
        """Positions in the first ranking, sorted here by what is compared, else by the store; filtered by it."""
        keys = list(self._apart)
        by_store = sort in rankings.SORTS
        if by_store or needle or within:
            how = sort_of(sort, hidden=hidden)
            store, run = self._session.store, self._head.id
            matching = rankings.order(store, run, how, descending, needle, by_name=not hidden, within=within)
            keys = _in(matching, self._apart) if by_store else _in(keys, frozenset(matching))
        if sort in _COMPARED:
            keys = in_order(keys, lambda key: _COMPARED[sort](self._apart[key]), descending)
        return array("q", keys)

    def ahead(self, keys: Sequence[int]) -> None:
        """Nothing: it is not asked for, as the rows are not held."""

    def cells(self, keys: Sequence[int], *, hidden: bool = False) -> Sequence[Sequence[Cell]]:
        """One page of rows."""
        entries = self._entries(keys)
        rows = [_Row(entries[key], self._apart[key]) for key in keys]
        return [[column.cell(row, hidden=hidden) for column in self.columns] for row in rows]

    def record(self, key: int) -> Record:
        """One person, with both scores and what makes the difference."""
        one = self._apart[key]
        entry = self._entries([key])[key]
        ours, theirs = self._head.how, self._second
        first = f"{ours.title} {in_unit(one.first.score, ours.unit)}"
        said = f"{first}, {theirs.title} {in_unit(one.second.score, theirs.unit)}"
        facts = {ours.key: _rank(one.first.rank), theirs.key: _rank(one.second.rank), "run": str(self._head.id)}
        made_of = f"{said}; {one.why}"
        return Record(person_of(entry), facts, made_of, detail=RegisterRow(proposed(self._head, entry)), wall=made_of)


def _columns(first: Method, second: Method, as_of: int) -> tuple[ListColumn[_Row], ...]:
    """The columns for two methods."""

    def places(row: _Row) -> str:
        ranks = row.ranks
        if ranks.places is not None:
            return f"{ranks.places:+,d}"
        return f"only {first.title if ranks.first.rank is not None else second.title}"

    return (
        name_column(lambda row: row.entry),
        ListColumn("also", "also", 7, show=lambda row: also(row.entry, as_of), holds=PLAIN),
        ListColumn("ref", "ref", 9, priority=1, show=lambda row: row.entry.person, holds=PLAIN),
        _compared("first", first.title, lambda row: _rank(row.ranks.first.rank)),
        _compared("second", second.title, lambda row: _rank(row.ranks.second.rank)),
        _compared("places", "apart", places, width=13),
        *locality_columns(lambda row: locality_of(row.entry.borough)),
        status_column(lambda row: row.entry.status, priority=2),
        ListColumn("why", "why", 22, grow=True, show=lambda row: row.ranks.why, holds=PLAIN),
    )


def _compared(key: str, title: str, show: Callable[[_Row], str], width: int = 6) -> ListColumn[_Row]:
    """A column of what is compared, as wide as its title at least."""
    value = _COMPARED[key]
    return ListColumn(key, title, max(width, len(title)), "right", show=show, sort=lambda row: value(row.ranks))


def _rank(rank: int | None) -> str:
    return "-" if rank is None else f"{rank:,}"


def _highest(one: Disagreement) -> int:
    return min(rank for rank in (one.first.rank, one.second.rank) if rank is not None)


def _in(keys: Iterable[int], kept: Container[int]) -> list[int]:
    return [key for key in keys if key in kept]


_COMPARED: dict[str, Callable[[Disagreement], SortValue]] = {
    "first": lambda ranks: ranks.first.rank,
    "second": lambda ranks: ranks.second.rank,
    "places": lambda ranks: _LAST if ranks.places is None else abs(ranks.places),
    "why": lambda ranks: ranks.why,
}
"""What the list is sorted by here, by column; by the others the store sorts."""
