"""What an extract of the synthetic London tells of a violent crime besides: hour, victim, injury, weapon, suspect.

Drawn from the reference of each report, so that a report tells the same in every extract but for where its suspect
stands by then. Reports that no night counts tell nothing. Shares are the demo's own guess; one report in nine tells no
age and one in eleven no hour, as real extracts have gaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from random import Random

from core.demo.chance import pick, spread
from core.demo.offences import Offence
from core.demo.world import Report
from core.incidents import HOMICIDE, SERIOUS_ASSAULT, SERIOUS_SEXUAL, STABBING, Facts, counted_as

Told = tuple[str, ...]
NOTHING: Told = ("",) * 8
"""What a report tells of which no night counts anything."""
_HOURS = spread(*((hour, 1 + (hour in (15, 16, 17)) + 2 * (hour >= 20 or hour <= 3)) for hour in range(24)))
_GRAVE = spread(("serious", 14), ("life-changing", 2), ("life-threatening", 4))
_HELD = {"remand": "held", "serving": "held", "recalled": "held", "bail": "bailed", "wanted": "outstanding"}
_TICKS = 12
"""Ticks of the risk checklist that the demo gives at the most: fewer than make a case high risk."""
_MINUTES = 60


def told_of(reference: str, report: Report, roles: Sequence[tuple[str, str]]) -> Told:
    """The values of the columns of :data:`core.extract.PARTICULARS`, in their order.

    roles: the status and the role of each suspect, as the same extract has them.
    """
    counts = _counts(report.offence, report.knife, report.domestic)
    if not counts:
        return NOTHING
    rng = Random(reference)
    hour, age, sex = _hour(rng, report), 14 + int(rng.random() ** 1.6 * 50), "F" if report.vawg else "M"
    features = f"DASH {2 + int(rng.random() * (_TICKS - 1))}" if report.domestic else ""
    return (
        hour if rng.random() > 1 / 11 else "",
        str(age) if report.victim and rng.random() > 1 / 9 else "",
        sex if report.victim else "",
        _injury(rng, report, counts),
        "knife" if report.knife else "other" if HOMICIDE in counts else "none",
        features,
        "",
        _suspect(roles),
    )


@cache
def _counts(offence: Offence, knife: bool, domestic: bool) -> frozenset[str]:
    return counted_as(Facts(offence.code, offence.title, knife, domestic, "", "", "", -1))


def _hour(rng: Random, report: Report) -> str:
    """An hour on the day it began, before it was reported where that was the same day."""
    day, before = int(report.when), report.when - int(report.when)
    minute = pick(rng, _HOURS) * _MINUTES + int(rng.random() * 12) * 5
    if report.began == day:
        minute = min(minute, int(before * 24 * _MINUTES))
    return f"{minute // _MINUTES:02d}:{minute % _MINUTES:02d}"


def _injury(rng: Random, report: Report, counts: frozenset[str]) -> str:
    """How badly someone was hurt, as far as the offence itself says: nobody is hurt who was not without this column."""
    if HOMICIDE in counts:
        return "fatal"
    if SERIOUS_ASSAULT in counts or (STABBING in counts and report.offence.code.startswith("005/")):
        return pick(rng, _GRAVE)
    if STABBING in counts:
        return "minor"
    return "" if SERIOUS_SEXUAL in counts else "none"


def _suspect(roles: Sequence[tuple[str, str]]) -> str:
    """Where the suspects stand, the one who is still out first."""
    stand = ["charged" if role in ("charged", "convicted") else _HELD.get(status, "named") for status, role in roles]
    order = ("outstanding", "named", "bailed", "held", "charged")
    return next((word for word in order if word in stand), "unknown")
