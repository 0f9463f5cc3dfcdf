"""The bids of the synthetic London: who asks the weekly meetings for what, what becomes of each, what comes of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from core.bids import matrix

WEEKLY = 2
"""The weekday of the weekly meeting: Wednesday."""


class Decided(NamedTuple):
    """What one meeting makes of a bid, with its reason; officers: how many are given, all that it asks for where 0."""

    outcome: str
    reason: str
    officers: int = 0


class AskedFor(NamedTuple):
    """A bid: who asks, why, for what, in which borough, and the form's other lines.

    ahead: how many days after the first meeting that decides it; then from which hour, for how many. decided: what the
    meetings after one another make of it; empty where it waits. result: what came of what is given. tells: whether the
    weekly meeting after it hears that; else it is owed until the same requester asks again. unit: of another team, that
    is asked for; empty for whoever of ours is free.
    """

    bcu: str
    problem: str
    resource: str
    borough: str
    ahead: int
    hour: int
    hours: int
    officers: int
    tactic: str
    objective: str
    strategy: str
    risk: str
    community: str
    ends: str
    decided: tuple[Decided, ...] = ()
    result: str = ""
    tells: bool = True
    unit: str = ""
    measure: str = ""
    skills: str = ""


_PATROL, _PLAIN = "high-visibility patrol", "street crime and quick wins"
_TOLD = (
    AskedFor(
        "CN", "Phone snatching by riders of mopeds, evenings", "High-visibility unit, one evening", "Camden", 1, 14, 8,
        20, _PATROL, "No rider feels safe between the stations", "robbery", "a rider or a victim is badly hurt",
        "shops and theatres ask for it; young riders say they are stopped for riding",
        "riders stay away for an evening",
        (Decided("granted", "Peak is 17:00 to 21:00. Weighed: ANPR alone, which tells but does not stop."),),
        "A unit was out from 14:00 to 22:00; too few snatches on either side to tell, so Camden keeps the hours with "
        "its own teams", measure="robbery of phones by riders",
    ),
    AskedFor(
        "EA", "Knife threats near two schools", "Two units with a knife arch, one day", "Barking and Dagenham", 5, 8, 8,
        40, "knife arch", "Nobody brings a knife to either school", "knife crime", "a threat is carried out",
        "heads and parents know of it, both schools are asked first", "the day is over",
        (Decided("part", "One of the two schools, which asked for it; the other asked for a talk first.", 20),),
        "Arch stood from 08:00 at one school; no blade came through it, and the other school has a date for its talk",
    ),
    AskedFor(
        "WA", "Wounding outside a night venue", "High-visibility unit, one late evening", "Ealing", 2, 18, 8, 20,
        _PATROL, "Nobody is hurt at closing time", "violence with injury", "friends of the wounded come back",
        "neighbours want the venue closed, its staff do not", "the last guest is gone",
        (Decided("granted", "Same venue as before; a licensing review runs beside it. Weighed: closing it, which takes "
                 "longer."),),
        "The unit was out from 18:00 to 02:00; no wounding outside the venue, licensing review goes on",
    ),
    AskedFor(
        "NE", "Dispute between two groups, threats made", "Armed patrol, one evening", "Waltham Forest", 0, 18, 8, 6,
        "armed Viper patrol", "No shot in return", "firearms", "retaliation, at a place that is known to both",
        "mediators are told beforehand and speak to both families", "the mediators say that it rests",
        (Decided("granted", "Retaliation is likely tonight; asked of the firearms command: no unit of ours moves."),),
        "Two vehicles patrolled from 18:00 to 02:00; no shot was told of, mediators met both families the next day",
        unit="Viper 1", skills="firearms",
    ),
)  # fmt: skip
"""Bids whose result the weekly meeting hears."""
_OWED = (
    AskedFor(
        "SC", "Violence at a transport hub after work", "High-visibility unit, one evening", "Lambeth", 1, 14, 8, 18,
        _PATROL, "Seen by whoever changes there", "violence with injury", "fights go on to the next station",
        "traders ask for it", "the last rush is over",
        (Decided("granted", "One evening, counted; another if the count falls. Weighed: transport police alone."),),
        "A unit was at the hub from 14:00 to 22:00; the count is too small to tell, transport police take the next one",
        tells=False,
    ),
    AskedFor(
        "SA", "Robbery of school children on buses", "Two units, one day", "Croydon", 1, 8, 8, 38,
        _PLAIN, "No child is robbed on the three lines", "robbery", "the same boys come back with a knife",
        "parents, the schools and the bus company are told", "the last bus of the school run",
        (Decided("part", "One of the two units, counted against the school day before.", 19),),
        "The unit rode the buses from 08:00; too few robberies on either side to tell, ward teams tell the schools",
        tells=False,
    ),
    AskedFor(
        "SC", "Groups wait for pupils of another school at the station", "High-visibility unit, one afternoon",
        "Southwark", 1, 14, 8, 18, _PATROL, "Pupils go home in peace", "violence with injury",
        "a fight with knives on the platform", "both heads ask for it, youth workers come too",
        "the last train of pupils is gone",
        (Decided("part", "Half of a unit: youth workers and transport police are there as well.", 10),),
        "Ten officers stood at the station from 14:00; no fight, youth workers know four of those who waited",
        tells=False,
    ),
    AskedFor(
        "SA", "Series of moped thefts from a retail park", "High-visibility unit, one day", "Sutton", 1, 8, 8, 19,
        _PATROL, "No moped is taken while shops are open", "robbery", "riders are threatened with hammers",
        "shops offer their cameras", "shops close",
        (Decided("granted", "Free on that day, and the shops bring their own guards the day after."),),
        "A unit was there from 08:00; no moped was taken, two known thieves were seen and turned away", tells=False,
    ),
)  # fmt: skip
"""Bids of two requesters by turns who tell what came of one when they ask for the next."""
_NOT_AT_ONCE = (
    AskedFor(
        "SE", "Burglary series, no name yet", "Surveillance, one night", "Lewisham", 1, 18, 8, 12,
        "surveillance", "Who is it", "burglary", "an old victim is hurt at home", "neighbours keep watch themselves",
        "a name is known",
        (Decided("refused", "Nobody to follow yet; forensic results are due. Weighed: a patrol plan, which the BCU can "
                 "make."),),
    ),
    AskedFor(
        "NW", "Robbery on footpaths after dark", "High-visibility unit, one evening", "Brent", 8, 14, 8, 20,
        _PATROL, "People walk home", "robbery", "who robs there takes the next path", "residents walk in pairs by now",
        "lamps are mended",
        (
            Decided("deferred", "The council mends the lamps this week: decided again with what that changes."),
            Decided("granted", "Lamps are mended and two were robbed since. Weighed: wardens alone, who go at 20:00."),
        ),
        "A unit walked the paths from 14:00 to 22:00; nobody was robbed, wardens take the hours until 20:00",
    ),
    AskedFor(
        "NA", "Drug dealing on a landing, children pass it", "Unit for a warrant, one morning", "Haringey", 9, 8, 8, 20,
        "warrant", "The flat is closed to them", "drug harm", "the flat moves to the next block",
        "the landlord and the school know", "the landlord has the keys",
        (
            Decided("deferred", "The warrant is not granted yet: decided again when a court has."),
            Decided("refused", "The court asked for more; the BCU comes again with it."),
        ),
    ),
)  # fmt: skip
"""Bids that a meeting refuses or puts off."""
_BY_TURNS = (_TOLD, _OWED, _NOT_AT_ONCE)
BIDS = (*_TOLD, *_OWED, *_NOT_AT_ONCE)
"""Every bid of past weeks: of each kind one a week, by turns."""
WAITING = (
    AskedFor(
        "CE", "Knife-point robbery near stations", "Knife arch, 8 officers, one day", "Hackney", 1, 14, 8, 8,
        "knife arch", "Knives stay at home", "knife crime", "the boys who rob there carry on by train",
        "ward panel asked for it in October", "the rush is over",
    ),
    AskedFor(
        "CN", "Two named suspects who follow a witness", "Surveillance, one evening", "Camden", 1, 14, 8, 6,
        "surveillance", "The witness comes to court", "violence against witnesses", "the witness stays away or is hurt",
        "only the witness is told", "the witness is in court", skills="plain clothes",
    ),
    AskedFor(
        "NA", "Retaliation feared after a stabbing", "High-visibility unit, one evening", "Enfield", 0, 18, 8, 20,
        _PATROL, "Nobody is stabbed in return", "violence with injury", "friends of the victim are out with knives",
        "the family asks for calm, faith leaders are told", "a night without a threat",
    ),
)  # fmt: skip
"""Bids that wait for the weekly meeting to come, in the order in which they come in."""
_SERIOUS = {"granted": 3, "part": 2, "deferred": 2, "": 2, "refused": 1}
_SURE = {"granted": "high", "part": "medium", "deferred": "medium", "": "medium", "refused": "low"}


def asked_before(weekly: date) -> tuple[AskedFor, ...]:
    """The bids that come to one weekly meeting for the first time."""
    week = weekly.toordinal() // 7
    return tuple(some[week % len(some)] for some in _BY_TURNS)


def weekly_after(day: date) -> date:
    """The day of the weekly meeting that a bid raised in the afternoon of a day comes to."""
    return day + timedelta(days=(WEEKLY - day.weekday() - 1) % 7 + 1)


def answers_of(asked: AskedFor) -> tuple[dict[str, int], str]:
    """How a bid is scored by the matrix, and how sure that is: made up, higher for what is granted at last."""
    swing = len(asked.problem)
    outcome = asked.decided[-1].outcome if asked.decided else ""
    answers = {
        question: min(matrix().highest, _SERIOUS[outcome] + (swing + nth) % 3 - 1)
        for nth, question in enumerate(matrix().questions)
    }
    return answers, _SURE[outcome]
