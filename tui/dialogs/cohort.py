"""Asks for a cohort: its badge and title in a list, its rule and the source of the rule beneath."""

from __future__ import annotations

from core.cohorts import Cohort
from core.text import counted
from db.restrictions import cohorts_seen
from db.store import Store
from tui.dialogs.pick import Choice, Pick
from tui.widgets.columns import Column

EVERY = ""
"""What stands for all of them where one need not be chosen."""
_COLUMNS = (
    Column("badge", "badge", 7),
    Column("title", "cohort", 24, grow=True),
    Column("review", "review after", 12, "right"),
)


def cohort_pick(store: Store, title: str, now: str = "", *, every: bool = False, lists_only: bool = False) -> Pick[str]:
    """A list of the cohorts that whoever is at the keyboard may know of; it gives the key of one.

    now: where the cursor begins. every: offer all, too. lists_only: without registers, into which nobody is adopted.
    """
    choices = [
        Choice(one.key, (one.badge, one.title, _review(one)), f"{one.rule} Source: {one.source}")
        for one in cohorts_seen(store).values()
        if not (lists_only and one.is_register)
    ]
    if every:
        choices.insert(0, Choice(EVERY, ("all", "Every cohort", ""), "The members of every cohort, those due first."))
    at = next((place for place, one in enumerate(choices) if one.value == now), 0)
    return Pick(title, _COLUMNS, choices, at)


def _review(cohort: Cohort) -> str:
    return "register" if cohort.is_register else counted(cohort.review_days, "day")
