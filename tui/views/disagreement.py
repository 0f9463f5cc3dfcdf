"""Where two methods disagree: both ranks of a person, how far apart they are, and what makes the difference."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.days import uk
from core.disagreement import Apart, Place
from core.methods import Method, method_named
from db import disagreement, rankings
from db.actions import Subject
from db.rankings import Ranked, RunHead
from db.scoring import Asked
from tui.session import Session
from tui.verbs.names import verbs
from tui.views.base import View
from tui.views.column import ListColumn
from tui.views.ranked import proposed, victim
from tui.views.source import Record, Source
from tui.widgets.record_list import Cell, Column

_AT_ONCE = 1000
_LAST = 1 << 40


class ApartView(View):
    """Those whom two methods put further apart than so many places, the highest on either list first."""

    columns: ClassVar[tuple[Column, ...]] = ()
    empty = "No one: the two methods agree within so many places."
    noun = "apart"
    reads_beside = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("why", "action", "decision"),
        *verbs("compare", "timeline", "adopt"),
    ]

    def __init__(self, session: Session, head: RunHead, other: Asked, places: int) -> None:
        super().__init__(session)
        self._asked = head, other, places

    def read(self) -> tuple[Source, str]:
        """Rank by both and keep those who stand apart."""
        head, other, places = self._asked
        found = disagreement.compare(self.session.store, rankings.asked_again(self.session.store, head), other, places)
        second = method_named(other.method)
        heading = (
            f"{head.how.title} and {second.title} more than {places} places apart, {head.window} d to "
            f"{uk(head.as_of)}, {head.pool},"
        )
        return ApartSource(self.session, head, second, found), heading


@dataclass(frozen=True)
class _Row:
    """Someone whom two methods put apart: the entry in the first ranking, both ranks, the name as it may be shown."""

    entry: Ranked
    ranks: Apart
    name: str


class ApartSource:
    """People by their position in the first ranking."""

    def __init__(self, session: Session, head: RunHead, second: Method, found: Sequence[Apart]) -> None:
        self.columns = _columns(head.how, second)
        self._session = session
        self._head = head
        self._second = second
        self._apart = self._by_position({one.person: one for one in found})

    def _by_position(self, found: Mapping[str, Apart]) -> dict[int, Apart]:
        placed: dict[int, Apart] = {}
        for start in range(1, self._head.people + 1, _AT_ONCE):
            page = self._entries(range(start, start + _AT_ONCE))
            placed |= {position: found[one.person] for position, one in page.items() if one.person in found}
        return dict(sorted(placed.items(), key=lambda item: (_highest(item[1]), item[0])))

    def _entries(self, keys: Sequence[int]) -> dict[int, Ranked]:
        return rankings.entries_at(self._session.store, self._head.id, keys)

    def total(self) -> int:
        """Everyone who stands apart."""
        return len(self._apart)

    def order(self, sort: str | None, descending: bool, needle: str) -> array[int]:
        """Positions in the first ranking, sorted here by what is compared, by the store by name; filtered by it."""
        keys: list[int] = list(self._apart)
        if sort == "name" or needle:
            kept = rankings.order(
                self._session.store, self._head.id, "name" if sort == "name" else "rank", descending, needle
            )
            keys = [key for key in kept if key in self._apart] if sort == "name" else _in(keys, set(kept))
        if sort in ("first", "second", "places"):
            keys.sort(key=lambda key: _sorting(sort, self._apart[key]), reverse=descending)
        return array("q", keys)

    def cells(self, keys: Sequence[int]) -> Sequence[Sequence[Cell]]:
        """One page of rows."""
        entries = self._entries(keys)
        rows = [self._row(entries[key], self._apart[key]) for key in keys]
        return [[column.show(row) for column in self.columns] for row in rows]

    def _row(self, entry: Ranked, ranks: Apart) -> _Row:
        return _Row(entry, ranks, self._session.shown(entry.name, entry.person))

    def record(self, key: int) -> Record:
        """One person, with both scores and what makes the difference."""
        one = self._apart[key]
        entry = self._entries([key])[key]
        ours, theirs = self._head.how, self._second
        said = f"{ours.title} {one.first.score:,g} {ours.unit}, {theirs.title} {one.second.score:,g} {theirs.unit}"
        facts = {ours.key: _rank(one.first.rank), theirs.key: _rank(one.second.rank), "run": str(self._head.id)}
        about = Subject("person", entry.person, self._session.shown(entry.name, entry.person))
        return Record(about, facts, f"{said}; {one.why}", proposal=proposed(self._head, entry))


def _columns(first: Method, second: Method) -> tuple[ListColumn[_Row], ...]:
    """The columns for two methods. The list is sorted by what is compared, and by name."""

    def places(row: _Row) -> str:
        ranks = row.ranks
        if ranks.places is not None:
            return f"{ranks.places:+,d}"
        return f"only {first.title if ranks.first.rank is not None else second.title}"

    return (
        ListColumn("name", "named suspect", 16, grow=True, show=lambda row: row.name),
        ListColumn("also", "also", 6, show=lambda row: victim(row.entry)),
        ListColumn("ref", "ref", 9, priority=1, show=lambda row: row.entry.person),
        _of_method("first", first, lambda ranks: ranks.first),
        _of_method("second", second, lambda ranks: ranks.second),
        ListColumn("places", "apart", 13, "right", show=places),
        ListColumn("status", "status", 9, priority=2, show=lambda row: row.entry.status),
        ListColumn("why", "why", 26, grow=True, show=lambda row: row.ranks.why),
    )


def _of_method(key: str, method: Method, place: Callable[[Apart], Place]) -> ListColumn[_Row]:
    width = max(6, len(method.title))
    return ListColumn(key, method.title, width, "right", show=lambda row: _rank(place(row.ranks).rank))


def _rank(rank: int | None) -> str:
    return "-" if rank is None else f"{rank:,}"


def _highest(one: Apart) -> int:
    return min(rank for rank in (one.first.rank, one.second.rank) if rank is not None)


def _in(keys: Sequence[int], kept: set[int]) -> list[int]:
    return [key for key in keys if key in kept]


def _sorting(sort: str, one: Apart) -> int:
    if sort == "places":
        return _LAST if one.places is None else abs(one.places)
    rank = one.first.rank if sort == "first" else one.second.rank
    return _LAST if rank is None else rank
