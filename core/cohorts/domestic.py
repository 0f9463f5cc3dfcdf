"""Domestic abuse: Dauntless, Dauntless Plus and the serial perpetrator of MATAC (DOMAIN.md section 3)."""

from __future__ import annotations

from core.cohorts.case import Case
from core.cohorts.cohort import BIRTH_DATE, Cohort, Qualifies
from core.cohorts.counting import Period, Report, boroughs, evidence, period, victims
from core.days import years_before
from core.text import counted

SERIAL_AGE = 16


def repeat(case: Case, as_of: int) -> Qualifies | None:
    """Two or more domestic abuse reports in 12 months."""
    within = period(as_of, 1)
    found = _reports(case, within)
    if len(found) < 2:
        return None
    hurt = len(victims(found))
    facts: dict[str, object] = {"reports": len(found), "victims": hurt, **evidence(found, within)}
    return Qualifies(facts, f"{_against(found, hurt)} {within.since}")


def plus(case: Case, as_of: int) -> Qualifies | None:
    """Three or more victims and three or more boroughs of offence within three years; both must hold."""
    within = period(as_of, 3)
    found = _reports(case, within)
    hurt, places = len(victims(found)), boroughs(found)
    if hurt < 3 or len(places) < 3:
        return None
    facts: dict[str, object] = {"reports": len(found), "victims": hurt, "boroughs": places, **evidence(found, within)}
    return Qualifies(facts, f"{_against(found, hurt)} in {', '.join(places)} {within.since}")


def serial(case: Case, as_of: int) -> Qualifies | None:
    """More than one report against two or more victims in three years, aged 16 or over on the as-of day.

    A person whose birth date is not known is not left out; the facts say so.
    """
    if case.born_on is not None and case.born_on > years_before(as_of, SERIAL_AGE):
        return None
    within = period(as_of, 3)
    found = _reports(case, within)
    hurt = len(victims(found))
    if len(found) < 2 or hurt < 2:
        return None
    age = "age not known" if case.born_on is None else f"{SERIAL_AGE} or over"
    facts: dict[str, object] = {"reports": len(found), "victims": hurt, "age": age, **evidence(found, within)}
    return Qualifies(facts, f"{_against(found, hurt)} {within.since}; {age}")


def _reports(case: Case, within: Period) -> tuple[Report, ...]:
    return tuple(one for one in case.reports(within) if one.domestic_abuse)


def _against(found: tuple[Report, ...], hurt: int) -> str:
    """``4 domestic abuse reports against 3 victims``; no victims are said where the extract names none."""
    said = counted(len(found), "domestic abuse report")
    return f"{said} against {counted(hurt, 'victim')}" if hurt else said


DAUNTLESS = Cohort(
    key="dauntless",
    title="Dauntless, repeat",
    rule="Suspect in 2 or more domestic abuse reports in 12 months.",
    source="Operation Dauntless, Met Business Plan 2018-21; repeat in 12 months as MARAC has it: general knowledge.",
    review_days=28,
    needs="domestic abuse reports",
    qualifies=repeat,
    aliases=("repeat",),
)
DAUNTLESS_PLUS = Cohort(
    key="dauntless-plus",
    title="Dauntless Plus",
    rule="Domestic abuse suspect with 3 or more victims and 3 or more boroughs of offence within 3 years.",
    source="Met Business Plan 2018-21.",
    review_days=28,
    needs="domestic abuse reports",
    qualifies=plus,
    aliases=("dauntless+",),
)
SERIAL = Cohort(
    key="serial",
    title="Serial perpetrator",
    rule="Suspect in more than one domestic abuse report against 2 or more victims in 3 years, aged 16 or over.",
    source="Northumbria MATAC (sunderlandsab.org.uk).",
    review_days=28,
    needs="domestic abuse reports",
    qualifies=serial,
    reads=(BIRTH_DATE,),
    aliases=("matac", "serial-perpetrator"),
)
