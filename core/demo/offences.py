"""A short table of real offences for drawing reports from; scoring uses the full index, never this one.

Codes are Home Office codes; titles and days are those of the Cambridge Crime Harm Index, 2020 edition
(strangulation: derived, see DOMAIN.md section 1). Where a code has several weights and the wording does not
tell them apart, the default of the index table stands here. Offences the edition does not know carry 0 days.
"""

from __future__ import annotations

from typing import NamedTuple

from core.demo.chance import spread


class Offence(NamedTuple):
    """A Home Office code, the title as recorded, and its weight in days of custody."""

    code: str
    title: str
    days: float


MURDER = Offence("001/01", "Murder - of persons aged 1 year or over", 5475)
MANSLAUGHTER = Offence("004/01", "Manslaughter", 730)
ATTEMPTED_MURDER = Offence("002/00", "Attempted murder", 3285)
RAPE_UNDER_13 = Offence("019/16", "Rape of a female child under 13 by a male", 2920)
RAPE_UNDER_16 = Offence("019/07", "Rape of a female aged under 16", 2555)
RAPE = Offence("019/08", "Rape of a female aged 16 or over", 1825)
ATTEMPTED_RAPE = Offence("019/12", "Attempted rape of a female aged 16 or over", 1825)
CHOKING = Offence("005/04", "Endangering Life - Attempting to choke etc in order to commit indictable offence", 2190)
WOUNDING = "Wounding with intent to do grievous bodily harm"
S18 = Offence("005/01", f"Assault with Intent to cause Serious Harm - {WOUNDING}", 1460)
S18_CONSTABLE = Offence("005/01", f"Assault Police - Assault with Intent to cause Serious Harm - {WOUNDING}", 1825)
S18_PLAIN = Offence("005/01", WOUNDING, 1460)
KIDNAP = Offence("036/01", "Kidnapping - Kidnapping", 1460)
IMPRISONMENT = Offence("036/03", "Kidnapping - False imprisonment", 1460)
RAPE_OF_MALE = Offence("019/10", "Rape of a male aged 16 or over", 1825)
PENETRATION = Offence("020/03", "Assault on a female by penetration", 730)
ACTIVITY = Offence("022/02", "Causing a person to engage in sexual activity without consent: Female person", 730)
GROOMING = Offence(
    "088/01",
    "Meeting a female child following sexual grooming etc (Offender is aged 18 or over and victim is under 16)",
    547.5,
)
S20 = "Malicious wounding: wounding or inflicting grievous bodily harm"
S20_SERIOUS = Offence("008/01", f"Assault with Injury - {S20} (Serious wound or equivalent)", 547.5)
S20_MINOR = Offence("008/01", f"Assault with Injury - {S20} (Minor wound or equivalent)", 19)
S20_PLAIN = Offence("008/01", S20, 547.5)
STRANGULATION = Offence("008/77", "Strangulation or suffocation, non-fatal (Serious Crime Act 2015 s75A)", 365)
STALKING_ALARM = Offence("008/66", "Harassment - Stalking involving serious alarm/distress", 252)
STALKING_FEAR = Offence("008/65", "Harassment - Stalking involving fear of violence", 84)
STALKING = Offence(
    "195/12", "Harassment - Pursue course of conduct in breach of Sec 1 (1) which amounts to stalking", 10
)
COERCION = Offence("008/67", "Engage in controlling/coercive behaviour in an intimate / family relationship.", 84)
ASSAULT_UNDER_13 = Offence("020/06", "Sexual assault of a female child under 13", 182)
SEXUAL_ASSAULT = Offence("020/05", "Sexual assault on a female", 19)
ABH = Offence("008/06", "Assault with Injury - Assault occasioning actual bodily harm", 10)
ABH_CONSTABLE = Offence(
    "008/06", "Assault Police - Assault with Injury - Assault occasioning actual bodily harm", 182.5
)
THREATS_TO_KILL = Offence("003/01", "Threats to kill", 10)
HARASSMENT = Offence("195/94", "Harassment", 10)
EXPOSURE = Offence("088/09", "Exposure", 10)
VOYEURISM = Offence("088/10", "Voyeurism", 10)
FEAR_OF_VIOLENCE = Offence("008/30", "Harassment - Putting people in fear of violence", 5)
NON_MOLESTATION = Offence("066/39", "Breach of non-molestation order", 5)
RESTRAINING = Offence("066/38", "Breach of a Restraining Order issued on acquittal", 5)
IMAGES = Offence("008/71", "Disclose private sexual photographs and films with intent to cause distress", 5)
ALARM = Offence("125/09", "Causing intentional harassment, alarm or distress", 3)
COMMON_ASSAULT = Offence("105/01", "Assault without Injury - Common assault and battery", 1)
DAMAGE = Offence("149/00", "Other criminal damage to a dwelling (Under £5,000)", 1)
FGM_ORDER = Offence("068/04", "Breach a Female Genital Mutilation protection order", 5)
TRAVEL_ORDER = Offence("066/93", "Breach of Foreign Travel Order", 5)
ROBBERY = Offence("034/01", "Robbery (of Personal Property)", 365)
SHOP_ROBBERY = Offence("034/01", "Robbery (of a Business Property)", 365)
BLADE = Offence("008/26", "Having an article with a blade or point in a public place", 5)
WEAPON = Offence("008/11", "Possession of offensive weapon without lawful authority or reasonable excuse", 5)
BLADE_THREAT = Offence("008/64", "Threaten with a blade or sharply pointed article in a public place", 182.5)
GUN_FEAR = Offence("008/23", "Possessing firearm or imitation firearm with intent to cause fear of violence", 1825)
GUN_LIFE = Offence("005/14", "Possession of firearm with intent to endanger life", 1825)
GUN_LOADED = Offence(
    "081/26",
    "Carrying loaded firearm or any other firearm (whether loaded or not) together with ammunition suitable for use in "
    "that firearm in a public place etc",
    730,
)
GUN_HELD = Offence("081/03", "Possessing etc firearms or ammunition without firearm certificate", 10)
COCAINE = Offence("092/30", "Supplying or offering to supply a controlled drug - Class A - Cocaine", 547.5)
CANNABIS = Offence("092/41", "Supplying or offering to supply a controlled drug - Class B - Cannabis", 5)
HOME_BURGLARY = Offence("028/03", "Burglary - Residential - Dwelling", 19)
SHED_BURGLARY = Offence("028/03", "Burglary - Residential - Non-Dwelling", 10)
CAR_THEFT = Offence("048/01", "Theft of a motor vehicle", 10)
CAR_BREAK = Offence("045/10", "Theft from a motor vehicle", 2)
SNATCH = Offence("039/00", "Theft from the person of another", 2)
SHOPLIFTING = Offence("046/00", "Theft from shops and stalls", 1)
CONSTABLE = Offence("104/23", "Assault without injury on a constable (Police Act offence)", 2)
AFFRAY = Offence("066/01", "Affray", 10)

