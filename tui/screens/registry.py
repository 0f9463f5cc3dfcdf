"""Which page stands behind each name that a view, a verb or a row asks for. A page is loaded when it is first shown."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from db.store.viewings import Shown
from tui.opening import Open
from tui.views.source import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.screens.base import RoomScreen


class NamedPage(NamedTuple):
    """A page that can be opened.

    name: what it is asked for by. where: ``module.Class`` below ``tui.screens``. of_subject: whether Enter opens it on
    a record; its name is then the kind of the record's subject. once: whether it is gone back to where it is open
    beneath, so that it never stands on itself.
    """

    name: str
    where: str
    of_subject: bool = False
    once: bool = False

    def load(self) -> Callable[..., RoomScreen]:
        """The class of the page; what it is made with differs from page to page."""
        module, _, name = self.where.rpartition(".")
        made_by: Callable[..., RoomScreen] = getattr(import_module(f"tui.screens.{module}"), name)
        return made_by


PAGES = (
    NamedPage("person", "person.PersonPage", of_subject=True),
    NamedPage("ward", "ward.WardPage", of_subject=True),
    NamedPage("site", "fly_tip.FlyTipPage", of_subject=True),
    NamedPage("meeting", "pages.MinutesPage", of_subject=True),
    NamedPage("so_far", "pages.SoFarPage"),
    NamedPage("why", "pages.WhyPage"),
    NamedPage("rundown", "rundown.RunDownPage"),
    NamedPage("map", "map.MapPage", once=True),
    NamedPage("borough", "borough.BoroughPage"),
    NamedPage("compare", "compare.ComparePage"),
    NamedPage("timeline", "timeline.TimelinePage"),
    NamedPage("disagreement", "disagreement.DisagreementPage"),
    NamedPage("backtest", "backtest.BacktestPage"),
    NamedPage("shown", "shown.ShownPage"),
    NamedPage("qualifying", "qualifying.QualifyingPage"),
)
"""Every page that is opened by name."""
_BY_NAME = {page.name: page for page in PAGES}


def page_named(name: str) -> NamedPage:
    """The page of a name. Raises KeyError where there is none."""
    return _BY_NAME[name]


def shown_by(page: str, about: Iterable[object]) -> list[Shown]:
    """What opening a page shows, for the record: each person that it is opened on, else the paper or the list it is."""
    records = [one for one in about if isinstance(one, Record)]
    if people := [one.subject.ref for one in records if one.subject.kind == "person"]:
        return [Shown("person", page, ref, "room") for ref in people]
    of = records[0].subject if records else None
    sort = "paper" if of is not None and of.kind == "meeting" else "list"
    return [Shown(sort, page, f"{of.kind} {of.ref}" if of is not None else "", "room")]


def page_behind(record: Record) -> Open | None:
    """The page that Enter opens on a record, or None where its kind has none."""
    # On its page a subject is asked why by itself, not as the row of a list.
    opened = replace(record, why="", rows=()) if record.opens is None else Record(record.opens)
    page = _BY_NAME.get(opened.subject.kind)
    return Open(page.name, (opened,)) if page is not None and page.of_subject else None
