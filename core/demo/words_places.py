"""What the synthetic meetings say of wards, units and the council: ward tasks, priority wards, bids, focus weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from core.bids import matrix
from core.demo.facts import Line
from core.demo.words import COMMAND, DUTY, WARD_TEAM, Task

WARD_TASKS = (
    Task(
        Line("panel", "Ward team patrol plan against {panel}, which the panel asks about"),
        WARD_TEAM,
        (
            Line("panel", "Ward team made the plan with the panel: two streets, 17:00 to 23:00, four evenings a "
                 "week; counted against the month before"),
            Line("panel", "Plan made and run by the ward team; residents met, next the panel hears "
                 "what changed"),
            Line("panel", "Ward sergeant walked it with the chair of the panel; plan names the hour and the corner, "
                 "starts on {soon}"),
        ),
        ("team short of two officers this week", "panel meets on {day}, plan waits for it"),
    ),
    Task(
        Line("flagged", "Ward team patrol of the {flags} that residents flagged, after dark, with the council"),
        WARD_TEAM,
        (
            Line("flagged", "Ward team and council walked all of them; four lamps reported, a hedge to be cut, "
                 "walked again in three weeks"),
            Line("flagged", "Walked by the ward team in the evening; the council takes lighting first, residents "
                 "are told by letter"),
            Line("flagged", "Ward team met residents at two of them; a gate is broken at one, the council mends it, "
                 "the ward team looks again on {soon}"),
        ),
        ("council officer free on {day}", "walk moved to {day} for rain"),
    ),
    Task(
        Line("", "See the licensees about the last hour on weekend nights"),
        DUTY,
        (
            Line("", "Duty inspector saw all but one; a radio link between doors starts this week, the last is "
                 "seen on {soon}"),
            Line("", "All seen by the licensing officer; two change their door times by half an hour, checked on "
                 "{night}"),
            Line("", "Seen; one licensee asked for a review of its own door staff, licensing officer sits in on it "
                 "next week"),
        ),
        ("licensing officer on leave until {day}",),
    ),
    Task(
        Line("", "Offer the ward a knife arch for two afternoons; say where and why there"),
        COMMAND,
        (
            Line("", "VCTF command and the ward team chose the place with two schools; no arch is free this week, so "
                 "the BCU puts it into its next bid"),
            Line("", "Ward team asked both schools: one wants it, one would rather have talks; talks come first, "
                 "the ward team reviews it in a month"),
            Line("", "Ward team prefers plain-clothes patrol at that hour; arch goes elsewhere, patrol is reviewed "
                 "in two weeks"),
        ),
        ("arch promised to another BCU until {day}",),
    ),
    Task(
        Line("", "Weapon sweep of parks and stairwells; say what was found and what was not"),
        WARD_TEAM,
        (
            Line("", "Ward team swept six places with the housing officer, nothing found; two lids that hide things "
                 "are screwed down"),
            Line("", "Swept twice by the ward team at school times, nothing found; caretakers know now whom to call"),
            Line("", "Ward team swept the park alone, as the stairwells were locked; nothing found, the caretaker "
                 "opens them on {soon}"),
            Line("", "Swept with cadets; one blade found behind a bin store, photographed and destroyed, that store "
                 "is checked weekly"),
        ),
        ("search dogs free on {day}",),
    ),
)  # fmt: skip
"""Tasks about wards, each of which fits any ward or says what it needs."""

PRIORITY = (
    Line(
        "panel",
        "No. {harm} by harm of London's wards; panel asks first about {panel}, so that both want the same hours",
    ),
    Line("panel", "No. {harm} by harm; evening cover is asked for {panel}, measured after four weeks"),
    Line("flagged", "No. {harm} by harm, and {flags} flagged as unsafe by residents; lighting and patrol go together"),
    Line("", "No. {harm} by harm; borough offers its wardens for the same hours, so posts go further here"),
    Line("", "No. {harm} by harm over the twelve months of the release; posts stay here until the review"),
    Line("panel flagged", "No. {harm} by harm; {flags} flagged and {panel} asked about by the panel, same streets"),
)
"""Why a ward becomes a priority."""

MORE = "more than planned"
SHORT = "one officer was lent to an assault enquiry; the rest waits for the ward's next turn"
"""Why less was done than planned."""

WISHES = (
    ("Please come on a weekend as well", "garages behind the parade"),
    ("Thank you; residents noticed. More after dark, please", "recycling point at the end of the road"),
    ("Shops ask to be told beforehand", "alley beside the shops"),
)
"""What a councillor says to a focus week, and the place they name."""


class Sent(NamedTuple):
    """A unit that a bid is given: from which hour of the day, and doing what."""

    hour: int
    tactic: str


class AskedFor(NamedTuple):
    """A bid: who asks, for which BCU, why, for what and where; how many days after the meeting, and for how many days.

    The meeting is the weekly one that decides it. outcome and reason: what becomes of it; empty where it waits. ``{n}``
    in the words is the number of days. sent: the task force units that it is given, each on the first of so many days
    that are *given*, all of them where that is 0. result: what they did, as the weekly meeting after it hears.
    """

    bcu: str
    problem: str
    resource: str
    place: str
    ahead: int
    days: int
    outcome: str = ""
    reason: str = ""
    sent: tuple[Sent, ...] = ()
    given: int = 0
    result: str = ""

    def is_for(self, weekly: date, day: date) -> bool:
        """Whether what was given by a weekly meeting is out on a day."""
        return 0 <= (day - weekly).days - self.ahead < (self.given or self.days)


_PATROL, _ARCH, _PLAIN = "high-visibility patrol", "knife arch", "street crime and quick wins"
BIDS = (
    AskedFor("CN", "Phone snatching by riders of mopeds, evenings", "High-visibility unit, {n} evenings", "Camden", 1,
             3, "granted", "Peak is 17:00 to 21:00. Weighed: ANPR alone, which tells but does not stop; result next "
             "week.", (Sent(14, _PATROL),), 0,
             "A unit was out on all {n} evenings, 14:00 to 22:00; too few snatches on either side to tell, so Camden "
             "keeps the hours with its own teams"),
    AskedFor("EA", "Knife threats near two schools", "Knife arch with a unit, {n} days", "Barking and Dagenham", 5,
             2, "part", "Arch on the first of the {n} days; the other school asked for a talk first. Ward teams cover "
             "the gap.", (Sent(8, _ARCH),), 1,
             "Arch stood on the first day from 08:00; no blade came through it, and the other school has a date for "
             "its talk"),
    AskedFor("SE", "Burglary series, no name yet", "Surveillance, {n} days", "Lewisham", 1, 5,
             "refused", "Nobody to follow yet; forensic results are due. Weighed: a patrol plan, which the BCU can "
             "make."),
    AskedFor("WA", "Wounding outside a night venue", "Two units, {n} late evenings", "Ealing", 2, 2,
             "granted", "Same venue as before; a licensing review runs beside it. Weighed: closing it, which takes "
             "longer.", (Sent(18, _PATROL), Sent(22, _PATROL)), 0,
             "Both units were out on the {n} nights, one from 18:00 and one from 22:00; no wounding outside the venue, "
             "licensing review goes on"),
    AskedFor("SA", "Robbery of school children on buses", "Two units in plain clothes, {n} days", "Croydon", 5,
             5, "part", "One of the two units, all {n} days, then counted against the {n} school days before.",
             (Sent(8, _PLAIN),), 0,
             "The unit rode the buses on all {n} days from 08:00; too few robberies on either side to tell, schools "
             "are told by the ward teams"),
    AskedFor("NE", "Dispute between two groups, threats made", "Armed support on call, {n} days", "Waltham Forest", 0,
             4, "granted", "Retaliation is likely while the dispute lasts; on call from the firearms command, so no "
             "unit of ours moves. Looked at again at every daily."),
    AskedFor("NW", "Robbery on footpaths after dark", "Mounted branch, {n} evenings", "Brent", 1, 3,
             "refused", "Horses are on a football match on those days. Weighed: waiting; ward team and wardens patrol "
             "instead."),
    AskedFor("SC", "Violence at a transport hub on Fridays", "High-visibility unit, one Friday", "Lambeth", 2, 1,
             "granted", "One Friday, counted; another if the count falls. Weighed: transport police alone.",
             (Sent(14, _PATROL),), 0,
             "A unit was at the hub on the Friday, 14:00 to 22:00; the count is too small to tell, so transport police "
             "take the next one"),
)  # fmt: skip
"""Bids of past weeks, two a week, each decided by the weekly meeting after it."""
A_WEEK = 2
_LONGEST = max(asked.ahead + asked.days for asked in BIDS)
WEEKLY = 2
"""The weekday of the weekly meeting: Wednesday."""


def asked_before(weekly: date) -> tuple[AskedFor, ...]:
    """The bids that one weekly meeting decides."""
    first = A_WEEK * (weekly.toordinal() // 7)
    return tuple(BIDS[(first + nth) % len(BIDS)] for nth in range(A_WEEK))


def sent_on(day: date) -> Iterator[tuple[str, Sent]]:
    """The units that bids are given on a day, each with the borough it goes to."""
    for back in range(_LONGEST + 1):
        weekly = day - timedelta(days=back)
        if weekly.weekday() == WEEKLY:
            for asked in asked_before(weekly):
                if asked.is_for(weekly, day):
                    yield from ((asked.place, sent) for sent in asked.sent)


WAITING = (
    AskedFor("CE", "Knife-point robbery near stations", "Knife arch, 8 officers, one day", "Hackney", 1, 1),
    AskedFor("SA", "Two named suspects who follow a witness", "Surveillance, {n} days", "Croydon", 1, 3),
    AskedFor("NA", "Retaliation feared after a stabbing", "High-visibility unit, {n} evenings", "Enfield", 0, 4),
)
"""Bids that wait for the weekly meeting to come, in the order in which they come in."""
_SERIOUS = {"granted": 3, "part": 2, "": 2, "refused": 1}
_SURE = {"granted": "high", "part": "medium", "": "medium", "refused": "low"}


def answers_of(asked: AskedFor) -> tuple[dict[str, int], str]:
    """How a bid is scored by the matrix, and how sure that is: made up, higher for what is granted."""
    swing = len(asked.problem)
    questions = matrix().questions
    answers = {
        question: min(matrix().highest, _SERIOUS[asked.outcome] + (swing + nth) % 3 - 1)
        for nth, question in enumerate(questions)
    }
    return answers, _SURE[asked.outcome]
