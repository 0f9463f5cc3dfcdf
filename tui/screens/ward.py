"""The page of a ward: its harm and what it is made of, who was reported there, what is done there, its 24 months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from core.actions import Rag
from core.days import london
from core.errors import Problem
from core.geography import wards
from core.text import counted
from core.wards import FEW_RESIDENTS
from db import actions, deployments
from db import wards as rankings
from db.deployments import UnitView
from db.ward_pages import WardPage as ReleasePage
from db.ward_pages import ward_page
from db.ward_people import WardPerson
from tui.commands import command
from tui.screens.base import RoomScreen
from tui.screens.borough import priorities_of
from tui.screens.page import SubjectPage
from tui.session import Session
from tui.views.base import View
from tui.views.source import Record
from tui.views.ward import WardHistoryView, WardPeopleView

_FIRST = 3
"""How many categories and how many people are named."""
TEAM = "ward team: 2 dedicated ward officers and 1 PCSO"


class WardPage(SubjectPage):
    """One ward, with two lists: what was done about it, and the named suspects reported in it."""

    DEFAULT_CSS = """
    WardPage .facts { max-height: 12; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("tab", "other_list", "people/done", "The named suspects of this ward, or what was done", "ward.list"),
    ]
    where = "Ward"

    def __init__(self, session: Session, record: Record, item: str = "") -> None:
        super().__init__(session, record, item)
        self._ward: ReleasePage | None = None
        self._missing = ""
        self._place = ""
        self._people: tuple[WardPerson, ...] | None = None
        try:
            self._ward = ward_page(session.store, record.subject.ref)
            self._place = self._rank()
        except Problem as problem:
            self._missing = problem.sentence

    def _rank(self) -> str:
        found = rankings.ranking(self.session.store)
        entry = rankings.ward_entries(found).get(self.record.subject.ref)
        return "" if entry is None else f", rank {entry.rank} of {len(found.table.entries)}"

    # What stands at the head

    def lines(self) -> Sequence[str]:
        """Where; the harm and what it is made of; who; what is done there now."""
        page = self._ward
        known = wards().get(self.record.subject.ref)
        borough = page.borough if page else known.borough if known else ""
        return (
            *(self._release_lines(page) if page else (self._missing,)),
            self._people_line(),
            self._units_line(),
            self._actions_line(),
            priorities_of(borough),
            TEAM,
        )

    def _release_lines(self, page: ReleasePage) -> tuple[str, ...]:
        few = " (few: rates say little)" if page.population < FEW_RESIDENTS else ""
        harm = [line for line in page.categories if line.harm][:_FIRST]
        most = sorted(page.categories, key=lambda line: (-line.count, line.category))[:_FIRST]
        offences = sum(line.count for line in page.categories)
        return (
            f"{page.ward}, {page.borough}, BCU {page.bcu}  {page.code}  {page.population:,} residents{few}",
            f"{page.harm:,.0f} d of harm in 12 months{self._place}, {offences:,} offences",
            "by harm: " + "; ".join(f"{line.harm:,.0f} d {line.category.lower()}" for line in harm),
            "by count: " + "; ".join(f"{line.count:,} {line.category.lower()}" for line in most if line.count),
        )

    def _people_line(self) -> str:
        people = self._people
        if people is None:
            return "named suspects reported here: not known" if self.session.run_id is None else "reading who…"
        if not people:
            return "named suspects reported here: none of this ranking"
        first = "; ".join(self._person(one) for one in people[:_FIRST])
        more = "; …" if len(people) > _FIRST else ""
        return f"{counted(len(people), 'named suspect')} reported here (tab): {first}{more}"

    def _person(self, one: WardPerson) -> str:
        rank = "unranked" if one.entry.rank is None else f"#{one.entry.rank}"
        return f"{rank} {self.session.shown(one.entry.name, one.entry.person)}"

    def _units_line(self) -> str:
        every = deployments.units(self.session.store)
        if not every:
            return "deployed here: not known, the store holds no unit"
        here = [one for one in every if one.status == "deployed" and one.ward_code == self.record.subject.ref]
        if not here:
            return "deployed here now: no unit"
        officers = counted(sum(one.officers for one in here), "officer")
        return f"deployed here now: {officers} = {'; '.join(_unit(one) for one in here)}"

    def _actions_line(self) -> str:
        found = actions.about(self.session.store, self.record.subject, self.session.now())
        waiting = [one for one in found if one.status == "open"]
        if not waiting:
            return "open actions: none"
        late = sum(one.rag is Rag.RED for one in waiting)
        first = waiting[0]
        overdue = f" ({late} overdue)" if late else ""
        due = f"{london(first.due_at):%d/%m %H:%M}"
        return f"open actions: {len(waiting)}{overdue}; next {due} {first.owner}: {first.action}"

    # The lists

    def body(self) -> Iterable[Widget]:
        """The facts, the months, the two lists."""
        yield self.facts()
        if (page := self._ward) is not None:
            months = page.release.months
            caption = (
                f"offences by month, {months[0]} to {months[-1]}: lowest {min(page.monthly)}, highest "
                f"{max(page.monthly)}"
            )
            yield from self.picture([float(count) for count in page.monthly], caption)
        with ContentSwitcher(initial="done", id="views"):
            yield self.history()
            yield WardPeopleView(self.session, self.record.subject, self.item, id="people")

    def history(self) -> View:
        """What was done about the ward."""
        return WardHistoryView(self.session, self.record, self.item, id="done")

    def view(self) -> View:
        """The list that is shown."""
        return self.query_one(f"#{self.query_one('#views', ContentSwitcher).current}", View)

    @on(WardPeopleView.Found)
    def _know_the_people(self, message: WardPeopleView.Found) -> None:
        message.stop()
        self._people = message.people
        self.rewrite()

    def open_record(self, record: Record) -> None:
        """The page of a named suspect; on what was done, why the ward is here."""
        if record.subject.kind == "person":
            RoomScreen.open_record(self, record)
        else:
            super().open_record(record)

    def action_other_list(self) -> None:
        """Show the other list."""
        switcher = self.query_one("#views", ContentSwitcher)
        switcher.current = "people" if switcher.current == "done" else "done"
        self.view().focus_list()


def _unit(one: UnitView) -> str:
    until = f" to {london(one.ends):%d/%m %H:%M}" if one.ends else ""
    return f"{one.unit} ({one.officers}) {one.tactic}{until}"
