"""Pages behind a row: a person, a ward, the explanation of either, the sealed minutes of a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Sparkline, Static

from core.allegations import Allegation
from core.days import london, uk
from core.errors import Problem
from core.text import counted
from core.wards import FEW_RESIDENTS
from db import meetings, rankings
from db.people import explain
from db.ward_pages import ward_page
from tui.commands import command
from tui.safe import safe
from tui.screens.base import RoomScreen
from tui.session import Session
from tui.views.base import View
from tui.views.history import HistoryView
from tui.views.source import Record
from tui.views.why import WHY, window_of
from tui.widgets.header import Head

WEEKS = 52


def page_of(session: Session, record: Record) -> Screen[None] | None:
    """The page that stands behind a record, or None. Raises Problem where what it is about cannot be read."""
    opened = record if record.opens is None else Record(record.opens)
    kind = opened.subject.kind
    if kind == "person":
        return PersonPage(session, opened)
    if kind == "ward":
        return WardPage(session, opened)
    return MinutesPage(session, opened) if kind == "meeting" else None


class Page(RoomScreen):
    """A page about one record: facts, a picture, a list."""

    DEFAULT_CSS = """
    Page .facts { height: auto; max-height: 6; padding: 0 1; }
    Page .caption { height: 1; padding: 0 1; color: $text-muted; }
    Page .papers { padding: 0 1; }
    Page Sparkline { height: 2; margin: 0 1; }
    Page Sparkline > .sparkline--min-color { color: $primary; }
    Page Sparkline > .sparkline--max-color { color: $error; }
    """

    def __init__(self, session: Session, record: Record, item: str = "") -> None:
        super().__init__(session)
        self.record = record
        self.item = item
        self._projected = session.projector

    def refresh_views(self) -> None:
        """Read the views again; where the projector was switched, write the facts again, which come first."""
        super().refresh_views()
        if self._projected != self.session.projector:
            self._projected = self.session.projector
            facts = next(iter(self.body()))
            if isinstance(facts, Static):
                self.query_one(".facts", Static).update(facts.content)

    def headed(self, head: Head) -> Head:
        """The page's own place in the head."""
        return Head(**{**head.__dict__, "where": self.where})

    def on_mount(self) -> None:
        """Put the keys on the list; the clock is started by the class above, whose handler is called as well."""
        if (view := self.view()) is not None:
            view.focus_list()

    def facts(self, *lines: str) -> Static:
        """Lines of plain facts."""
        text = safe("")
        for number, line in enumerate(line for line in lines if line):
            text.append("\n" if number else "")
            text.append_text(safe(line))
        return Static(text, classes="facts")


class WhyPage(Page):
    """The records behind a person, ward or action."""

    where = "Why"

    def body(self) -> Iterable[Widget]:
        """What it is made of, and the records."""
        hidden = self.session.projector and self.record.subject.kind == "action"  # made with the names as they were
        yield self.facts(self.session.about(self.record.subject), "" if hidden else self.record.made_of)
        yield WHY[self.record.subject.kind](self.session, self.record.subject)


class _SubjectPage(Page):
    """A page whose list is what was done about its subject; verbs act on the subject."""

    def picture(self, values: list[float], caption: str) -> Iterable[Widget]:
        """A sparkline with its caption."""
        yield Static(safe(caption), classes="caption")
        yield Sparkline(values or [0.0], summary_function=max)

    def history(self) -> View:
        """What was done about the subject."""
        return HistoryView(self.session, self.record, self.item)

    def open_record(self, record: Record) -> None:
        """The subject's page is this one: enter on its history says why instead."""
        self._why(record)


