"""The page of a fly-tip site: where it is, its checks, its plan step by step, what was done about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from core.days import day_of, uk
from core.fly_tips import TARGET_SITES
from core.text import counted
from db import fly_tips
from db.fly_tips import Check, Site
from tui.commands import command
from tui.screens.page import SubjectPage
from tui.views.base import View
from tui.views.fly_tip import PlanView
from tui.views.fly_tips import checks_said, plan_words
from tui.views.history import HistoryView
from tui.wall import Told, Words

_SHOWN = 4
"""How many checks have a line of their own."""


@dataclass(frozen=True)
class SiteFacts:
    """A site and its checks up to the day that is looked at, the latest first."""

    site: Site
    checks: tuple[Check, ...]


class FlyTipPage(SubjectPage[SiteFacts]):
    """One fly-tip site, with two lists: its plan, and the actions and decisions about it."""

    DEFAULT_CSS = """
    FlyTipPage .facts { max-height: 12; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("tab", "other_list", "plan/done", "The plan of this site, or what was done about it", "fly-tip.list"),
    ]
    where = "Fly-tip site"

    def read(self) -> SiteFacts:
        """The site and its checks. Raises NotFound where it is gone: undo may have taken it off the list."""
        number, store = int(self.record.subject.ref), self.session.store
        site = fly_tips.site(store, number, day_of(self.session.as_of))
        return SiteFacts(site, tuple(check for check in fly_tips.checks(store, number) if check.day <= site.as_of))

    def lines(self) -> Sequence[Told]:
        """The facts; of a site that is gone, where it was."""
        lines = super().lines()
        return (self.known.site.place, *lines) if self.known is not None and self.problem is not None else lines

    def sentences(self, known: SiteFacts) -> Sequence[Told]:
        """Where; rank and reports; the week's checks; the latest checks."""
        return site_lines(known)

    def body(self) -> Iterable[Widget]:
        """The facts and the two lists."""
        yield self.facts()
        with ContentSwitcher(initial="plan", id="views"):
            yield PlanView(self.session, self.record, self.item, id="plan")
            yield HistoryView(self.session, self.record, self.item, id="done")

    def view(self) -> View:
        """The list that is shown."""
        return self.query_one(f"#{self.query_one('#views', ContentSwitcher).current}", View)

    def action_other_list(self) -> None:
        """Show the other list."""
        switcher = self.query_one("#views", ContentSwitcher)
        switcher.current = "plan" if switcher.current == "done" else "done"
        self.view().focus_list()


def site_lines(known: SiteFacts) -> Sequence[Told]:
    """What is known of a site, one fact a line."""
    site = known.site
    state: Told
    if site.closed_on is not None:
        state = f"closed {uk(site.closed_on)}: ", Words(site.closed_reason)
    elif site.target:
        state = f"rank {site.rank}, among the worst {TARGET_SITES}; {checks_said(site)}"
    else:
        state = f"rank {site.rank}, not among the worst {TARGET_SITES}: no weekly checks asked for"
    return (
        f"{site.place}  {site.ward}{', ' if site.borough else ''}{site.borough}  {site.ward_code}",
        f"{site.reports:,} reported, open {counted(site.days_open, 'day')} since {uk(site.since)}; {plan_words(site)}",
        state,
        *_check_lines(known.checks),
    )


def _check_lines(checks: Sequence[Check]) -> Iterator[Told]:
    if not checks:
        yield "never checked"
    for check in checks[:_SHOWN]:
        yield _check(check)
    if earlier := checks[_SHOWN:]:
        yield f"and {len(earlier)} earlier"


def _check(check: Check) -> Told:
    """One check: its day, what was found; then the note and who made it, both of which are typed."""
    found, by = f"checked {uk(check.day)}: {check.found}", f"({check.checked_by})"
    return (found, ", ", Words(f"{check.note} {by}")) if check.note else (found, " ", Words(by))
