"""Habitual knife carriers (DOMAIN.md section 3, S2)."""

from __future__ import annotations

from core.cohorts.case import Case
from core.cohorts.cohort import Cohort, Qualifies
from core.cohorts.counting import Report, evidence, period, traits_of
from core.days import iso, uk
from core.harm import home_office_code
from core.markers import Marker
from core.pools import Trait
from core.reports import ReportRow
from core.text import counted

_FIREARMS_CLASS = "081/"
_FIREARMS = frozenset({"008/13", "008/16", "008/18", "008/23", "008/25"})
"""Offences of the Firearms Act 1968 outside their own class: the Home Office files them with possession of weapons."""


def carries(case: Case, as_of: int) -> Qualifies | None:
    """Two or more weapon or knife-injury reports in two years, the latest within 12 months.

    Someone in prison for part of those 12 months could not be reported all of the time: then an older latest report
    will do, and the facts name the custody.
    """
    within, last_year = period(as_of, 2), period(as_of, 1)
    found = tuple(one for one in case.reports(within) if possesses(one) or _knife_injury(one))
    recent = sum(one.reported_on >= last_year.first for one in found)
    custody = [] if recent else case.custody(last_year)
    if len(found) < 2 or not (recent or custody):
        return None
    possession = sum(map(possesses, found))
    facts: dict[str, object] = {
        "reports": len(found),
        "possession": possession,
        "knife_injury": len(found) - possession,
        "last_12_months": recent,
        "because": "in custody in the last 12 months" if custody else "reported in the last 12 months",
        "custody": [{"kind": one.value, "from": iso(one.starts), "to": iso(one.ends)} for one in custody],
        **evidence(found, within),
    }
    when = f"none in the last 12 months but {_times(custody)}" if custody else f"{recent:,} in the last 12 months"
    return Qualifies(facts, f"{counted(len(found), 'weapon or knife-injury report')} {within.since}, {when}")


def possesses(report: Report) -> bool:
    """Whether it is possession of an offensive weapon, a knife or a bladed article, as S2 has it: of no firearm."""
    return any(Trait.WEAPON in traits_of(row.ho_code, row.offence) and not _of_firearms(row) for row in report.rows)


def _of_firearms(row: ReportRow) -> bool:
    code = home_office_code(row.ho_code)
    return code.startswith(_FIREARMS_CLASS) or code in _FIREARMS


def _knife_injury(report: Report) -> bool:
    return report.knife and not report.domestic_abuse and Trait.INJURY in report.traits


def _times(custody: list[Marker]) -> str:
    """``prison from 01/02/2026 to 30/06/2026``."""
    return " and ".join(
        f"{one.value} from {uk(one.starts)}" + ("" if one.ends is None else f" to {uk(one.ends)}") for one in custody
    )


HABITUAL_KNIFE_CARRIER = Cohort(
    key="habitual-knife-carrier",
    title="Habitual knife carrier",
    rule=(
        "Suspect at least twice in 2 years for possession of an offensive weapon or blade (no firearm) or a knife "
        "injury that is not domestic abuse, at least once in the last 12 months unless in prison for part of them."
    ),
    source="Met Business Plan 2018-21.",
    review_days=90,
    needs="reports",
    qualifies=carries,
    reads=("custody",),
    aliases=("hkc", "knife-carrier"),
)
