"""What a person in a cohort and a ward as a priority share: proposed by a rule, adopted by a person, with a review.

Source: DPA 2018 s49, DOMAIN.md section 9: a rank or a rule proposes, a named person adopts, with a reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.days import uk
from core.errors import Problem


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

    def columns(self, proposed_by: str, facts: Mapping[str, object], now: str) -> dict[str, Any]:
        """The columns that every adoption has; facts are kept as JSON, as they were known then."""
        return {
            "since": self.since,
            "reason": self.reason.strip(),
            "proposed_by": proposed_by,
            "adopted_by": self.adopted_by.strip(),
            "adopted_at": now,
            "review_on": self.review_on,
            "facts": json.dumps(dict(facts)),
        }
