"""Named suspects, ranked: the whole pool, a page at a time, by any method and in any pool."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message
from textual.worker import get_current_worker

from core.days import day_of
from core.errors import Problem
from core.text import plain
from db import rankings
from db.scoring import RankingRequest
from tui.commands import command
from tui.dialogs.method import MethodPick, Wanted
from tui.keys_in_order import BESIDE
from tui.verbs.names import verbs
from tui.views.base import View
from tui.views.ranked import RankedSource, columns, heading
from tui.views.source import Source
from tui.widgets.record_list import Cell, Column


class SuspectsView(View):
    """The ranked list."""

    columns: ClassVar[tuple[Column, ...]] = columns("d")
    empty = "No one is ranked. Import crime reports: tasking import FILE."
    noun = "named suspects"
    reads_at_once = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("why", "action", "decision"),
        command("m", "method", "method", "Rank by another method, or in another pool", "list.method"),
        *verbs("compare", "timeline", "disagree"),
        *verbs("adopt", footer=False),
    ]

    class Made(Message):
        """A worker has made or found the ranking that was asked for."""

        def __init__(self, run_id: int) -> None:
            super().__init__()
            self.run_id = run_id

    class NotMade(Message):
        """A worker could not rank."""

        def __init__(self, problem: Problem) -> None:
            super().__init__()
            self.problem = problem

    class Said(Message):
        """A worker knows what moved some of the people shown."""

        def __init__(self, source: RankedSource, letters: dict[str, str], keys: list[int]) -> None:
            super().__init__()
            self.source = source
            self.letters = letters
            self.keys = keys

    _person = ""
    """The reference of the person to go to in the next ranking that is shown."""

    def read(self) -> tuple[Source, str]:
        """The run that is looked at."""
        if self.session.run_id is None:
            raise Problem("No one is ranked. Import crime reports: tasking import FILE.", "No ranking")
        head = rankings.run(self.session.store, self.session.run_id)
        return RankedSource(self.session, head), heading(head)

    def first_keys(self, source: Source) -> array[int]:
        """The first rows; the order of everyone is read after they are painted."""
        return source.first() if isinstance(source, RankedSource) else super().first_keys(source)

    # What moved them

    def _cells(self, keys: Sequence[int]) -> Sequence[Sequence[Cell]]:
        """A page of rows; what moved people is found out beside, and put in when it is known."""
        rows = super()._cells(keys)
        if isinstance(self.source, RankedSource) and (people := self.source.unsaid()):
            self.call_later(self._find_causes, self.source, people)
        return rows

    @work(thread=True, group=BESIDE)
    def _find_causes(self, source: RankedSource, people: dict[str, int]) -> None:
        from db.movements import causes_for

        worker = get_current_worker()
        try:
            letters = causes_for(self.session.store, source.head, list(people))
        except Problem:
            return
        if not worker.is_cancelled:
            self.post_message(self.Said(source, letters, list(people.values())))

    @on(Said)
    def _say_causes(self, message: Said) -> None:
        message.stop()
        message.source.say(message.letters)
        if message.source is self.source:
            self.records.invalidate(message.keys)

    # Another method

    def start(self, keys: Sequence[int]) -> int | None:
        """The person the cursor was on, where they are in this ranking, too."""
        wanted, self._person = self._person, ""
        entry = rankings.entry_of(self.session.store, self.session.run_id, wanted) if wanted else None
        return super().start(keys) if entry is None else entry.position

    def action_method(self) -> None:
        """Ask for a method and a pool."""
        stands = rankings.run(self.session.store, self.session.run_id) if self.session.run_id is not None else None
        self.app.push_screen(MethodPick(stands), self._rank)

    def _rank(self, wanted: Wanted | None) -> None:
        if wanted is None:
            return
        self._say_doing(f"Ranking by {wanted.method.title}…")
        self._make(RankingRequest(day_of(self.session.as_of), method=wanted.method.key, pool=wanted.pool))

    @work(thread=True, exclusive=True, group=BESIDE)
    def _make(self, asked: RankingRequest) -> None:
        from db.runs import run_like

        worker = get_current_worker()
        said: Message
        try:
            said = self.Made(run_like(self.session.store, asked).id)
        except Problem as problem:
            said = self.NotMade(problem)
        if not worker.is_cancelled:
            self.post_message(said)

    @on(Made)
    def _show_made(self, message: Made) -> None:
        message.stop()
        self._say_doing("")
        if message.run_id == self.session.run_id:
            return
        here = self.under_cursor()
        self._person = here.subject.ref if here is not None else ""
        self.session.run_id = message.run_id
        self.handled.clear()
        self.records.unmark()
        self.records.empty_text = "Reading…"
        self.records.show(())
        self.post_message(self.Switched())

    @on(NotMade)
    def _say_not_made(self, message: NotMade) -> None:
        message.stop()
        self._say_doing("")
        self.notify(plain(message.problem.sentence), title=message.problem.title, severity="error", markup=False)

    def _say_doing(self, words: str) -> None:
        self.doing = words
        self._write_heading()
