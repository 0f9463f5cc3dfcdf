"""Hot violence: violence with injury and robbery of the last months, in published categories and in crime reports.

Rule: possession of weapons is no part of it. It is found by police work, so it tells where was searched and not where
someone was hurt, and harm leaves it out for the same reason (DOMAIN.md section 1); what is counted as knife crime is
never possession either (DOMAIN2.md section 2). Nor is a robbery or an injury that police work found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.pools import Pool, Trait, of_offence, traits

INJURY = frozenset({"violence with injury"})
"""The published categories of violence with injury, in small letters; a release without one does not show it apart."""
HOT = INJURY | {"robbery of personal property", "robbery of business property", "robbery"}
"""The published categories of hot violence, in small letters, of every scheme."""
MONTHS = 3
"""Hot violence is counted in so many months, the latest: a project default."""
FOUND_BY_POLICE = " (found by police work)"
"""What the name of a code ends with where police work found the reports."""
_CODE = re.compile(r"(\d{3}/\d{2}) (.*)", re.DOTALL)
_HOMICIDE = ("001/", "004/01", "004/02")
"""Codes of homicide, which published counts show apart from violence with injury."""


def is_hot(category: str) -> bool:
    """Whether a category counts: published, or a code with its title as crime reports are counted by."""
    return category.casefold() in HOT or is_hot_code(category)


def is_hot_code(category: str) -> bool:
    """Whether a code with its title, as ``034/01 Robbery``, is an injury or a robbery that the public reported."""
    known = _CODE.fullmatch(category)
    if known is None or category.endswith(FOUND_BY_POLICE) or category.startswith(_HOMICIDE):
        return False
    code, title = known.groups()
    return Trait.INJURY in traits(code, title) or Pool.ROBBERY in of_offence(code, title)


def shows_injury(categories: Iterable[str]) -> bool:
    """Whether published categories show violence with injury apart."""
    return any(category.casefold() in INJURY for category in categories)
