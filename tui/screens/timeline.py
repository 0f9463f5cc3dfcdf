"""The timeline of a person: a year of weeks, and below it every allegation and marker by its day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from core.days import day_of, uk
from db.people import Explanation
from tui.safe import safe
from tui.screens.page import FactsPage
from tui.screens.person_words import WEEKS, weeks
from tui.session import named
from tui.views.timeline import TimelineView
from tui.views.why import explained
from tui.wall import Told, Who
from tui.widgets.static import Static
from tui.widgets.weeks import Weeks


class TimelinePage(FactsPage[Explanation]):
    """The weeks, the caret under the one that the cursor is in, and what happened."""

    DEFAULT_CSS = """
    TimelinePage.-lowest .caption, TimelinePage.-lowest Weeks { display: none; }
    """
    where = "Timeline"

    def read(self) -> Explanation:
        """Who, and what the weeks hold. Raises NotFound where no one has that reference."""
        return explained(self.session, self.record.subject.ref)

    def sentences(self, known: Explanation) -> Sequence[Told]:
        """Who."""
        who = known.person
        name = Who(named(who.name, who.ref), who.ref)
        return ((name, Who(f"  {who.ref}"), f"  {who.status or 'status not known'}"),)

    def body(self) -> Iterable[Widget]:
        """Who, the weeks, the records."""
        yield self.facts()
        yield Static("", classes="caption")
        shown = Weeks([0.0] * WEEKS, day_of(self.session.as_of), caret=True)
        yield shown
        yield TimelineView(self.session, self.record.subject, shown.point)

    def fill(self, known: Explanation) -> None:
        """The weeks, and how they were weighed."""
        as_of = known.window.as_of
        words = f"harm by week reported ({known.method.title}, {known.edition}), {WEEKS} weeks to {uk(as_of)}"
        self.query_one(".caption", Static).update(safe(words))
        self.query_one(Weeks).show(weeks(known.counted, as_of), as_of)
