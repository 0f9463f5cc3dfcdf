"""What counts as which violent incident: the kinds of the daily violence picture, in their order.

Rule: an incident is of the first kind that holds (:data:`KINDS`); what is counted overlaps, so that knife crime
includes stabbings and a fatal stabbing is counted as homicide, stabbing and knife crime (:data:`COUNTED`). Possession
of a weapon is none of them: police find it.

Source: DOMAIN2.md section 1 (the table of categories). Ours, where the table leaves it open: attempted murder without
blade or gun is a serious assault; a threat with a blade in a public place is knife crime; a gun was fired where the
features say so or somebody was hurt by it; where the injury is not told, an offence of wounding, grievous or actual
bodily harm with a knife is a stabbing. A homicide is a victim; every other incident is a crime report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from core.extract import INJURIES
from core.particulars import UNKNOWN
from core.pools import Pool, Trait, of_offence, traits

HOMICIDE, SHOOTING, STABBING, SERIOUS_ASSAULT = "homicide", "shooting", "stabbing", "serious-assault"
GUN_CRIME, KNIFE_CRIME, SERIOUS_SEXUAL = "gun-crime", "knife-crime", "serious-sexual"
HIGH_RISK_DA, HIGH_RISK_MISSING = "high-risk-da", "high-risk-missing"
YOUNG, ROBBERY = "stabbing-under-25", "robbery"
KINDS: Mapping[str, str] = {
    HOMICIDE: "Homicide",
    SHOOTING: "Shooting",
    STABBING: "Stabbing",
    SERIOUS_ASSAULT: "Serious assault",
    GUN_CRIME: "Gun crime",
    KNIFE_CRIME: "Knife crime",
    SERIOUS_SEXUAL: "Serious sexual offence",
    HIGH_RISK_DA: "High-risk domestic abuse",
    HIGH_RISK_MISSING: "High-risk missing person",
}
"""The kinds of incident with what they are called; an incident is of the first that holds."""
COUNTED: Mapping[str, str] = {
    HOMICIDE: "homicides, by victim",
    SHOOTING: "shootings (a gun fired)",
    STABBING: "stabbings (hurt by a knife)",
    YOUNG: "of them under 25 and not domestic",
    SERIOUS_ASSAULT: "serious assaults, no knife or gun",
    GUN_CRIME: "gun crime, shootings in it",
    KNIFE_CRIME: "knife crime, stabbings in it",
    SERIOUS_SEXUAL: "serious sexual offences",
    HIGH_RISK_DA: "high-risk domestic abuse",
    HIGH_RISK_MISSING: "high-risk missing",
    ROBBERY: "robbery",
}
"""What is counted of a night, in order, with its words; the counts overlap."""
OF_PEOPLE = frozenset((HOMICIDE, YOUNG, HIGH_RISK_MISSING))
"""Those that count people, not reports: the dead, the hurt by age, the missing."""
WITHIN: Mapping[str, str] = {SHOOTING: GUN_CRIME, YOUNG: STABBING}
"""A count to the wider one that holds it whole: where the wider is none, so is the narrower."""
YOUNG_UNDER = 25
_HURT = frozenset(INJURIES) - {"none"}
_HOMICIDE = ("001/", "004/01", "004/02", "004/10")
_DRIVING = frozenset(("004/04", "004/06", "004/08", "004/09", "004/12", "004/13", "004/17", "004/18", "037/01"))
_ATTEMPTED_MURDER = "002/"
_GBH = ("005/01", "008/01", "008/59")
_ABH = ("008/06", "008/60")
_RAPE = ("019/", "017/13", "017/14", "020/03", "020/04")
_SEXUAL_ASSAULT = ("017/", "020/")
_KNIFE_LISTED = ("003/01", "008/62", "008/64", *_GBH, *_ABH, _ATTEMPTED_MURDER, "034/", *_RAPE, *_SEXUAL_ASSAULT)
_GUN_USED = ("005/17", "005/18", "005/19", "008/13", "008/14", "008/15", "008/23", "008/24", "008/25")
_BURGLARY, _SEXUAL = ("028/", "029/", "030/", "031/"), ("016/", "017/", "019/", "020/", "021/", "022/", "023/")
_FIRED = re.compile(r"\b(discharged?|fired|shots? fired)\b", re.IGNORECASE)
_HIGH_RISK = re.compile(r"\bhigh[- ]?risk\b", re.IGNORECASE)
_DASH = re.compile(r"\bdash\s*(\d{1,2})\b", re.IGNORECASE)
_DASH_HIGH = 14
"""So many ticks of the risk checklist make a case high risk; some areas say 17 (DOMAIN2.md section 1)."""
_MISSING = re.compile(r"\bmissing\b", re.IGNORECASE)
_ATTEMPT = re.compile(r"\b(attempt|conspir|solicit|impeding)", re.IGNORECASE)


class Facts(NamedTuple):
    """What one row tells that decides its kind. Words are empty and the age is -1 where it tells nothing."""

    code: str
    title: str
    knife: bool
    domestic: bool
    weapon: str
    injury: str
    features: str
    victim_age: int


@lru_cache(maxsize=8192)
def counted_as(facts: Facts) -> frozenset[str]:
    """Everything that a row counts as: some of :data:`COUNTED`; nothing where it is no violent incident."""
    knife = facts.knife or facts.weapon == "knife"
    fired = facts.weapon == "firearm" and (_says_fired(facts) or facts.injury in _HURT)
    stabbed = knife and _hurt(facts)
    held = {
        HOMICIDE: _is_homicide(facts),
        SHOOTING: fired,
        STABBING: stabbed,
        YOUNG: stabbed and is_young(facts.victim_age, domestic=facts.domestic),
        SERIOUS_ASSAULT: _is_serious_assault(facts) and not knife and facts.weapon not in ("firearm", "imitation"),
        GUN_CRIME: fired or _is_gun_crime(facts),
        KNIFE_CRIME: stabbed or (knife and _is_knife_listed(facts)),
        SERIOUS_SEXUAL: facts.code.startswith(_RAPE) or (not facts.code and _titled(facts, "rape", "penetration")),
        HIGH_RISK_DA: facts.domestic and _is_high_risk(facts.features),
        HIGH_RISK_MISSING: bool(_MISSING.search(facts.features) and _HIGH_RISK.search(facts.features)),
        ROBBERY: Pool.ROBBERY in of_offence(facts.code, facts.title) or (not facts.code and _titled(facts, "robbery")),
    }
    return frozenset(kind for kind, holds in held.items() if holds)


def reported_as(kind: str, injury: str, victim_age: int) -> frozenset[str]:
    """Everything that an incident counts as which is no crime report yet, by the kind that its file gives it."""
    counts = {kind}
    if injury == "fatal" and kind in (SHOOTING, STABBING, SERIOUS_ASSAULT, GUN_CRIME, KNIFE_CRIME):
        counts.add(HOMICIDE)
    if kind == STABBING:
        counts.add(KNIFE_CRIME)
        counts |= {YOUNG} if is_young(victim_age, domestic=False) else set()
    if kind == SHOOTING:
        counts.add(GUN_CRIME)
    return frozenset(counts)


def kind_of(counts: Iterable[str]) -> str:
    """The first kind that holds; empty where what is counted makes no incident (a robbery without a weapon)."""
    held = set(counts)
    return next((kind for kind in KINDS if kind in held), "")


def weapon_of(counts: Iterable[str]) -> str:
    """The weapon that what is counted says by itself, where no file tells one: a stabbing is by a knife.

    Empty where it says none: gun crime may be by an imitation, a homicide by anything.
    """
    held = set(counts)
    if SHOOTING in held:
        return "firearm"
    return "knife" if held & {STABBING, KNIFE_CRIME} else ""


def is_young(victim_age: int, *, domestic: bool) -> bool:
    """Whether a victim is under 25 and it was no domestic abuse; an age that is not told is not under 25."""
    return UNKNOWN < victim_age < YOUNG_UNDER and not domestic


def age_band(victim_age: int) -> str:
    """The age of a victim as papers say it that name no one: ``under 18``, ``18-24``; ``?`` where it is not told."""
    if victim_age == UNKNOWN:
        return "?"
    return next((words for last, words in _BANDS if victim_age <= last), "65 and over")


_BANDS = ((17, "under 18"), (24, "18-24"), (34, "25-34"), (49, "35-49"), (64, "50-64"))


def worst(injuries: Iterable[str]) -> str:
    """The worst of some injuries; empty where none is told."""
    told = set(injuries)
    return next((injury for injury in INJURIES if injury in told), "")


def _titled(facts: Facts, *words: str) -> bool:
    return any(re.search(rf"\b{word}", facts.title, re.IGNORECASE) for word in words)


def _is_homicide(facts: Facts) -> bool:
    if _ATTEMPT.search(facts.title) or facts.code in _DRIVING:
        return False
    if facts.code.startswith(_HOMICIDE) or (not facts.code and _titled(facts, "murder", "manslaughter", "infanticide")):
        return True
    return facts.injury == "fatal" and (_is_violent(facts) or facts.weapon in ("knife", "firearm") or facts.knife)


def _is_violent(facts: Facts) -> bool:
    pools = of_offence(facts.code, facts.title)
    violent = bool(pools & (Pool.VIOLENCE | Pool.ROBBERY)) or facts.code.startswith(_SEXUAL)
    return violent and Trait.WEAPON not in traits(facts.code, facts.title)


def _hurt(facts: Facts) -> bool:
    if facts.injury:
        return facts.injury in _HURT
    attempted = _ATTEMPT.search(facts.title) is not None
    return not attempted and (facts.code.startswith((*_GBH, *_ABH, *_HOMICIDE)) or _titled_injury(facts))


def _titled_injury(facts: Facts) -> bool:
    return not facts.code and _titled(facts, "wounding", "grievous bodily", "actual bodily", "gbh", "abh", "stabbing")


def _is_serious_assault(facts: Facts) -> bool:
    if facts.code.startswith((*_GBH, _ATTEMPTED_MURDER)):
        return True
    return not facts.code and _titled(facts, "wounding", "grievous bodily", "gbh", "attempted murder")


def _says_fired(facts: Facts) -> bool:
    return _FIRED.search(facts.features) is not None


def _is_gun_crime(facts: Facts) -> bool:
    if facts.code.startswith(_GUN_USED):
        return True
    if facts.weapon not in ("firearm", "imitation"):
        return False
    return _is_violent(facts) or facts.code.startswith(_BURGLARY) or (not facts.code and _titled(facts, "robbery"))


def _is_knife_listed(facts: Facts) -> bool:
    if facts.code.startswith((*_KNIFE_LISTED, *_HOMICIDE)):
        return True
    listed = ("robbery", "rape", "threats? to kill", "sexual assault", "murder", "manslaughter")
    return not facts.code and (_titled(facts, *listed) or _titled_injury(facts))


def _is_high_risk(features: str) -> bool:
    ticks = _DASH.search(features)
    return bool(_HIGH_RISK.search(features)) or (ticks is not None and int(ticks[1]) >= _DASH_HIGH)