_LESSER = spread(
    (STALKING_ALARM, 2),
    (COERCION, 2),
    (SEXUAL_ASSAULT, 3),
    (THREATS_TO_KILL, 2),
    (ABH, 3),
    (HARASSMENT, 1),
    (NON_MOLESTATION, 1),
    (COMMON_ASSAULT, 3),
)

SEXUAL = (
    spread(
        (RAPE_UNDER_13, 1),
        (RAPE_UNDER_16, 2),
        (RAPE, 12),
        (ATTEMPTED_RAPE, 2),
        (IMPRISONMENT, 1),
        (PENETRATION, 3),
        (ACTIVITY, 1),
        (STRANGULATION, 3),
        (ASSAULT_UNDER_13, 1),
    )
    + _LESSER
)
"""What the highest of the list are named for: rape and other serious sexual offences before all."""

VIOLENT = (
    spread(
        (MURDER, 1),
        (ATTEMPTED_MURDER, 2),
        (CHOKING, 1),
        (S18, 8),
        (KIDNAP, 2),
        (IMPRISONMENT, 2),
        (S20_SERIOUS, 3),
        (STRANGULATION, 4),
    )
    + _LESSER
)
"""What the rest of them are named for: attempted murder, wounding with intent, kidnap."""

POOL = spread(
    (COMMON_ASSAULT, 840),
    (ABH, 552),
    (HARASSMENT, 208),
    (THREATS_TO_KILL, 136),
    (STALKING, 112),
    (FEAR_OF_VIOLENCE, 96),
    (NON_MOLESTATION, 88),
    (DAMAGE, 88),
    (EXPOSURE, 60),
    (ALARM, 48),
    (RESTRAINING, 40),
    (IMAGES, 32),
    (VOYEURISM, 24),
    (FGM_ORDER, 1),
    (TRAVEL_ORDER, 1),
    (SEXUAL_ASSAULT, 320),
    (RAPE, 232),
    (COERCION, 176),
    (STRANGULATION, 176),
    (STALKING_ALARM, 120),
    (S20_MINOR, 80),
    (STALKING_FEAR, 64),
    (PENETRATION, 40),
    (S20_SERIOUS, 32),
    (S18, 32),
    (RAPE_UNDER_16, 32),
    (ASSAULT_UNDER_13, 32),
    (S20_PLAIN, 24),
    (IMPRISONMENT, 24),
    (RAPE_UNDER_13, 16),
    (ATTEMPTED_RAPE, 16),
    (KIDNAP, 12),
    (ACTIVITY, 8),
    (GROOMING, 8),
    (S18_PLAIN, 8),
    (ATTEMPTED_MURDER, 4),
)
"""Violence against women and girls as most of the pool is named for it: half score 11 days or fewer.

Homicide is not among it: a few dozen a year are put down one by one.
"""

