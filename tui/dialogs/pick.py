"""Asks for one thing of a few, in a short list with a line on each: j and k move, Enter takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widget import Widget

from tui.commands import command
from tui.dialogs.sheet import LOW
from tui.quick_screen import QuickScreen
from tui.safe import safe
from tui.widgets.columns import Cell, Column
from tui.widgets.list_messages import Chosen
from tui.widgets.record_list import RecordList
from tui.widgets.static import Static

T = TypeVar("T")


@dataclass(frozen=True)
class Choice(Generic[T]):
    """One thing that can be taken: how its row looks, and a few words on it."""

    value: T
    cells: Sequence[Cell]
    says: str


class Pick(QuickScreen, ModalScreen[T | None], Generic[T]):
    """Gives what was taken, or None."""

    DEFAULT_CSS = """
    Pick { align: center middle; background: $background 35%; }
    Pick > #box { width: 76; max-width: 96%; height: auto; max-height: 96%; border: round $primary;
        background: $surface; padding: 0 1; }
    Pick RecordList { max-height: 60vh; }
    Pick .says { height: 4; margin-top: 1; }
    Pick.-lowest RecordList { max-height: 45vh; }
    Pick.-lowest .says { height: 3; margin-top: 0; }
    Pick #keys { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("escape,q", "leave", "leave", "Leave; nothing is changed", "pick.leave"),
    ]
    keys_line: ClassVar[str] = "j k move   enter take it   esc leave"

    def __init__(self, title: str, columns: Sequence[Column], choices: Sequence[Choice[T]], at: int = 0) -> None:
        """*at*: the place where the cursor begins."""
        super().__init__()
        self._title = title
        self._columns = columns
        self._choices = choices
        self._at = at

    def compose(self) -> ComposeResult:
        """The list, what is said of the row under the cursor, the keys."""
        with Vertical(id="box") as box:
            box.border_title = safe(self._title)
            yield from self.listed()

    @on(Resize)
    def fit(self) -> None:
        """On the lowest screens what is said below gives way, so that the keys are in sight."""
        self.set_class(self.app.size.height < LOW, "-lowest")

    def listed(self) -> ComposeResult:
        """The list with what is below it."""
        self.fit()
        yield RecordList(self._columns, lambda keys: [self._choices[key].cells for key in keys])
        yield Static("", classes="says")
        yield Static(self.keys_line, id="keys", markup=False)

    def on_mount(self) -> None:
        """Show the choices, the cursor on the one that stands."""
        records = self.query_one(RecordList)
        records.takes_marks = False  # enter takes the row under the cursor, and no other
        records.styles.height = len(self._choices) + 1
        records.show(range(len(self._choices)))
        records.move_to_key(self._at)
        self.begins_on().focus()

    def begins_on(self) -> Widget:
        """What has the keys first."""
        return self.query_one(RecordList)

    @on(RecordList.Highlighted)
    def say(self) -> None:
        """Write what is said of the row under the cursor."""
        key = self.query_one(RecordList).cursor_key
        words = safe("" if key is None else self.words(self._choices[key]))
        words.no_wrap, words.overflow = False, "fold"
        self.query_one(".says", Static).update(words)

    def words(self, choice: Choice[T]) -> str:
        """What is said of a choice."""
        return choice.says

    @on(RecordList.Chosen)
    def _take(self, message: Chosen) -> None:
        message.stop()
        self.take(message.key)

    def take(self, place: int) -> None:
        """Enter on a choice, by its place: it is given."""
        self.dismiss(self.taken(self._choices[place]))

    def taken(self, choice: Choice[T]) -> T:
        """What is given where a choice is taken."""
        return choice.value

    def action_leave(self) -> None:
        """Leave; nothing is taken."""
        self.dismiss(None)
