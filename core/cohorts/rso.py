"""Registered sex offenders, and their reactive management: who may move to it, and who must leave it.

Source: DOMAIN.md section 4 (S2): ARMS low for at least three years in the community and no civil order in force;
what ends it is general knowledge (G).
"""

from __future__ import annotations

from collections.abc import Iterable

from core.cohorts.case import Case, in_order
from core.cohorts.cohort import Cohort, Qualifies
from core.cohorts.counting import Period, period
from core.cohorts.mappa import category_1_and_register
from core.cohorts.orders import ending_or_orders
from core.days import iso, uk, years_before
from core.markers import Marker
from core.text import counted

LOW = "low"
YEARS = 3
QUIET_YEARS = 1
"""For how many years nobody may have been named as a suspect who moves to reactive management: a project default."""


def registered(case: Case, as_of: int) -> Qualifies | None:
    """On the register on the day."""
    held = case.holding("rso", as_of)
    if not held:
        return None
    since = held[0].starts
    return Qualifies({"since": iso(since)}, f"Registered sex offender since {uk(since)}")


def may_move(case: Case, as_of: int) -> Qualifies | None:
    """On the register, ARMS low for three years of which none was in custody, no civil order, no report of late.

    Whoever is wanted is not there to be managed, and what they are wanted for is not settled: a project default.

    A new allegation ends reactive management (DOMAIN.md section 4, G), so nobody comes into it with one of the last 12
    months; how far back a report bars it is a project default.
    """
    held = case.holding("rso", as_of)
    low = low_since(case.markers, as_of)
    if not held or low is None or low > years_before(as_of, YEARS):
        return None
    if case.custody(period(as_of, YEARS)) or civil_orders(case, as_of) or case.holding("wanted", as_of):
        return None
    if case.reports(period(as_of, QUIET_YEARS)):
        return None
    facts: dict[str, object] = {
        "registered_since": iso(held[0].starts),
        "arms": LOW,
        "arms_low_since": iso(low),
        "in_custody": False,
        "civil_orders": 0,
        "reports_last_12_months": 0,
        "wanted": False,
    }
    words = f"ARMS low since {uk(low)}, in the community for {YEARS} years, no civil order in force"
    return Qualifies(facts, f"{words}, no report as suspect in 12 months, not wanted")


def must_leave(case: Case, as_of: int, since: int) -> str | None:
    """Why a person under reactive management must leave it, in words; None while they may stay.

    since: the day number they moved to it. A report of that day or later is a new allegation.
    """
    if orders := civil_orders(case, as_of):
        return f"{', '.join(one.value for one in orders)} in force"
    if wanted := case.holding("wanted", as_of):
        return f"wanted since {uk(min(one.starts for one in wanted))}"
    if new := case.reports(Period(since, as_of)):
        return f"{counted(len(new), 'new allegation')} since {uk(since)}"
    arms = [one for one in _assessments(case.markers) if one.starts <= as_of]
    if arms and arms[-1].value != LOW:
        return f"ARMS {arms[-1].value} since {uk(arms[-1].starts)}"
    return None


def low_since(markers: Iterable[Marker], as_of: int) -> int | None:
    """The day number since which ARMS has been low without a break; None where it is not low on the day.

    An assessment stands until the next one; where it ended before that, nothing is known of the days between.
    """
    since, until = None, as_of
    for one in reversed([one for one in _assessments(markers) if one.starts <= as_of]):
        if one.value != LOW or (one.ends is not None and one.ends < until):
            break
        since, until = one.starts, one.starts - 1
    return since


def civil_orders(case: Case, as_of: int) -> list[Marker]:
    """The orders in force that bar reactive management: all but a tag, which is a condition, not a civil order."""
    return [one for one in case.holding("order", as_of) if one.value != "TAG"]


def _assessments(markers: Iterable[Marker]) -> list[Marker]:
    """The ARMS assessments in order; of two of the same day, one above low comes last and so decides."""
    return sorted(
        in_order(one for one in markers if one.kind == "arms"), key=lambda one: (one.starts, one.value != LOW)
    )


RSO = Cohort(
    key="rso",
    title="Registered sex offender",
    rule="On the sex offenders register. The day of the yearly notification is in no extract, so not known.",
    source="JIGSAW teams, Met Business Plan 2018-21.",
    review_days=90,
    needs="markers",
    qualifies=registered,
    reads=("rso", "mappa", "order", "breach"),
    kind="register",
    due=ending_or_orders("rso", "registration"),
    fault=category_1_and_register,
    aliases=("jigsaw",),
)
RSO_REACTIVE = Cohort(
    key="rso-reactive",
    title="RSO, reactive management",
    rule=(
        "Registered sex offender who may move to reactive management: ARMS low for 3 years in the community, "
        "no SHPO or other civil order in force, no report as suspect in the last 12 months, not wanted."
    ),
    source="Met Business Plan 2018-21; what ends it is general knowledge.",
    review_days=365,
    needs="markers",
    must_leave=must_leave,
    qualifies=may_move,
    reads=("rso", "arms", "custody", "order", "wanted"),
    aliases=("reactive",),
)
