"""The parts of the ward composite, read once from the release and the extract; weighing them touches no record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.category_weights import weights_of
from core.composite import HOT, HOT_MONTHS, INJURY, Placed, WardFigures, placed
from core.days import LONDON, day_of, years_before
from core.geography import Ward
from core.releases import YEAR
from core.reports import is_cancelled
from core.wards import Series, WardScore, rank_wards, summed
from db.panels import any_panel, asked_by_panels
from db.releases import ReleaseHead, release
from db.store import Store
from db.store.batches import batches_version
from db.store.rows import lookup
from db.unsafe_places import Flagged, flagged
from db.ward_map import ward_map
from db.wards import months_of, ranking, series


@dataclass(frozen=True)
class WardParts:
    """Every ward of a release with its parts, and the months and days they are of.

    Months are ``YYYYMM``. ``year_before`` is empty where the release does not hold the same twelve months a year
    earlier, whole; ``victims_from`` and ``victims_to`` are day numbers, None where there is no extract. ``panels_on``
    is the day on which priorities of ward panels stand, None where no panel is imported; ``flagged`` the places that
    the public flagged in the twelve months to that day, None where none is imported. ``doubtful`` tells that
    categories which are doubtful locally are in the harm.
    """

    release: ReleaseHead
    months: tuple[str, ...]
    year_before: tuple[str, ...]
    hot_months: tuple[str, ...]
    victims_from: int | None
    victims_to: int | None
    panels_on: int | None
    flagged: Flagged | None
    doubtful: bool
    wards: tuple[Placed, ...]


def parts(store: Store, name: str | None = None, *, with_doubtful: bool = False) -> WardParts:
    """Read the parts of every ward of a release, of the latest if none is named. Raises NotFound.

    with_doubtful: whether categories that are doubtful locally (DOMAIN.md section 5) are in the harm, its ranks, the
    year before and the borough's harm.
    """
    chosen = release(store, name)
    # Only an import, a withdrawal or another day changes them.
    version = (batches_version(store), store.now().astimezone(LONDON).date())
    question = ("ward parts", chosen, with_doubtful)
    return store.remember(question, version, lambda: _read(store, chosen, with_doubtful=with_doubtful))


def _read(store: Store, chosen: ReleaseHead, *, with_doubtful: bool) -> WardParts:
    rows, months = series(store, chosen.id), months_of(chosen)
    before, hot = _year_before(chosen, months), months[-HOT_MONTHS:]
    first, last = _victim_days(store)
    as_of = day_of(store.now().astimezone(LONDON)) if last is None else last
    asked = asked_by_panels(store, as_of) if any_panel(store) else None
    places = _flagged(store, as_of)
    figures = _Figures(
        harm_before=_harm(chosen, rows, before, with_doubtful=with_doubtful) if before else {},
        hot=_hot(rows, hot),
        repeat=_repeat_victims(store, first, last) if first is not None and last is not None else {},
        asked=asked,
        flagged=None if places is None else places.by_ward,
        known=ward_map(store),
    )
    by_harm = ranking(store, name=chosen.name, with_doubtful=with_doubtful).table.entries
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
        panels_on=None if asked is None else as_of,
        flagged=places,
        doubtful=with_doubtful,
        wards=placed(wards),
    )


def _named(chosen: ReleaseHead, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(chosen.months[place] for place in places)


@dataclass(frozen=True)
class _Figures:
    """What is read apart from the ranking, by ward code; None where the store has nothing that tells."""

    harm_before: Mapping[str, float]
    hot: Mapping[str, int] | None
    repeat: Mapping[str, int]
    asked: Mapping[str, int] | None
    flagged: Mapping[str, int] | None
    known: Mapping[str, Ward]


def _ward(one: WardScore, count_rank: int, borough: float, figures: _Figures) -> WardFigures:
    before, known = figures.harm_before.get(one.ward_code, 0.0), figures.known.get(one.ward_code)
    values: dict[str, float | None] = {
        "harm": one.harm,
        "rate": one.rate_per_1000,
        "trend": round(100 * (one.harm - before) / before, 1) if before > 0 else None,
        "borough_share": round(100 * one.harm / borough, 2) if borough > 0 else None,
        "deprivation": None if known is None else known.imd_decile,
        "hot_violence": _counted(figures.hot, one.ward_code),
        "repeat_victims": figures.repeat.get(one.ward_code),
        "ward_panel": _counted(figures.asked, one.ward_code),
        "unsafe_places": _counted(figures.flagged, one.ward_code),
    }
    return WardFigures(
        one.ward_code, one.ward, one.borough, one.population, one.harm, one.rank, one.count, count_rank, values,
        before if before > 0 else None,
    )  # fmt: skip


def _counted(found: Mapping[str, int] | None, ward_code: str) -> int | None:
    """How many a ward has: none where the others have some, unknown where nothing is held of any ward."""
    return None if found is None else found.get(ward_code, 0)


def _year_before(chosen: ReleaseHead, months: Sequence[int]) -> tuple[int, ...]:
    """The places of the same months a year earlier; none where one of the twelve is not held or is a fragment."""
    good = {chosen.months[place]: place for place in range(len(chosen.months))}
    for flag in chosen.flags:
        good.pop(flag.month)
    earlier = [f"{int(month[:4]) - 1}{month[4:]}" for month in (chosen.months[place] for place in months)]
    if len(months) < YEAR or not good.keys() >= set(earlier):
        return ()
    return tuple(good[month] for month in earlier)


def _harm(
    chosen: ReleaseHead, rows: Sequence[Series], places: Sequence[int], *, with_doubtful: bool
) -> dict[str, float]:
    weights = weights_of(chosen.profile, {row.category for row in rows})
    return {one.ward_code: one.harm for one in rank_wards(rows, weights, places, with_doubtful=with_doubtful).entries}


def _hot(rows: Sequence[Series], places: Sequence[int]) -> dict[str, int] | None:
    """Ward code to offences of hot violence; None where the release does not show violence with injury apart."""
    if not any(row.category.casefold() in INJURY for row in rows):
        return None
    found: dict[str, int] = defaultdict(int)
    total = summed(places)
    for row in rows:
        if row.category.casefold() in HOT:
            found[row.ward_code] += total(row.counts)
    return found


def _flagged(store: Store, as_of: int) -> Flagged | None:
    """What the public flagged in the twelve months to a day; None where the store holds no flagged place."""
    found = flagged(store, years_before(as_of, 1) + 1, as_of)
    return found if found.held else None


def _victim_days(store: Store) -> tuple[int | None, int | None]:
    """The twelve months up to the last day that the extract has a report of."""
    [(last,)] = store.read.rows("SELECT MAX(reported_on) FROM report_row WHERE replaced_by IS NULL")
    return (None, None) if last is None else (years_before(last, 1) + 1, last)


def _repeat_victims(store: Store, first: int, last: int) -> dict[str, int]:
    """Ward code to victims of two or more reports there; wards where no victim is known are left out.

    A report that was cancelled or is no crime does not count.
    """
    kept, dropped = _not_cancelled(store)
    return lookup(store.read.rows(_REPEAT.replace("/*kept*/", kept), first=first, last=last, **dropped))


def repeat_victim_lines(store: Store, ward_code: str, first: int, last: int) -> list[tuple[str, int]]:
    """File and line of every report of one ward's repeat victims in some days (day numbers, both included)."""
    kept, dropped = _not_cancelled(store)
    query = _REPEAT_LINES.replace("/*kept*/", kept)
    rows = store.read.rows(query, first=first, last=last, code=ward_code, **dropped)
    return [(row["file"], row["line"]) for row in rows]


