"""Units: of which team they are, what they can do, how many officers they have at a moment, how they stand.

Source: DOMAIN.md section 6 (four bases, 272 officers from September 2018, daily uplift from BCUs, help from British
Transport Police and the City), DOMAIN2.md sections 5 and 9 (skills, other resources: whom to ask, notice, answer).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from core.days import LONDON
from core.errors import Problem
from core.extract import BadValue, reference
from core.totals import refuse_total

SKILLS = (
    "search", "entry", "taser", "driver", "firearms", "plain clothes", "ANPR", "Q-car", "arch", "LFR",
)  # fmt: skip
"""What officers of a unit may be trained or equipped for."""
TASK_FORCE = "Violent Crime Task Force"
WARD_TEAM = "Ward team"
"""The team of one ward: the extra officers that are placed there count to its strength."""
TEAMS = (
    TASK_FORCE,
    "Predatory Offender Unit",
    "Territorial Support Group",
    "Specialist Crime (Trident)",
    "Viper",
    "Town Centre Team",
    "Roads and Transport",
    "British Transport Police",
    "City of London Police",
    WARD_TEAM,
)
"""The teams that a board shows, in its order; a unit of a file that names none is the task force's."""
_SHIFT = re.compile(r"(\d{1,2}):(\d{2})\s*(?:-|to)\s*(\d{1,2}):(\d{2})", re.ASCII)


class UnitState(StrEnum):
    """How a unit stands at a moment, in the word that lists, papers and JSON show."""

    FREE = "free"
    PLANNED = "planned"
    OUT = "out"
    ASKED = "asked-for"


class Uplift(NamedTuple):
    """Officers that a unit has received (above 0) or lent (below 0) from a moment until another; None: until further
    notice.
    """

    officers: int
    starts: datetime
    ends: datetime | None


class Shift(NamedTuple):
    """The hours of a unit's duty today, London time; one that ends before it begins goes over midnight."""

    starts: time
    ends: time

    def around(self, moment: datetime) -> tuple[datetime, datetime]:
        """The duty that a moment lies in, else the one of its day."""
        here = moment.astimezone(LONDON)
        yesterday, today = (self._of(here - timedelta(days=back)) for back in (1, 0))
        return yesterday if yesterday[0] <= here < yesterday[1] else today

    def _of(self, day: datetime) -> tuple[datetime, datetime]:
        starts = day.replace(hour=self.starts.hour, minute=self.starts.minute, second=0, microsecond=0)
        ends = day.replace(hour=self.ends.hour, minute=self.ends.minute, second=0, microsecond=0)
        return starts, ends if ends > starts else ends + timedelta(days=1)


def refuse_no_unit(name: str) -> None:
    """Raise BadValue where a file names no unit: nothing, a word for unknown, or a line that adds the units up."""
    if not reference(name):
        raise BadValue("unit", name, "the unit is missing")
    refuse_total("unit", name, "unit")


def shift_of(words: str) -> Shift | None:
    """A shift as it is written, ``14:00-22:00``; None for the empty text. Raises Problem for another."""
    if not words.strip():
        return None
    match = _SHIFT.fullmatch(words.strip())
    if match is None:
        raise Problem(f"'{words}' is no shift. Write 14:00-22:00.")
    try:
        return Shift(time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4])))
    except ValueError:
        raise Problem(f"'{words}' is no shift: there is no such time of day. Write 14:00-22:00.") from None


@lru_cache(256)
def skills_of(words: str) -> frozenset[str]:
    """Skills as they are written, with commas or semicolons between. Raises Problem for one that is not on the list."""
    folded = {skill.casefold(): skill for skill in SKILLS}
    found = set()
    for word in re.split(r"[,;]", words):
        if named := " ".join(word.split()):
            if named.casefold() not in folded:
                raise Problem(f"'{named}' is no skill of the list. Use {', '.join(SKILLS)}.")
            found.add(folded[named.casefold()])
    return frozenset(found)


def skills_words(skills: Iterable[str]) -> str:
    """Skills as they are stored and shown, in the order of the list."""
    held = set(skills)
    return ", ".join(skill for skill in SKILLS if skill in held)


def strength(officers: int, uplifts: Iterable[Uplift], moment: datetime) -> int:
    """How many officers a unit has at a moment: its own, those it has received, without those it has lent.

    It is worked out wherever it is asked for and written down nowhere; never below 0.
    """
    there = (one.officers for one in uplifts if one.starts <= moment and (one.ends is None or moment < one.ends))
    return max(0, officers + sum(there))
