"""What the verbs of every register ask and say: an adoption, an ending, a review (rules: :mod:`core.registers`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.applying import Unfit, all_or_none
from core.days import day_of, uk
from core.proposals import BY_NAME, Proposal
from core.registers import Register
from db.registers import RegisterTable
from db.store import Store
from tui.dialogs.form import Field, Values, why_field
from tui.verbs.context import PLAIN, VerbContext, day_hint, typed_day
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

    end_title, review_title: the titles of the forms.
    """

    kept: RegisterTable
    end: End
    keep: Keep
    end_title: str
    review_title: str

    @property
    def register(self) -> Register:
        """The register itself."""
        return self.kept.register

    def rows(self, context: VerbContext) -> Sequence[Record]:
        """The rows, all of which can be adopted. Raises DoesNotApply for those of another kind or in it already."""
        all_or_none([self._not_adopted(record) for record in context.records])
        return context.records

    def _not_adopted(self, record: Record) -> Unfit | None:
        subject, row = record.subject, _row(record)
        if subject.kind != self.register.subject:
            return Unfit(subject.ref, subject.label, f"is no {self.register.subject}")
        if row.entry is None or (self.kept.group and not row.group):
            return None
        where = f"in {self.kept.part_called([row.group])}" if self.kept.group else f"a {self.register.noun}"
        return Unfit(subject.ref, subject.label, f"is {where} already")

    def entries(self, context: VerbContext) -> list[int]:
        """The numbers of the entries in the rows. Raises DoesNotApply for rows that are not in the register."""
        ids = [_row(record).entry for record in context.records]
        subjects = [record.subject for record in context.records]
        outside = self.register.outside
        all_or_none(
            [
                Unfit(one.ref, one.label, outside) if number is None else None
                for one, number in zip(subjects, ids, strict=True)
            ]
        )
        return [number for number in ids if number is not None]

    def done(self, context: VerbContext, words: str) -> str:
        """What was done to the rows: who they are, and the words of the register."""
        parts = [_row(record).group for record in context.records if _row(record).group]
        return f"{context.about} {words.format(group=self.kept.part_called(parts) if parts else 'the cohort')}"

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
            return f"{self.done(context, self.register.left)}: {values['reason']}"

        fields = [Field("by", "Decided by", session.chair, holds=PLAIN), why_field()]
        context.ask(f"{self.end_title}: {context.about}", fields, save)

    def ask_review(self, context: VerbContext, review_days: int) -> None:
        """Ask until when the entries stay; a day so many days on is offered."""
        session, ids = context.session, self.entries(context)
        today = day_of(session.as_of)

        def save(values: Values) -> str:
            review_on = typed_day(values["review_on"], session)
            self.keep(session.store, ids, review_on, values["reason"], on=today, meeting_id=session.meeting_id)
            return f"{self.done(context, self.register.kept)} until {uk(review_on)}"

        fields = [
            Field("review_on", "Next review on", uk(today + review_days), hint=day_hint(session)),
            Field("reason", "What was said", needed=False, hint="the reason of the adoption stays"),
        ]
        context.ask(f"{self.review_title}: {context.about}", fields, save)


def proposal_of(record: Record, facts: dict[str, object]) -> Proposal:
    """What puts a row forward; by name and on *facts* where no rule or rank does."""
    given = _row(record).proposal
    if given is not None:
        return given
    return Proposal(record.subject.ref, BY_NAME, facts)


def _row(record: Record) -> RegisterRow:
    """How the subject of a row stands to a register, as far as the row says."""
    return next(iter(details([record], RegisterRow)), RegisterRow())


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
        Field("adopted_by", "Adopted by", session.chair, holds=PLAIN),
        Field("since", "Since", uk(today)),
        Field("review_on", "Review on", uk(today + review_days), hint=day_hint(session)),
        why_field(hint=f"proposed by: {proposed_by}"),
    ]
    context.ask(f"{title}: {context.about}", fields, save)
