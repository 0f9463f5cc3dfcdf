"""People made for these tests: rows, markers and cases, all synthetic."""

from __future__ import annotations

from datetime import date
from itertools import count

from core.cohorts import COHORTS, Case, Qualifies
from core.days import parse_day
from core.markers import Marker
from core.pools import of_offence
from core.reports import NamedBy, ReportRow, Role

AS_OF = date(2026, 11, 21).toordinal()
BLADE = ("008/26", "Having an article with a blade or point in a public place")
WOUNDING = ("005/01", "Wounding with intent")
ASSAULT = ("105/01", "Common assault")
BURGLARY = ("028/01", "Burglary in a dwelling")
FRAUD = ("053/01", "Fraud by false representation")

_ids = count(1)


def day(text: str) -> int:
    return parse_day(text)


def row(
    crime_ref: str = "",
    reported_on: int = AS_OF,
    *,
    offence: tuple[str, str] = ASSAULT,
    abuse: bool = False,
    knife: bool = False,
    victim: str = "",
    borough: str = "",
    role: Role = Role.NAMED_SUSPECT,
    named_by: NamedBy = NamedBy.VICTIM,
    outcome: str = "under investigation",
) -> ReportRow:
    number = next(_ids)
    return ReportRow(
        id=number,
        crime_ref=crime_ref or f"{number}/26",
        ho_code=offence[0],
        offence=offence[1],
        days=1.0,
        confidence="published",
        note="",
        committed_from=reported_on,
        reported_on=reported_on,
        vawg=False,
        outcome=outcome,
        role=role,
        named_by=named_by,
        victim_ref=victim,
        borough=borough,
        file="x.csv",
        line=number,
        domestic_abuse=abuse,
        knife=knife,
        groups=of_offence(*offence),
    )


def abuse(reported_on: int = AS_OF, victim: str = "V1", borough: str = "Brent", crime_ref: str = "") -> ReportRow:
    return row(crime_ref, reported_on, abuse=True, victim=victim, borough=borough)


def case(*rows: ReportRow, markers: tuple[Marker, ...] = (), born_on: int | None = None) -> Case:
    return Case("P1", born_on, "at large", rows, markers)


def marked(*markers: Marker) -> Case:
    return case(markers=markers)


def mark(kind: str, value: str, starts: int = AS_OF - 100, ends: int | None = None, note: str = "") -> Marker:
    return Marker(kind, value, starts, ends, note)


def ask(key: str, person: Case, as_of: int = AS_OF) -> Qualifies | None:
    return COHORTS[key].qualifies(person, as_of)


def facts(key: str, person: Case, as_of: int = AS_OF) -> dict[str, object]:
    found = ask(key, person, as_of)
    assert found is not None, key
    return found.facts
