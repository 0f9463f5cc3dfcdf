"""Integrated Offender Management: Fixed, Flex and Free, of which a person is in one at most.

Source: DOMAIN.md section 4. The national guidance v5 could not be read, so the criteria are a working default from
general knowledge (G), and every rule says so.
"""

from __future__ import annotations

from functools import partial

from core.cohorts.case import Case
from core.cohorts.cohort import Cohort, Criterion, Qualifies
from core.cohorts.counting import Report, evidence, period
from core.cohorts.ogrs import ogrs_band, score_on
from core.pools import Pool
from core.text import counted

HIGH, MEDIUM = 75, 50
FIXED, FLEX, FREE = "iom-fixed", "iom-flex", "iom-free"

Reports = tuple[Report, ...]


def _stream(found: Reports, score: int) -> tuple[str, str, Reports] | None:
    """Which of the three, what the reports are, and the reports that make it so; None where it is none of them."""
    neighbourhood = tuple(one for one in found if one.is_in(Pool.NEIGHBOURHOOD))
    if neighbourhood and score >= MEDIUM:
        return FIXED if score >= HIGH else FLEX, "neighbourhood crime report", neighbourhood
    if found and score >= HIGH:
        return FLEX, "report", found
    local = tuple(one for one in found if one.domestic_abuse or one.is_in(Pool.VIOLENCE))
    return (FREE, "domestic abuse or violence report", local) if local else None


def _qualifies(key: str, case: Case, as_of: int) -> Qualifies | None:
    score = score_on(case.markers, as_of)
    if score is None:
        return None
    within = period(as_of, 1)
    stream = _stream(case.reports(within), score)
    if stream is None or stream[0] != key:
        return None
    _, what, found = stream
    band = ogrs_band(score)
    facts: dict[str, object] = {
        "ogrs": score,
        "band": band,
        "reports": len(found),
        "kind": what.removesuffix("report").strip() or "any crime",
        **evidence(found, within),
    }
    return Qualifies(facts, f"OGRS {score} ({band}), {counted(len(found), what)} {within.since}")


def _cohort(key: str, rule: str) -> Cohort:
    criterion: Criterion = partial(_qualifies, key)
    name = key.removeprefix("iom-")
    return Cohort(
        key=key,
        title=f"IOM {name.title()}",
        rule=f"{rule} Working default, not the national criteria.",
        source="Integrated Offender Management: general knowledge; the three names from justice.gov.uk.",
        review_days=28,
        needs="markers",
        qualifies=criterion,
        reads=("ogrs",),
        aliases=(name,),
    )


IOM_FIXED = _cohort(FIXED, "Suspect of neighbourhood crime in 12 months, with OGRS 75 or more.")
IOM_FLEX = _cohort(
    FLEX,
    "Not Fixed: suspect of neighbourhood crime in 12 months with OGRS 50 to 74, or of any crime with OGRS 75 or more.",
)
IOM_FREE = _cohort(
    FREE,
    "Local choice, neither Fixed nor Flex: suspect of domestic abuse or violence in 12 months, with an OGRS known.",
)
