"""Wanted high-harm offenders, the count that the plan asks to be cut by 10 % (DOMAIN.md sections 4 and 8, S3)."""

from __future__ import annotations

from typing import NamedTuple

from core.cohorts.case import Case
from core.cohorts.cohort import Cohort, Qualifies
from core.cohorts.counting import makes_suspect
from core.cohorts.due import of_wanted
from core.days import iso, uk
from core.harm import home_office_code, weigh
from core.markers import Marker
from core.reports import ReportRow

HIGH_HARM_DAYS = 365.0
"""The least harm in days that is high; the plan gives no figure, so this is a project default."""


UNWEIGHED = "unweighed"
"""What stands beside an offence whose harm is not known; it is never taken for none."""
BY_CODE = "by code"
"""What stands beside the default weight of a code, where the person has no report of it with a weight of its own."""


class _Wanted(NamedTuple):
    """A marker with the harm it is for: days, None where not known, and the report they are of, None for the code's."""

    marker: Marker
    days: float | None
    report: ReportRow | None

    @property
    def stays(self) -> bool:
        return self.days is None or self.days >= HIGH_HARM_DAYS or _says_so(self.marker)

    @property
    def unweighed(self) -> bool:
        return self.days is None and not _says_so(self.marker)

    @property
    def facts(self) -> dict[str, object]:
        """What JSON says of it; ``weight_by`` and ``crime`` are None where there is no weight."""
        by = None if self.days is None else "code" if self.report is None else "report"
        return {
            "for": _for(self.marker),
            "days": self.days,
            "weight_by": by,
            "crime": self.report.crime_ref if self.report else None,
            "unweighed": self.unweighed,
            "since": iso(self.marker.starts),
        }

    @property
    def reason(self) -> str:
        """What the screen says of it: ``008/01 (547.5 days)``, ``001/01 (5,475 days by code)``."""
        if self.unweighed:
            return f"{_for(self.marker)} ({UNWEIGHED})"
        if self.days is None:
            return _for(self.marker)
        return f"{_for(self.marker)} ({self.days:,g} days{'' if self.report else f' {BY_CODE}'})"


def wanted_high_harm(case: Case, as_of: int) -> Qualifies | None:
    """Wanted on the day for an offence of high harm or one without a weight, or with a marker that says high harm.

    What cannot be weighed may be of high harm, so it stays, and is told as unweighed. The weight of a code is that of
    the person's own latest weighed report of it: a code may carry several weights (DOMAIN.md section 1, split codes),
    and a marker does not say which.
    """
    found = [one for marker in case.holding("wanted", as_of) if (one := _weighed(case, marker, as_of)).stays]
    if not found:
        return None
    since = found[0].marker.starts
    facts: dict[str, object] = {
        "since": iso(since),
        "wanted": [one.facts for one in found],
        "unweighed": sum(one.unweighed for one in found),
        "crimes": list(dict.fromkeys(one.report.crime_ref for one in found if one.report)),
    }
    return Qualifies(facts, f"Wanted since {uk(since)}: {', '.join(one.reason for one in found)}")


def _weighed(case: Case, marker: Marker, as_of: int) -> _Wanted:
    """A marker with its harm: of the person's own report, else of the code; none for words and unknown codes."""
    code = home_office_code(marker.value)
    own = own_report(case, code, as_of)
    if own is not None:
        return _Wanted(marker, own.days, own)
    return _Wanted(marker, weigh(code, "").days if code else None, None)


def own_report(case: Case, code: str, as_of: int) -> ReportRow | None:
    """The latest report up to a day that makes the person a suspect of a code and has a weight; None without one.

    Whoever named the person: the weight is the offence's. Of rows of one day the heaviest.
    """
    rows = [
        row
        for row in case.rows
        if row.days is not None
        and row.reported_on <= as_of
        and home_office_code(row.ho_code) == code
        and makes_suspect(row)
    ]
    return max(rows, key=lambda row: (row.reported_on, row.days or 0.0, row.id), default=None)


def _says_so(marker: Marker) -> bool:
    return "high harm" in " ".join(marker.value.casefold().replace("-", " ").split())


def _for(marker: Marker) -> str:
    return home_office_code(marker.value) or "no offence given"


WANTED_HIGH_HARM = Cohort(
    key="wanted-high-harm",
    title="Wanted, high harm",
    rule=(
        f"Wanted for an offence of {HIGH_HARM_DAYS:g} or more days of harm or one that has no weight (unweighed, "
        "which is not low), or marked high harm. The weight is that of the person's latest weighed report of the code, "
        "else the code's (by code). The figure is a project default."
    ),
    source="Met plan against violence to women and girls, 2021: wanted high-harm offenders, 10 % fewer than 2020/21.",
    review_days=7,
    needs="markers",
    fewer=10,
    kind="register",
    due=of_wanted,
    qualifies=wanted_high_harm,
    reads=("wanted",),
    aliases=("wanted", "ewms"),
)
