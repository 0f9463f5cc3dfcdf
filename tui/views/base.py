"""A view: a list with its heading and its filter, and the verbs that act on its rows."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from db.store.viewings import Shown
from tui.commands import FILTER, MORE, command
from tui.opening import Open
from tui.safe import safe
from tui.session import Session
from tui.verb import PRESSES, Rows, Verb, verb_named, verbs
from tui.views.arranging import ArrangedPanel
from tui.views.list_head import FilterLine
from tui.views.list_panel import ListPanel, record_of
from tui.views.localities import BCU, has_localities
from tui.views.source import Record
from tui.wall import called
from tui.widgets.list_messages import Chosen
from tui.widgets.record_list import RecordList

MOST_RUN_DOWN = 200
"""Records that a run-down goes through at once: more than any meeting gets to."""


class View(ArrangedPanel):
    """A list of records with verbs that act on its rows. Subclasses say what is read and which verbs there are."""

    title: ClassVar[str] = ""
    """What it is called where a template of meetings shows it; a list behind a row is in none, so it has no title."""
    only_in_meetings: ClassVar[bool] = False
    """Whether it shows what a meeting did or looks at: ``tasking open --view`` opens the others by themselves."""
    BINDINGS: ClassVar[list[BindingType]] = [
        command("slash", "filter", "filter", "Filter the list, every field, live", "list.filter", foot=FILTER),
        command(
            "b", "narrow_to", "BCU or borough", "Only one BCU or borough; again: everywhere", "list.locality",
            foot=MORE,
        ),
        command(
            "Y", "run_down", "run-down", "This list one record at a time: the marked rows, else from the cursor on",
            "list.run_down", footer=False,
        ),
        *verbs("live_minutes", "park", "park_item", "pause", "hand_over", footer=False),
        command("escape", "back", "back", "Clear the filter, place or marks, else go back", "list.back", footer=False),
        command("y", "yank", "yank", "Copy the row under the cursor", "list.yank", footer=False),
    ]  # fmt: skip

    class Opened(Message):
        """Enter on a record of a view."""

        def __init__(self, record: Record, view: View) -> None:
            super().__init__()
            self.record = record
            self.view = view

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

    class Copied(Message):
        """A text is to be put into the clipboard; *what* it is and of whom, by reference, for the record."""

        def __init__(self, text: str, what: str, ref: str) -> None:
            super().__init__()
            self.text = text
            self.what = what
            self.ref = ref

    class Left(Message):
        """Escape was pressed where there is no filter to clear: the screen may go back."""

    class Switched(Message):
        """Another ranking, or register, is looked at from now on: every open screen reads again.

        shows: the view that shows it already, so that it is not read a second time; None where none does.
        """

        def __init__(self, shows: View | None = None) -> None:
            super().__init__()
            self.shows = shows

    def __init__(self, session: Session, item: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(session, id=id)
        self.item = item
        self.handled: set[int] = set()

    @on(RecordList.Chosen)
    def _chosen(self, message: Chosen) -> None:
        if (record := record_of(self, message.key)) is not None:
            self.post_message(self.Opened(record, self))

    @on(ListPanel.Begun)
    def _open_again(self, message: ListPanel.Begun) -> None:
        message.stop()
        if (record := self.under_cursor()) is not None:
            self.post_message(self.Opened(record, self))

    # Filter

    def action_filter(self) -> None:
        """Open the filter, and close an open range: the rows it began and ends at may go."""
        self.records.action_cancel_range()
        self.query_one(FilterLine).open()

    @on(FilterLine.Kept)
    def _keep_filter(self, message: FilterLine.Kept) -> None:
        message.stop()
        self.focus_list()
        if needle := self.query_one(FilterLine).needle:
            self.session.viewed.show(Shown("list", self.name_in_record, how=f"room, filter {needle}"))

    @property
    def name_in_record(self) -> str:
        """What the record of views calls the list."""
        return type(self).__module__.rpartition(".")[2]

    def action_narrow_to(self) -> None:
        """Ask for a BCU or a borough and show only its rows; where the list is narrowed already, show all again."""
        if self.within:
            self._narrow_to("")
        else:
            from db.areas import areas  # the first list is painted without these
            from tui.dialogs.locality import locality_pick

            self.app.push_screen(locality_pick(areas(self.session.store), self._bcu_here()), self._narrow_to)

    def _bcu_here(self) -> str:
        """The BCU of the row under the cursor; empty where it has none."""
        key = self.records.cursor_key
        place = next((n for n, column in enumerate(self.source.columns) if column.key == BCU), None)
        return "" if key is None or place is None else str(self._cells([key])[0][place])

    def _narrow_to(self, within: str | None) -> None:
        if within is not None:
            self.within = within
            self._reading.rearrange()

    def action_back(self) -> None:
        """Clear the filter and close it, else the place, else the marks; without any let the screen go back."""
        if self.query_one(FilterLine).close():
            self.focus_list()
        elif self.within:
            self._narrow_to("")
        elif self.records.marked:
            self.records.unmark()
        else:
            self.post_message(self.Left())

    # Verbs

    def why_not(self, action: str) -> str:
        """Why a command is refused whatever the row: by the role, by a sealed meeting. Empty where it is not."""
        pressed = PRESSES.fullmatch(action)
        return _refusal(self.session, verb_named(pressed[1])) if pressed else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A verb without a row to act on is dimmed; one that a seal refuses takes its key, to say so."""
        if action == "narrow_to":
            return has_localities(self.source.columns)
        if action == "verb":
            verb = verb_named(str(parameters[0]))
            return True if _refusal(self.session, verb) or verb.enabled(bool(self.records.count)) else None
        return True

    def why_dimmed(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002
        """Why a key does nothing here: the list has no row, or none yet, or no place to narrow it to."""
        if action == "narrow_to":
            return "This list has no BCU and no borough to narrow it to."
        if action != "verb":
            return ""
        missing = "The rows are still being read. Press it again when they are here."
        return "There is no row here to act on." if self._reading.has_read or self._unread else missing

    def action_verb(self, name: str) -> None:
        """Ask the screen to carry out a verb."""
        self.post_message(self.VerbPressed(verb_named(name), self))

    def acted_on(self) -> list[Record]:
        """What verbs act on: the marked rows, else the row under the cursor."""
        return [record for key in self.records.targets() if (record := record_of(self, key)) is not None]

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
        return record_of(self, self.records.cursor_key)

    def done(self, keys: Collection[int]) -> str:
        """Rows were handled: forget their marks, go on to the next that is not.

        Gives what to say where there is no such row below, and the cursor stays; and where the cursor is now, if it
        went on past rows that were handled before: the next key is pressed on a record further down than one expects.
        """
        if not keys:
            return ""
        self.handled.update(keys)
        records = self.records
        records.unmark(keys)
        before = records.cursor_index
        if records.advance(self.handled):
            passed = sum(key not in keys for key in records.keys[before : records.cursor_index])
            return _now_on(self, passed) if passed else ""
        return "Last row" if records.cursor_index == records.count - 1 else "Every row below was handled"

    def action_run_down(self) -> None:
        """Go through the marked rows one at a time, else through the list from the cursor on."""
        records = self.records
        here = records.cursor_index
        keys = records.marked or records.keys[here : here + MOST_RUN_DOWN]
        found = [record for key in keys if (record := record_of(self, key)) is not None]
        if found:
            beyond = 0 if records.marked else records.count - here - len(keys)
            self.post_message(self.PageWanted(Open("rundown", (found, self.item, beyond))))

    def action_yank(self) -> None:
        """Copy the row under the cursor as tab-separated text."""
        key = self.records.cursor_key
        if key is not None:
            row, of = self._cells([key])[0], record_of(self, key)
            ref = of.subject.ref if of is not None and of.subject.kind == "person" else ""
            text = "\t".join(safe(str(cell)).plain for cell in row)
            self.post_message(self.Copied(text, f"a row of {self.name_in_record}", ref))
            self.notify("Row copied.", markup=False)


def _refusal(session: Session, verb: Verb) -> str:
    """Why a verb is refused whatever the row; empty where it is not."""
    return session.not_for_role(verb.needs) or ("" if verb.when_sealed else session.sealed)


def _now_on(view: View, passed: int) -> str:
    """Where the cursor is now, after it went past rows that were handled before; empty where it is on none."""
    here = view.under_cursor()
    if here is None:
        return ""
    hidden = view.session.projector or here.subject.kind == "action"  # an action by its number: its words are long
    return f"{passed} handled before passed over, now on {called(here.subject, hidden=hidden)}"
