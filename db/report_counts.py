"""Crime reports with a ward as a source of ward rankings beside published counts: never added to them.

Rule: a crime report counts once, by its heaviest row, in the ward and the month in which it was reported; a report that
was cancelled does not count. Its code weighs what the harm index says of it, so low and high are the same; what police
work found stands apart, as in published counts (DOMAIN.md sections 1 and 5). Months run from the first report to the
last; one of them without a report is a fragment.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from core.category_weights import CategoryWeight
from core.harm import EDITION
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
_FOUND = " (found by police work)"
_ROWS = (
    "SELECT h.place_id, h.offence_id, h.circumstance_id, h.reported_on, COUNT(*) AS reports FROM ("
    # Of the rows of a report SQLite gives the one that the largest weight is of.
    "SELECT crime_ref, place_id, offence_id, circumstance_id, reported_on, MAX(COALESCE(days, -1)) FROM report_row "
    "WHERE replaced_by IS NULL GROUP BY crime_ref) h "
    "GROUP BY h.place_id, h.offence_id, h.circumstance_id, h.reported_on"
)


@dataclass(frozen=True)
class ReportCounts:
    """Crime reports counted as a release would be: months (``YYYYMM``), series by ward and code, what a code weighs."""

    months: tuple[str, ...]
    series: tuple[Series, ...]
    weights: dict[str, CategoryWeight]

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
    police, dropped = set(), set()
    for row in store.read.rows("SELECT id, detected_by, outcome FROM circumstance"):
        if is_cancelled(row["outcome"]):
            dropped.add(row["id"])
        if row["detected_by"] == DetectedBy.POLICE:
            police.add(row["id"])
    found: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    weights: dict[str, CategoryWeight] = {}
    for row in store.read.rows(_ROWS):
        if row["circumstance_id"] in dropped:
            continue
        offence, by_police = offences[row["offence_id"]], row["circumstance_id"] in police
        name = f"{offence['ho_code']} {offence['title']}".strip() + (_FOUND if by_police else "")
        if (days := offence["days"]) is not None:
            weights[name.casefold()] = CategoryWeight(name, days, days, days, 0.0, offence["confidence"], by_police)
        month = date.fromordinal(row["reported_on"]).strftime("%Y%m")
        found[(*places[row["place_id"]], name)][month] += row["reports"]
    months = _between({month for by_month in found.values() for month in by_month})
    series = tuple(
        Series(code, "" if code else NO_WARD, borough, name, [by_month.get(month, 0) for month in months])
        for (code, borough, name), by_month in found.items()
    )
    return ReportCounts(months, series, weights)


def _between(months: set[str]) -> tuple[str, ...]:
    """Every month from the first to the last."""
    if not months:
        return ()
    first, last = (int(month[:4]) * 12 + int(month[4:]) - 1 for month in (min(months), max(months)))
    return tuple(f"{number // 12}{number % 12 + 1:02d}" for number in range(first, last + 1))
