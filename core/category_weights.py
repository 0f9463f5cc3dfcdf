"""What one recorded offence of a published category weighs, in the scheme of categories that a release is written in.

Source: ``core/data/category_weights.csv`` (DOMAIN.md section 5). A category that held another before the two were
split takes the weight of both in a release that does not have the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from core.errors import Damaged
from core.tables import table

SCHEMES = {"mps-ward": "MPS ward file 2023 on", "police-uk-street": "police.uk street crime type"}
"""The scheme of a profile; a Met file of the categories before 2023 has :data:`OLD_SCHEME`."""
OLD_SCHEME = "MPS ward file 2010-2022"
_NO_CRIME = "not a crime"
_NO_LETTER = re.compile(r"[^a-z]+")
_VIOLENCE = re.compile(r"violen|weapon|sexual|assault|homicide")


@cache
def is_antisocial(category: str) -> bool:
    """Whether a published category is anti-social behaviour, which is no offence: it is counted apart.

    Source: DOMAIN.md section 5; data.police.uk, About (incidents that the police are told of beside crimes).
    """
    return _NO_LETTER.sub("", category.casefold()) == "antisocialbehaviour"


def violence_without_weight(unweighted: Mapping[str, int]) -> dict[str, int]:
    """Of the categories without a weight, with their offences, those of violence that a ranking by harm lacks.

    The types "Violent crime" and "Public disorder and weapons", published from December 2010 to April 2013, hold
    offences from common assault to homicide in shares that no source gives, so they have no weight.
    """
    return {name: count for name, count in unweighted.items() if count and _VIOLENCE.search(name.casefold())}


@dataclass(frozen=True)
class CategoryWeight:
    """Days per recorded offence of a category: expected, low, high, and the part that is doubtful locally."""

    category: str
    days: float
    low: float
    high: float
    doubtful: float
    confidence: str
    police_detected: bool

    @property
    def estimated(self) -> bool:
        """Whether its mix of offences had to be estimated."""
        return self.confidence == "estimated-shares"

    def without_doubt(self) -> CategoryWeight:
        """The same weight with its doubtful part left out."""
        if not self.doubtful:
            return self
        days = round(self.days - self.doubtful, 4)
        return CategoryWeight(self.category, days, min(self.low, days), days, 0.0, self.confidence, False)


def in_harm(weight: CategoryWeight | None, *, with_doubtful: bool) -> CategoryWeight | None:
    """What an offence of a category adds to the harm of a ward; None where it stands apart from it.

    Found by police work or without a weight, it adds nothing; its part that is doubtful locally is left out unless
    asked for (DOMAIN.md section 5).
    """
    if weight is None or weight.police_detected:
        return None
    return weight if with_doubtful else weight.without_doubt()


@cache
def category_weights(scheme: str) -> dict[tuple[str, str], CategoryWeight]:
    """The weights of a scheme by category and by the other category it also holds ('' where it holds no other)."""
    return {
        (row["category"].casefold(), row["holds_also"].casefold()): CategoryWeight(
            row["category"],
            float(row["days"]),
            float(row["low"]),
            float(row["high"]),
            float(row["doubtful"] or 0),
            row["confidence"],
            row["police_detected"] == "yes",
        )
        for row in table("category_weights")
        if row["scheme"] == scheme and row["police_detected"] != _NO_CRIME
    }


def weights_for(scheme: str, categories: Iterable[str]) -> dict[str, CategoryWeight]:
    """The weight of each category of one release in a scheme; a category without one is left out."""
    there = {name.casefold() for name in categories}
    found: dict[str, CategoryWeight] = {}
    for (category, holds_also), weight in category_weights(scheme).items():
        if category in there and not holds_also:
            found.setdefault(category, weight)
        elif category in there and holds_also not in there:
            found[category] = weight
    return found


_TITLE = "Store damaged"


def scheme_of(profile: str, categories: Collection[str]) -> str:
    """The scheme that fits a release: for a Met ward file the one that knows more of the categories it holds.

    Where both know as many, the one that writes more of them as they stand there (the older in capitals and small
    letters), and the newer where that does not settle it either. Raises Damaged for a profile that is not known.
    """
    if profile not in SCHEMES:
        raise Damaged("A release was read by a profile that this program does not know. Run tasking verify.", _TITLE)
    if profile != "mps-ward":
        return SCHEMES[profile]
    return max((SCHEMES[profile], OLD_SCHEME), key=lambda scheme: _fit(scheme, categories))


def _fit(scheme: str, categories: Collection[str]) -> tuple[int, int]:
    written = {weight.category for weight in category_weights(scheme).values()}
    known = {category for category, _ in category_weights(scheme)}
    return len(known & {name.casefold() for name in categories}), len(written & set(categories))


def weights_of(profile: str, categories: Collection[str]) -> dict[str, CategoryWeight]:
    """The weight of each category of a release, in the scheme that fits it.

    A file over many years can hold categories of both Met schemes: one that its scheme does not know takes the weight
    of the other.
    """
    scheme = scheme_of(profile, categories)
    if profile != "mps-ward":
        return weights_for(scheme, categories)
    other = OLD_SCHEME if scheme != OLD_SCHEME else SCHEMES[profile]
    return {**weights_for(other, categories), **weights_for(scheme, categories)}
