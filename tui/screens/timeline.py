"""The timeline of a person: a year of weeks, and below it every allegation and marker by its day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget
from textual.widgets import Static

from core.days import uk
from tui.safe import safe
from tui.screens.page import Page
from tui.screens.person import WEEKS, weeks
from tui.session import Session
from tui.views.source import Record
from tui.views.timeline import TimelineView
from tui.views.why import explained
from tui.widgets.weeks import Weeks


class TimelinePage(Page):
    """The weeks, the caret under the one that the cursor is in, and what happened."""

    where = "Timeline"

    def __init__(self, session: Session, record: Record) -> None:
        """Raises NotFound where no one has that reference."""
        super().__init__(session, record)
        self._found = explained(session, record.subject.ref)

    def lines(self) -> Sequence[str]:
        """Who."""
        who = self._found.person
        return (f"{self.session.shown(who.name, who.ref)}  {who.ref}  {who.status or 'status not known'}",)

    def body(self) -> Iterable[Widget]:
        """Who, the weeks, the records."""
        found = self._found
        as_of = found.window.as_of
        yield self.facts()
        said = f"harm by week reported ({found.method.title}, {found.edition}), {WEEKS} weeks to {uk(as_of)}"
        yield Static(safe(said), classes="caption")
        shown = Weeks(weeks(found.counted, as_of), as_of, caret=True)
        yield shown
        yield TimelineView(self.session, self.record.subject, shown.point)
