"""Named suspects, ranked: the whole pool, a page at a time."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import uk
from core.errors import Problem
from core.ranking import movement, near_cut
from core.text import counted
from db import actions, rankings
from db.actions import Subject
from db.rankings import Ranked, RunHead
from tui.session import Session
from tui.verbs.names import verbs
from tui.views.base import View
from tui.views.source import Record, Source
from tui.widgets.record_list import Cell, Column

_COLUMNS = (
    Column("rank", "rank", 6, "right"),
    Column("move", "move", 5, "right", priority=1),
    Column("name", "named suspect", 18, grow=True),
    Column("ref", "ref", 9, priority=3),
    Column("score", "days", 8, "right"),
    Column("allegations", "rep", 3, "right"),
    Column("victims", "vic", 3, "right"),
    Column("last", "last", 8, "right", priority=1),
    Column("status", "status", 9),
    Column("borough", "borough", 14, priority=2),
    Column("open", "act", 3, "right"),
)
_CACHED = 2048
_FIRST = 1024


class OffenderSource:
    """The entries of one run, fetched by number; what was fetched is kept for the row under the cursor."""

    columns: Sequence[Column] = _COLUMNS

    def __init__(self, session: Session, head: RunHead) -> None:
        self._session = session
        self._head = head
        self._first = not rankings.has_earlier_run(session.store, head)
        self._open = actions.open_by_subject(session.store, "person")
        self._entries: dict[int, Ranked] = {}

    def total(self) -> int:
        """Everyone in the pool."""
        return self._head.people

    def order(self, sort: str | None, descending: bool, needle: str) -> array[int]:
        """Entry numbers, sorted and filtered by the store."""
        known = sort if sort in rankings.SORTS else "rank"
        return rankings.order(self._session.store, self._head.id, known, descending, needle)

    def first(self) -> array[int]:
        """The entry numbers of the first rows, which the first paint does with."""
        return rankings.first_page(self._session.store, self._head.id, _FIRST)

    def cells(self, keys: Sequence[int]) -> Sequence[Sequence[Cell]]:
        """One page of rows."""
        if len(self._entries) > _CACHED:
            self._entries.clear()
        self._entries.update(rankings.entries_by_id(self._session.store, keys))
        return [self._row(self._entries[key]) for key in keys]

    def _row(self, entry: Ranked) -> list[Cell]:
        move = movement(entry.rank, entry.previous_rank, first=self._first)
        style = "bold" if move and move != "=" else ""
        waiting = self._open.get(entry.person, 0)
        return [
            "-" if entry.rank is None else str(entry.rank),
            Text(move, style=style),
            self._session.shown(entry.name, entry.person),
            entry.person,
            f"{entry.score:,g}",
            str(entry.crimes),
            str(entry.victims),
            uk(entry.last_allegation)[:6] + uk(entry.last_allegation)[8:],
            entry.status,
            entry.borough,
            str(waiting) if waiting else "",
        ]

    def record(self, key: int) -> Record:
        """One person as verbs see them, with what the score is made of."""
        entry = self._entries.get(key)
        if entry is None:
            self.cells([key])
            entry = self._entries[key]
        weight = "no weight" if entry.largest_days is None else f"largest {entry.largest_days:,g} d"
        largest = f"{weight} ({entry.largest_offence})"
        made_of = (
            f"{entry.score:,g} d = {counted(entry.allegations, 'allegation')}, {counted(entry.victims, 'victim')}, "
            f"{largest}; "
            f"{entry.status}, {entry.borough}"
        )
        if entry.rank is None:
            made_of = f"not ranked: fewer than {self._head.min_crimes} reports; {made_of}"
        if near_cut(entry.rank):
            made_of = f"near rank 100, a capacity and not a threshold; {made_of}"
        facts = {
            "rank": "-" if entry.rank is None else str(entry.rank),
            "score": f"{entry.score:,g} d",
            "allegations": str(entry.allegations),
            "victims": str(entry.victims),
            "run": str(self._head.id),
        }
        return Record(Subject("person", entry.person, self._session.shown(entry.name, entry.person)), facts, made_of)


class OffendersView(View):
    """The ranked list."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No one is ranked. Import crime reports: tasking import FILE."
    noun = "named suspects"
    reads_at_once = True
    BINDINGS: ClassVar[list[BindingType]] = verbs("why", "action", "decision")

    def read(self) -> tuple[Source, str]:
        """The run that is looked at."""
        if self.session.run_id is None:
            raise Problem("No one is ranked. Import crime reports: tasking import FILE.", "No ranking")
        head = rankings.run(self.session.store, self.session.run_id)
        heading = (
            f"{head.method.upper()} {head.edition}, {head.window} d to {uk(head.as_of)}, {head.pool}, "
            f"{head.min_crimes}+ reports"
        )
        return OffenderSource(self.session, head), heading

    def first_keys(self, source: Source) -> array[int]:
        """The first rows; the order of everyone is read after they are painted."""
        return source.first() if isinstance(source, OffenderSource) else super().first_keys(source)
