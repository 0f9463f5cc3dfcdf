"""Multi-agency public protection arrangements: category and level (DOMAIN.md section 4)."""

from __future__ import annotations

import re

from core.cohorts.case import Case
from core.cohorts.cohort import Cohort, Qualifies
from core.cohorts.orders import ending_or_orders
from core.days import iso, uk
from core.markers import Marker

CATEGORIES = {
    1: "registered sexual offender",
    2: "violent or other sexual offender",
    3: "other dangerous offender",
    4: "terrorism",
}
LEVELS = {1: "single agency", 2: "active multi-agency", 3: "senior oversight"}
_VALUE = re.compile(r"\s*([1-4])\s*/\s*([1-3])\s*")


def read_value(text: str) -> tuple[int, int] | None:
    """The category and the level of a recorded value such as ``1/2``; None where it cannot be read."""
    match = _VALUE.fullmatch(text)
    return (int(match[1]), int(match[2])) if match else None


def managed(case: Case, as_of: int) -> Qualifies | None:
    """The latest MAPPA marker in force on the day that can be read; where none can, that is said."""
    held = case.holding("mappa", as_of)
    for marker in reversed(held):
        if read := read_value(marker.value):
            category, level = read
            facts: dict[str, object] = {
                "category": category,
                "category_words": CATEGORIES[category],
                "level": level,
                "level_words": LEVELS[level],
                "since": iso(marker.starts),
            }
            words = f"category {category} ({CATEGORIES[category]}), level {level} ({LEVELS[level]})"
            return Qualifies(facts, f"MAPPA {words} since {uk(marker.starts)}")
    return _unread(held[-1]) if held else None


def _unread(marker: Marker) -> Qualifies:
    unknown: dict[str, object] = dict.fromkeys(("category", "category_words", "level", "level_words"))
    words = f"MAPPA, category and level not readable ({marker.value}), since {uk(marker.starts)}"
    return Qualifies({**unknown, "since": iso(marker.starts)}, words)


def category_1_and_register(case: Case, as_of: int) -> str | None:
    """Where MAPPA category 1 and the sex offenders register contradict each other: the one is who is on the other.

    Source: DOMAIN.md section 4 (G): category 1 are registered sexual offenders.
    """
    levels = [read_value(marker.value) for marker in case.holding("mappa", as_of)]
    first = any(level is not None and level[0] == 1 for level in levels)
    if first == bool(case.holding("rso", as_of)):
        return None
    if first:
        return "MAPPA category 1 and not on the sex offenders register"
    return "on the sex offenders register and not in MAPPA category 1"


MAPPA = Cohort(
    key="mappa",
    title="MAPPA",
    rule="Managed under MAPPA: a category (1 to 4) and a level (1 to 3) are in force.",
    source="Met Business Plan 2018-21: MAPPA is statutory; what its categories and levels mean is general knowledge.",
    review_days=90,
    needs="markers",
    qualifies=managed,
    reads=("mappa", "rso", "order", "breach"),
    kind="register",
    due=ending_or_orders("mappa", "MAPPA management"),
    fault=category_1_and_register,
)
