"""Children among named suspects: who is under 18, and what is done first about a child.

Source: DOMAIN2.md section 4: age and "child" in every row, actions of their own (safeguarding, youth offending team,
National Referral Mechanism, diversion first); police are first responders, and a child needs no consent to be referred.
"""

from __future__ import annotations

from core.days import years_before

ADULT_AT = 18
CHILD = "child"
"""What stands beside a child in every row."""

AGES_HIDDEN = "Ages are hidden from you, and who is a child."
"""What is said beside people to whoever is not shown their birth dates: that nobody is marked tells nothing then."""

ACTIONS = (
    "Safeguarding referral to children's services",
    "Youth offending team: involvement and plan",
    "National Referral Mechanism referral (no consent needed)",
    "Diversion before any enforcement",
)
"""What is offered for a child before anything else, in this order."""

EXPLOITED = ("yes", "no", "not known")
"""What is to be said of criminal or sexual exploitation whenever an action on a child is raised."""


def is_child(born_on: int | None, as_of: int) -> bool:
    """Whether someone born on a day is under 18 on another (day numbers); not so where the birth date is not known.

    Someone born on 29 February is 18 on 1 March of a year without that day.
    """
    return born_on is not None and born_on > years_before(as_of, ADULT_AT)


def with_exploitation(action: str, exploited: str) -> str:
    """The words of an action on a child with what was said of exploitation."""
    return f"{action} (child; exploitation: {exploited.casefold()})"
