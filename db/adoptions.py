"""What a person in a cohort and a ward as a priority share: proposed by a rule, adopted by a person, with reviews.

Source: DPA 2018 s49, DOMAIN.md section 9: a rank or a rule proposes, a named person adopts, with a reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core.days import day_of, london, moment_of, uk
from core.errors import Problem
from db.store import Store
from db.store.engine import Row

if TYPE_CHECKING:
    from db.store.journal import Writing


@dataclass(frozen=True)
class Adoption:
    """Who adopts, why, since when and until which review. Days are day numbers."""

    since: int
    reason: str
    adopted_by: str
    review_on: int

    def check(self, proposer: str) -> None:
        """Raise Problem where the reason, the adopting person or a later review date is missing."""
        if not self.adopted_by.strip() or not self.reason.strip():
            raise Problem(f"A person adopts, with a reason: give both. {proposer} only proposes.")
        if self.review_on <= self.since:
            raise Problem(f"The review date, {uk(self.review_on)}, must lie after {uk(self.since)}.")

    def columns(
        self, proposed_by: str, facts: Mapping[str, object], now: str, meeting_id: int | None
    ) -> dict[str, Any]:
        """The columns that every adoption has; facts are kept as JSON, as they were known then."""
        return {
            "meeting_id": meeting_id,
            "since": self.since,
            "reason": self.reason.strip(),
            "proposed_by": proposed_by,
            "adopted_by": self.adopted_by.strip(),
            "adopted_at": now,
            "review_on": self.review_on,
            "facts": json.dumps(dict(facts)),
        }


Register = Literal["membership", "priority_ward"]
"""The tables whose rows are adopted and reviewed."""


@dataclass(frozen=True)
class Review:
    """One look at an adoption: who kept it, on which day number, until which next review, and what was said."""

    by: str
    on: int
    review_on: int
    words: str

    @property
    def sentence(self) -> str:
        """The review in a line: "confirmed 21/11/2026 by Insp Oak: still hot"."""
        return f"confirmed {uk(self.on)} by {self.by}" + (f": {self.words}" if self.words else "")


def keep_review(
    writing: Writing, register: Register, number: int, review_on: int, words: str, meeting_id: int | None
) -> None:
    """Note that an adoption stands until the next review, with what was said; its own reason and name stay."""
    writing.update(register, number, review_on=review_on)
    writing.insert(
        "review",
        subject=register,
        subject_id=number,
        meeting_id=meeting_id,
        reviewed_at=writing.now,
        reviewed_by=writing.who,
        words=words.strip(),
        review_on=review_on,
    )


def reviews(store: Store, register: Register) -> dict[int, tuple[Review, ...]]:
    """The reviews of every row of a register, by its number, the latest first."""
    rows = store.read.rows(
        "SELECT subject_id, reviewed_by, reviewed_at, review_on, words FROM review WHERE subject = :register "
        "ORDER BY id DESC",
        register=register,
    )
    found: dict[int, tuple[Review, ...]] = {}
    for row in rows:
        found[row[0]] = (*found.get(row[0], ()), _review(row))
    return found


def _review(row: Row) -> Review:
    _, by, at, review_on, words = row
    return Review(by, day_of(london(moment_of(at)).date()), review_on, words)
