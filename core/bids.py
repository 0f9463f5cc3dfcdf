"""Bids for resources: how they are scored, and what can become of one (DOMAIN.md section 7).

Granted, part, deferred or refused; scored by a matrix after MoRiLE, which is data (``core/data/bid_matrix.toml``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.shipped import shipped
from core.toml_part import loads

OPEN = ""
"""The outcome of a bid that is not decided."""


@dataclass(frozen=True)
class Outcome:
    """What became of a bid. ``settles``: it is decided for good; otherwise a later meeting decides it again."""

    key: str
    says: str
    settles: bool = True

    @property
    def past(self) -> str:
        """The outcome as it is said of a bid: "granted in part"."""
        return "granted in part" if self.key == "part" else self.key


OUTCOMES: Mapping[str, Outcome] = {
    outcome.key: outcome
    for outcome in (
        Outcome("granted", "All that was asked for is given."),
        Outcome("part", "Some of what was asked for is given."),
        Outcome("deferred", "A later meeting decides.", settles=False),
        Outcome("refused", "Nothing is given."),
    )
}
"""Every outcome by the word that is stored, in the order in which they are offered."""


def is_settled(outcome: str) -> bool:
    """Whether a bid of a stored outcome is decided for good; an open one is not."""
    return outcome != OPEN and (outcome not in OUTCOMES or OUTCOMES[outcome].settles)


@dataclass(frozen=True)
class Group:
    """One group of questions of the matrix, with what it weighs of 100."""

    key: str
    weight: int
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """How bids are scored. highest: the highest answer; the lowest is 0."""

    highest: int
    groups: tuple[Group, ...]

    @property
    def questions(self) -> tuple[str, ...]:
        """Every question, in the order in which they are asked."""
        return tuple(question for group in self.groups for question in group.questions)


@cache
def matrix() -> Matrix:
    """The matrix that ships, ``core/data/bid_matrix.toml``."""
    held: dict[str, Any] = loads(shipped("bid_matrix.toml"))
    groups = (Group(one["key"], one["weight"], tuple(one["questions"])) for one in held["groups"])
    return Matrix(held["highest"], tuple(groups))


CONFIDENCE = ("low", "medium", "high")
"""How sure who scores a bid is of its answers, in the words that are stored."""


@dataclass(frozen=True)
class Score:
    """A bid's score of 0 to 100, with how many questions it is made of; None where none was answered."""

    value: float | None
    answered: int
    asked: int
    confidence: str = ""

    @property
    def words(self) -> str:
        """As it is shown: ``64 (10 of 10, confidence high)``; empty where it is not scored."""
        if self.value is None:
            return ""
        sure = f", confidence {self.confidence}" if self.confidence else ""
        return f"{self.value:.0f} ({self.answered} of {self.asked}{sure})"


def score(answers: Mapping[str, int], confidence: str = "") -> Score:
    """Score a bid by its answers (DOMAIN.md section 7): the weighted mean of the groups' means, of 100.

    A question without an answer is left out of the mean of its group, a group without any of the whole.
    """
    used, total, answered = 0.0, 0.0, 0
    for group in matrix().groups:
        given = [answers[question] for question in group.questions if question in answers]
        if given:
            answered += len(given)
            used += group.weight
            total += group.weight * sum(given) / (len(given) * matrix().highest)
    value = round(100 * total / used, 1) if used else None
    return Score(value, answered, len(matrix().questions), confidence)
