"""A register: who or what was adopted, why, until which review, and how it ended. Cohorts and priority wards are two.

Rule: a rank or a rule proposes, a named person adopts with a reason and a review date, a named person ends it with a
reason (DPA 2018 s49, DOMAIN.md section 9).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from core.applying import Unfit, all_or_none, reason_given
from core.days import uk
from core.errors import Problem
from core.text import counted


@dataclass(frozen=True)
class Register:
    """What a register is called.

    noun: one entry. subject: the kind of what is adopted. proposer: what proposes, at the start of a sentence. end: the
    verb that ends an entry, small. ending: the same at the start of a sentence. state: what an entry has been. ended:
    what is said after the name of one that has ended already. adopted, left, kept: what is said after the names of
    those who were adopted, ended, reviewed; ``{group}`` is the part of the register. outside: what is said after the
    name of one that is not in it.
    """

    key: str
    noun: str
    subject: str
    proposer: str
    end: str
    ending: str
    state: str
    ended: str
    adopted: str
    left: str
    kept: str
    outside: str

    def count(self, number: int) -> str:
        """So many entries, in words."""
        return counted(number, self.noun)


MEMBERSHIP = Register(
    key="membership",
    noun="membership",
    subject="person",
    proposer="A rank or a rule",
    end="end",
    ending="Leaving a cohort",
    state="a membership",
    ended="has left already",
    adopted="adopted into {group}",
    left="left {group}",
    kept="kept in {group}",
    outside="is in no cohort",
)
PRIORITY_WARD = Register(
    key="priority_ward",
    noun="priority ward",
    subject="ward",
    proposer="The composite",
    end="drop",
    ending="Dropping a priority ward",
    state="a priority",
    ended="is no priority any longer",
    adopted="adopted as a priority ward",
    left="dropped as a priority ward",
    kept="kept as a priority ward",
    outside="is no priority ward",
)
REGISTERS: Mapping[str, Register] = {register.key: register for register in (MEMBERSHIP, PRIORITY_WARD)}
"""Every register by its key."""
PRIORITY_REVIEW_DAYS = 28
"""A priority ward is looked at again after four weekly meetings: a project default, no published rule."""


@dataclass(frozen=True)
class Adoption:
    """Who adopts, why, since when and until which review. Days are day numbers."""

    since: int
    reason: str
    adopted_by: str
    review_on: int

    def check(self, register: Register) -> None:
        """Raise Problem where the reason, the adopting person or a later review date is missing."""
        reason_given(self.reason)
        if not self.adopted_by.strip():
            raise Problem(f"A person adopts: give the name. {register.proposer} only proposes.")
        if self.review_on <= self.since:
            raise Problem(f"The review date, {uk(self.review_on)}, must lie after {uk(self.since)}.")


@dataclass(frozen=True)
class Ending:
    """Who ends entries, why, and on which day number."""

    on: int
    reason: str
    by: str

    def check(self, register: Register) -> None:
        """Raise Problem where the reason or the deciding person is missing."""
        reason_given(self.reason)
        if not self.by.strip():
            raise Problem(f"{register.ending} needs the person who decides it.")

    def check_after(self, since: int, register: Register) -> None:
        """Raise Problem where the end lies before the beginning, *since*, a day number."""
        if self.on < since:
            raise Problem(
                f"It has been {register.state} only since {uk(since)}; {register.end} it on that day or later."
            )


@dataclass(frozen=True)
class Review:
    """One look at an entry: who kept it, on which day number, until which next review, and what was said."""

    by: str
    on: int
    review_on: int
    words: str

    @property
    def sentence(self) -> str:
        """The review in a line: "confirmed 21/11/2026 by Insp Oak: still hot"."""
        return f"confirmed {uk(self.on)} by {self.by}" + (f": {self.words}" if self.words else "")


def check_review(on: int, review_on: int) -> None:
    """Raise Problem where the next review does not lie after this one. Both are day numbers."""
    if review_on <= on:
        raise Problem(f"The next review, {uk(review_on)}, must lie after {uk(on)}.")


def check_new(refs: Sequence[str], inside: Collection[str], where: str, label: Callable[[str], str]) -> None:
    """Raise Conflict where a subject is in the register already, or is named twice.

    refs: the subjects to be adopted. inside: those that are in. where: what they would be, as "in V100". label: how a
    subject is called.
    """
    twice = [ref in inside or ref in refs[:index] for index, ref in enumerate(refs)]
    all_or_none(
        [Unfit(ref, label(ref), f"is {where} already") if no else None for ref, no in zip(refs, twice, strict=True)]
    )
