"""The entries of a ranking as rows of a list: fetched a page at a time, with badges, flags and open actions."""

from __future__ import annotations

from array import array
from bisect import bisect, bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from rich.text import Text

from core.badges import BADGES
from core.children import CHILD
from core.days import uk
from core.pools import entry as rule
from core.ranking import near_cut
from core.text import counted, figure, in_days, pool_named
from db import actions, rankings
from db.badges import badges_by_person
from db.first import cohort_first, refs_first
from db.left_out import LeftOut, above_the_line, left_out
from db.ranked_index import RankedIndex, known_index, ranked_index
from db.rankings import Ranked, RunHead
from db.recent_weeks import highest_score
from db.since import Since, since
from db.unweighed import no_ranking
from tui.means import Meaning, of_move
from tui.session import Session, named
from tui.views.column import IDENTITY, PLAIN, ListColumn, Row
from tui.views.column_kinds import bar_column, spark_column, status_column
from tui.views.localities import locality_columns
from tui.views.ranked_entries import Held, Page, read_page
from tui.views.ranked_moves import Moves
from tui.views.ranked_person import facts_of, person_of, proposed, rank_of
from tui.views.registers import RegisterRow
from tui.views.source import ReadAhead, Record
from tui.widgets.record_list import Cell

VICTIM = "victim"
"""What stands beside a suspect who is a victim, too."""
_FIRST = 1024


def heading(head: RunHead, moved: Since) -> str:
    """How a run was made: method, edition, window, pool, least number of reports, since when people moved, the rest."""
    made = f"{head.how.title} {head.edition}, {head.window} days to {short(head.as_of)}, {pool_named(head.pool)}"
    if head.min_crimes > 1 or head.how.min_crimes > 1:
        made += f", {head.min_crimes}+ reports"
    if moved.run is not None:
        made += f", {moved.words}"
    if head.historic_as == "apart":
        made += ", historic apart"
    if head.unweighted:
        made += f", +{counted(sum(head.unweighted.values()), 'unweighed allegation')}"
    if first := rule(head.ranked_in).first:
        made += f", {BADGES[first]} first"
    if head.how.measures:
        made += f", bands {head.bands.name}"
    return made if moved.run is not None else f"{made}, {moved.words}"


def counts(head: RunHead, by_rule: int) -> str:
    """How many are ranked and who is not, and what of their reports counts how; each with the key that shows it."""
    said = [f"{head.ranked:,} ranked of {head.people:,}", f"{by_rule:,} out by rule"]
    if head.historic:
        apart = "" if head.historic_as == "count" else " apart"
        said.append(f"{counted(head.historic, 'historic allegation')}{apart} (H)")
    if by_rule:
        said[1] += " (l)"
    return "; ".join(said)


def short(day: int) -> str:
    """A day as lists show it: ``21/11/26``."""
    return uk(day)[:6] + uk(day)[8:]


class _Row(NamedTuple):
    """An entry of a ranking, the move, the badges of cohorts and the open actions."""

    entry: Ranked
    move: str
    badges: Sequence[str]
    open_actions: int
    as_of: int
    old: str
    by_rule: LeftOut | None
    most: float = 0.0
    weeks: tuple[float, ...] = ()


def _moved(move: str) -> Meaning | None:
    """What a move means: up and down as harm rises and falls; new and out are noted."""
    return of_move(move) or (Meaning.NOTED if move not in ("", "=") else None)


def also(entry: Ranked, as_of: int) -> Cell:
    """What stands beside a child, beside someone who is a victim, too, and beside who is both (``child v``)."""
    child = entry.child(as_of)
    words = f"{CHILD} v" if child and entry.victim else CHILD if child else VICTIM if entry.victim else ""
    return Text(words, style=Meaning.NOTED.value) if words else ""