class PersonPage(_SubjectPage):
    """One named suspect."""

    where = "Named suspect"

    def __init__(self, session: Session, record: Record, item: str = "") -> None:
        """Raises NotFound where no one has that reference."""
        super().__init__(session, record, item)
        self._found = explain(session.store, record.subject.ref, window_of(session))
        entry = rankings.entry_of(session.store, session.run_id, record.subject.ref)
        self._rank = "not ranked" if entry is None or entry.rank is None else f"rank {entry.rank}"
        self._victims = f", {counted(entry.victims, 'victim')}" if entry else ""

    def body(self) -> Iterable[Widget]:
        """Who, the score and what it is made of, the weeks, what was done."""
        found, who = self._found, self._found.person
        name = self.session.shown(who.name, who.ref)
        born = f"born {uk(who.born_on)}" if who.born_on else "birth date not known"
        lines = found.counted
        largest = max(lines, key=lambda line: line.days or 0.0, default=None)
        yield self.facts(
            f"{name}  {who.ref}  {who.status or 'status not known'}",
            f"{born if not self.session.projector else ''}  {who.sex}  {who.ethnicity}",
            f"{self._rank}: {found.score:,g} d = {counted(len(lines), 'allegation')}{self._victims}",
            f"largest {largest.days:,g} d: {largest.row.offence} ({largest.row.confidence})" if largest else "",
            f"not counted: {counted(len(found.lines) - len(lines), 'allegation')}; w says why",
        )
        yield from self.picture(weeks(lines, found.window.as_of), f"harm by week reported, {WEEKS} weeks to now")
        yield self.history()


def weeks(lines: Iterable[Allegation], as_of: int) -> list[float]:
    """Harm in days per week reported, the oldest week first, the last ending on *as_of* (a day number)."""
    found = [0.0] * WEEKS
    for line in lines:
        back = (as_of - line.row.reported_on) // 7
        if 0 <= back < WEEKS:
            found[WEEKS - 1 - back] += line.days or 0.0
    return found


class WardPage(_SubjectPage):
    """One ward."""

    where = "Ward"

    def body(self) -> Iterable[Widget]:
        """Where, the harm and what it is made of, the months, what was done."""
        try:
            page = ward_page(self.session.store, self.record.subject.ref)
        except Problem as problem:
            yield self.facts(problem.sentence)
            yield self.history()
            return
        few = " (few: rates say little)" if page.population < FEW_RESIDENTS else ""
        top = [line for line in page.categories if line.harm][:3]
        months = page.release.months
        yield self.facts(
            f"{page.ward}, {page.borough}, BCU {page.bcu}  {page.code}  {page.population:,} residents{few}",
            f"{page.harm:,.0f} d of harm in 12 months, {sum(page.monthly[-12:]):,} offences",
            "; ".join(f"{line.category} {line.harm:,.0f} d ({line.count:,})" for line in top),
            "ward team: 2 dedicated ward officers and 1 PCSO",
        )
        caption = (
            f"offences by month, {months[0]} to {months[-1]}: lowest {min(page.monthly)}, highest {max(page.monthly)}"
        )
        yield from self.picture([float(count) for count in page.monthly], caption)
        yield self.history()


class MinutesPage(Page):
    """The sealed minutes of a meeting, for reading."""

    where = "Sealed minutes"
    BINDINGS: ClassVar[list[BindingType]] = [
        command("j,down", "scroll(2)", "down", "Scroll down", "read.down", footer=False),
        command("k,up", "scroll(-2)", "up", "Scroll up", "read.up", footer=False),
        command("ctrl+d,pagedown,space", "scroll(15)", "page", "One page down", "read.page_down"),
        command("ctrl+u,pageup", "scroll(-15)", "page up", "One page up", "read.page_up", footer=False),
        command("escape", "leave", "back", "Go back", "read.back", footer=False),
    ]

    def body(self) -> Iterable[Widget]:
        """The minutes and the report as they were sealed."""
        meeting = meetings.meeting(self.session.store, int(self.record.subject.ref))
        if meeting.sealed_at is None:
            yield self.facts("This meeting is not sealed yet; it has no minutes.")
            return
        yield self.facts(f"Sealed {london(meeting.sealed_at):%d/%m/%Y %H:%M}, seal {meeting.seal[:16]}; read only")
        from rich.markdown import Markdown

        with VerticalScroll(can_focus=False):
            yield Static(Markdown(f"{meeting.minutes}\n\n{meeting.report}", hyperlinks=False), classes="papers")

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        for paper in self.query(VerticalScroll):
            paper.scroll_relative(y=lines, animate=False)
