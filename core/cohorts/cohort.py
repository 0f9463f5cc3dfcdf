"""A cohort as data: its rule in words, where the rule comes from, and the criterion that tests it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from core.badges import BADGES
from core.cohorts.case import Case

Kind = Literal["list", "register"]
"""A list is adopted: a rule proposes, a person takes in. A register is read from the records: a court, a prison or the
law puts a person on it, so nobody is adopted (DOMAIN.md section 4)."""
Needs = Literal["reports", "domestic abuse reports", "markers", "ranking"]


BIRTH_DATE = "birth date"
"""Stands beside the kinds of markers among what a rule reads."""


@dataclass(frozen=True)
class Qualifies:
    """Why a person meets a criterion on a day: a proposal that a person may adopt, never a membership by itself.

    facts: values that JSON can hold, dates in ISO form, in the order they are read. sentence: the same in one line
    for the screen; it holds stored text, so it is shown as plain text only.
    """

    facts: dict[str, object]
    sentence: str


Criterion = Callable[[Case, int], Qualifies | None]
"""A person and the as-of day number in; the facts out, or None where the person does not qualify."""


class Due(NamedTuple):
    """Something that a register says is due: what, in words, and the day number, None where it has none."""

    what: str
    day: int | None = None


DueOf = Callable[[Case, int], "tuple[Due, ...]"]
"""A person on a register and the as-of day number; what is due of them, the first to fall due first."""
Fault = Callable[[Case, int], "str | None"]
"""A person and the as-of day number; what their records contradict each other in, in words, or None."""
MustLeave = Callable[[Case, int, int], str | None]
"""A member, the as-of day number and the day they came in; the reason why they must leave, or None."""


@dataclass(frozen=True)
class Cohort:
    """One cohort. ``needs`` says which records can make its criterion true: nobody without any of them qualifies.

    ``must_leave`` says of a member why they cannot stay, where a cohort has such a rule. ``fewer`` is a target: so
    many per cent fewer people than a year before.

    ``kind``: a list that is adopted, or a register that is read; ``due`` says what of a person on a register is due,
    ``fault`` of anyone what their records contradict each other in.

    ``reads``: the kinds of markers, and :data:`BIRTH_DATE`, that its rule or what is due goes by. Why someone meets it
    is then hidden from whoever is not shown those.

    ``review_days`` is the interval offered for the review date of a new member, a project default.
    """

    key: str
    title: str
    rule: str
    source: str
    review_days: int
    needs: Needs
    qualifies: Criterion
    aliases: tuple[str, ...] = ()
    must_leave: MustLeave | None = None
    fewer: int | None = None
    kind: Kind = "list"
    due: DueOf | None = None
    fault: Fault | None = None
    reads: tuple[str, ...] = ()

    @property
    def badge(self) -> str:
        """The sign that it has in lists."""
        return BADGES[self.key]

    @property
    def is_register(self) -> bool:
        """Whether it is read from the records, so that nobody is adopted into it."""
        return self.kind == "register"

    @property
    def not_adopted(self) -> str:
        """Why nobody is adopted into a register, in a sentence."""
        return f"{self.title} is a register: it is read from the records, so nobody is adopted into it."
