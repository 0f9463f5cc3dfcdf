"""The page of a fly-tip site: where it is, its checks, its plan step by step, what was done about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from core.days import day_of, uk
from core.errors import NotFound
from core.fly_tips import TARGET_SITES
from db import fly_tips
from db.fly_tips import Check
from tui.commands import command
from tui.screens.page import SubjectPage
from tui.session import Session
from tui.views.base import View
from tui.views.fly_tip import PlanView
from tui.views.fly_tips import checks_said, plan_words
from tui.views.history import HistoryView
from tui.views.source import Record

_SHOWN = 4
"""How many checks have a line of their own."""


class FlyTipPage(SubjectPage):
    """One fly-tip site, with two lists: its plan, and the actions and decisions about it."""

    DEFAULT_CSS = """
    FlyTipPage .facts { max-height: 12; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("tab", "other_list", "plan/done", "The plan of this site, or what was done about it", "site.list"),
    ]
    where = "Fly-tip site"

    def __init__(self, session: Session, record: Record, item: str = "") -> None:
        """Raises NotFound where the site is gone."""
        super().__init__(session, record, item)
        self._gone = ""
        self._read()

    def _read(self) -> None:
        number = int(self.record.subject.ref)
        self._site = fly_tips.site(self.session.store, number, day_of(self.session.as_of))
        self._checks = [one for one in fly_tips.checks(self.session.store, number) if one.day <= self._site.as_of]

    def lines(self) -> Sequence[str]:
        """Where; rank and reports; the week's checks; the latest checks."""
        one = self._site
        if self._gone:
            return one.place, self._gone
        if one.closed_on is not None:
            stands = f"closed {uk(one.closed_on)}: {one.closed_reason}"
        elif one.target:
            stands = f"rank {one.rank}, among the worst {TARGET_SITES}; {checks_said(one)}"
        else:
            stands = f"rank {one.rank}, not among the worst {TARGET_SITES}: no weekly checks asked for"
        return (
            f"{one.place}  {one.ward}{', ' if one.borough else ''}{one.borough}  {one.ward_code}",
            f"{one.reports:,} reported, open {one.days_open:,} d since {uk(one.since)}; {plan_words(one)}",
            stands,
            *self._check_lines(),
        )

    def _check_lines(self) -> Iterator[str]:
        if not self._checks:
            yield "never checked"
        for one in self._checks[:_SHOWN]:
            yield self._check(one)
        if earlier := self._checks[_SHOWN:]:
            yield f"and {len(earlier)} earlier"

    def _check(self, one: Check) -> str:
        """One check; a wall is shown neither who made it nor what they noted."""
        if self.session.projector:
            return f"checked {uk(one.day)}: {one.found}"
        note = f", {one.note}" if one.note else ""
        return f"checked {uk(one.day)}: {one.found}{note} ({one.checked_by})"

    def body(self) -> Iterable[Widget]:
        """The facts and the two lists."""
        yield self.facts()
        with ContentSwitcher(initial="plan", id="views"):
            yield PlanView(self.session, self.record, self.item, id="plan")
            yield HistoryView(self.session, self.record, self.item, id="done")

    def view(self) -> View:
        """The list that is shown."""
        return self.query_one(f"#{self.query_one('#views', ContentSwitcher).current}", View)

    def rewrite(self) -> None:
        """Read again: a verb may have changed the site, undo may have taken it off the list."""
        self._gone = ""
        try:
            self._read()
        except NotFound as problem:
            self._gone = problem.sentence
        super().rewrite()

    def action_other_list(self) -> None:
        """Show the other list."""
        switcher = self.query_one("#views", ContentSwitcher)
        switcher.current = "plan" if switcher.current == "done" else "done"
        self.view().focus_list()