def name_column(entry: Callable[[Row], Ranked], width: int = 16) -> ListColumn[Row]:
    """The column of names, of rows that have an entry of a ranking; on a wall it has the references."""
    return ListColumn(
        "name", "named suspect", width, grow=True,
        show=lambda row: named(entry(row).name, entry(row).person),
        holds=IDENTITY, instead=lambda row: entry(row).person,
    )  # fmt: skip


def columns(unit: str = "d", *, historic: str = "", unweighed: bool = False) -> tuple[ListColumn[_Row], ...]:
    """The columns, the score under the unit it is counted in. The store sorts.

    historic: the title above the share of historic reports; no such column where it is empty. unweighed: whether any
    report of the run has no weight.
    """
    old = ListColumn[_Row]("historic", historic, 5, "right", priority=1, show=lambda row: row.old)
    without = ListColumn[_Row]("unweighed", "no weight", 12, show=_unweighed, holds=PLAIN)
    return (
        *_columns(unit)[:_SCORE],
        *((without,) if unweighed else ()),
        *((old,) if historic else ()),
        *_columns(unit)[_SCORE:],
    )


_SCORE = 6
"""How many columns stand before what is said of the score."""


def _columns(unit: str) -> tuple[ListColumn[_Row], ...]:
    return (
        ListColumn("rank", "rank", 5, "right", show=_rank_cell),
        ListColumn("move", "move", 6, "right", show=lambda row: row.move, means=lambda row: _moved(row.move)),
        name_column(lambda row: row.entry, 14),
        ListColumn("also", "also", 7, show=lambda row: also(row.entry, row.as_of), holds=PLAIN),
        ListColumn("ref", "ref", 9, priority=4, show=lambda row: row.entry.person, holds=PLAIN),
        ListColumn("score", "days" if unit == "d" else "points", 8, "right", show=lambda row: figure(row.entry.score)),
        bar_column(lambda row: row.entry.score, lambda row: row.most),
        spark_column("weeks", "12 weeks", 12, lambda row: row.weeks),
        ListColumn("allegations", "reports", 7, "right", priority=3, show=lambda row: str(row.entry.crimes)),
        ListColumn("victims", "victims", 7, "right", priority=3, show=_victims),
        ListColumn("last", "last", 8, "right", priority=2, show=lambda row: short(row.entry.last_allegation)),
        status_column(lambda row: row.entry.status),
        ListColumn("cohorts", "cohorts", 7, priority=1, show=lambda row: " ".join(row.badges), holds=PLAIN),
        *locality_columns(lambda row: row.entry.lives, width=14),
        ListColumn("open", "open", 4, "right", show=lambda row: str(row.open_actions or "")),
    )


def _rank_cell(row: _Row) -> str:
    """The rank; in brackets the one that the rule of least reports keeps from a person."""
    return rank_of(row.entry) if row.by_rule is None else f"({row.by_rule.would_be})"


def _victims(row: _Row) -> str:
    """How many victims; ``>`` where the extract has more of them than reports."""
    return f"{row.entry.victims}{'>' if row.entry.several_victims else ''}"


def _unweighed(row: _Row) -> str:
    return unweighed(row.entry.unweighed)


def unweighed(reports: int) -> str:
    """Reports without a weight as rows show them, ``+2 unweighed``; empty where there is none."""
    return f"+{reports:,} unweighed" if reports else ""


