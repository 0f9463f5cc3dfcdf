"""What the verbs of every register ask and say: an adoption, an ending, a review (rules: :mod:`core.registers`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.days import day_of, uk
from core.errors import Problem
from core.registers import Proposal, Register
from db.store import Store
from tui.dialogs.form import Field, Values
from tui.verbs.context import DAY_HINT, PLAIN, VerbContext, typed_day
from tui.views.registers import RegisterRow
from tui.views.source import Record, details


class Adopt(Protocol):
    """Adopts those who are put forward."""

    def __call__(
        self, *, since: int, reason: str, adopted_by: str, review_on: int, meeting_id: int | None
    ) -> list[int]:
        """Adopt them; gives the numbers of the entries."""


class End(Protocol):
    """Ends entries of a register in the store."""

    def __call__(
        self, store: Store, ids: Sequence[int], *, on: int, reason: str, by: str, meeting_id: int | None
    ) -> None:
        """End them."""


class Keep(Protocol):
    """Keeps entries of a register until the next review."""

    def __call__(
        self, store: Store, ids: Sequence[int], review_on: int, reason: str, *, on: int, meeting_id: int | None
    ) -> None:
        """Keep them."""


@dataclass(frozen=True)
class RegisterVerbs:
    """A register as its verbs know it: what they call in the store, and what they say.

    only: said where no row can be adopted. nobody: said where no row is in the register. end_title, review_title: the
    titles of the forms. ended, reviewed: what the toast says after the number of entries; ``{day}``: the next review.
    """

    register: Register
    end: End
    keep: Keep
    only: str
    nobody: str
    end_title: str
    review_title: str
    ended: str
    reviewed: str

    def rows(self, context: VerbContext) -> list[Record]:
        """The rows that can be adopted. Raises Problem where there is none."""
        rows = [record for record in context.records if record.subject.kind == self.register.subject]
        if not rows:
            raise Problem(self.only)
        return rows

    def entries(self, context: VerbContext) -> list[int]:
        """The numbers of the entries in the rows. Raises Problem where there is none."""
        ids = [row.entry for row in details(context.records, RegisterRow) if row.entry is not None]
        if not ids:
            raise Problem(self.nobody)
        return ids

    def ask_end(self, context: VerbContext) -> None:
        """Ask for the reason and who decides, then end the entries on the as-of day."""
        session, ids = context.session, self.entries(context)

        def save(values: Values) -> str:
            self.end(
                session.store,
                ids,
                on=day_of(session.as_of),
                reason=values["reason"],
                by=values["by"],
                meeting_id=session.meeting_id,
            )
            return f"{self.register.count(len(ids))} {self.ended}"

        fields = [Field("reason", "Reason"), Field("by", "Decided by", session.chair, holds=PLAIN)]
        context.ask(f"{self.end_title}: {context.about}", fields, save)

    def ask_review(self, context: VerbContext, review_days: int) -> None:
        """Ask until when the entries stay; a day so many days on is offered."""
        session, ids = context.session, self.entries(context)
        today = day_of(session.as_of)

        def save(values: Values) -> str:
            review_on = typed_day(values["review_on"], session)
            self.keep(session.store, ids, review_on, values["reason"], on=today, meeting_id=session.meeting_id)
            return f"{self.register.count(len(ids))} {self.reviewed.format(day=uk(review_on))}"

        fields = [
            Field("review_on", "Next review on", uk(today + review_days), hint=DAY_HINT),
            Field("reason", "What was said", needed=False, hint="the reason of the adoption stays"),
        ]
        context.ask(f"{self.review_title}: {context.about}", fields, save)


def proposal_of(record: Record, facts: dict[str, object]) -> Proposal:
    """What puts a row forward; by name and on *facts* where no rule or rank does."""
    for row in details([record], RegisterRow):
        if row.proposal is not None:
            return row.proposal
    return Proposal(record.subject.ref, "put forward by name", facts)


def ask_adoption(
    context: VerbContext, title: str, proposed_by: str, review_days: int, adopt: Adopt, toast: str
) -> None:
    """Ask for reason, adopting person and days, then adopt; the review is offered so many days on."""
    session = context.session
    today = day_of(session.as_of)

    def save(values: Values) -> str:
        adopt(
            since=typed_day(values["since"], session),
            reason=values["reason"],
            adopted_by=values["adopted_by"],
            review_on=typed_day(values["review_on"], session),
            meeting_id=session.meeting_id,
        )
        return toast

    fields = [
        Field("reason", "Reason", hint=f"proposed by: {proposed_by}"),
        Field("adopted_by", "Adopted by", session.chair, holds=PLAIN),
        Field("since", "Since", uk(today)),
        Field("review_on", "Review on", uk(today + review_days), hint=DAY_HINT),
    ]
    context.ask(f"{title}: {context.about}", fields, save)
