"""A cohort as data: its rule in words, where the rule comes from, and the criterion that tests it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from core.cohorts.case import Case

Needs = Literal["reports", "domestic abuse reports", "markers", "ranking"]


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


MustLeave = Callable[[Case, int, int], str | None]
"""A member, the as-of day number and the day they came in; the reason why they must leave, or None."""


@dataclass(frozen=True)
class Cohort:
    """One cohort. ``needs`` says which records can make its criterion true: nobody without any of them qualifies.

    ``must_leave`` says of a member why they cannot stay, where a cohort has such a rule. ``fewer`` is a target: so
    many per cent fewer people than a year before.

    ``review_days`` is the interval offered for the review date of a new member, a project default.
    """

    key: str
    title: str
    badge: str
    rule: str
    source: str
    review_days: int
    needs: Needs
    qualifies: Criterion
    aliases: tuple[str, ...] = ()
    must_leave: MustLeave | None = None
    fewer: int | None = None
