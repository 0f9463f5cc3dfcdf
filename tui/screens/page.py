"""What every page has that stands behind a row: facts, a picture, a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.events import Resize

from core.errors import Problem
from tui.reading import Reading
from tui.safe import plain_lines
from tui.screens.base import RoomScreen, ask_why, page_head
from tui.session import Session
from tui.views.base import View
from tui.views.history import HistoryView
from tui.views.source import Record
from tui.wall import Told, told
from tui.widgets.fact_lines import FactLines
from tui.widgets.header import Head
from tui.widgets.static import Static

F = TypeVar("F")
_AT_ONCE = 0.05
"""Seconds for which the first paint of a page waits for its facts."""
_LOWEST = 20
"""Lines below which a page has no room for all of its facts and for rows."""


class Page(RoomScreen):
    """A page about one record: facts, a picture, a list."""

    DEFAULT_CSS = """
    Page .facts { height: auto; max-height: 11; padding: 0 1; }
    Page .caption { height: 1; padding: 0 1; color: $text-muted; }
    Page .papers { padding: 0 1; }
    """

    def __init__(self, session: Session, record: Record, item: str = "") -> None:
        super().__init__(session)
        self.record = record
        self.item = item

    def lines(self) -> Sequence[Told]:
        """The facts at the head of the page, one a line, in pieces where they name someone or hold what was written."""
        return ()

    def seen(self, lines: Sequence[Told]) -> Sequence[str]:
        """Lines of this page as they may be shown now: the one place that hides in a page."""
        return [told(line, hidden=self.session.projector, asked=self.asked) for line in lines]

    def facts(self) -> Static:
        """The facts, to stand at the head of the page."""
        return FactLines(plain_lines(self.seen(self.lines())), classes="facts")

    def rewrite(self) -> None:
        """Write the facts again: the projector may have been switched, the store changed."""
        for shown in self.query(".facts").results(Static):
            shown.update(plain_lines(self.seen(self.lines())))

    def refresh_views(self, shows: View | None = None) -> None:
        """Read the views again, and write the facts anew."""
        self.rewrite()
        super().refresh_views(shows)

    def write_asked(self) -> None:
        """Write the facts again with what was written in them, or without."""
        super().write_asked()
        self.rewrite()

    def headed(self, head: Head) -> Head:
        """The page's own place in the head, beside that of the meeting, whose clocks go on."""
        return page_head(self, head)

    def on_mount(self) -> None:
        """Put the keys on the list; the clock is started by the class above, whose handler is called as well."""
        if (view := self.view()) is not None:
            view.focus_list()


class FactsPage(Page, Generic[F]):
    """A page of which all that is known is read in a worker, as one frozen value; the frame is there at once."""

    def __init__(self, session: Session, record: Record, item: str = "") -> None:
        super().__init__(session, record, item)
        self.known: F | None = None
        self.problem: Problem | None = None
        self._facts = Reading[F](self, self._take_in, self._say_unread)

    def read(self) -> F:
        """Read the store. Runs in a worker; touches no widget. May raise Problem, which is said in the page."""
        raise NotImplementedError

    def sentences(self, known: F) -> Sequence[Told]:
        """What is known, in sentences, in pieces where they name someone or hold what was written."""
        raise NotImplementedError

    def fill(self, known: F) -> None:
        """Show what is known beside the facts: pictures, captions."""

    def lines(self) -> Sequence[Told]:
        """The facts; that they are being read; or why they cannot be."""
        if self.problem is not None:
            return (self.problem.sentence,)
        return ("Reading…",) if self.known is None else self.sentences(self.known)

    def compose(self) -> ComposeResult:
        """The frame; what fills it is read while it is put up."""
        self.fit()
        self._facts.start(self.read)
        yield from super().compose()

    @on(Resize)
    def fit(self) -> None:
        """On the lowest screens facts and pictures make way for rows, in the pages that say which."""
        self.set_class(self.app.size.height < _LOWEST, "-lowest")

    async def on_mount(self) -> None:  # type: ignore[override]
        """Let what is read in less than the eye sees be in the first paint; the class above focuses the list."""
        await self._facts.settle(_AT_ONCE)

    def refresh_views(self, shows: View | None = None) -> None:
        """Read again. What is known already is written anew at once: a wall must not show a name meanwhile."""
        self._facts.start(self.read)
        super().refresh_views(shows)

    def _take_in(self, known: F) -> None:
        self.known, self.problem = known, None
        self.fill(known)
        self.rewrite()

    def _say_unread(self, problem: Problem) -> None:
        self.problem = problem
        self.rewrite()


class SubjectPage(FactsPage[F]):
    """A page whose list is what was done about its subject; verbs act on the subject."""

    DEFAULT_CSS = """
    SubjectPage.-high .facts { max-height: 18; text-wrap: wrap; }
    SubjectPage.-lowest .facts { max-height: 4; }
    SubjectPage.-lowest .caption, SubjectPage.-lowest Weeks, SubjectPage.-lowest Months { display: none; }
    """

    def history(self) -> View:
        """What was done about the subject."""
        return HistoryView(self.session, self.record, self.item)

    def open_record(self, record: Record) -> None:
        """The subject's page is this one: enter on its history says why instead."""
        ask_why(self, record)
