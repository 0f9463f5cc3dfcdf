"""The task force's counted activity of each last 24 hours, by day and BCU, for the daily briefing report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import fsum

from core.demo.chance import pick, small_count, stream, uk_day
from core.demo.places import DemoWard, by_code, ward_pull

ACTIVITY_HEADER = ("day", "bcu", "measure", "count")
"""Columns of the activity return; a nought is a return, a missing row is none."""

# A day of the task force's own work over London, not of the whole Met. Published (DOMAIN.md section 6): arrests,
# sweeps, knives, firearms, other weapons, other seizures, vehicles, mopeds. Chosen: the others.
_MEASURES = (
    ("stops and searches", 96.0),
    ("warrants", 2.4),
    ("arrests", 11.5),
    ("weapon sweeps", 15.7),
    ("knives seized", 2.2),
    ("firearms seized", 0.5),
    ("other weapons seized", 1.4),
    ("drugs seizures", 8.0),
    ("vehicles seized", 2.0),
    ("mopeds seized", 0.25),
    ("ANPR deployments", 3.0),
    ("knife arch deployments", 1.5),
    ("diversion referrals", 4.0),
)
_WEEK = (0.9, 0.9, 0.95, 1.0, 1.2, 1.2, 0.85)  # Monday to Sunday


def activity(wards: Sequence[DemoWard], as_of: date, seed: int = 1, days: int = 30) -> Iterator[tuple[str, ...]]:
    """Give counts for the *days* complete days before *as_of*, oldest first, for every BCU of *wards*.

    One BCU sends nothing for the day before *as_of*: a gap that a meeting must state, not a nought.
    """
    rng = stream(seed, "activity", as_of)
    bcus = sorted({ward.bcu for ward in wards})
    silent = pick(rng, bcus)
    shares = _shares(wards, bcus)
    for back in range(days, 0, -1):
        day = as_of - timedelta(days=back)
        for bcu in bcus:
            if back == 1 and bcu == silent:
                continue
            for measure, london in _MEASURES:
                count = small_count(rng, london * shares[bcu] * _WEEK[day.weekday()])
                yield uk_day(day.toordinal()), bcu, measure, str(count)


def _shares(wards: Sequence[DemoWard], bcus: list[str]) -> dict[str, float]:
    """What each BCU has of violence: the task force goes where that is."""
    pulls = dict.fromkeys(bcus, 0.0)
    for ward, pull in zip(by_code(wards), ward_pull(wards), strict=True):
        pulls[ward.bcu] += pull
    total = fsum(pulls.values())
    return {bcu: pull / total for bcu, pull in pulls.items()}
