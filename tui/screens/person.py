"""The page of a named suspect: who, the score and what it is made of, cohorts, orders, the weeks, what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual.widget import Widget

from core.days import day_of, uk
from db import rankings
from db.store import Store
from tui.reading import Reading
from tui.safe import safe
from tui.screens.page import SubjectPage
from tui.screens.person_words import WEEKS, PersonFacts, person_facts, person_lines
from tui.session import Session
from tui.views.base import View
from tui.views.history import PersonHistoryView
from tui.views.source import Record
from tui.wall import Told
from tui.widgets.static import Static
from tui.widgets.weeks import Weeks


class PersonPage(SubjectPage[PersonFacts]):
    """One named suspect."""

    DEFAULT_CSS = """
    PersonPage .facts { max-height: 12; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    where = "Named suspect"

    def __init__(self, session: Session, record: Record, item: str = "") -> None:
        super().__init__(session, record, item)
        self._solid = ""
        self._weighed_up: int | None = None
        """The run of which it was asked how solid the rank is."""
        self._solidity = Reading[str](self, self._say_solid, beside=True)

    def read(self) -> PersonFacts:
        """The person. Raises NotFound where no one has that reference."""
        return person_facts(self.session, self.record.subject.ref)

    def sentences(self, known: PersonFacts) -> Sequence[Told]:
        """The facts, one a line."""
        return person_lines(known, self._solid)

    def body(self) -> Iterable[Widget]:
        """The facts, the weeks, what was done."""
        yield self.facts()
        yield Static("", classes="caption")
        yield Weeks([0.0] * WEEKS, day_of(self.session.as_of))
        yield self.history()

    def history(self) -> View:
        """What was done about the person, and every cohort they were in."""
        return PersonHistoryView(self.session, self.record, self.item)

    def fill(self, known: PersonFacts) -> None:
        """The weeks; how solid the rank is, is found out beside, once a run."""
        as_of = known.explanation.window.as_of
        self.query_one(".caption", Static).update(
            safe(f"harm by week reported, {WEEKS} weeks to {uk(as_of)}; T is the timeline")
        )
        self.query_one(Weeks).show(known.by_week, as_of)
        if known.run_id == self._weighed_up:
            return
        self._solid, self._weighed_up = "", known.run_id
        self._solidity.drop()
        if known.run_id is not None and known.entry is not None and known.entry.rank is not None:
            how = partial(_how_solid, self.session.store, known.run_id, known.explanation.person.ref)
            self.call_after_refresh(self._solidity.start, how)  # it takes a second, and holds up no first paint

    def _say_solid(self, words: str) -> None:
        self._solid = words
        self.rewrite()


def _how_solid(store: Store, run_id: int, ref: str) -> str:
    """How a person's rank stands under the alternatives, in a sentence."""
    from db.stability import band_of

    stands = band_of(store, rankings.request_again(store, rankings.run(store, run_id)), ref).sentence
    return f"{stands}; did such lists hold up: F in the list"
