"""Wanted high-harm offenders, the count that the plan asks to be cut by 10 % (DOMAIN.md sections 4 and 8, S3)."""

from __future__ import annotations

from core.cohorts.case import Case
from core.cohorts.cohort import Cohort, Qualifies
from core.cohorts.due import of_wanted
from core.days import iso, uk
from core.harm import home_office_code, weigh
from core.markers import Marker

HIGH_HARM_DAYS = 365.0
"""The least harm in days that is high; the plan gives no figure, so this is a project default."""


UNWEIGHED = "unweighed"
"""What stands beside an offence whose harm is not known; it is never taken for none."""


def wanted_high_harm(case: Case, as_of: int) -> Qualifies | None:
    """Wanted on the day for an offence of high harm or one without a weight, or with a marker that says high harm.

    What cannot be weighed may be of high harm, so it stays, and is told as unweighed.
    """
    found = [(one, days) for one in case.holding("wanted", as_of) if _stays(one, days := _days(one))]
    if not found:
        return None
    first = found[0][0]
    facts: dict[str, object] = {
        "since": iso(first.starts),
        "wanted": [
            {"for": _for(one), "days": days, "unweighed": _unweighed(one, days), "since": iso(one.starts)}
            for one, days in found
        ],
        "unweighed": sum(_unweighed(one, days) for one, days in found),
    }
    return Qualifies(facts, f"Wanted since {uk(first.starts)}: {', '.join(_reason(one, days) for one, days in found)}")


def _stays(marker: Marker, days: float | None) -> bool:
    return days is None or days >= HIGH_HARM_DAYS or _says_so(marker)


def _days(marker: Marker) -> float | None:
    """The harm of the code it names; None for words, and for a code without a weight."""
    return weigh(marker.value, "").days if marker.value.strip() else None


def _unweighed(marker: Marker, days: float | None) -> bool:
    return days is None and not _says_so(marker)


def _reason(marker: Marker, days: float | None) -> str:
    if _unweighed(marker, days):
        return f"{_for(marker)} ({UNWEIGHED})"
    return _for(marker) if days is None else f"{_for(marker)} ({days:,g} days)"


def _says_so(marker: Marker) -> bool:
    return "high harm" in " ".join(marker.value.casefold().replace("-", " ").split())


def _for(marker: Marker) -> str:
    return home_office_code(marker.value) or "no offence given"


WANTED_HIGH_HARM = Cohort(
    key="wanted-high-harm",
    title="Wanted, high harm",
    badge="W",
    rule=(
        f"Wanted for an offence of {HIGH_HARM_DAYS:g} or more days of harm or one that has no weight (unweighed, "
        "which is not low), or marked high harm. The figure is a project default."
    ),
    source="Wanted high-harm offenders on EWMS, 10 % fewer than 2020/21, DOMAIN.md sections 4 and 8 (S3).",
    review_days=7,
    needs="markers",
    fewer=10,
    kind="register",
    due=of_wanted,
    qualifies=wanted_high_harm,
    reads=("wanted",),
    aliases=("wanted", "ewms"),
)