def _not_cancelled(store: Store) -> tuple[str, dict[str, str]]:
    """The condition that leaves cancelled reports out, and the outcomes it names."""
    outcomes = [outcome for (outcome,) in store.read.rows("SELECT DISTINCT outcome FROM circumstance")]
    dropped = {f"o{at}": outcome for at, outcome in enumerate(filter(is_cancelled, outcomes))}
    return (f"AND c.outcome NOT IN ({', '.join(f':{key}' for key in dropped)}) " if dropped else ""), dropped


_OF_A_WARD = (
    "FROM report_row r JOIN place l ON l.id = r.place_id JOIN circumstance c ON c.id = r.circumstance_id "
    "JOIN batch b ON b.id = r.batch_id WHERE l.ward_code = :code AND r.replaced_by IS NULL AND r.victim_ref <> '' "
    "AND r.reported_on BETWEEN :first AND :last /*kept*/"
)
_REPEAT_LINES = (
    f"SELECT b.file, r.line {_OF_A_WARD}AND r.victim_ref IN (SELECT r.victim_ref {_OF_A_WARD}"
    "GROUP BY r.victim_ref HAVING COUNT(DISTINCT r.crime_ref) > 1) ORDER BY b.id, r.line"
)
_REPEAT = (
    "SELECT ward_code, SUM(CASE WHEN reports > 1 THEN 1 ELSE 0 END) FROM ("
    "SELECT l.ward_code AS ward_code, r.victim_ref, COUNT(DISTINCT r.crime_ref) AS reports "
    "FROM report_row r JOIN place l ON l.id = r.place_id JOIN circumstance c ON c.id = r.circumstance_id "
    "WHERE r.replaced_by IS NULL AND r.victim_ref <> '' AND r.reported_on BETWEEN :first AND :last "
    "/*kept*/GROUP BY l.ward_code, r.victim_ref) victims GROUP BY ward_code"
)
