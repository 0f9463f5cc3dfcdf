"""The run-down: a list one record at a time, big, with one key for every outcome, and how many are left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from core.days import london, parse_iso, uk
from core.text import counted
from db import actions, decisions
from db.store.history import last_of
from tui.commands import command
from tui.screens.page import Page
from tui.session import Session
from tui.verb import verb_named, verbs
from tui.views.source import Record
from tui.wall import Told, Who, Words, called


class RunDownPage(Page):
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

    def __init__(self, session: Session, records: Sequence[Record], item: str = "") -> None:
        super().__init__(session, records[0], item)
        self._every = list(records)
        self._unactioned = False
        self._at = 0
        self._written: int | None = None

    @property
    def _shown(self) -> list[Record]:
        """The records that are gone through: all, or those on whom no action is open."""
        if not self._unactioned:
            return self._every
        busy = {
            (one.subject.kind, one.subject.ref) for one in actions.open_actions(self.session.store, self.session.now())
        }
        return [one for one in self._every if (one.subject.kind, one.subject.ref) not in busy]

    def body(self) -> Iterable[Widget]:
        """The record, big."""
        yield self.facts()

    def lines(self) -> Sequence[Told]:
        """Where one is, whom it is about, what it is made of, open actions with what was tried, decisions."""
        shown = self._shown
        if not shown:
            return ("Every record of this list has an open action. o shows all, esc goes back.",)
        if self._at >= len(shown):
            return ("That was the last record of the list. k goes to the one before, esc back to the list.",)
        self.record = record = shown[self._at]
        about = record.subject
        left = counted(len(shown) - self._at - 1, "record")
        only = ", without an open action" if self._unactioned else ""
        facts = ", ".join(f"{name} {value}" for name, value in record.facts.items())
        return (
            f"{self._at + 1} of {len(shown)}{only}; {left} left",
            "",
            (Who(called(about, hidden=False), called(about, hidden=True)),),
            record.told(hidden=self.session.projector, asked=self.asked),
            (Words(facts),),
            "",
            *self._open(record),
            *self._decided(record),
        )

    def _open(self, record: Record) -> Iterable[Told]:
        store, now = self.session.store, self.session.now()
        found = actions.about(store, record.opens or record.subject, now)
        if not found:
            yield "No action was ever raised."
        for one in found[:8]:
            came = f": {one.result}" if one.result else ""
            yield (
                f"Action {one.id} ({one.rag.value}, {one.state}, due {london(one.due_at):%d/%m}): ",
                Words(f"{one.action}; {one.owned_by}{came}"),
            )
            for _, _, said in actions.updates(store, one.id)[:2]:
                yield ("    ", Words(said))

    def _decided(self, record: Record) -> Iterable[Told]:
        for one in decisions.about(self.session.store, record.opens or record.subject)[:4]:
            review = f", review {uk(parse_iso(one.rationale.review_on))}" if one.rationale.review_on else ""
            yield (f"Decision {one.id}{review}: ", Words(f"{one.decision}; {one.reason}; {one.decided_by}"))

    def action_step(self, step: int) -> None:
        """Go to the next record, or the one before; at the end it is said."""
        self._at = min(max(self._at + step, 0), len(self._shown))
        self.rewrite()

    def action_verb(self, name: str) -> None:
        """Carry an outcome out on this record; then the next stands here."""
        verb = verb_named(name)
        self._written = None if verb.reads else self._last_entry()
        self.carry_out(verb, [self.record], None)

    def _last_entry(self) -> int:
        """The last entry of the journal that this sitting has made."""
        return last_of(self.session.store, self.session.store.sitting)

    def refresh_views(self) -> None:
        """Go on to the next record where this sitting has done something about the one that was shown."""
        before, done = self._written, [one.subject for one in self._shown]
        if before is not None and self._last_entry() > before:
            self._written = None
            still = self._at < len(done) and done[self._at] == self.record.subject
            self._at += 1 if still else 0
        super().refresh_views()

    def action_open_only(self) -> None:
        """Only records without an open action, or all again."""
        self._unactioned = not self._unactioned
        self._at = 0
        self.rewrite()
