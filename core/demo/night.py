"""What is told each morning that is not, or not yet, a crime report: the night of the synthetic London.

Numbers of a day over all London beside what the extract of crime reports holds, so that both together are a usual night
(DOMAIN2.md section 1: some 13 injured by knives, a gun fired, a homicide every second or third day). Ages, injuries and
hours are the demo's own guess, by what is said of them there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from core.demo.chance import pick, small_count, spread, stream, uk_day
from core.demo.places import DemoWard, Places

INCIDENTS_HEADER = (
    "ref", "kind", "at", "ward_code", "victim_age", "injury", "suspect_state", "owner", "note",
)  # fmt: skip
"""Columns of the file of incidents; what is not known is empty."""
_A_DAY = (
    ("homicide", 0.15),
    ("shooting", 1.06),
    ("stabbing", 10.4),
    ("gun-crime", 5.6),
    ("knife-crime", 22.0),
    ("high-risk-da", 6.0),
    ("high-risk-missing", 4.0),
)
_WEEK = (0.9, 0.9, 0.95, 1.0, 1.15, 1.25, 0.85)  # Monday to Sunday
_HURT = {
    "homicide": ("fatal",),
    "shooting": spread(("serious", 3), ("life-threatening", 1), ("minor", 2), ("none", 4)),
    "stabbing": spread(("minor", 8), ("serious", 9), ("life-changing", 1), ("life-threatening", 2)),
    "high-risk-da": spread(("minor", 5), ("none", 4), ("serious", 1)),
}
_NOT_HURT = {"gun-crime": "none", "knife-crime": "none"}
"""Who is hurt by a gun or a knife is told as a shooting or a stabbing."""
_SUSPECT = spread(("unknown", 5), ("outstanding", 4), ("named", 3), ("held", 4), ("bailed", 1), ("charged", 1))
_OWNERS = {
    "homicide": "Homicide command",
    "shooting": "Gun crime team",
    "high-risk-da": "Domestic abuse unit",
    "high-risk-missing": "Missing persons unit",
}
_NOTES = spread(("", 6), ("Scene held", 2), ("CCTV asked for", 2), ("Witness spoken to", 2), ("Victim will not say", 1))
_LATE_HOURS = spread(*((hour, 1 + (hour in (15, 16, 17)) + 2 * (hour >= 20 or hour <= 3)) for hour in range(24)))
_MORNING = 6
"""The hour up to which a file of the morning tells."""
_GRAVER = 9
"""Of so many stabbings one is found to be a killing by the next morning, at most."""


class Told(NamedTuple):
    """An incident: the day number of the morning whose file first tells it, and its row."""

    morning: int
    row: tuple[str, ...]


def incidents(wards: Sequence[DemoWard], first: date, as_of: date, seed: int, share: float) -> Iterator[Told]:
    """Give what happened from the day *first* to the morning of *as_of*, in order; *share*: of all London.

    The same seed and day give the same incidents. A stabbing may come again the morning after as a homicide.
    """
    rng, places = stream(seed, "night", as_of), Places(wards)
    number = 0
    for day in range(first.toordinal(), as_of.toordinal() + 1):
        for kind, mean in _A_DAY:
            for _ in range(small_count(rng, mean * share * _WEEK[date.fromordinal(day).weekday()])):
                hour = pick(rng, _LATE_HOURS)
                morning = day if hour < _MORNING else day + 1
                if morning > as_of.toordinal():
                    continue
                number += 1
                row = _row(rng, places, f"INC-{number:06d}", kind, f"{uk_day(day)} {hour:02d}:{_minute(rng):02d}")
                yield Told(morning, row)
                if row[5] == "life-threatening" and number % _GRAVER == 0 and morning < as_of.toordinal():
                    yield Told(morning + 1, (row[0], "homicide", *row[2:5], "fatal", *row[6:]))


def _minute(rng: Random) -> int:
    return int(rng.random() * 12) * 5


def _row(rng: Random, places: Places, ref: str, kind: str, at: str) -> tuple[str, ...]:
    ward = places.wards[places.anywhere(rng)]
    age = 11 + int(rng.random() * 7) if kind == "high-risk-missing" else 14 + int(rng.random() ** 1.6 * 50)
    owner = _OWNERS.get(kind, f"{ward.bcu} duty inspector") if rng.random() < 0.7 else ""
    injury = pick(rng, _HURT[kind]) if kind in _HURT else _NOT_HURT.get(kind, "")
    suspect = "" if kind == "high-risk-missing" else pick(rng, _SUSPECT)
    return ref, kind, at, ward.code, str(age), injury, suspect, owner, pick(rng, _NOTES)