class RankedSource:
    """The entries of one run, fetched by number; what was fetched is kept for the row under the cursor."""

    def __init__(self, session: Session, head: RunHead) -> None:
        old = ("hist" if head.historic_as == "count" else "apart") if head.historic else ""
        self.columns = columns(head.how.unit, historic=old, unweighed=bool(head.unweighted))
        self.since = since(session.store, head, session.meeting)
        """What moves are told against."""
        self.head = head = replace(head, earlier=self.since.run)
        self.by_rule = left_out(session.store, head)
        """Whom only the least number of reports leaves out, in the order of the run."""
        self._by_rule = {one.position: one for one in self.by_rule}
        self.nothing = no_ranking(session.store, head)
        """Why no one is ranked: no counted report has a weight; empty where one has."""
        self._above = above_the_line(session.store, head) if self.by_rule else 0
        self._listed_first = refs_first(session.store, head)
        self._session = session
        self._open = actions.open_by_subject(session.store, "person")
        self._badges = badges_by_person(session.store)
        self._held = Held()
        self.moves = Moves(session.store, head)
        self._index: RankedIndex | None = known_index(session.store, head.id, self.since.run)

    @property
    def at_once(self) -> bool:
        """Whether everyone is held in memory."""
        return self._index is not None

    def prepare(self) -> None:
        """Hold everyone in memory, so that sorting and filtering asks the store nothing."""
        self._index = ranked_index(self._session.store, self.head.id, self.since.run)

    def total(self) -> int:
        """Everyone in the pool."""
        return self.head.people

    def order(
        self, sort: str | None, descending: bool, needle: str, *, hidden: bool = False, within: str = ""
    ) -> array[int]:
        """Positions, sorted and filtered from memory, by the store until everyone is held there."""
        known = sort_of(sort, hidden=hidden)
        store, run = self._session.store, self.head.id
        if (index := self._index) is not None:
            keys = index.order(store, known, descending, needle, by_name=not hidden, within=within)
        else:
            keys = rankings.order(
                store, run, known, descending, needle, by_name=not hidden, within=within, since=self.since.run
            )
        if known != "rank" or descending or not self.by_rule:
            return keys
        narrowed = needle or within
        return self._grouped(keys, [key for key in keys if key in self._by_rule] if narrowed else list(self._by_rule))

    def first(self) -> array[int]:
        """The positions of the first rows, which the first paint does with."""
        keys = rankings.first_page(self._session.store, self.head.id, _FIRST)
        return self._grouped(keys, list(self._by_rule)) if self.by_rule else keys

    def _grouped(self, keys: array[int], group: Sequence[int]) -> array[int]:
        """Positions in order, with those whom the rule leaves out as a group at the line, after the first 100 ranks."""
        line = bisect(keys, self._above)
        start, end = bisect_left(keys, self.by_rule[0].position), bisect(keys, self.by_rule[-1].position)
        return keys[:line] + array("q", group) + keys[line:start] + keys[end:]

    def cells(self, keys: Sequence[int], *, hidden: bool = False) -> Sequence[Sequence[Cell]]:
        """One page of rows."""
        if self._held.missing(keys):
            self._held.take(self._read(keys))
        rows = [self.row(key) for key in keys]
        return [[column.cell(row, hidden=hidden) for column in self.columns] for row in rows]

    def _read(self, keys: Sequence[int]) -> Page:
        """Entries of the run; where no one is ranked, all would share the first rank, with 0 days."""
        return read_page(self._session.store, self.head, keys, unranked=bool(self.nothing))

    def ahead(self, keys: Sequence[int]) -> ReadAhead | None:
        """What reads entries that are not held, and what moved those people."""
        missing = self._held.missing(keys)
        return partial(self._read_ahead, missing) if missing else None

    def hold(self, keys: Sequence[int]) -> None:
        """Read entries here and now, with what moved those people: of a list that is not shown yet."""
        if (read := self.ahead(keys)) is not None:
            read()()

    def _read_ahead(self, keys: Sequence[int]) -> Callable[[], bool]:
        page = self._read(keys)
        letters = self.moves.find_of(page.entries.values())

        def take() -> bool:
            self._held.take(page)
            self.moves.say(letters)
            return not self._held.missing(keys)

        return take

    def row(self, key: int) -> _Row:
        """What the columns show of one entry that was fetched."""
        entry, by_rule = self._held.entries[key], self._by_rule.get(key)
        old = self._held.old.get(entry.person)
        return _Row(
            entry,
            "rule" if by_rule is not None else self.moves.of(entry),
            self._badges.get(entry.person, ()),
            self._open.get(entry.person, 0),
            self.head.as_of,
            "" if old is None else old.percent,
            by_rule,
            self.highest(),
            self._held.weeks.get(entry.person, ()),
        )

    def highest(self) -> float:
        """The highest score of the run, which the bars of all are beside."""
        store, run = self._session.store, self.head.id
        return store.remember(("highest score", run), None, lambda: highest_score(store, run))

    def entry(self, key: int) -> Ranked:
        """One entry by its position."""
        if key not in self._held.entries:
            self.cells([key])
        return self._held.entries[key]

    def record(self, key: int) -> Record:
        """One person as verbs see them, with what the score is made of, and the rank as a proposal."""
        entry, head = self.entry(key), self.head
        badges = self._badges.get(entry.person, [])
        facts = facts_of(head, entry)
        if key in self._by_rule:
            facts["would be"] = str(self._by_rule[key].would_be)
        parts = (
            self._beside(entry),
            self.moves.cause(entry),
            _made_of(head, entry, badges, by_rule=key in self._by_rule),
        )
        made_of = "; ".join(part for part in parts if part)
        return Record(person_of(entry), facts, made_of, detail=RegisterRow(proposed(head, entry)), wall=made_of)

    def _beside(self, entry: Ranked) -> str:
        """Why the row stands where it does, and what of its reports is old, in words."""
        said = []
        if (by_rule := self._by_rule.get(entry.position)) is not None:
            said.append(f"left out by the rule: {by_rule.why}; would be rank {by_rule.would_be}")
        if entry.person in self._listed_first:
            said.append(f"{cohort_first(self.head)} by rule: listed first")
        if (old := self._held.old.get(entry.person)) is not None:
            how = "of the harm" if self.head.historic_as == "count" else "of the harm with it, set apart"
            said.append(f"{counted(old.reports, 'historic report')}: {old.percent} {how}")
        return "; ".join(said)


