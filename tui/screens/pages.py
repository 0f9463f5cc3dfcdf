"""Pages behind a row: the explanation of a number, the papers of a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from core.days import london
from core.roles import May
from core.text import counted
from db import meetings, papers
from db.addenda import Addendum, addenda, with_addenda
from db.meetings import MeetingView, PaperCopy
from tui.commands import command
from tui.screens.page import FactsPage, Page
from tui.session import Session
from tui.verb import verb_named, verbs
from tui.views.registry import why_view
from tui.views.source import Record
from tui.wall import Told, Who, called
from tui.widgets.laid import Laid
from tui.widgets.static import Static

_RANKED_ANEW = "Another ranking is looked at since this page was opened: what is below is of that one."


class WhyPage(Page):
    """The records behind a row: what its figures are made of, down to a file and a line or an entry of the journal."""

    where = "Why"

    def __init__(self, session: Session, record: Record, item: str = "") -> None:
        super().__init__(session, record, item)
        self._run = session.run_id

    def lines(self) -> Sequence[Told]:
        """What it is about, and what it is made of; not what another ranking than that of the records below said."""
        about = self.record.subject
        who = Who(called(about, hidden=False), called(about, hidden=True))
        if about.kind == "person" and self._run != self.session.run_id:
            return (who,), _RANKED_ANEW
        return (who,), *self.record.told_apart(hidden=self.session.projector, asked=self.asked)

    def body(self) -> Iterable[Widget]:
        """What it is made of, and the records."""
        yield self.facts()
        yield why_view(self.record.behind)(self.session, self.record)


_PAPERS_HIDDEN = "The papers name people, so that the projector hides them. f shows them, names and all."


@dataclass(frozen=True)
class Read:
    """The papers of a meeting: its addenda, where they were written to, and the text to read."""

    meeting: MeetingView
    addenda: Sequence[Addendum]
    copies: Sequence[PaperCopy]
    text: str


class MinutesPage(FactsPage[Read]):
    """The papers of a meeting, for reading: as they were sealed, or as they would be if it were sealed now."""

    where = "Papers"
    DEFAULT_CSS = """
    MinutesPage VerticalScroll {
        scrollbar-gutter: stable;  /* else a long paper is laid out twice, without room for the bar and with it */
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("j,down", "scroll(2)", "down", "Scroll down", "read.down", footer=False),
        command("k,up", "scroll(-2)", "up", "Scroll up", "read.up", footer=False),
        command("ctrl+d,pagedown,space", "scroll(15)", "page", "One page down", "read.page_down"),
        command("ctrl+u,pageup", "scroll(-15)", "page up", "One page up", "read.page_up", footer=False),
        command("escape", "leave", "back", "Go back", "read.back", footer=False),
        *verbs("export", "addendum"),
    ]

    unsealed: ClassVar[str] = "DRAFT: this meeting is not sealed. Its papers would say this if it were sealed now."
    """What is said of the papers of a meeting that goes on."""

    def __init__(self, session: Session, record: Record, item: str = "") -> None:
        super().__init__(session, record, item)
        self._shown = ""

    def read(self) -> Read:
        """The papers. Raises NotFound where there is no such meeting, Refused for who may not see names."""
        store = self.session.store
        if store.rights is not None:
            store.rights.require(May.NAMES, "Reading papers")
        meeting = meetings.meeting(store, int(self.record.subject.ref))
        added = addenda(store, meeting.id)
        if meeting.sealed_at is None:
            text = self.draft(meeting)
        else:
            text = f"{with_addenda(meeting.minutes, added)}\n\n{with_addenda(meeting.report, added)}"
        return Read(meeting, added, meetings.paper_copies(store, meeting.id), text)

    def draft(self, meeting: MeetingView) -> str:
        """The papers as they would be if the meeting were sealed now."""
        now = self.session.now()
        made = (make(self.session.store, meeting, now, draft=True) for make in (papers.minutes, papers.report))
        return "\n\n".join(made)

    def may_name(self) -> bool:
        """The papers of another meeting may; those of one that masks names were made without any."""
        return self.record.subject.ref != str(self.session.meeting_id)

    def sentences(self, known: Read) -> Sequence[Told]:
        """Whether and when it was sealed, what was added since, and where the papers were written."""
        hidden = [_PAPERS_HIDDEN] if self.session.projector and not self.asked else []
        meeting = known.meeting
        if meeting.sealed_at is None:
            return (self.unsealed, *hidden)
        rule = "; by an older rule, so they may lack some of what it did" if meeting.by_older_rule else ""
        sealed = f"Sealed {london(meeting.sealed_at):%d/%m/%Y %H:%M}, seal {meeting.seal[:16]}; read only{rule}"
        added = [f"{counted(len(known.addenda), 'addendum', 'addenda')} since"] if known.addenda else []
        return (sealed, *added, *map(_copied, known.copies), *hidden)

    def body(self) -> Iterable[Widget]:
        """Room for the minutes and the report."""
        yield self.facts()
        with VerticalScroll(can_focus=False):
            yield Static("", classes="papers")

    def fill(self, known: Read) -> None:
        """The papers; where they say the same they keep their place."""
        if known.text != self._shown:
            from tui.widgets.paper import Paper

            self._shown = known.text
            self.query_one(".papers", Static).update(Laid(Paper(known.text)))
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

    def action_verb(self, name: str) -> None:
        """Write these papers, or add to them."""
        self.carry_out(verb_named(name), [self.record], None)


class SoFarPage(MinutesPage):
    """The minutes as they grow, without the report: opened again and again while a room waits."""

    where = "Minutes so far"
    unsealed = "DRAFT: what this meeting has done so far. Its papers, which P reads at read-back, have the rest."

    def draft(self, meeting: MeetingView) -> str:
        """What the minutes say of the meeting itself."""
        return papers.minutes_so_far(self.session.store, meeting, self.session.now())


def _copied(copy: PaperCopy) -> str:
    return f"{counted(copy.files, 'file')} written to {copy.folder} on {london(copy.at):%d/%m/%Y %H:%M} by {copy.by}"
