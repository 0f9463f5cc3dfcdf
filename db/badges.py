"""The badges of the cohorts that people are in, as lists show them."""

from __future__ import annotations

from core.badges import BADGES
from db.store import Store


def badges_by_person(store: Store) -> dict[str, list[str]]:
    """Person to the badges of the cohorts they are in, in the order of the cohorts."""
    by_person: dict[str, list[str]] = {}
    rows = store.read.rows("SELECT person_ref, cohort FROM membership WHERE left_on IS NULL")
    places = {cohort: place for place, cohort in enumerate(BADGES)}
    for person, cohort in sorted(map(tuple, rows), key=lambda of: places.get(of[1], len(places))):
        by_person.setdefault(person, []).append(BADGES.get(cohort, cohort))
    return by_person
