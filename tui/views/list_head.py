"""What stands around a list: what it holds, the line a filter is typed in, what the row under the cursor is made of."""

from __future__ import annotations

from typing import NamedTuple

from rich.console import Console
from rich.containers import Lines
from rich.text import Text
from textual import on
from textual.events import Resize
from textual.message import Message
from textual.widgets import Input

from core.text import counted
from tui.means import Meaning
from tui.safe import safe
from tui.widgets.entry import Entry
from tui.widgets.static import Static

_DOTS = 8
_LOW = 20
"""Lines of a screen so low that rows matter more than all of what a list says of itself."""
_FEW = 2


class HeadWords(NamedTuple):
    """What a list says of itself.

    words: what was read. noun, one: what the rows are, and what one is; empty where the words say how many there are.
    shown, total: how many rows pass the filter, and how many there are. needle: the filter. marked: how many rows are.
    doing: what goes on meanwhile, in words. below: a second line, in place of how many rows there are. within: the BCU
    or borough that the list is narrowed to. loud: the parts of the words that are to be seen first. landed: on what the
    filter has put the cursor.
    """

    words: str = ""
    noun: str = "rows"
    singular: str = "row"
    shown: int = 0
    total: int = 0
    needle: str = ""
    marked: int = 0
    doing: str = ""
    below: str = ""
    within: str = ""
    loud: tuple[str, ...] = ()
    landed: str = ""

    @property
    def text(self) -> Text:
        """The line: what goes on, the marks, the filter, then what the list holds and how many.

        Where there is a second line, which is short, what goes on stands there: the list is not to move for it.
        """
        text = Text(no_wrap=True, overflow="ellipsis")
        doing = safe(f" {self.doing} ", "reverse").append(" ", "not reverse") if self.doing else Text()
        if not self.below:
            text.append_text(doing)
        if self.marked:
            text.append_text(safe(f" {self.marked} marked ", "reverse")).append(" ")
        narrowed = ", ".join(part for part in (self.within, f"filter {self.needle}" if self.needle else "") if part)
        if narrowed:
            text.append_text(safe(f" {narrowed}: {self.shown:,} of {self.total:,} ", "reverse"))
            text.append(f" {self.landed}  " if self.landed else " ")
        said = safe(self.words.rstrip(",;: ") if narrowed and not self.below else self.words)
        if self.loud:
            said.highlight_words(self.loud, Meaning.MISSING.value)
        text.append_text(said)
        if self.below:
            text.append("\n").append_text(doing).append_text(safe(self.below))
        elif not narrowed and self.noun:
            apart = " " if self.words.endswith(" of") else "  "  # the words may lead on to what is counted
            text.append(apart).append_text(safe(counted(self.total, self.singular, self.noun)))
        return text


def in_lines(text: Text, console: Console, width: int) -> Lines:
    """Words in as many lines of a width as they need, broken between words; nothing is cut."""
    whole = text.copy()
    whole.no_wrap, whole.overflow = False, "fold"
    return whole.wrap(console, width)


class ListHead(Static):
    """What a list says of itself, above it: in as many lines as the words need; cut on a low screen alone."""

    def __init__(self) -> None:
        super().__init__("", classes="heading")
        self._text = Text()

    def say(self, head: HeadWords) -> None:
        """Write the lines anew, where they are others."""
        text = head.text
        if text != self._text:
            self._text = text
            self.update(text, layout=False)
            self.fit()

    @on(Resize)
    def fit(self) -> None:
        """Take the height that the words need at this width, on a low screen two lines at most."""
        height = len(self.lines()) or 1
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    def lines(self) -> Lines:
        """The words in whole lines, on a low screen two at most. Where the width is not known yet, it is the app's."""
        width = self.content_size.width or self.app.size.width - self.gutter.width
        if width < 1:
            return Lines([self._text])
        lines = in_lines(self._text, self.app.console, width)
        return Lines(cut(list(lines), width, _FEW)) if self.app.size.height < _LOW else lines

    def render(self) -> Text:
        """The lines, whole."""
        return Text("\n").join(self.lines())


def cut(lines: list[Text], width: int, height: int) -> list[Text]:
    """The first *height* lines; the last of them ends in an ellipsis where there are more."""
    if not height or len(lines) <= height:
        return lines
    last = lines[height - 1].copy()
    last.rstrip()
    last.truncate(width - 1)
    last.rstrip()
    return [*lines[: height - 1], last.append("…")]


class FilterLine(Entry):
    """Where a filter is typed; hidden until it is opened."""

    class Typed(Message):
        """Another filter is wanted."""

    class Kept(Message):
        """Enter: the filter stays, the keys go back to the list."""

    def __init__(self, *, password: bool = False) -> None:
        """*password*: what is typed is shown as dots, for it may be a name."""
        words = "filter: every word must stand in some field"
        super().__init__(placeholder=words, password=password, classes="filter", compact=True)

    @property
    def needle(self) -> str:
        """What is filtered by; empty where nothing is."""
        return self.value.strip()

    @property
    def shown(self) -> str:
        """The filter as it may be shown."""
        return "•" * min(len(self.needle), _DOTS) if self.password else self.needle

    def allow_focus(self) -> bool:
        """Whether it may be typed into: a screen that has just come up gives the keys to the first that may."""
        return self.has_class("-open")

    def open(self) -> None:
        """Show the line and type into it."""
        self.add_class("-open")
        self.focus()

    def close(self) -> bool:
        """Clear the filter and hide the line; gives whether there was anything to clear or hide."""
        was_open = bool(self.value) or self.has_class("-open")
        self.value = ""
        self.remove_class("-open")
        return was_open

    @on(Input.Changed)
    def _tell_typed(self, message: Input.Changed) -> None:
        message.stop()
        self.post_message(self.Typed())

    @on(Input.Submitted)
    def _tell_kept(self, message: Input.Submitted) -> None:
        message.stop()
        self.post_message(self.Kept())
