"""One borough: its priorities, and its wards as they stand in the ranking of London."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from core.geography import boroughs
from db.actions import Subject
from tui.screens.page import Page
from tui.session import Session
from tui.views.source import Record
from tui.views.wards import WardsView
from tui.wall import Told


class BoroughPage(Page):
    """The wards of one borough; verbs act on them as in the list of all wards."""

    DEFAULT_CSS = """
    BoroughPage .facts { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, session: Session, borough: str) -> None:
        """*borough* is one of ``core.geography.boroughs``."""
        self._borough = boroughs()[borough]
        super().__init__(session, Record(Subject("borough", self._borough.code, borough)))
        self.where = borough

    def lines(self) -> Sequence[Told]:
        """Where it belongs, and what it wants done."""
        one = self._borough
        return f"{one.name}, BCU {one.bcu} {one.bcu_name}", priorities_of(one.name)

    def body(self) -> Iterable[Widget]:
        """The facts and the wards."""
        yield self.facts()
        yield WardsView(self.session, borough=self._borough.name)


def priorities_of(borough: str) -> str:
    """The priorities a borough published, in a line; says where none are known."""
    found = boroughs().get(borough)
    if found is None or not found.priorities:
        return "local priorities not known"
    return f"local priorities (published 2018-19): {'; '.join(found.priorities)}"
