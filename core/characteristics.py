"""Protected characteristics as extracts write them, put into a few groups: to look at a list, never to score.

Whatever cannot be read for certain is "not recorded": a guess would make up what the report is there to show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from core.census import BROAD
from core.days import years_before

NOT_RECORDED = "not recorded"
SEX, ETHNICITY, AGE = "sex", "ethnicity", "age band"
BANDS = ("under 18", "18-24", "25-34", "35-44", "45-54", "55+")
GROUPS: Mapping[str, Sequence[str]] = {
    ETHNICITY: (*BROAD, NOT_RECORDED),
    SEX: ("female", "male", NOT_RECORDED),
    AGE: (*BANDS, NOT_RECORDED),
}
"""Each characteristic and its groups in the order in which they are shown."""

_STARTS = (18, 25, 35, 45, 55)
_SEXES = {"f": "female", "female": "female", "m": "male", "male": "male"}
_SELF_DEFINED = {
    "W": ("White", "12349"),
    "M": ("Mixed", "1239"),
    "A": ("Asian", "12349"),
    "B": ("Black", "129"),
    "O": ("Other", "129"),
}
_SEEN = {"1": "White", "2": "White", "3": "Black", "4": "Asian", "5": "Asian", "6": "Other"}
_WORDS = {
    "Asian": ("asian", "indian", "pakistani", "bangladeshi", "chinese"),
    "Black": ("black", "african", "caribbean"),
    "White": ("white", "english", "welsh", "scottish", "irish", "gypsy", "traveller", "roma"),
    "Other": ("arab",),
}
_GROUP_OF = {word: group for group, words in _WORDS.items() for word in words}
_FILLERS = frozenset(
    ("british", "northern", "or", "and", "any", "background", "ethnic", "ethnicity", "group", "groups")
)
_CODE = re.compile(r"(?:ic[ -]?([0-9])|([wmabo])([0-9]))(?![a-z0-9])", re.IGNORECASE)


def sex(text: str) -> str:
    """``female`` or ``male`` where the extract says so in a letter or a word, else not recorded."""
    return _SEXES.get(text.strip().casefold(), NOT_RECORDED)


def age_band(born_on: int | None, as_of: int) -> str:
    """The band of the age on the as-of day, from day numbers; not recorded where the birth date is not, or is later."""
    if born_on is None or born_on > as_of:
        return NOT_RECORDED
    return BANDS[sum(born_on <= edge for edge in _edges(as_of))]


@lru_cache(maxsize=64)
def _edges(as_of: int) -> tuple[int, ...]:
    """The latest birth day for each age at which a band starts."""
    return tuple(years_before(as_of, years) for years in _STARTS)


@lru_cache(maxsize=4096)
def ethnicity(text: str) -> str:
    """The broad census group of an ethnicity as it was written, else not recorded. Three rules, the first that fits:

    1. It begins with a code: self-defined (``W1`` to ``O9``, Home Office 18+1 list, with ``O1`` of the list before it,
       Chinese, under Asian as the census has it), or as an officer saw the person: ``IC1`` White, North European;
       ``IC2`` White, South European; ``IC3`` Black; ``IC4`` Asian, Indian subcontinent; ``IC5`` Chinese, Japanese or
       South-East Asian, under Asian; ``IC6`` Arab or North African, under Other.
    2. Every word of it is one the census uses, and they point to one group. ``Mixed``, ``multiple``, and White *and*
       another group are Mixed; ``other`` alone is Other.
    3. Any other wording is not recorded.
    """
    if code := _CODE.match(text.strip()):
        return _of_code(code)
    words = set(re.findall(r"\w+", text.casefold()))
    if not words or words - _FILLERS - _GROUP_OF.keys() - {"mixed", "multiple", "other"}:
        return NOT_RECORDED
    found = {_GROUP_OF[word] for word in words if word in _GROUP_OF}
    if words & {"mixed", "multiple"} or (len(found) == 2 and "White" in found and "and" in words):
        return "Mixed"
    if len(found) == 1:
        return found.pop()
    return "Other" if not found and "other" in words else NOT_RECORDED


def _of_code(code: re.Match[str]) -> str:
    if code[1]:
        return _SEEN.get(code[1], NOT_RECORDED)
    group, numbers = _SELF_DEFINED[code[2].upper()]
    if code[3] not in numbers:
        return NOT_RECORDED
    return "Asian" if group == "Other" and code[3] == "1" else group
