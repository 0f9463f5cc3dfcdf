"""Where two methods disagree: both ranks of a person, how far apart they are, and what makes the difference."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import uk
from core.disagreement import Apart
from core.methods import Method, method_named
from db import disagreement, rankings
from db.actions import Subject
from db.rankings import Ranked, RunHead
from db.scoring import RankingRequest
from tui.session import Session
from tui.verbs.names import verbs
from tui.views.base import View
from tui.views.ranked import VICTIM, proposed
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
            f"{head.how.title} and {second.title} more than {places} places apart, {head.window} d to "
            f"{uk(head.as_of)}, {head.pool},"
        )
        return ApartSource(self.session, head, second, found), heading


class ApartSource:
    """People by their position in the first ranking."""

    def __init__(self, session: Session, head: RunHead, second: Method, found: Sequence[Apart]) -> None:
        self.columns: Sequence[Column] = _columns(head.how, second)
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
        return [self._row(entries[key], self._apart[key]) for key in keys]

    def _row(self, entry: Ranked, one: Apart) -> list[Cell]:
        return [
            self._session.shown(entry.name, entry.person),
            Text(VICTIM, style="bold") if entry.victim else "",
            entry.person,
            _rank(one.first.rank),
            _rank(one.second.rank),
            self._places(one),
            entry.status,
            one.why,
        ]

    def _places(self, one: Apart) -> str:
        if one.places is not None:
            return f"{one.places:+,d}"
        return f"only {self._head.how.title if one.first.rank is not None else self._second.title}"

    def record(self, key: int) -> Record:
        """One person, with both scores and what makes the difference."""
        one = self._apart[key]
        entry = self._entries([key])[key]
        ours, theirs = self._head.how, self._second
        said = f"{ours.title} {one.first.score:,g} {ours.unit}, {theirs.title} {one.second.score:,g} {theirs.unit}"
        facts = {ours.key: _rank(one.first.rank), theirs.key: _rank(one.second.rank), "run": str(self._head.id)}
        about = Subject("person", entry.person, self._session.shown(entry.name, entry.person))
        return Record(about, facts, f"{said}; {one.why}", proposal=proposed(self._head, entry))


def _columns(first: Method, second: Method) -> tuple[Column, ...]:
    return (
        Column("name", "named suspect", 16, grow=True),
        Column("also", "also", 6),
        Column("ref", "ref", 9, priority=1),
        Column("first", first.title, max(6, len(first.title)), "right"),
        Column("second", second.title, max(6, len(second.title)), "right"),
        Column("places", "apart", 13, "right"),
        Column("status", "status", 9, priority=2),
        Column("why", "why", 26, grow=True),
    )


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
