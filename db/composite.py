"""The parts of the ward composite, read once from the release and the extract; weighing them touches no record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from core.category_weights import weights_of
from core.composite import Placed, WardFigures, placed
from core.days import years_before
from core.releases import YEAR
from core.reports import is_cancelled
from core.tables import table
from core.wards import Series, WardScore, rank_wards, summed
from db.releases import ReleaseHead, release
from db.store import Store
from db.wards import months_of, ranking, series

_HOT_MONTHS = 3
_INJURY = frozenset({"violence with injury"})
HOT = _INJURY | {
    "robbery of personal property",
    "robbery of business property",
    "robbery",
    "possession of weapons",
    "possession of article with blade or point",
    "possession of other weapon",
    "possession of firearm with intent",
    "possession of firearms offences",
    "other firearm offences",
    "other knife offences",
}
"""Published categories of violence with injury, robbery and weapons, in small letters, of every scheme."""


@dataclass(frozen=True)
class WardParts:
    """Every ward of a release with its parts, and the months and days they are of.

    Months are ``YYYYMM``. ``year_before`` is empty where the release does not hold the same twelve months a year
    earlier, whole; ``victims_from`` and ``victims_to`` are day numbers, None where there is no extract.
    """

    release: ReleaseHead
    months: tuple[str, ...]
    year_before: tuple[str, ...]
    hot_months: tuple[str, ...]
    victims_from: int | None
    victims_to: int | None
    wards: tuple[Placed, ...]


def parts(store: Store, name: str | None = None) -> WardParts:
    """Read the parts of every ward of a release, of the latest if none is named. Raises NotFound."""
    chosen = release(store, name)
    rows, months = series(store, chosen.id), months_of(chosen)
    before, hot = _year_before(chosen, months), months[-_HOT_MONTHS:]
    first, last = _victim_days(store)
    figures = _Figures(
        harm_before=_harm(chosen, rows, before) if before else {},
        hot=_hot(rows, hot),
        repeat=_repeat_victims(store, first, last) if first is not None and last is not None else {},
    )
    by_harm = ranking(store, name=chosen.name).table.entries
    counts = {one.ward_code: one.rank for one in ranking(store, name=chosen.name, by="count").table.entries}
    boroughs: dict[str, float] = defaultdict(float)
    for one in by_harm:
        boroughs[one.borough] += one.harm
    wards = [_ward(one, counts[one.ward_code], boroughs[one.borough], figures) for one in by_harm]
    return WardParts(
        release=chosen,
        months=_named(chosen, months),
        year_before=_named(chosen, before),
        hot_months=_named(chosen, hot),
        victims_from=first,
        victims_to=last,
        wards=placed(wards),
    )


def _named(chosen: ReleaseHead, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(chosen.months[place] for place in places)


@dataclass(frozen=True)
class _Figures:
    """What is read apart from the ranking, by ward code; ``hot`` is None where the release does not show it."""

    harm_before: Mapping[str, float]
    hot: Mapping[str, int] | None
    repeat: Mapping[str, int]


def _ward(one: WardScore, count_rank: int, borough: float, figures: _Figures) -> WardFigures:
    before = figures.harm_before.get(one.ward_code, 0.0)
    values: dict[str, float | None] = {
        "harm": one.harm,
        "rate": one.rate_per_1000,
        "trend": round(100 * (one.harm - before) / before, 1) if before > 0 else None,
        "borough_share": round(100 * one.harm / borough, 2) if borough > 0 else None,
        "deprivation": _deciles().get(one.ward_code),
        "hot_violence": None if figures.hot is None else figures.hot.get(one.ward_code, 0),
        "repeat_victims": figures.repeat.get(one.ward_code),
    }
    return WardFigures(
        one.ward_code, one.ward, one.borough, one.population, one.harm, one.rank, one.count, count_rank, values
    )


@cache
def _deciles() -> dict[str, float]:
    """Ward code to the decile of the Index of Multiple Deprivation, where it is known; 1 is the most deprived."""
    return {row["code"]: float(row["imd_decile"]) for row in table("wards") if row["imd_decile"]}


def _year_before(chosen: ReleaseHead, months: Sequence[int]) -> tuple[int, ...]:
    """The places of the same months a year earlier; none where one of the twelve is not held or is a fragment."""
    good = {chosen.months[place]: place for place in range(len(chosen.months))}
    for flag in chosen.flags:
        good.pop(flag.month)
    earlier = [f"{int(month[:4]) - 1}{month[4:]}" for month in (chosen.months[place] for place in months)]
    if len(months) < YEAR or not good.keys() >= set(earlier):
        return ()
    return tuple(good[month] for month in earlier)


def _harm(chosen: ReleaseHead, rows: Sequence[Series], places: Sequence[int]) -> dict[str, float]:
    weights = weights_of(chosen.profile, {row.category for row in rows})
    return {one.ward_code: one.harm for one in rank_wards(rows, weights, places).entries}


def _hot(rows: Sequence[Series], places: Sequence[int]) -> dict[str, int] | None:
    """Ward code to offences of hot violence; None where the release does not show violence with injury apart."""
    if not any(row.category.casefold() in _INJURY for row in rows):
        return None
    found: dict[str, int] = defaultdict(int)
    total = summed(places)
    for row in rows:
        if row.category.casefold() in HOT:
            found[row.ward_code] += total(row.counts)
    return found


def _victim_days(store: Store) -> tuple[int | None, int | None]:
    """The twelve months up to the last day that the extract has a report of."""
    last = store.read.rows("SELECT MAX(reported_on) FROM report_row WHERE replaced_by IS NULL")[0][0]
    return (None, None) if last is None else (years_before(last, 1) + 1, last)


def _repeat_victims(store: Store, first: int, last: int) -> dict[str, int]:
    """Ward code to victims of two or more reports there; wards where no victim is known are left out.

    A report that was cancelled or is no crime does not count.
    """
    outcomes = [row[0] for row in store.read.rows("SELECT DISTINCT outcome FROM circumstance")]
    dropped = {f"o{at}": outcome for at, outcome in enumerate(filter(is_cancelled, outcomes))}
    kept = f"AND c.outcome NOT IN ({', '.join(f':{key}' for key in dropped)}) " if dropped else ""
    return dict(map(tuple, store.read.rows(_REPEAT.replace("/*kept*/", kept), first=first, last=last, **dropped)))


_REPEAT = (
    "SELECT ward_code, SUM(CASE WHEN reports > 1 THEN 1 ELSE 0 END) FROM ("
    "SELECT l.ward_code AS ward_code, r.victim_ref, COUNT(DISTINCT r.crime_ref) AS reports "
    "FROM report_row r JOIN place l ON l.id = r.place_id JOIN circumstance c ON c.id = r.circumstance_id "
    "WHERE r.replaced_by IS NULL AND r.victim_ref <> '' AND r.reported_on BETWEEN :first AND :last "
    "/*kept*/GROUP BY l.ward_code, r.victim_ref) victims GROUP BY ward_code"
)
