"""The page of those who qualify for a cohort and are not in it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from db.actions import Subject
from tui.screens.page import Page
from tui.session import Session
from tui.views.qualifying import QualifyingView
from tui.views.source import Record


class QualifyingPage(Page):
    """Proposals, to be worked off with A."""

    where = "Who qualifies"

    def __init__(self, session: Session, cohort: str, item: str = "") -> None:
        super().__init__(session, Record(Subject("cohort", cohort, cohort)), item)

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield QualifyingView(self.session, self.record.subject.ref, self.item)
