"""Small counts of people, as they are shown to whoever sees no names: ``under 5`` in place of how many.

Of a few people in a ward, a cohort or a report someone who knows the place can say who they are. The limit is that of
what is published of groups (:data:`core.proportionality.SMALL`). Nought is shown: nobody is told by it. What counts
people is declared here once, by the nouns of sentences and by the names of columns and of figures in JSON; counts of
offences, incidents, actions, units and officers are none. What is shown here is not summed with what is hidden: who
subtracts may still learn a count, which :mod:`core.proportionality` alone rules out.
"""

from __future__ import annotations

import re

from core.proportionality import SMALL

UNDER = f"under {SMALL}"
SHORT = f"<{SMALL}"
"""The same in a cell of a list."""
_ONE_AND_SEVERAL = {
    "person": "people", "named suspect": "named suspects", "suspect": "suspects", "victim": "victims",
    "member": "members", "child": "children", "resident": "residents", "review due": "reviews due",
    "is a child": "are children", "was named again": "were named again", "in custody": "in custody", "in it": "in it",
}  # fmt: skip
"""What stands behind a number of people: behind one, behind several."""
NAMES = frozenset(
    {
        "age not known", "age unknown", "below", "below named again", "children", "custody", "custody throughout",
        "due", "in custody", "just below", "list size", "members", "more than places", "named again", "new in the next",
        "next new", "of people", "people", "pool", "pool size", "qualify", "ranked", "repeat victims", "throughout",
        "victims",
    }
)  # fmt: skip
"""Columns and figures that count people, as they are called; in JSON with ``_`` for a blank."""
_OF_A_PART = ("part", "measure")
"""Figures in JSON that name the part of a score, or the measure, that the figures beside them are of."""
_NOT_OF_PEOPLE = ("weights", "unknown")
"""Figures in JSON whose own figures are named by parts of a score, and count no people."""
_FEW = f"[1-{SMALL - 1}]"
_APART = r"(?<![\w,.+/:#-])"
_SEVERAL = {**_ONE_AND_SEVERAL, **{several: several for several in _ONE_AND_SEVERAL.values()}, "persons": "people"}
_NOUNS = "|".join(sorted(_SEVERAL, key=len, reverse=True))
_PEOPLE = re.compile(rf"{_APART}{_FEW} ((?:more |other |repeat )?)({_NOUNS})\b")
_OF_PEOPLE = re.compile(rf"{_APART}{_FEW} of ((?:the )?(?:[\d,]+|{UNDER}) (?:{_NOUNS}))\b")
_COUNTS = r"(?:victims|people|members|children)(?: [\d.]+ \(| |\b[^:;.\d]{0,60}: )|(?:due|data faults) of "
"""What stands before a number of people."""
_BEHIND = re.compile(rf"\b({_COUNTS}){_FEW}\b(?![,:/]?\d|\.\d)")
_ALONE = re.compile(rf"\s*{_FEW}(?=$|>| \()")


def is_small(count: float) -> bool:
    """Whether so many people are not to be told."""
    return 0 < count < SMALL


def in_words(text: str) -> str:
    """A sentence with every small count of people in it as ``under 5``."""
    if not any(sign.isdigit() for sign in text):
        return text
    text = _PEOPLE.sub(lambda found: f"{UNDER} {found[1]}{_SEVERAL[found[2]]}", text)
    text = _OF_PEOPLE.sub(lambda found: f"{UNDER} of {found[1]}", text)
    return _BEHIND.sub(lambda found: f"{found[1]}{UNDER}", text)


def counts_people(name: str) -> bool:
    """Whether a column, or a figure in JSON, that is called so counts people."""
    return " ".join(name.replace("_", " ").split()).casefold() in NAMES


def in_cell(name: str, cell: str, few: str = UNDER) -> str:
    """A cell of a column that is called so: *few* where it begins with a small count of people and nothing else."""
    if counts_people(name) and (found := _ALONE.match(cell)):
        return f"{few}{cell[found.end() :]}"
    return in_words(cell)


def in_json(value: object, name: str = "") -> object:
    """A value for JSON with every small count of people in it as ``under 5``; *name*: what the value is called."""
    if isinstance(value, dict):
        part = next((str(value[key]) for key in _OF_A_PART if key in value), "")
        return {
            key: one if name in _NOT_OF_PEOPLE else in_json(one, part if key in ("value", "ratio") and part else key)
            for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [in_json(one) for one in value]
    if isinstance(value, int | float) and not isinstance(value, bool) and counts_people(name) and is_small(value):
        return UNDER
    return in_words(value) if isinstance(value, str) else value
