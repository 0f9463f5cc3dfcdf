"""What the short words of the screens mean: the trade's abbreviations, the heads of columns, the letters in cells.

Badges of cohorts and reasons of a move come from where they are declared; the rest from DOMAIN.md section 10.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.cohorts import COHORTS
from core.movement import Kind

_TRADE = {
    "ANPR": "automatic number-plate recognition",
    "BCU": "basic command unit: one of the twelve areas of the force, a few boroughs each",
    "BTP": "British Transport Police",
    "CCHI": "Cambridge Crime Harm Index: an offence weighs the days in prison that a first offender would begin with",
    "CSS": "Crime Severity Score of the Office for National Statistics: an offence weighs what courts gave on average",
    "DVPN": "domestic violence protection notice",
    "FPN": "fixed penalty notice",
    "HMO": "house in multiple occupation",
    "IMD": "index of multiple deprivation",
    "IOM": "integrated offender management",
    "LFR": "live facial recognition",
    "MAPPA": "multi-agency public protection arrangements",
    "MARAC": "multi-agency risk assessment conference",
    "MATAC": "multi-agency tasking and co-ordination",
    "NRM": "national referral mechanism, for victims of trafficking",
    "OGRS": "offender group reconviction scale: the chance of reoffending within two years",
    "PCSO": "police community support officer",
    "POU": "predatory offender unit",
    "RAG": "red, amber, green: overdue, due, later",
    "RFG": "recency, frequency, gravity; RFGV: and victims; RFH: recency, frequency, harm",
    "RSO": "registered sex offender",
    "TSG": "territorial support group",
    "V100": "the hundred named suspects with the most harm to women and girls in twelve months",
    "VAWG": "violence against women and girls",
    "VCTF": "violent crime task force",
    "VWI": "violence with injury",
    "YOT": "youth offending team",
}
_HEADS = {
    "also": "also a victim, or a child",
    "apart": "reports of crime of an earlier year, shown apart",
    "between": "the ranks that low and high weights leave open to a ward; sure: no other",
    "by count, by harm": "rank by the number of reports, by days of harm",
    "by hand": "posts given or taken by hand, beside what was proposed",
    "cohorts": "each by its badge, see below",
    "d late": "days late; h late: hours late",
    "days": "days of harm: what the offences weigh by the index, added up",
    "harm": "rank by days of harm",
    "hist": "how much of the harm stands in historic reports, made more than a year after the offence",
    "last": "when the last report was made",
    "move": "ranks up or down since the run before, with the letter of the reason",
    "open": "open actions on the record",
    "P, P!": "a priority ward; its review is overdue",
    "posts": "officers placed there",
    "rank (12)": "would be the twelfth, but has fewer reports than the rule asks for",
    "run 10": "the tenth ranking that was kept",
    "units": "units there now; +1pl: one more planned",
    "victims": "those named in the reports; > where there are more than reports",
    "! before a kind": "declared a critical incident",
    "=, new": "the same rank; not in the run before",
}


def glossary() -> Mapping[str, Mapping[str, str]]:
    """Short words to their meaning, under the heading of their kind."""
    return {
        "Words of the trade": _TRADE,
        "Heads of columns and signs": _HEADS,
        "Badges of cohorts": {cohort.badge: cohort.title for cohort in COHORTS.values()},
        "Why someone moved": {kind.letter: kind.value for kind in Kind},
    }
