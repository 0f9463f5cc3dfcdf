"""A ward-level release of recorded crime in the columns of the published one: 24 months, one category a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import fsum, sqrt
from random import Random
from typing import NamedTuple

from core.demo.chance import small_count, stream
from core.demo.places import DemoWard, by_code, ward_pull
from core.demo.shares import GROUPS, group_of

# Offences a month over London: shares as in the Met ward file 202306-202505, burglary by its present names.
_CATEGORIES = (
    ("ARSON AND CRIMINAL DAMAGE", "ARSON", 192),
    ("ARSON AND CRIMINAL DAMAGE", "CRIMINAL DAMAGE", 4440),
    ("BURGLARY", "BURGLARY - RESIDENTIAL", 2919),
    ("BURGLARY", "BURGLARY BUSINESS AND COMMUNITY", 1430),
    ("BURGLARY", "BURGLARY NON-DWELLING", 3.5),
    ("DRUG OFFENCES", "POSSESSION OF DRUGS", 2088),
    ("DRUG OFFENCES", "TRAFFICKING OF DRUGS", 1299),
    ("FRAUD AND FORGERY", "FRAUD AND FORGERY", 6),
    ("MISCELLANEOUS CRIMES AGAINST SOCIETY", "MISC CRIMES AGAINST SOCIETY", 889),
    ("NFIB FRAUD", "NFIB", 0.7),
    ("POSSESSION OF WEAPONS", "POSSESSION OF WEAPONS", 426),
    ("PUBLIC ORDER OFFENCES", "OTHER OFFENCES PUBLIC ORDER", 579),
    ("PUBLIC ORDER OFFENCES", "PUBLIC FEAR ALARM OR DISTRESS", 3030),
    ("PUBLIC ORDER OFFENCES", "RACE OR RELIGIOUS AGG PUBLIC FEAR", 1025),
    ("PUBLIC ORDER OFFENCES", "VIOLENT DISORDER", 5),
    ("ROBBERY", "ROBBERY OF BUSINESS PROPERTY", 504),
    ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", 2243),
    ("SEXUAL OFFENCES", "OTHER SEXUAL OFFENCES", 1285),
    ("SEXUAL OFFENCES", "RAPE", 675),
    ("THEFT", "BICYCLE THEFT", 1271),
    ("THEFT", "OTHER THEFT", 9500),
    ("THEFT", "SHOPLIFTING", 6355),
    ("THEFT", "THEFT FROM THE PERSON", 7398),
    ("VEHICLE OFFENCES", "AGGRAVATED VEHICLE TAKING", 47),
    ("VEHICLE OFFENCES", "INTERFERING WITH A MOTOR VEHICLE", 896),
    ("VEHICLE OFFENCES", "THEFT FROM A VEHICLE", 4386),
    ("VEHICLE OFFENCES", "THEFT OR UNAUTH TAKING OF A MOTOR VEH", 2668),
    ("VIOLENCE AGAINST THE PERSON", "HOMICIDE", 8),
    ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITH INJURY", 5746),
    ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITHOUT INJURY", 13818),
)
_SEASON = (0.97, 0.95, 1.0, 0.98, 1.03, 1.05, 1.06, 1.0, 0.99, 1.03, 1.01, 0.93)  # January to December
_STEPS = 16  # steps of the mean for which small counts are drawn beforehand
_SMALL = 12  # offences a month from which a bell curve will do
_DRAWS = 128
_BELLS = 4096
_RARE = 0.5


class _Noise(NamedTuple):
    small: list[list[int]]
    bell: list[float]


def ward_release_header(last_month: date, months: int = 24) -> tuple[str, ...]:
    """Give the columns of the release whose last month holds *last_month*; months are YYYYMM, oldest first."""
    last = last_month.year * 12 + last_month.month - 1
    named = (f"{month // 12}{month % 12 + 1:02d}" for month in range(last - months + 1, last + 1))
    return ("MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName", *named)


def ward_release(
    wards: Sequence[DemoWard], last_month: date, seed: int = 1, months: int = 24
) -> Iterator[tuple[str, ...]]:
    """Give the rows of a ward-level release: offences recorded by ward, category and month.

    Sorted by borough, ward and category. A category with no offence in all months has no row. London's total
    follows the wards' share of its 679: about 75,000 a month for all of them. Which ward has how much of what is
    as published (``core.demo.shares``); the counts themselves are drawn.
    """
    rng = stream(seed, "ward counts", last_month.replace(day=1))
    noise = _noise(rng)
    seasons = _seasons(last_month, months)
    means = {group: _means(wards, group) for group in GROUPS}
    for ward in sorted(wards, key=lambda ward: (ward.borough, ward.name, ward.code)):
        ending = (ward.name, ward.code, ward.borough)
        for major, minor, monthly in _CATEGORIES:
            mean = monthly * means[group_of(major, minor)][ward.code] * (0.9 + 0.2 * rng.random())
            counts = _counts(rng, noise, mean, seasons)
            if any(counts):
                yield (major, minor, *ending, *map(str, counts))


def _means(wards: Sequence[DemoWard], group: str) -> dict[str, float]:
    """What every ward has of a group, where *wards* together have what so many of London's 679 have."""
    pulls = ward_pull(wards, group)
    scale = len(wards) / 679 / fsum(pulls)
    return {ward.code: pull * scale for ward, pull in zip(by_code(wards), pulls, strict=True)}


def _seasons(last_month: date, months: int) -> list[float]:
    last = last_month.month - 1
    return [_SEASON[(last - back) % 12] for back in range(months - 1, -1, -1)]


def _counts(rng: Random, noise: _Noise, mean: float, seasons: list[float]) -> list[int]:
    months = len(seasons)
    if mean < _RARE:
        counts = [0] * months
        for _ in range(int(mean * months * (0.4 + 1.2 * rng.random()) + rng.random())):
            counts[int(rng.random() * months)] += 1
        return counts
    if mean < _SMALL / 1.1:
        start = int(rng.random() * _DRAWS)
        scale = mean * _STEPS
        small = noise.small
        return [small[int(scale * season)][(start + 5 * at) % _DRAWS] for at, season in enumerate(seasons)]
    start = int(rng.random() * (_BELLS - months))
    spread = sqrt(mean)
    bells = noise.bell[start : start + months]
    return [max(int(mean * season + spread * bell + 0.5), 0) for season, bell in zip(seasons, bells, strict=True)]


def _noise(rng: Random) -> _Noise:
    """Draw beforehand what every cell takes from: small counts by their mean, and a bell curve."""
    chance = rng.random
    small = [[small_count(rng, (step + 0.5) / _STEPS) for _ in range(_DRAWS)] for step in range(_SMALL * _STEPS)]
    # Twelve even chances less six: mean 0, spread 1, and no function that differs between machines.
    bell = [fsum([chance() for _ in range(12)]) - 6.0 for _ in range(_BELLS)]
    return _Noise(small, bell)
