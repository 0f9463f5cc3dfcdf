"""The parts of the ward composite, read once from the release and the extract; weighing them touches no record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.composite import Placed, WardFigures, placed
from core.days import LONDON, day_of, years_before
from core.errors import NotFound
from core.geography import Ward
from core.hot_violence import MONTHS, is_hot, is_hot_code, shows_injury
from core.not_counted import NotCounted
from core.releases import YEAR, months_to
from core.reports import is_cancelled
from core.street import POLICE_UK_STREET
from core.text import plain
from core.wards import Series, WardScore, harm_by_ward, summed
from core.weak_months import unlike
from db import kept_out, lookups
from db.batch_kinds import FLAGGED, PANELS, REPORTS
from db.not_counted import not_counted
from db.panels import any_panel, asked_by_panels
from db.releases import ReleaseHead, release
from db.report_counts import PROFILE
from db.store import Store
from db.store.rows import lookup
from db.unsafe_places import Flagged, flagged
from db.ward_map import ward_map
from db.wards import months_of, ranking, series, weights_in


@dataclass(frozen=True)
class WardParts:
    """Every ward of a release with its parts, and the months and days they are of.

    Months are ``YYYYMM``. ``year_before`` is empty where the release does not hold the same twelve months a year
    earlier, whole; ``victims_from`` and ``victims_to`` are day numbers, None where there is no extract. ``panels_on``
    is the day on which priorities of ward panels stand, None where no panel is imported; ``flagged`` the places that
    the public flagged in the twelve months to that day, None where none is imported. ``doubtful`` tells that
    categories which are doubtful locally are in the harm; ``caveats`` are those of the ranking by harm, ``not_counted``
    is what the numbers leave out.
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
    caveats: tuple[str, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()


def parts(
    store: Store, name: str | None = None, *, with_doubtful: bool = False, known_to: int | None = None
) -> WardParts:
    """Read the parts of every ward of a release, of the latest if none is named. Raises NotFound.

    with_doubtful: whether categories that are doubtful locally (DOMAIN.md section 5) are in the harm, its ranks, the
    year before and the borough's harm. known_to: the last day (a day number) whose reports, panels and flagged places
    are looked at; every day's if None.
    """
    chosen = release(store, name)
    # Only an import, a withdrawal, another ward map or another day changes them.
    version = (lookups.version(store), store.now().astimezone(LONDON).date())
    question = ("ward parts", chosen, with_doubtful, known_to)
    return store.remember(question, version, lambda: _read(store, chosen, known_to, with_doubtful=with_doubtful))


def no_ward(found: WardParts) -> NotFound:
    """Why nothing can be made of the wards of a release of which none has a count."""
    none, another = f"No ward has a count in release {plain(found.release.name)}", "name another with --release"
    if found.release.profile == POLICE_UK_STREET:
        lookup = "no lookup that is held (profile lsoa-ward) leads an area of it to a ward. Import one that does"
        return NotFound(f"{none}: {lookup}, or {another}.")
    if found.release.profile == PROFILE:
        return NotFound("No ward has a count: no crime report that counts names one.")
    return NotFound(f"{none}; {another}.")


def _read(store: Store, chosen: ReleaseHead, known_to: int | None, *, with_doubtful: bool) -> WardParts:
    months = months_of(chosen)
    before, hot = _year_before(chosen, months), _hot_months(chosen, months)
    level = _unlike(chosen, months, before)
    before = () if level else before
    rows = series(store, chosen, _named(chosen, (*before, *months)))
    first, last = _victim_days(store, known_to)
    today = day_of(store.now().astimezone(LONDON)) if known_to is None else known_to
    as_of = today if last is None else last
    asked = asked_by_panels(store, as_of) if any_panel(store) else None
    places = _flagged(store, as_of)
    figures = _Figures(
        harm_before=harm_by_ward(rows, weights_in(store, chosen), before, with_doubtful=with_doubtful),
        hot=_hot(rows, hot),
        repeat=_repeat_victims(store, first, last) if first is not None and last is not None else {},
        asked=asked,
        flagged=None if places is None else places.by_ward,
        known=ward_map(store),
    )
    ranked = ranking(store, name=chosen.name, with_doubtful=with_doubtful)
    by_harm = ranked.table.entries
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
        caveats=(*ranked.caveats, *level),
        not_counted=(*not_counted(store, ranked), *_kept_out(store, ranked.release)),
    )


def _kept_out(store: Store, head: ReleaseHead) -> tuple[NotCounted, ...]:
    """Rows in quarantine of what the public and the panels said, and of reports unless the counts are made of these."""
    return kept_out.of_kind(store, FLAGGED, PANELS, *(() if head.profile == PROFILE else (REPORTS,)))


def _hot_months(chosen: ReleaseHead, months: Sequence[int]) -> tuple[int, ...]:
    """The places of what is held of the last months of the calendar that hot violence is counted over."""
    recent = months_to(chosen.months[months[-1]], MONTHS) if months else ""
    return tuple(place for place in months if chosen.months[place] >= recent)


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
        "rate": 1000 * one.count / one.population if one.population else None,
        "trend": 100 * (one.harm - before) / before if before > 0 else None,
        "borough_share": 100 * one.harm / borough if borough > 0 else None,
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


def _unlike(chosen: ReleaseHead, months: Sequence[int], before: Sequence[int]) -> tuple[str, ...]:
    """Why crime reports of the two years are not compared, in words; nothing where they are, as published counts are.

    Published counts hold a month or flag it; an extract holds of earlier months what someone asked for.
    """
    if chosen.profile != PROFILE or not before:
        return ()
    level = unlike(chosen.months, chosen.totals, months, before)
    return () if level is None else (level.words,)


def _hot(rows: Sequence[Series], places: Sequence[int]) -> dict[str, int] | None:
    """Ward code to offences of hot violence; None where the release does not show violence with injury apart.

    Crime reports show it by their codes.
    """
    names = {row.category for row in rows}
    if not (shows_injury(names) or any(map(is_hot_code, names))):
        return None
    hot = {name for name in names if is_hot(name)}
    found: dict[str, int] = defaultdict(int)
    total = summed(places)
    for row in rows:
        if row.category in hot:
            found[row.ward_code] += total(row.counts)
    return found


def _flagged(store: Store, as_of: int) -> Flagged | None:
    """What the public flagged in the twelve months to a day; None where the store holds no flagged place."""
    found = flagged(store, years_before(as_of, 1) + 1, as_of)
    return found if found.held else None


def repeat_victims(store: Store) -> dict[str, int]:
    """Ward code to victims of two or more reports there in the twelve months up to the last report of the store."""
    first, last = _victim_days(store)
    return {} if first is None or last is None else _repeat_victims(store, first, last)


def _victim_days(store: Store, known_to: int | None = None) -> tuple[int | None, int | None]:
    """The twelve months up to the last day, of those up to *known_to*, that the extract has a report of."""
    query = "SELECT MAX(reported_on) FROM report_row WHERE replaced_by IS NULL"
    until = "" if known_to is None else f" AND reported_on <= {int(known_to)}"
    [(last,)] = store.read.rows(query + until)
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
