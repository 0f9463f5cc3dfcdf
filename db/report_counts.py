"""Crime reports with a ward as a source of ward rankings beside published counts: never added to them.

Rule: a crime report counts once, by its heaviest row that says of no cancelling, in the ward and the month in which it
was reported; a report that was cancelled, by every row of it, does not count. Its code weighs what the harm index says
of it, so low and high are the same; what police work found stands apart, as in published counts (DOMAIN.md sections 1
and 5). A historic report, committed more than 365 days before it was reported, is in no count, harm or rank: it is a
series of its own (section 1). Months run from the first report to the last; one of them without a report is a fragment.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from core.allegations import HISTORIC_AFTER
from core.category_weights import CategoryWeight
from core.harm import EDITION, total
from core.hot_violence import FOUND_BY_POLICE
from core.releases import Flag, not_over
from core.reports import DetectedBy, is_cancelled
from core.wards import NO_WARD, Series
from db.store import Store
from db.store.batches import batches_version

REPORTS, PUBLISHED = "reports", "published"
"""The two sources of ward numbers; the first is also the name that its counts are asked for by, as a release."""
PROFILE = "crime-reports"
RELEASE_ID = 0
"""No release that was imported has this number."""
SCHEME = f"codes of the harm index ({EDITION})"
_ROWS = (
    "SELECT h.place_id, h.offence_id, h.circumstance_id, h.reported_on, h.historic, COUNT(*) AS reports FROM ("
    # Of the rows of a report SQLite gives the one that the largest weight is of.
    "SELECT crime_ref, place_id, offence_id, circumstance_id, reported_on, committed_from < reported_on - :after AS "
    "historic, MAX(COALESCE(days, -1)) FROM report_row WHERE replaced_by IS NULL AND circumstance_id NOT IN "
    "(SELECT value FROM json_each(:cancelled)) GROUP BY crime_ref) h "
    "GROUP BY h.place_id, h.offence_id, h.circumstance_id, h.reported_on, h.historic"
)
_LINES = (
    "SELECT o.ho_code, o.title, c.detected_by, h.reported_on, b.file, h.line FROM ("
    "SELECT crime_ref, place_id, offence_id, circumstance_id, reported_on, committed_from, batch_id, line, "
    "MAX(COALESCE(days, -1)) FROM report_row WHERE replaced_by IS NULL AND circumstance_id NOT IN "
    "(SELECT value FROM json_each(:cancelled)) AND crime_ref IN ("
    "SELECT r.crime_ref FROM report_row r JOIN place p ON p.id = r.place_id WHERE p.ward_code = :ward) "
    "GROUP BY crime_ref) h JOIN place p ON p.id = h.place_id JOIN offence o ON o.id = h.offence_id "
    "JOIN circumstance c ON c.id = h.circumstance_id JOIN batch b ON b.id = h.batch_id "
    "WHERE p.ward_code = :ward AND h.committed_from >= h.reported_on - :after ORDER BY b.id, h.line"
)


def named(release: str) -> str:
    """A release as sentences name it, ``release 202410-202609``; of what crime reports count, ``crime reports``."""
    return "crime reports" if release == REPORTS else f"release {release}"


@dataclass(frozen=True)
class Historic:
    """Historic reports of one month and code, set apart: how many, and their harm in days."""

    month: str
    category: str
    reports: int
    days: float


@dataclass(frozen=True)
class ReportCounts:
    """Crime reports counted as a release would be: months (``YYYYMM``), series by ward and code, what a code weighs.

    historic: those that are in none of these. running: the last month, where the reports end before it does; never of
    the only month there is.
    """

    months: tuple[str, ...]
    series: tuple[Series, ...]
    weights: dict[str, CategoryWeight]
    historic: tuple[Historic, ...] = ()
    running: Flag | None = None

    @property
    def totals(self) -> tuple[int, ...]:
        """All reports of each month."""
        return tuple(sum(month) for month in zip(*(one.counts for one in self.series), strict=True))


def with_ward(store: Store) -> int:
    """How many crime reports of the store name a ward."""
    return sum(sum(one.counts) for one in counts(store).series if one.ward_code)


def counts(store: Store) -> ReportCounts:
    """The crime reports of the store by ward, code and month; remembered until a file comes in or is withdrawn."""
    return store.remember("report counts", batches_version(store), lambda: _read(store))


def _read(store: Store) -> ReportCounts:
    places = {row["id"]: (row["ward_code"], row["borough"]) for row in store.read.rows("SELECT * FROM place")}
    offences = {row["id"]: row for row in store.read.rows("SELECT id, ho_code, title, days, confidence FROM offence")}
    found_by = store.read.rows("SELECT id FROM circumstance WHERE detected_by = :police", police=int(DetectedBy.POLICE))
    police = {row["id"] for row in found_by}
    found: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    weights: dict[str, CategoryWeight] = {}
    apart: list[Historic] = []
    last = 0
    for row in store.read.rows(_ROWS, after=HISTORIC_AFTER, cancelled=_cancelled(store)):
        offence, by_police = offences[row["offence_id"]], row["circumstance_id"] in police
        name = _name(offence["ho_code"], offence["title"], by_police=by_police)
        days, month = offence["days"], _month(row["reported_on"])
        if row["historic"]:
            apart.append(Historic(month, name, row["reports"], 0.0 if by_police else row["reports"] * (days or 0.0)))
            continue
        if days is not None:
            weights[name.casefold()] = CategoryWeight(name, days, days, days, 0.0, offence["confidence"], by_police)
        last = max(last, row["reported_on"])
        found[(*places[row["place_id"]], name)][month] += row["reports"]
    months = _between({month for by_month in found.values() for month in by_month})
    series = tuple(
        Series(code, "" if code else NO_WARD, borough, name, [by_month.get(month, 0) for month in months])
        for (code, borough, name), by_month in found.items()
    )
    running = not_over(date.fromordinal(last)) if len(months) > 1 else None
    return ReportCounts(months, series, weights, tuple(apart), running)


def historic(store: Store, months: Collection[str], codes: Collection[str] | None = None) -> tuple[int, float]:
    """How many historic reports of some months (``YYYYMM``) are set apart, and their harm in days.

    codes: only these; every one if None.
    """
    those = [one for one in counts(store).historic if one.month in months and (codes is None or one.category in codes)]
    return sum(one.reports for one in those), total(one.days for one in those)


def lines(store: Store, ward_code: str, months: Collection[str]) -> Mapping[str, Mapping[str, list[int]]]:
    """The files and lines of the reports that a ward's codes count in some months: of each its heaviest row."""
    found: dict[str, dict[str, list[int]]] = {}
    for row in store.read.rows(_LINES, ward=ward_code, after=HISTORIC_AFTER, cancelled=_cancelled(store)):
        if _month(row["reported_on"]) not in months:
            continue
        name = _name(row["ho_code"], row["title"], by_police=row["detected_by"] == DetectedBy.POLICE)
        found.setdefault(name, {}).setdefault(row["file"], []).append(row["line"])
    return found


def _cancelled(store: Store) -> str:
    """The circumstances of rows that say that their report was cancelled, as JSON."""
    rows = store.read.rows("SELECT id, outcome FROM circumstance")
    return json.dumps([row["id"] for row in rows if is_cancelled(row["outcome"])])


def _name(ho_code: str, title: str, *, by_police: bool) -> str:
    return f"{ho_code} {title}".strip() + (FOUND_BY_POLICE if by_police else "")


def _month(day: int) -> str:
    found = date.fromordinal(day)
    return f"{found.year:04d}{found.month:02d}"


def _between(months: set[str]) -> tuple[str, ...]:
    """Every month from the first to the last."""
    if not months:
        return ()
    first, last = (int(month[:4]) * 12 + int(month[4:]) - 1 for month in (min(months), max(months)))
    return tuple(f"{number // 12:04d}{number % 12 + 1:02d}" for number in range(first, last + 1))
