"""The run-down: a list one record at a time, big, with one key for every outcome, and how many are left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from core.days import london, parse_iso, uk
from core.text import counted
from db import actions, decisions
from db.actions import ActionView, Subject
from db.decisions import DecisionView
from tui.commands import command
from tui.screens.page import FactsPage
from tui.session import Session
from tui.verb import verb_named, verbs
from tui.views.detail import about_of
from tui.views.source import Record
from tui.wall import Told, Who, Words, called

_ACTIONS, _UPDATES, _DECISIONS = 8, 2, 4
"""How many actions are told, how much of what was said about each, and how many decisions; the rest is on the page."""


@dataclass(frozen=True)
class Stop:
    """Where a run-down is, and what is known there.

    at: the place of the record among *many* that are gone through, from 0. record: None behind the last of them, and
    where there is none at all. raised: the actions on it, each with what was said of it last. decided: the decisions.
    """

    at: int
    many: int
    record: Record | None = None
    raised: Sequence[tuple[ActionView, Sequence[str]]] = ()
    decided: Sequence[DecisionView] = ()


class RunDownPage(FactsPage[Stop]):
    """One record of a list after the other: everything that is known of it to decide, then its outcome by one key."""

    where = "Run-down"
    DEFAULT_CSS = """
    RunDownPage .facts { height: 1fr; max-height: 100%; padding: 1 4; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("n,j,down,enter", "step(1)", "next", "The next record of the list", "rundown.next"),
        command("k,up", "step(-1)", "before", "The record before", "rundown.before", footer=False),
        command("o", "open_only", "no action yet", "Only records without an open action, or all", "rundown.open"),
        *verbs("action", "no_action", "defer", "four_owners", "why"),
        *verbs("decision", "rationale", "sentence", footer=False),
        command("escape", "leave", "back", "Go back to the list", "rundown.back", footer=False),
    ]

    def __init__(self, session: Session, records: Sequence[Record], item: str = "", beyond: int = 0) -> None:
        """*beyond*: how many more rows stand below these in the list."""
        super().__init__(session, records[0], item)
        self._every = list(records)
        self._beyond = beyond
        self._unactioned = False
        self._at = 0
        self._handled: Subject | None = None
        """What an outcome was written on, to be passed by once the store is read again."""

    def body(self) -> Iterable[Widget]:
        """The record, big."""
        yield self.facts()

    def read(self) -> Stop:
        """The record that one is at, its actions with what was tried, its decisions. Raises Problem."""
        store, going = self.session.store, self._gone_through()
        at = min(self._at, len(going))
        if at < len(going) and going[at].subject == self._handled:
            at += 1
        if at == len(going):
            return Stop(at, len(going))
        about = about_of(going[at])
        raised = actions.about(store, about, self.session.now())[:_ACTIONS]
        tried = [[words for _, _, words in actions.updates(store, one.id)[:_UPDATES]] for one in raised]
        decided = decisions.about(store, about)[:_DECISIONS]
        return Stop(at, len(going), going[at], list(zip(raised, tried, strict=True)), decided)

    def _gone_through(self) -> list[Record]:
        """All records, or those on whom no action is open."""
        if not self._unactioned:
            return self._every
        about = [about_of(record) for record in self._every]
        busy = {kind: actions.open_by_subject(self.session.store, kind) for kind in {one.kind for one in about}}
        return [record for record, one in zip(self._every, about, strict=True) if one.ref not in busy[one.kind]]

    def fill(self, known: Stop) -> None:
        """Be where what was read is."""
        self._at, self._handled = known.at, None
        if known.record is not None:
            self.record = known.record

    def sentences(self, known: Stop) -> Sequence[Told]:
        """Where one is, whom it is about, what it is made of, open actions with what was tried, decisions."""
        if known.record is None:
            return (self._end(known.many),)
        record, about = known.record, known.record.subject
        left = counted(known.many - known.at - 1, "record")
        more = f", {self._beyond:,} more in the list" if self._beyond else ""
        only = ", without an open action" if self._unactioned else ""
        facts = ", ".join(f"{name} {value}" for name, value in record.facts.items())
        return (
            f"{known.at + 1} of {known.many}{only}; {left} left{more}",
            "",
            (Who(called(about, hidden=False), called(about, hidden=True)),),
            record.told(hidden=self.session.projector, asked=self.asked),
            (Words(facts),),
            "",
            *_raised(known),
            *_decided(known),
        )

    def _end(self, many: int) -> str:
        """What stands behind the last record."""
        if not many:
            return "Every record of this list has an open action. o shows all, esc goes back."
        more = f" of {counted(many, 'record')}; the list has {self._beyond:,} more" if self._beyond else " record"
        return f"That was the last{more}. k goes to the one before, esc back to the list."

    def action_step(self, step: int) -> None:
        """Go to the next record, or the one before; at the end it is said."""
        self._at = max(self._at + step, 0)
        self._facts.start(self.read)

    def action_verb(self, name: str) -> None:
        """Carry an outcome out on the record that is shown; then the next stands here."""
        if self.known is None or self.known.record is None:
            self.notify("No record stands here. k goes to the one before.", markup=False)
            return
        self.carry_out(verb_named(name), [self.known.record], None)

    def handled(self) -> None:
        """Go on to the next record, for an outcome was written on the one that is shown."""
        self._handled = self.record.subject

    def action_open_only(self) -> None:
        """Only records without an open action, or all again."""
        self._unactioned = not self._unactioned
        self._at = 0
        self._facts.start(self.read)


def _raised(known: Stop) -> Iterable[Told]:
    if not known.raised:
        yield "No action was ever raised."
    for one, tried in known.raised:
        came = f": {one.result}" if one.result else ""
        yield (
            f"Action {one.id} ({one.rag.value}, {one.state}, due {london(one.due_at):%d/%m}): ",
            Words(f"{one.action}; {one.owned_by}{came}"),
        )
        yield from (("    ", Words(words)) for words in tried)


def _decided(known: Stop) -> Iterable[Told]:
    for one in known.decided:
        review = f", review {uk(parse_iso(one.rationale.review_on))}" if one.rationale.review_on else ""
        yield (f"Decision {one.id}{review}: ", Words(f"{one.decision}; {one.reason}; {one.decided_by}"))
