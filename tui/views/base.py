"""A view: a heading, a list, and a line on what the row under the cursor is made of. Verbs act on rows."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from core.errors import Problem
from tui.commands import FILTER, command
from tui.keys_in_order import BESIDE
from tui.opening import Open
from tui.safe import safe
from tui.session import Session
from tui.verb import Rows, Verb, verb_named
from tui.views.source import Lines, Record, Source
from tui.widgets.list_messages import Chosen, Sorted
from tui.widgets.record_list import Cell, Column, RecordList


@dataclass(frozen=True)
class Loaded:
    """What a worker read for a view: its source, the order of the rows, the words above them."""

    source: Source
    keys: array[int]
    heading: str


class View(Vertical):
    """A list of records with a filter, a sort order and verbs. Subclasses say what is read and what verbs do."""

    DEFAULT_CSS = """
    View { height: 1fr; }
    View > .heading { height: 1; padding: 0 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
    View > .filter { background: $boost; padding: 0 1; display: none; }
    View > .filter.-open { display: block; }
    View > .made-of { height: 2; padding: 0 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("slash", "filter", "filter", "Filter the list, every field, live", "list.filter", foot=FILTER),
        command("escape", "back", "back", "Clear the filter, else go back", "list.back", footer=False),
        command("y", "yank", "yank", "Copy the row under the cursor", "list.yank", footer=False),
    ]

    columns: ClassVar[tuple[Column, ...]] = ()
    empty: ClassVar[str] = "Nothing here."
    noun: ClassVar[str] = "rows"
    reads_at_once: ClassVar[bool] = False
    """Whether reading takes less than a frame, so that the first paint can have the rows."""
    reads_beside: ClassVar[bool] = False
    """Whether reading may take seconds, so that keys go on meanwhile."""

    class Opened(Message):
        """Enter on a record."""

        def __init__(self, record: Record) -> None:
            super().__init__()
            self.record = record

    class VerbPressed(Message):
        """A verb was pressed on some rows of a view. keys: the rows that are handled when it is done."""

        def __init__(self, verb: Verb, view: View) -> None:
            super().__init__()
            self.verb = verb
            self.view = view
            self.keys = view.records.targets() if verb.handles_rows else ()

    class PageWanted(Message):
        """A page is to be shown."""

        def __init__(self, page: Open) -> None:
            super().__init__()
            self.page = page

    class Left(Message):
        """Escape was pressed where there is no filter to clear: the screen may go back."""

    class Switched(Message):
        """Another ranking is looked at from now on: every open screen reads again."""

    class _Read(Message):
        """A worker has read the store."""

        def __init__(self, loaded: Loaded, number: int) -> None:
            super().__init__()
            self.loaded = loaded
            self.number = number

    class _Failed(Message):
        """A worker could not read the store."""

        def __init__(self, problem: Problem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session, item: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.session = session
        self.item = item
        self.source: Source = Lines(self.columns, ())
        self.handled: set[int] = set()
        self.stale = False
        self.doing = ""
        self._needle = self._shown_needle = ""
        self._reading = 0
        self._heading = ""
        self._shown_columns: Sequence[Column] = self.columns

    def compose(self) -> ComposeResult:
        """Heading, filter, list, made-of line."""
        yield Static("", classes="heading")
        yield Input(placeholder="filter: every word must stand in some field", classes="filter", compact=True)
        yield RecordList(self.columns, self._cells, empty="Reading…")
        yield Static("", classes="made-of")

    @property
    def records(self) -> RecordList:
        """The list."""
        return self.query_one(RecordList)

    def on_mount(self) -> None:
        """Read for the first time."""
        if self.reads_at_once:
            self._read_at_once()
        else:
            self.reload()

    def focus_list(self) -> None:
        """Put the keys on the list, read again if the store has changed since it was last shown."""
        self.records.focus()
        if self.stale:
            self.reload()

    # What a subclass says

    def read(self) -> tuple[Source, str]:
        """Read the store: a source and the heading. Runs in a worker; touches no widget. May raise Problem."""
        raise NotImplementedError

    def first_keys(self, source: Source) -> array[int]:
        """The keys for the first paint of a view that reads at once: all, or the first few of them in their order."""
        return source.order(None, False, "")

    def start(self, keys: Sequence[int]) -> int | None:
        """Where the cursor begins: the first row, unless a subclass knows better."""
        return keys[0] if keys else None

    # Reading

    def reload(self) -> None:
        """Read the store again; the cursor stays on its record."""
        self.stale = False
        self._reading += 1
        self._start(None, BESIDE if self.reads_beside else "default")

    def _start(self, source: Source | None, group: str = "default") -> None:
        """Read in a worker: everything where there is no source yet, else the order of its rows."""
        records = self.records
        work = partial(self._work, self._reading, source, records.sort_column, records.sort_descending, self._needle)
        self.run_worker(work, group=group, thread=True, exclusive=True, exit_on_error=True)

    def _read_at_once(self) -> None:
        self._reading += 1
        try:
            source, heading = self.read()
            keys = self.first_keys(source)
        except Problem as problem:
            self._say_failed(self._Failed(problem))
            return
        self._show(self._Read(Loaded(source, keys, heading), self._reading))
        if len(keys) < source.total():
            self.call_after_refresh(self._reorder)

    def _reorder(self) -> None:
        self._reading += 1
        self._start(self.source)

    def _work(self, number: int, source: Source | None, sort: str | None, descending: bool, needle: str) -> None:
        worker = get_current_worker()
        try:
            heading = self._heading
            if source is None:
                source, heading = self.read()
            keys = source.order(sort, descending, needle)
        except Problem as problem:
            if not worker.is_cancelled:
                self.post_message(self._Failed(problem))
            return
        if not worker.is_cancelled:
            self.post_message(self._Read(Loaded(source, keys, heading), number))

    @on(_Read)
    def _show(self, message: _Read) -> None:
        message.stop()
        if message.number != self._reading:
            return
        loaded = message.loaded
        fresh = loaded.source is not self.source
        first = not self.records.count
        self.source = loaded.source
        self._heading = loaded.heading
        records = self.records
        records.empty_text = "No match. Esc clears the filter." if self._needle else self.empty
        records.show(loaded.keys, loaded.source.total(), passing=self._needle != self._shown_needle)
        self._shown_needle = self._needle
        if loaded.source.columns != self._shown_columns:
            self._shown_columns = loaded.source.columns
            records.use(self._shown_columns, self._cells)
        elif fresh:
            records.invalidate()
        if first and (key := self.start(loaded.keys)) is not None:
            records.move_to_key(key)
            if key != loaded.keys[0]:
                self.call_after_refresh(records.keep_in_sight)  # the list may not have its height yet
        self._write_heading()
        self._write_made_of()
        self.screen.refresh_bindings()

    @on(_Failed)
    def _say_failed(self, message: _Failed) -> None:
        message.stop()
        self.records.empty_text = message.problem.sentence
        self.records.show(())
        self._heading = message.problem.title
        self._write_heading()

    def _cells(self, keys: Sequence[int]) -> Sequence[Sequence[Cell]]:
        return self.source.cells(keys)

    def _write_heading(self) -> None:
        count, total = self.records.count, self.source.total()
        text = Text(no_wrap=True, overflow="ellipsis")
        if self._needle:
            text.append_text(safe(f" filter {self._needle}: {count:,} of {total:,} ", "reverse"))
            text.append(" ")
        text.append_text(safe(self._heading))
        if not self._needle:
            text.append(f"  {total:,} {self.noun}")
        if marked := len(self.records.marked):
            text = Text.assemble((f" {marked} marked ", "reverse"), " ", text, no_wrap=True, overflow="ellipsis")
        if self.doing:
            text = Text.assemble((f" {self.doing} ", "reverse"), " ", text, no_wrap=True, overflow="ellipsis")
        self.query_one(".heading", Static).update(text, layout=False)

    def _write_made_of(self) -> None:
        key = self.records.cursor_key
        text = safe(self.source.record(key).made_of) if key is not None else Text()
        text.no_wrap, text.overflow = False, "fold"
        self.query_one(".made-of", Static).update(text, layout=False)

    @on(RecordList.Highlighted)
    def _moved(self) -> None:
        self._write_made_of()

    @on(RecordList.Marked)
    def _marked(self) -> None:
        self._write_heading()

    @on(RecordList.Chosen)
    def _chosen(self, message: Chosen) -> None:
        self.post_message(self.Opened(self.source.record(message.key)))

    @on(RecordList.Sorted)
    def _sorted(self, message: Sorted) -> None:
        self.records.set_sort(message.column, message.descending)
        self._reorder()

    # Filter

    def action_filter(self) -> None:
        """Open the filter."""
        line = self.query_one(".filter", Input)
        line.add_class("-open")
        line.focus()

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._needle = message.value.strip()
        self._reorder()

    @on(Input.Submitted)
    def _keep_filter(self) -> None:
        self.focus_list()

    def action_back(self) -> None:
        """Clear the filter and close it; where there is none, let the screen go back."""
        line = self.query_one(".filter", Input)
        if line.value or line.has_class("-open"):
            line.value = ""
            line.remove_class("-open")
            self.focus_list()
        else:
            self.post_message(self.Left())

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A verb without a row to act on is dimmed."""
        if action == "verb":
            return True if verb_named(str(parameters[0])).enabled(bool(self.records.count)) else None
        return True

    def action_verb(self, name: str) -> None:
        """Ask the screen to carry out a verb."""
        self.post_message(self.VerbPressed(verb_named(name), self))

    def acted_on(self) -> list[Record]:
        """What verbs act on: the marked rows, else the row under the cursor."""
        return [self.source.record(key) for key in self.records.targets()]

    def acted_on_by(self, verb: Verb) -> list[Record]:
        """What one verb acts on: some look at the row under the cursor whatever is marked, some at a second row."""
        here = self.under_cursor()
        if verb.rows is Rows.CURSOR:
            return [] if here is None else [here]
        records = self.acted_on()
        if verb.rows is not Rows.TWO or len(self.records.marked) != 1 or here is None:
            return records
        return records if here.subject == records[0].subject else [*records, here]

    def under_cursor(self) -> Record | None:
        """What the cursor is on."""
        key = self.records.cursor_key
        return None if key is None else self.source.record(key)

    def done(self, keys: Collection[int]) -> None:
        """Rows were handled: forget their marks, go on to the next that is not."""
        if not keys:
            return
        self.handled.update(keys)
        self.records.unmark(keys)
        self.records.advance(self.handled)

    def action_yank(self) -> None:
        """Copy the row under the cursor as tab-separated text."""
        key = self.records.cursor_key
        if key is not None:
            row = self.source.cells([key])[0]
            self.app.copy_to_clipboard("\t".join(safe(str(cell)).plain for cell in row))
            self.notify("Row copied.", markup=False)
