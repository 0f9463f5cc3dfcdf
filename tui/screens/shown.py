"""What was shown when a decision was taken, shown again: the ranking, or the wards by the release, of then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from core.days import uk_moment
from db.decisions import DecisionView
from tui.screens.base import topmost
from tui.screens.page import Page
from tui.session import Session
from tui.views.source import Record
from tui.views.suspects import SuspectsView
from tui.views.wards import WardsView
from tui.wall import Told


class ShownPage(Page):
    """The list that a decision was taken from, by the numbers that the decision keeps; the room's own comes back after.

    While it is open everything that is opened from it goes by the same ranking and release, so the whole is as it was.
    """

    where = "As then shown"

    def __init__(self, session: Session, record: Record, decision: DecisionView, run: int | None) -> None:
        """*run*: the ranking that was shown; None where the list of wards is to be shown."""
        super().__init__(session, record)
        self._decision = decision
        self._run = run
        self._before = (session.run_id, session.counted_from)
        session.run_id = session.run_id if run is None else run
        session.counted_from = decision.rationale.shown.get("release", session.counted_from)

    def lines(self) -> Sequence[Told]:
        """Which decision it is, and what was shown."""
        one = self._decision
        parts = ", ".join(f"{name} {value}" for name, value in one.rationale.shown.items()) or f"ranking {self._run}"
        return (f"As shown when decision {one.id} was taken, {uk_moment(one.decided_at)}: {parts}. q goes back.",)

    def body(self) -> Iterable[Widget]:
        """The list, with the cursor on whom the decision is about."""
        yield self.facts()
        if self._run is None:
            yield WardsView(self.session)
        else:
            view = SuspectsView(self.session)
            view.go_to(self._decision.subject.ref)
            yield view

    def on_unmount(self) -> None:
        """Look at what was looked at before."""
        self.session.run_id, self.session.counted_from = self._before
        if (below := topmost(self.app)) is not None and below is not self:
            below.store_changed()
