"""The page of a named suspect: who, the score and what it is made of, cohorts, orders, the weeks, what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from core.allegations import Allegation
from core.cohorts import COHORTS
from core.cohorts.orders import breaches_open, orders_in_force
from core.days import day_of, uk
from core.errors import Problem
from core.text import counted
from db import markers, memberships, rankings
from db.memberships import Member
from tui.keys_in_order import BESIDE
from tui.safe import safe
from tui.screens.page import SubjectPage
from tui.session import Session
from tui.views.base import View
from tui.views.history import PersonHistoryView
from tui.views.source import Record
from tui.views.why import explained
from tui.widgets.weeks import Weeks, place_of

WEEKS = 52
_SHOWN = 2
"""How many cohorts and how many orders have a line of their own."""


class PersonPage(SubjectPage):
    """One named suspect."""

    DEFAULT_CSS = """
    PersonPage .facts { max-height: 12; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    where = "Named suspect"

    def __init__(self, session: Session, record: Record, item: str = "") -> None:
        """Raises NotFound where no one has that reference."""
        super().__init__(session, record, item)
        self._solid = ""
        self._read()

    def _read(self) -> None:
        session, ref = self.session, self.record.subject.ref
        self._found = explained(session, ref)
        self._entry = rankings.entry_of(session.store, session.run_id, self._found.person.ref)
        self._cohorts = [one for one in memberships.history(session.store, ref) if one.left_on is None]
        self._markers = markers.of_person(session.store, self._found.person.ref)

    def body(self) -> Iterable[Widget]:
        """The facts, the weeks, what was done."""
        yield self.facts()
        as_of = self._found.window.as_of
        yield Static(safe(f"harm by week reported, {WEEKS} weeks to {uk(as_of)}; T is the timeline"), classes="caption")
        yield Weeks(weeks(self._found.counted, as_of), as_of)
        yield self.history()

    def on_mount(self) -> None:
        """Find out beside how solid the rank is; the class above starts the clock."""
        if self._entry is not None and self._entry.rank is not None and self.session.run_id is not None:
            self._weigh_up(self.session.run_id, self._found.person.ref)

    class Solid(Message):
        """A worker knows how the rank stands under the alternatives."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    @work(thread=True, group=BESIDE)
    def _weigh_up(self, run_id: int, ref: str) -> None:
        from db.stability import band_of

        worker, store = get_current_worker(), self.session.store
        try:
            words = band_of(store, rankings.request_again(store, rankings.run(store, run_id)), ref).sentence
        except Problem:
            return
        if not worker.is_cancelled:
            self.post_message(self.Solid(words))

    @on(Solid)
    def _say_solid(self, message: Solid) -> None:
        message.stop()
        self._solid = f"; {message.words}"
        super().rewrite()

    def history(self) -> View:
        """What was done about the person, and every cohort they were in."""
        return PersonHistoryView(self.session, self.record, self.item)

    def rewrite(self) -> None:
        """Read again: a verb may have changed a cohort, another method the score."""
        self._read()
        self.query_one(Weeks).values = tuple(weeks(self._found.counted, self._found.window.as_of))
        super().rewrite()

    def lines(self) -> Sequence[str]:
        """The facts, one a line."""
        found, who, session = self._found, self._found.person, self.session
        victim = "  ALSO A VICTIM" if who.victim else ""
        born = f"born {uk(who.born_on)}" if who.born_on else "birth date not known"
        return (
            f"{session.shown(who.name, who.ref)}  {who.ref}  {who.status or 'status not known'}{victim}",
            f"{born if not session.projector else ''}  {who.sex}  {who.ethnicity}",
            f"{self._rank()}: {found.score:,g} {found.method.unit} = {self._sum()}",
            largest_of(found.counted),
            f"not counted: {counted(len(found.lines) - len(found.counted), 'allegation')}{self._solid}",
            *self._order_lines(),
            *self._cohort_lines(),
        )

    def _rank(self) -> str:
        entry = self._entry
        return "not ranked" if entry is None or entry.rank is None else f"rank {entry.rank}"

    def _sum(self) -> str:
        """What the score is made of: allegations, or the parts of a banded method."""
        found = self._found
        victims = f", {counted(self._entry.victims, 'victim')}" if self._entry else ""
        of = f"{counted(len(found.counted), 'allegation')}{victims}"
        if derived := sum(line.row.confidence == "derived" for line in found.counted):
            of += f", {counted(derived, 'DERIVED weight')}"
        if not found.method.measures:
            return of
        parts = " + ".join(f"{part.measure} {part.adds:g}" for part in found.parts)
        return f"{parts} ({found.method.title}), {of}"

    def _cohort_lines(self) -> Iterable[str]:
        as_of = day_of(self.session.as_of)
        for one in self._cohorts[:_SHOWN]:
            yield _cohort(one, as_of, reason=not self.session.projector)
        if rest := self._cohorts[_SHOWN:]:
            yield f"cohorts, also: {' '.join(badge(one) for one in rest)}"

    def _order_lines(self) -> Iterable[str]:
        as_of = day_of(self.session.as_of)
        orders = orders_in_force(self._markers, as_of)
        for one in orders[:_SHOWN]:
            yield f"order in force: {one.words}"
        if len(orders) > _SHOWN:
            yield f"orders in force, also: {', '.join(one.kind for one in orders[_SHOWN:])}"
        if waiting := breaches_open(self._markers, as_of):
            said = ", ".join(f"{one.kind} of {uk(one.day)}" for one in waiting)
            yield f"BREACH not followed up: {said}"


def badge(one: Member) -> str:
    """The badge of a membership."""
    return COHORTS[one.cohort].badge if one.cohort in COHORTS else one.cohort


def _cohort(one: Member, as_of: int, *, reason: bool) -> str:
    title = COHORTS[one.cohort].title if one.cohort in COHORTS else ""
    due = " DUE" if one.due(as_of) else ""
    why = f": {one.reason}" if reason else ""
    return f"cohort {badge(one)} {title} since {uk(one.since)}, review {uk(one.review_on)}{due}{why}"


def largest_of(lines: Iterable[Allegation]) -> str:
    """The heaviest of some allegations with what its weight rests on; empty where there is none."""
    heaviest = max(lines, key=lambda line: line.days or 0.0, default=None)
    if heaviest is None:
        return ""
    rests = "DERIVED weight" if heaviest.row.confidence == "derived" else heaviest.row.confidence
    return f"largest {heaviest.days:,g} d ({rests}): {heaviest.row.offence}"


def weeks(lines: Iterable[Allegation], as_of: int) -> list[float]:
    """Harm in days per week reported, the oldest week first, the last ending on *as_of* (a day number)."""
    found = [0.0] * WEEKS
    for line in lines:
        place = place_of(line.row.reported_on, as_of, WEEKS)
        if place is not None:
            found[place] += line.days or 0.0
    return found
