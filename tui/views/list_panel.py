"""A list with what stands around it: a heading, a filter, a line on what the row under the cursor is made of."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from core.errors import Damaged, Problem
from core.text import plain
from db.store.damage import put_down_to_damage
from tui.safe import safe
from tui.session import Session
from tui.views.cursor_moves import CursorMoves
from tui.views.detail import Detail
from tui.views.list_head import FilterLine, HeadWords, ListHead
from tui.views.list_reading import Arrangement, Heading, ListReading, Loaded
from tui.views.localities import has_localities
from tui.views.rows_ahead import RowsAhead
from tui.views.source import Lines, Record, Source
from tui.widgets.list_messages import Highlighted, ListMessage, Marked, Sorted
from tui.widgets.record_list import Cell, Column, RecordList

T = TypeVar("T")


class Standing(NamedTuple):
    """How a list stands: its order and filter, the key under the cursor and its row; no key in an empty list.

    opened: whether the page of that record is to be opened once it is read.
    """

    arranged: Arrangement
    key: int | None
    row: int
    opened: bool = False


class ListBody(Vertical):
    """The list with its detail, which cover it: below each other, or side by side on a wide screen."""

    BLANK = True


class ListPanel(Vertical):
    """Reads a list and shows it, sorted and filtered. Subclasses say what is read, and what may be done to rows."""

    DEFAULT_CSS = """
    ListPanel { height: 1fr; }
    ListPanel > .heading { height: 1; padding: 0 1; text-style: bold; }
    ListPanel > .filter { background: $boost; padding: 0 1; display: none; }
    ListPanel > .filter.-open { display: block; }
    ListPanel > ListBody { height: 1fr; }
    """

    BLANK = True  # what stands in it covers it
    columns: ClassVar[tuple[Column, ...]] = ()
    empty: str = "Nothing here."
    noun: str = "rows"
    """What several rows are called."""
    singular: ClassVar[str] = ""
    """What one row is called, where that is not the same without an s."""
    reads_at_once: ClassVar[bool] = False
    """Whether reading takes less than a frame, so that the first paint can have the rows."""
    reads_beside: ClassVar[bool] = False
    """Whether reading may take seconds, so that keys go on meanwhile."""

    scoped_by_place: ClassVar[bool] = True
    """Whether a meeting of a BCU or a borough lists only rows that lie there; else the list says by itself which."""
    goes_by_the_clock: ClassVar[bool] = False
    """Whether its rows change as time goes by, with the figures of the head."""

    loud: tuple[str, ...] = ()
    """The parts of the heading that are to be seen first, as they were last read."""

    class Begun(Message):
        """A list that was to stand as it was left has been read; the record under the cursor is to be opened again."""

    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.session = session
        self.source: Source = Lines(self.columns, ())
        self.stale = False
        self.doing = ""
        self.changes_at: datetime | None = None
        """The moment when its rows change by themselves, known when they are read; None where they do not."""
        self._bared: int | None = None
        """The record of which the chair has asked for what was written."""
        self.said_damaged = ""
        """What was said last of a row that cannot be read."""
        self.of_scope = False
        """Whether it is a list of the meeting itself, which goes by the scope of the meeting."""
        self.within = ""
        """The BCU or borough that the list is narrowed to; empty where it is not."""
        self._heading: Heading = ""
        self._unread = False
        """Whether it could not be read, so that how many rows there are is not known."""
        self._follows = False
        """Whether the line below is to be written anew already."""
        self.moves = CursorMoves()
        self._shown_columns: Sequence[Column] = self.columns
        self.begins: Standing | None = None
        """How it is to stand once it is read for the first time: on the record, else on its row."""
        self._reading = ListReading(
            self, self.read, self.arrangement, self._show, self._say_failed,
            lambda: self.records.look_ahead(), beside=self.reads_beside,
        )  # fmt: skip

    def compose(self) -> ComposeResult:
        """Heading, filter, list, the detail of the row under the cursor."""
        yield ListHead()
        yield FilterLine(password=self.session.projector)
        with ListBody():
            records = RecordList(self.columns, self._cells, empty="Reading…")
            records.told = self._told
            records.hold = RowsAhead(self).hold
            yield records
            yield Detail(self.session)

    @property
    def records(self) -> RecordList:
        """The list."""
        return self.query_one(RecordList)

    def on_mount(self) -> None:
        """Read for the first time."""
        if self.begins is not None:
            _arrange(self, self.begins.arranged)
            self.reload()
        elif not self.reads_at_once or _scope_of(self):  # the first rows of the force are not those of a BCU
            self.reload()
        elif self._reading.at_once(self.first_keys):
            self.call_after_refresh(self._reading.the_rest)

    def focus_list(self) -> None:
        """Put the keys on the list, read again if the store has changed since it was last shown."""
        self.records.focus()
        if self.stale:
            self.reload()

    # What a subclass says

    def read(self) -> tuple[Source, Heading]:
        """Read the store: a source and the heading. Runs in a worker; touches no widget. May raise Problem."""
        raise NotImplementedError

    def first_keys(self, source: Source) -> array[int]:
        """The keys for the first paint of a view that reads at once: all, or the first few of them in their order."""
        return source.order(None, False, "")

    def below(self) -> str:
        """A second line of the heading, in place of how many rows there are; none unless a subclass has one."""
        return ""

    def start(self, keys: Sequence[int]) -> int | None:
        """Where the cursor begins: the first row, unless a subclass knows better."""
        return keys[0] if keys else None

    # Reading

    def reload(self) -> None:
        """Read the store again; the cursor stays on its record. What is still being made is read when it is there."""
        self.stale = False
        if self.query(RecordList):
            self._reading.everything()

    def arrangement(self) -> Arrangement:
        """How it is sorted and filtered."""
        records = self.records
        needle = self.query_one(FilterLine).needle
        return Arrangement(
            records.sort_column, records.sort_descending, needle, self.session.projector, self.within, _scope_of(self)
        )

    def _show(self, loaded: Loaded) -> None:
        fresh = loaded.source is not self.source
        first = not self.records.total  # and not where a filter has left no row
        self.source = loaded.source
        self._heading = loaded.heading
        self._unread = False
        records = self.records
        records.empty_text = (loaded.source.total() and _no_match(loaded.arranged)) or self.empty
        was_on = records.cursor_key
        resorted = self.moves.is_sorted_anew(loaded.arranged)
        records.show(loaded.keys, loaded.source.total(), passing=self.moves.is_narrowed_anew(loaded.arranged))
        self.moves.show(loaded.arranged, was_on, records.cursor_key, first=first)
        if resorted and not first and records.count:  # to the first row, for the extremes are what one sorts for
            self.moves.sort_to(records.keys[0], was_on)
            records.move_to_key(records.keys[0])
        if loaded.source.columns != self._shown_columns:
            self._shown_columns = loaded.source.columns
            records.use(self._shown_columns, self._cells)
        elif fresh:
            records.invalidate()
        begins, self.begins = self.begins, None
        key = _place_in(loaded.keys, begins)
        if first and (key := self.start(loaded.keys) if key is None else key) is not None:
            records.move_to_key(key)
            if key != loaded.keys[0]:
                self.call_after_refresh(records.keep_in_sight)  # the list may not have its height yet
        self._write_heading()
        self._write_made_of()
        self.screen.refresh_bindings()
        if begins is not None and begins.opened and begins.key == records.cursor_key:
            self.post_message(self.Begun())

    def _say_failed(self, problem: Problem) -> None:
        self.records.empty_text = problem.sentence
        self.records.show(())
        self._heading = problem.title
        self._unread = True
        self._write_heading()

    def _cells(self, keys: Sequence[int]) -> Sequence[Sequence[Cell]]:
        def read() -> Sequence[Sequence[Cell]]:
            return self.source.cells(keys, hidden=self.session.projector)

        return _read_or_say(self, read, [["?"] * len(self.source.columns) for _ in keys])

    def _told(self, message: ListMessage) -> bool:
        """Follow the list within the key that moved it, so that both are painted at once.

        Where more keys wait, the line below is written for the last of them. A wall hears of a move where it shows what
        was written of the record that one was on.
        """
        if isinstance(message, Sorted):
            self.records.set_sort(message.column, message.descending)
            if self._reading.rearrange():
                self.query_one(Detail).look_at_once()
        elif isinstance(message, Marked):
            self._write_heading()
        elif isinstance(message, Highlighted):
            heard = self._bared is None
            if not self.session.keys_follow():
                self._write_made_of()
            elif not self._follows:
                self._follows = True
                self.call_next(self._write_made_of)
            return heard
        return isinstance(message, Sorted | Marked)

    def _write_heading(self) -> None:
        records = self.records
        shown, total, marked = records.count, self.source.total(), len(records.marked)
        needle = self.query_one(FilterLine).shown
        one = self.singular or self.noun.removesuffix("s")
        place = self.within or _scope_of(self)
        noun = "" if self._unread else self.noun
        said = self._heading if isinstance(self._heading, str) else self._heading(records.keys)
        words = HeadWords(
            said, noun, one, shown, total, needle, marked, self.doing, self.below(), place,
            self.loud, self.moves.landed,
        )  # fmt: skip
        self.query_one(ListHead).say(words)

    def _write_made_of(self) -> None:
        self._follows = False
        if not self.is_attached:
            return
        key = self.records.cursor_key
        if key != self._bared:
            self._bared = None
        hidden, asked = self.session.projector, key == self._bared
        record = record_of(self, key)
        told = record.told_apart(hidden=hidden, asked=asked) if record is not None else ()
        self.query_one(Detail).say([safe(part) for part in told], record)

    # On a wall

    def ask(self, asked: bool) -> None:
        """Show what was written in the record under the cursor, until the cursor moves on; or hide it again."""
        self._bared = self.records.cursor_key if asked else None
        self._write_made_of()

    def conceal(self) -> None:
        """The projector was switched: what is on the screen is written anew at once, what was read is read again."""
        self._bared = None
        self._heading = ""
        self.query_one(FilterLine).password = self.session.projector
        self.records.invalidate()
        self._write_heading()
        self._write_made_of()

    @on(FilterLine.Typed)
    def _rearrange(self, message: FilterLine.Typed) -> None:
        message.stop()
        if self._reading.rearrange():
            self.query_one(Detail).look_at_once()


def record_of(panel: ListPanel, key: int | None) -> Record | None:
    """The record of a row; None where there is no row, or where the store is damaged there, which is said."""
    return None if key is None else _read_or_say(panel, lambda: panel.source.record(key), None)


def _read_or_say(panel: ListPanel, read: Callable[[], T], instead: T) -> T:
    """What is read of rows; *instead* where the store is damaged, which is said, not again with every row."""
    try:
        with put_down_to_damage():
            return read()
    except Damaged as problem:
        if problem.sentence != panel.said_damaged:
            panel.said_damaged = problem.sentence
            panel.notify(plain(problem.sentence), title=problem.title, severity="error", markup=False, timeout=8)
        return instead


def standing(panel: ListPanel) -> Standing:
    """How a list stands now, or is to stand once it is read."""
    records = panel.records
    return panel.begins or Standing(panel.arrangement(), records.cursor_key, records.cursor_index)


def _arrange(panel: ListPanel, arranged: Arrangement) -> None:
    """Filter and sort a list so from the start."""
    line = panel.query_one(FilterLine)
    line.value = arranged.needle
    line.set_class(bool(arranged.needle), "-open")
    panel.within = arranged.within
    panel.records.set_sort(arranged.sort, arranged.descending)


def _scope_of(panel: ListPanel) -> str:
    """The BCU or borough that the meeting is of; empty for the force, and in a list whose rows have no place."""
    scope = panel.session.looks_at
    by_place = panel.of_scope and panel.scoped_by_place and has_localities(panel.source.columns)
    return scope.name if by_place and not scope.is_force else ""


def _no_match(arranged: Arrangement) -> str:
    """What stands in a list of which the filter or the place leaves nothing; empty where nothing is narrowed."""
    if arranged.needle:
        return "No match. Esc clears the filter."
    if arranged.within:
        return f"No row in {arranged.within}. b shows all again."
    return f"No row in {arranged.scope}. * shows the whole force." if arranged.scope else ""


def _place_in(keys: Sequence[int], begins: Standing | None) -> int | None:
    """The key to begin at: the record's, else that of its row; None where it is not known."""
    if begins is None or not keys:
        return None
    return begins.key if begins.key in keys else keys[min(begins.row, len(keys) - 1)]
