"""The entries of a ranking as rows of a list: fetched a page at a time, with badges, flags and open actions."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rich.text import Text

from core.days import uk
from core.movement import Kind
from core.ranking import movement, near_cut
from core.registers import Proposal
from core.text import counted
from db import actions, memberships, rankings
from db.actions import Subject
from db.rankings import Ranked, RunHead
from tui.session import Session, named
from tui.views.column import IDENTITY, PLAIN, ListColumn, Row
from tui.views.registers import RegisterRow
from tui.views.source import Record
from tui.widgets.record_list import Cell

VICTIM = "victim"
"""What stands beside a suspect who is a victim, too."""
_CACHED = 2048
_FIRST = 1024


def heading(head: RunHead) -> str:
    """How a run was made: method, edition, window, pool, then the bands or the least number of reports."""
    made = f"{head.how.title} {head.edition}, {head.window} d to {uk(head.as_of)}, {head.pool}"
    if head.min_crimes > 1:
        made += f", {head.min_crimes}+ reports"
    return f"{made}, bands {head.bands.name}" if head.how.measures else made


def short(day: int) -> str:
    """A day as lists show it: ``21/11/26``."""
    return uk(day)[:6] + uk(day)[8:]


class _Row(NamedTuple):
    """An entry of a ranking, the move, the badges of cohorts and the open actions."""

    entry: Ranked
    move: str
    badges: Sequence[str]
    open_actions: int


def _move(row: _Row) -> Text:
    return Text(row.move, style="bold" if row.move not in ("", "=") else "")


def victim(entry: Ranked) -> Cell:
    """What stands beside someone who is a victim, too."""
    return Text(VICTIM, style="bold") if entry.victim else ""


def name_column(entry: Callable[[Row], Ranked], width: int = 16) -> ListColumn[Row]:
    """The column of names, of rows that have an entry of a ranking; on a wall it has the references."""
    return ListColumn(
        "name", "named suspect", width, grow=True,
        show=lambda row: named(entry(row).name, entry(row).person),
        holds=IDENTITY, instead=lambda row: entry(row).person,
    )  # fmt: skip


def columns(unit: str) -> tuple[ListColumn[_Row], ...]:
    """The columns, the score under the unit it is counted in. The store sorts."""
    return (
        ListColumn("rank", "rank", 5, "right", show=lambda row: _rank(row.entry)),
        ListColumn("move", "move", 6, "right", show=_move),
        name_column(lambda row: row.entry),
        ListColumn("also", "also", 6, show=lambda row: victim(row.entry), holds=PLAIN),
        ListColumn("ref", "ref", 9, priority=4, show=lambda row: row.entry.person, holds=PLAIN),
        ListColumn("score", "days" if unit == "d" else "pts", 8, "right", show=lambda row: f"{row.entry.score:,g}"),
        ListColumn("allegations", "rep", 3, "right", priority=2, show=lambda row: str(row.entry.crimes)),
        ListColumn("victims", "vic", 3, "right", priority=2, show=lambda row: str(row.entry.victims)),
        ListColumn("last", "last", 8, "right", priority=1, show=lambda row: short(row.entry.last_allegation)),
        ListColumn("status", "status", 9, show=lambda row: row.entry.status, holds=PLAIN),
        ListColumn("cohorts", "coh", 6, show=lambda row: " ".join(row.badges), holds=PLAIN),
        ListColumn("borough", "borough", 14, priority=3, show=lambda row: row.entry.borough, holds=PLAIN),
        ListColumn("open", "act", 3, "right", show=lambda row: str(row.open_actions or "")),
    )


def _rank(entry: Ranked) -> str:
    return "-" if entry.rank is None else str(entry.rank)


class RankedSource:
    """The entries of one run, fetched by number; what was fetched is kept for the row under the cursor."""

    def __init__(self, session: Session, head: RunHead) -> None:
        self.columns = columns(head.how.unit)
        self.head = head
        self._session = session
        self._first = not rankings.has_earlier_run(session.store, head)
        self._open = actions.open_by_subject(session.store, "person")
        self._badges = memberships.badges(session.store)
        self._entries: dict[int, Ranked] = {}
        self._letters: dict[str, str] = {}
        self._unsaid: dict[str, int] = {}

    def total(self) -> int:
        """Everyone in the pool."""
        return self.head.people

    def order(self, sort: str | None, descending: bool, needle: str, *, hidden: bool = False) -> array[int]:
        """Positions, sorted and filtered by the store."""
        known = sort_of(sort, hidden=hidden)
        return rankings.order(self._session.store, self.head.id, known, descending, needle, by_name=not hidden)

    def first(self) -> array[int]:
        """The positions of the first rows, which the first paint does with."""
        return rankings.first_page(self._session.store, self.head.id, _FIRST)

    def cells(self, keys: Sequence[int], *, hidden: bool = False) -> Sequence[Sequence[Cell]]:
        """One page of rows."""
        if len(self._entries) > _CACHED:
            self._entries.clear()
        self._entries.update(rankings.entries_at(self._session.store, self.head.id, keys))
        rows = [self.row(key) for key in keys]
        return [[column.cell(row, hidden=hidden) for column in self.columns] for row in rows]

    def unsaid(self) -> dict[str, int]:
        """Person to position of those shown whose move has not been put down to a cause yet; asked for once."""
        found, self._unsaid = self._unsaid, {}
        return found

    def say(self, letters: Mapping[str, str]) -> None:
        """Take in the letters of the main causes, by person."""
        self._letters.update(letters)

    def _move(self, entry: Ranked) -> str:
        """The move in a word, with the letter of its main cause where it is known."""
        move = movement(entry.rank, entry.previous_rank, first=self._first)
        if move in ("", "=") or self.head.earlier is None:
            return move
        letter = self._letters.get(entry.person)
        if letter is None:
            self._letters[entry.person] = ""
            self._unsaid[entry.person] = entry.position
        return f"{move} {letter}" if letter else move

    def row(self, key: int) -> _Row:
        """What the columns show of one entry that was fetched."""
        entry = self._entries[key]
        return _Row(
            entry,
            self._move(entry),
            self._badges.get(entry.person, ()),
            self._open.get(entry.person, 0),
        )

    def entry(self, key: int) -> Ranked:
        """One entry by its position."""
        if key not in self._entries:
            self.cells([key])
        return self._entries[key]

    def record(self, key: int) -> Record:
        """One person as verbs see them, with what the score is made of, and the rank as a proposal."""
        entry, head = self.entry(key), self.head
        badges = self._badges.get(entry.person, [])
        facts = {
            "rank": _rank(entry),
            "score": f"{entry.score:,g} {head.how.unit}",
            "allegations": str(entry.allegations),
            "victims": str(entry.victims),
            "run": str(head.id),
        }
        about = person_of(entry)
        made_of = "; ".join(part for part in (self._cause(entry), _made_of(head, entry, badges)) if part)
        return Record(about, facts, made_of, detail=RegisterRow(proposed(head, entry)), wall=made_of)

    def _cause(self, entry: Ranked) -> str:
        """What moved a person, in words, where it is known."""
        words = {kind.letter: kind.value for kind in Kind}.get(self._letters.get(entry.person, ""))
        return f"{movement(entry.rank, entry.previous_rank, first=self._first)}: {words}" if words else ""


def person_of(entry: Ranked) -> Subject:
    """The person of an entry, as what verbs act on and records name."""
    return Subject("person", entry.person, named(entry.name, entry.person))


def sort_of(column: str | None, *, hidden: bool) -> str:
    """What the store sorts by for a column; where names are hidden their order is, too."""
    wanted = "ref" if hidden and column == "name" else column
    return wanted if wanted in rankings.SORTS else "rank"


def proposed(head: RunHead, entry: Ranked) -> Proposal:
    """A rank as what puts a person forward for a cohort."""
    by = f"rank {entry.rank}" if entry.rank is not None else "no rank"
    facts = {"rank": entry.rank, "run": head.id, "method": head.method, "pool": head.pool, "score": entry.score}
    return Proposal(entry.person, f"{by} in run {head.id}", facts | {"reports": entry.crimes, "victims": entry.victims})


def _made_of(head: RunHead, entry: Ranked, badges: Sequence[str]) -> str:
    weight = "no weight" if entry.largest_days is None else f"largest {entry.largest_days:,g} d"
    sure = f", {entry.largest_confidence}" if entry.largest_confidence == "derived" else ""
    of = f"{counted(entry.allegations, 'allegation')}, {counted(entry.victims, 'victim')}"
    parts = [
        f"{entry.harm:,g} d = {of}, {weight} ({entry.largest_offence}{sure})",
        ", ".join(part for part in (entry.status, entry.borough) if part),
        f"cohorts {' '.join(badges)}" if badges else "",
    ]
    if head.how.measures:
        points = ", ".join(f"{part.measure} {part.adds:g}" for part in head.parts(entry))
        parts.insert(0, f"{entry.score:,g} pt = {points}")
    if entry.victim:
        parts.insert(0, "also a victim")
    if entry.rank is None:
        parts.insert(0, f"not ranked: fewer than {head.min_crimes} reports")
    if near_cut(entry.rank):
        parts.insert(0, "near rank 100, a capacity and not a threshold")
    return "; ".join(part for part in parts if part)
