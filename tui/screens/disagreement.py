"""The page of those on whom two methods disagree."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from db.actions import Subject
from db.rankings import RunHead
from db.scoring import RankingRequest
from tui.screens.page import Page
from tui.session import Session
from tui.views.disagreement import DisagreementView
from tui.views.source import Record


class DisagreementPage(Page):
    """Everyone whom two methods put further apart than so many places."""

    where = "Two methods"

    def __init__(self, session: Session, head: RunHead, other: RankingRequest, places: int) -> None:
        super().__init__(session, Record(Subject("run", str(head.id), "")))
        self._between = (head, other, places)

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield DisagreementView(self.session, *self._between)
