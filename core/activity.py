"""The previous 24 hours in counts, as the Daily Violent Crime Strategic Briefing Report has them.

Source: DOMAIN.md section 6 (stops and searches, warrants, arrests, items seized; lines beside them from releases).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core import extract
from core.extract import BadValue
from core.geography import bcus

COLUMNS = ("day", "bcu", "measure", "count")
HEADLINES = ("stops and searches", "warrants", "arrests", "items seized")

_ITEMS = (
    "knives seized",
    "firearms seized",
    "other weapons seized",
    "drugs seizures",
    "vehicles seized",
    "mopeds seized",
)


class Counted(NamedTuple):
    """One count: the day number, the BCU, what was counted and how many."""

    day: int
    bcu: str
    measure: str
    number: int


def checked(fields: Sequence[str], today: int) -> Counted:
    """Check one row: its values in the order of :data:`COLUMNS`, and the latest day it may be of. Raises BadValue."""
    day, bcu, measure, count = (value.strip() for value in fields)
    if bcu.upper() not in bcus():
        raise BadValue("bcu", bcu, f"unknown BCU; use one of {', '.join(bcus())}")
    if not measure:
        raise BadValue("measure", measure, "what was counted is missing")
    return Counted(extract.day("day", day, today), bcu.upper(), measure.casefold(), extract.count("count", count))


def headline(measure: str) -> str:
    """The headline a measure adds to: anything seized is an item seized; the rest stands for itself."""
    word = " ".join(measure.casefold().split())
    return "items seized" if word in _ITEMS or "seiz" in word else word