def sort_of(column: str | None, *, hidden: bool) -> str:
    """What the store sorts by for a column; where names are hidden their order is, too."""
    wanted = "ref" if hidden and column == "name" else column
    return wanted if wanted in rankings.SORTS else "rank"


def _place(entry: Ranked) -> str:
    return f"{entry.borough} (home)" if entry.home else entry.borough


def _made_of(head: RunHead, entry: Ranked, badges: Sequence[str], *, by_rule: bool) -> str:
    weight = "unweighed" if entry.largest_days is None else f"largest {in_days(entry.largest_days)}"
    sure = f", {entry.largest_confidence}" if entry.largest_confidence == "derived" else ""
    of = f"{counted(entry.allegations, 'allegation')}, {counted(entry.victims, 'victim')}"
    if entry.several_victims:
        of += f" in {counted(entry.crimes, 'report')} (more victims than reports)"
    if entry.unweighed:
        of += f", {unweighed(entry.unweighed)}"
    parts = [
        f"{in_days(entry.harm)} = {of}, {weight} ({entry.largest_offence}{sure})",
        ", ".join(part for part in (entry.status, _place(entry)) if part),
        f"cohorts {' '.join(badges)}" if badges else "",
    ]
    if head.how.measures:
        points = ", ".join(f"{part.measure} {part.adds:g}" for part in head.parts(entry))
        parts.insert(0, f"{figure(entry.score)} pt = {points}")
    if entry.victim:
        parts.insert(0, "also a victim")
    if entry.child(head.as_of):
        parts.insert(0, CHILD)
    if entry.rank is None and not by_rule:
        parts.insert(0, f"not ranked: fewer than {counted(head.min_crimes, 'report')}")
    if near_cut(entry.rank):
        parts.insert(0, "near rank 100, a capacity and not a threshold")
    return "; ".join(part for part in parts if part)
