"""Pages behind a row: the explanation of a number, the sealed minutes of a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from core.days import london
from db import meetings
from db.meetings import MeetingView
from tui.commands import command
from tui.screens.page import FactsPage, Page
from tui.views.registry import why_view
from tui.wall import Told, Who, called


class WhyPage(Page):
    """The records behind a person, ward or action."""

    where = "Why"

    def lines(self) -> Sequence[Told]:
        """What it is about, and what it is made of."""
        about = self.record.subject
        who = Who(called(about, hidden=False), called(about, hidden=True))
        return (who,), self.record.told(hidden=self.session.projector, asked=self.asked)

    def body(self) -> Iterable[Widget]:
        """What it is made of, and the records."""
        yield self.facts()
        yield why_view(self.record.subject.kind)(self.session, self.record.subject)


_PAPERS_HIDDEN = "The papers name people, so that the projector hides them. f shows them, names and all."


class MinutesPage(FactsPage[MeetingView]):
    """The sealed minutes of a meeting, for reading."""

    where = "Sealed minutes"
    _written = False
    BINDINGS: ClassVar[list[BindingType]] = [
        command("j,down", "scroll(2)", "down", "Scroll down", "read.down", footer=False),
        command("k,up", "scroll(-2)", "up", "Scroll up", "read.up", footer=False),
        command("ctrl+d,pagedown,space", "scroll(15)", "page", "One page down", "read.page_down"),
        command("ctrl+u,pageup", "scroll(-15)", "page up", "One page up", "read.page_up", footer=False),
        command("escape", "leave", "back", "Go back", "read.back", footer=False),
    ]

    def read(self) -> MeetingView:
        """The meeting. Raises NotFound where there is none of that number."""
        return meetings.meeting(self.session.store, int(self.record.subject.ref))

    def sentences(self, known: MeetingView) -> Sequence[Told]:
        """When it was sealed."""
        if known.sealed_at is None:
            return ("This meeting is not sealed yet; it has no minutes.",)
        sealed = f"Sealed {london(known.sealed_at):%d/%m/%Y %H:%M}, seal {known.seal[:16]}; read only"
        hidden = self.session.projector and not self.asked
        return (sealed, _PAPERS_HIDDEN) if hidden else (sealed,)

    def body(self) -> Iterable[Widget]:
        """Room for the minutes and the report as they were sealed."""
        yield self.facts()
        with VerticalScroll(can_focus=False):
            yield Static("", classes="papers")

    def fill(self, known: MeetingView) -> None:
        """The papers; what is sealed stays as it is, so that it is written once and keeps its place."""
        if known.sealed_at is not None and not self._written:
            from rich.markdown import Markdown

            self._written = True
            papers = Markdown(f"{known.minutes}\n\n{known.report}", hyperlinks=False)
            self.query_one(".papers", Static).update(papers)
        self._write_papers()

    def _write_papers(self) -> None:
        self.query_one(".papers", Static).display = self.asked or not self.session.projector

    def rewrite(self) -> None:
        """Write the facts again; show the papers, or hide them as a whole, for their prose is as it was sealed."""
        super().rewrite()
        self._write_papers()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        for paper in self.query(VerticalScroll):
            paper.scroll_relative(y=lines, animate=False)