PUBLIC = spread(
    (ABH, 28),
    (ROBBERY, 22),
    (SHOPLIFTING, 24),
    (SNATCH, 20),
    (HOME_BURGLARY, 14),
    (COMMON_ASSAULT, 18),
    (CAR_THEFT, 10),
    (CAR_BREAK, 8),
    (AFFRAY, 6),
    (SHED_BURGLARY, 6),
    (S20_MINOR, 5),
    (S20_PLAIN, 5),
    (SHOP_ROBBERY, 4),
    (BLADE_THREAT, 4),
    (S18, 3),
    (S18_PLAIN, 3),
    (RAPE_OF_MALE, 1),
    (GUN_FEAR, 1),
    (ATTEMPTED_MURDER, 1),
)
"""Other crime that the public reports."""

POLICE = spread(
    (BLADE, 20),
    (WEAPON, 12),
    (CANNABIS, 12),
    (COCAINE, 10),
    (CONSTABLE, 8),
    (ABH_CONSTABLE, 4),
    (S18_CONSTABLE, 1),
    (GUN_HELD, 2),
    (GUN_LOADED, 1),
    (GUN_LIFE, 1),
)
"""Crime found by the police's own work, or done to them."""

HOMICIDE = spread((MURDER, 9), (MANSLAUGHTER, 1))
"""Killings of the year; most are murder as recorded."""

ROBBERIES = spread((ROBBERY, 9), (SHOP_ROBBERY, 1))
"""What prolific robbers are named for."""

ACQUISITIVE = spread(
    (HOME_BURGLARY, 5), (SHED_BURGLARY, 2), (SNATCH, 4), (CAR_THEFT, 3), (CAR_BREAK, 4), (SHOPLIFTING, 2)
)
"""What prolific thieves and burglars are named for; shoplifting is no neighbourhood crime."""

BY_MEN = frozenset({RAPE_UNDER_13, RAPE_UNDER_16, RAPE, ATTEMPTED_RAPE, RAPE_OF_MALE})
"""What the law knows a man alone to do as the one who acts; no woman is named for it here."""
KNIVES = (BLADE, WEAPON)
NO_VICTIM = frozenset({BLADE, WEAPON, CANNABIS, COCAINE, AFFRAY, GUN_HELD, GUN_LOADED, GUN_LIFE})
ON_OFFICERS = frozenset({CONSTABLE, ABH_CONSTABLE, S18_CONSTABLE})
KNIFE_CHANCE = {
    MURDER: 0.4,
    MANSLAUGHTER: 0.2,
    ATTEMPTED_MURDER: 0.5,
    S18: 0.35,
    S18_PLAIN: 0.35,
    S20_SERIOUS: 0.2,
    S20_PLAIN: 0.2,
    S20_MINOR: 0.12,
    ABH: 0.02,
    THREATS_TO_KILL: 0.08,
    ROBBERY: 0.25,
    SHOP_ROBBERY: 0.25,
    RAPE: 0.01,
    AFFRAY: 0.1,
    BLADE: 1.0,
    BLADE_THREAT: 1.0,
}
"""How often a knife was used or held in a report of an offence; the demo's own guess. Others: never."""
EVERY = tuple(dict.fromkeys(SEXUAL + VIOLENT + POOL + PUBLIC + POLICE + HOMICIDE))
"""Every offence the demo can report, for looking up days by code and title."""
