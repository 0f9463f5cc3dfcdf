"""Decisions by the National Decision Model: what one says, and what it cannot be without.

Source: DOMAIN.md section 7 (information, threat and working strategy, powers and policy, options, action, review; a
decision keeps what was known then and is amended only by a new one).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.errors import Problem

LABELS: Mapping[str, str] = {
    "threat": "threat and working strategy",
    "powers": "powers and policy",
    "options": "options",
    "dissent": "dissent",
    "review_on": "review",
    "risk": "risk accepted",
    "risk_by": "accepted by",
    "risk_until": "accepted until",
    "expected": "expected",
    "expected_on": "by",
}
"""The parts of a rationale beside decision and reason, in the order of the model, as they are called."""
DAYS = ("review_on", "risk_until", "expected_on")
"""Those that are days."""


@dataclass(frozen=True)
class Rationale:
    """What a decision says beside what was decided and why; all empty in its short form. Days are ``2026-11-28``.

    shown: by what numbers the information that was shown is shown again (ranking, release, day).
    """

    threat: str = ""
    powers: str = ""
    options: str = ""
    dissent: str = ""
    review_on: str = ""
    risk: str = ""
    risk_by: str = ""
    risk_until: str = ""
    expected: str = ""
    expected_on: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)


def checked(rationale: Rationale, today: date) -> Rationale:
    """A rationale that holds together.

    Raises Problem where a risk is accepted by no one or without an end, where an expectation has no day, or where a day
    has passed.
    """
    refuse_accepted_by_no_one(rationale.risk, rationale.risk_by)
    refuse_without_end(rationale.risk, rationale.risk_until)
    refuse_without_day(rationale.expected, rationale.expected_on)
    for name in DAYS:
        day = getattr(rationale, name)
        if day and date.fromisoformat(day) < today:
            raise Problem(
                f"{LABELS[name].capitalize()}: {date.fromisoformat(day):%d/%m/%Y} has passed. Give a later day."
            )
    return rationale


def refuse_accepted_by_no_one(risk: str, by: str) -> None:
    """Raise Problem where a risk is accepted by no one."""
    if risk.strip() and not by.strip():
        raise Problem("By whom is the risk accepted? Write who accepts it.")


def refuse_without_end(risk: str, until: str) -> None:
    """Raise Problem where a risk is accepted without an end, or a day ends the acceptance of none."""
    if risk.strip() and not until:
        raise Problem("A risk is accepted until a day: write until when, as +28d or friday.")
    if until and not risk.strip():
        raise Problem("Which risk is accepted until that day? Write the risk, or take the day away.")


def refuse_without_day(expected: str, expected_on: str) -> None:
    """Raise Problem where something is expected by no day, or a day is named for which nothing is."""
    if expected.strip() and not expected_on:
        raise Problem(f"'{expected.strip()}' is expected by a day: write by when, as +3d or friday.")
    if expected_on and not expected.strip():
        raise Problem("What is expected by that day? Write it, or take the day away.")
