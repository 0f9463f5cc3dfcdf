"""What is known of a violent crime beside its report: its hour, the victim's age and condition, weapon, suspect.

The optional columns of the profile ``extract`` (``core.extract.PARTICULARS``), each checked by itself. Nothing is
guessed: what a row leaves empty is unknown.

Source: DOMAIN2.md section 1 (fields of the daily violence picture: age band and condition of the victim, weapon,
suspect unknown, known, outstanding, in custody, bailed, charged).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from core.extract import INJURIES, SUSPECT_STATES, WEAPONS, BadValue, flag, reference
from core.figures import POINT, is_unknown, plain_figure
from core.text import counted

OLDEST = 120
"""No victim is older: the greatest age on record is 122, and a figure above this is a slip of the hand (ours)."""
UNKNOWN = -1
"""Stands for an hour or an age that is not told."""
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?|([01]\d|2[0-3])([0-5]\d)", re.ASCII)
_HALF = re.compile(r"(0?[1-9]|1[0-2])[:.]([0-5]\d)(?::[0-5]\d)?\s*([ap])\.?m\.?", re.ASCII | re.IGNORECASE)
_SEXES = {"f": "F", "female": "F", "m": "M", "male": "M"}


class Particulars(NamedTuple):
    """What a row tells of a crime besides. ``minute`` is that of the day, ``victim_age`` is in years.

    Both are -1 where they are not told; the words are empty then.
    """

    minute: int
    victim_age: int
    victim_sex: str
    injury: str
    weapon: str
    features: str
    linked_ref: str
    suspect_state: str


NOTHING = Particulars(UNKNOWN, UNKNOWN, "", "", "", "", "", "")
"""What a row tells that leaves all of it empty."""


def particulars(values: Sequence[str]) -> Particulars:
    """Check the values of the columns, in the order of ``core.extract.PARTICULARS``. Raises BadValue."""
    at, age, sex, injury, weapon, features, linked, state = values
    return Particulars(
        minute("committed_at", at),
        age_in_years("victim_age", age),
        _SEXES.get(_folded(sex), sex.strip()),
        word("injury", injury, INJURIES),
        word("weapon", weapon, WEAPONS),
        " ".join(features.split()),
        reference(linked),
        word("suspect_state", state, SUSPECT_STATES),
    )


def minute(column: str, text: str) -> int:
    """The minute of the day of an hour as ``HH:MM``, ``HHMM`` or ``H.MMam``; -1 where none is told. Raises BadValue.

    A point parts hours and minutes only before ``am`` or ``pm``: ``0.35`` is what a spreadsheet keeps a time as.
    """
    if is_unknown(text):
        return UNKNOWN
    written = text.strip()
    if half := _HALF.fullmatch(written):
        return (int(half[1]) % 12 + (12 if half[3] in "pP" else 0)) * 60 + int(half[2])
    match = _CLOCK.fullmatch(written)
    if match is None:
        raise BadValue(column, text, "no time of day; write hh:mm, as 02:15")
    return int(match[1] or match[3]) * 60 + int(match[2] or match[4])


def age_in_years(column: str, text: str) -> int:
    """An age in whole years, -1 where none is told. Raises BadValue for one that no victim can have."""
    if is_unknown(text):
        return UNKNOWN
    digits = plain_figure(text, POINT, whole=True).strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise BadValue(column, text, "no age; write it in whole years, as 17")
    if int(digits) > OLDEST:
        years = counted(int(digits), "year")
        raise BadValue(column, text, f"nobody is {years} old; write the age in years, at most {OLDEST}")
    return int(digits)


def word(column: str, text: str, words: Sequence[str]) -> str:
    """A value that only a few words can fill, as we write it; empty where none is told, as by N/A. Raises BadValue."""
    written = _folded(text)
    if written not in words and is_unknown(text):
        return ""
    if written not in words:
        raise BadValue(column, text, f"unknown; use one of: {', '.join(words)}")
    return written


def knife_used(knife: str, weapon: str) -> bool:
    """Whether a knife was used, by the two columns that tell it. Raises BadValue where they contradict each other."""
    used, what = flag("knife", knife), word("weapon", weapon, WEAPONS)
    if what and knife.strip() and used != (what == "knife"):
        raise BadValue("weapon", weapon, f"the row says {what} here, and '{knife.strip()}' in the column knife")
    return used or what == "knife"


def _folded(text: str) -> str:
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())
