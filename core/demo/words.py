"""What the synthetic meetings say: tasks with owners and what came of them, decisions with options and reasons.

The demo teaches by example, so every result says what was done and what came of it, and every reason says what else was
weighed (DOMAIN.md section 7: options, reasons, review). Owners are those of ``core.actions``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Task(NamedTuple):
    """An action as it is raised: its words, who owns it, what can come of it, and why it may be carried."""

    words: str
    owner: str
    results: tuple[str, ...]
    delays: tuple[str, ...]


class Choice(NamedTuple):
    """A decision about someone, and why: what else was weighed and when it is looked at again."""

    decision: str
    reason: str


_UNIT, _INTELLIGENCE, _PROTECTION = "Predatory Offender Unit", "Intelligence", "Public protection"
_COURTS, _DUTY, _WARD_TEAM, _COMMAND = "Custody and courts", "BCU duty inspector", "Ward team", "VCTF command"

_VICTIMS = Task(
    "Revisit the victims with a specialist officer; record whether they support a charge",
    _PROTECTION,
    (
        "Both victims seen; one now supports a charge, statement taken",
        "Victim seen with her adviser; does not support, safety plan renewed",
        "Victim seen at work; gave two more dates, passed to the case officer",
        "Victim has moved; new address known, seen by the local team, marker put on it",
    ),
    ("victim asked to be seen next week, with her adviser", "interpreter booked for tomorrow"),
)
_STALKING_ORDER = Task(
    "Apply for a stalking protection order",
    _PROTECTION,
    (
        "Application lodged; interim order made, full hearing in three weeks",
        "Legal services advise a restraining order at sentence instead; case file marked",
        "Not enough for an order yet: phone download awaited, back in a week",
    ),
    ("statement still with the victim to sign", "court listing moved to Thursday"),
)
_ASSOCIATES = Task(
    "Research associates and likely addresses; give the arrest team three to try",
    _INTELLIGENCE,
    (
        "Three addresses and a car given to the arrest team",
        "Two addresses ruled out; sister's flat is live, passed on",
        "Phone last used outside London; enquiry made of the other force",
    ),
    ("housing data due tomorrow", "analyst called to court; work half done"),
)

TASKS: Mapping[str, tuple[Task, ...]] = {
    "at large": (
        Task(
            "Locate and arrest; report to the next meeting",
            _UNIT,
            (
                "Arrested at a relative's address; interviewed, bailed with conditions not to contact",
                "Arrested at work; charged and remanded",
                "Three addresses tried, none live; circulated as wanted, associates researched next",
                "Came to the station with a solicitor; interviewed, file to the prosecutor on Friday",
            ),
            ("not at either address; neighbour says back on Sunday", "team sent to a stabbing; visit set for tonight"),
        ),
        _VICTIMS,
        _STALKING_ORDER,
        _ASSOCIATES,
    ),
    "wanted": (
        _ASSOCIATES,
        Task(
            "Circulate with photograph to ward teams and transport police; visit the last three addresses",
            _UNIT,
            (
                "Circulated; seen at a station and arrested by transport police",
                "All three addresses visited, none live; bank enquiry asked for",
                "Arrested at the third address; before the court this morning",
            ),
            ("warrant backed for one address only; second asked for", "photograph too old, custody image ordered"),
        ),
    ),
    "bail": (
        Task(
            "Check bail conditions and curfew this week; report any breach the same day",
            _DUTY,
            (
                "Three curfew checks, at home each time; conditions kept",
                "Absent at 23:10; arrested for breach, before the court",
                "Address given up; new address approved, conditions changed",
            ),
            ("one check made, two left", "address out of London; other force asked to check"),
        ),
        _VICTIMS,
        Task(
            "Bail ends this month: superintendent to decide on an extension",
            _COURTS,
            (
                "Extended to six months; victim told by the case officer",
                "File ready: charged before bail ended",
                "Not extended, released under investigation with a safety plan; reason on the file",
            ),
            ("forensic result promised for Thursday", "superintendent on leave, deputy to read it"),
        ),
    ),
    "held": (
        Task(
            "Prison liaison: confirm the release date and licence conditions",
            _COURTS,
            (
                "Release in nine weeks; no-contact and exclusion zone asked for as licence conditions",
                "No release before trial; liaison officer tells us of any change",
                "Recall confirmed; victim told, review when the parole board lists it",
            ),
            ("prison has not answered; asked again", "moved to another prison yesterday"),
        ),
        Task(
            "Tell every victim of the next court date and of any release",
            _PROTECTION,
            (
                "All victims told by their officer; one wants screens at court",
                "Two of three told; third reached through her adviser",
            ),
            ("hearing date changed; told again once it is fixed",),
        ),
    ),
    "child": (
        Task(
            "Child: strategy meeting with the youth offending team; exploitation checked before any arrest",
            _PROTECTION,
            (
                "Strategy meeting held; exploitation likely, referred to the national mechanism",
                "Youth offending team has a worker with the family; voluntary interview with a parent on Monday",
            ),
            ("school holiday; meeting set for Tuesday",),
        ),
    ),
    "ward": (
        Task(
            "Ward team patrol plan for the evening peak, by street and hour",
            _WARD_TEAM,
            (
                "Plan made: two streets, 15 minutes every two hours, 17:00 to 23:00",
                "Plan run four evenings; two arrests for robbery, nothing in the side streets",
                "Plan made with transport police for the station forecourt",
            ),
            ("team short of two officers this week",),
        ),
        Task(
            "Weapon sweep of the three places residents name",
            _WARD_TEAM,
            (
                "Three places swept with the council; two knives found, photographed and destroyed",
                "Swept twice, nothing found; hedge cut back at the play area",
            ),
            ("council crew free on Wednesday",),
        ),
        Task(
            "See the licensees about the last hour on Friday and Saturday",
            _DUTY,
            (
                "Five of six seen; one asked for a review of its door staff",
                "All seen; radio link put on test this weekend",
            ),
            ("licensing officer on leave until Monday",),
        ),
        Task(
            "Test a knife arch at the station on two afternoons",
            _COMMAND,
            (
                "Two afternoons: 410 people through, no knife, six left before the arch, one stopped with a blade",
                "Held once; transport police ask for a Friday next",
            ),
            ("arch promised to another BCU until Thursday",),
        ),
    ),
}
"""Tasks by what someone's status asks for; ``held`` is anyone in prison, ``ward`` is for a place."""

CHOICES: Mapping[str, tuple[Choice, ...]] = {
    "at large": (
        Choice(
            "Arrest first, this week",
            "Weighed: another victim visit, or arrest now. Victims support and live near; a visit would give warning.",
        ),
        Choice(
            "Build the case before arrest; owner named, seven days",
            "Weighed: arrest today. Evidence is one account; a download and a second statement would hold a charge.",
        ),
        Choice(
            "Ask the covert unit for its view, not for surveillance yet",
            "Weighed: surveillance. Addresses are known, so a visit is less intrusive and may be enough.",
        ),
        Choice(
            "Arrest for the lesser offence that is ready",
            "Weighed: wait for the graver charge. The lesser one is ready; bail protects the victim sooner.",
        ),
        Choice(
            "Keep with the local team; no central unit",
            "Weighed: Predatory Offender Unit. The local officer knows the family and has a date for interview.",
        ),
    ),
    "wanted": (
        Choice(
            "Circulate and put to the arrest team tonight",
            "Weighed: wait for phone data. Seen two days ago near the victim; delay is the greater risk.",
        ),
        Choice(
            "Appeal in the press held back for a week",
            "Weighed: publish now. Two live addresses are left to try, and the victim asked not to be in the papers.",
        ),
    ),
    "bail": (
        Choice(
            "Keep on bail with checks; no arrest sought",
            "Weighed: recall to custody. Every condition is kept so far; a breach brings it back the same day.",
        ),
        Choice(
            "Ask the court for a tighter curfew",
            "Weighed: leave as it is. The victim fears late evenings most, and agrees.",
        ),
    ),
    "held": (
        Choice(
            "Keep on the list, no tasking while held",
            "Weighed: give the place to the next. Trial is listed; a release before it would need a plan the same day.",
        ),
        Choice(
            "Plan for release now, not in the last week",
            "Weighed: wait for the date. Licence conditions must be asked for 28 days before.",
        ),
    ),
    "child": (
        Choice(
            "Safeguarding leads, police second",
            "Weighed: arrest. A child with signs of exploitation; the youth team meets the family first.",
        ),
    ),
}
"""Decisions by what someone's status asks for."""

ADOPTED = (
    "{reports} by {victims}, the gravest {offence}; {place} has an officer free for it",
    "{place}: {victims} seen, at least one would go to court; arrest plan exists",
    "No case officer until now; {reports} in a year, {place} names one today",
    "Gravest report is {offence}; nobody else is working on it",
    "{reports} across {victims}; public protection asks for one lead",
    "Asked for by {place}: its case team has reached the end of what it can do alone",
)
"""Why someone is adopted into the V100; a rank alone is no reason."""

LEFT = (
    "Sentenced; release plan with the prison team, place given to the next",
    "Charged on every report and remanded; case team owns it from here",
    "Case closed without charge, victims safe and told; watched by the ward team",
)
"""Why someone leaves it."""

PRIORITY = (
    "No. {harm} by harm of London's wards; ward team asks for evening cover",
    "No. {harm} by harm; robbery round the station is the panel's first wish",
    "No. {harm} by harm; licensing review under way, extra evenings bridge it",
    "No. {harm} by harm; violence is in four streets, a plan for them exists",
    "No. {harm} by harm; schools and the youth service ask for the same streets",
)
"""Why a ward becomes a priority."""

SHORT = (
    "rain stopped it on Friday",
    "one officer lent to an assault enquiry",
    "two addresses gave no answer; letters left, back next week",
    "landlord asked for notice; visit set for Monday",
)
"""Why less was done than planned."""

FOCUS = (
    ("Most visits were made; two sites need a second look.", "More of the evening visits, please",
     "garages behind the parade"),
    ("All penalties were served in two streets; the alley is clear since.", "Thank you; the alley was worst",
     "recycling point by the station"),
    ("Half the visits found nobody in; letters went to all.", "Come at weekends", "shops in the high road"),
)  # fmt: skip
"""What a focus week came to, what a councillor says to it, and the place they name."""


class PastBid(NamedTuple):
    """A bid of a past week: who asks, for which BCU, why, for what, where, when; what became of it and why."""

    requester: str
    bcu: str
    problem: str
    resource: str
    place: str
    starts: str
    outcome: str
    reason: str


BIDS = (
    PastBid(
        "CN BCU", "CN", "Phone snatching by moped, 40 in a week", "High-visibility unit, 3 evenings", "Camden",
        "Thu to Sat", "granted", "Peak is 17:00 to 21:00. Weighed: ANPR alone, which does not stop it.",
    ),
    PastBid(
        "EA BCU", "EA", "Knife threats near two schools", "Knife arch and 8 officers", "Barking and Dagenham",
        "Mon, Tue", "part", "Arch on Tuesday only; one school starts term late. Ward teams cover Monday.",
    ),
    PastBid(
        "SE BCU", "SE", "Burglary series, 14 homes", "Surveillance, 5 days", "Lewisham",
        "all week", "refused", "No suspect yet to follow; forensic results are due. Come again with a name.",
    ),
    PastBid(
        "WA BCU", "WA", "Wounding outside a night venue", "Two units, late evenings", "Ealing",
        "Fri, Sat", "granted", "Same venue twice in ten days; licensing review runs beside it.",
    ),
    PastBid(
        "SA BCU", "SA", "Robbery of school children on buses", "Plain-clothes patrol, 10 officers", "Croydon",
        "weekdays 15:00", "part", "Six officers for two weeks, then counted against the two weeks before.",
    ),
    PastBid(
        "NE BCU", "NE", "Group violence, one shot fired", "Armed support on call", "Waltham Forest",
        "until Sunday", "granted", "Retaliation is likely while the dispute lasts; reviewed at every daily.",
    ),
)  # fmt: skip
"""Bids of past weeks, two a week."""
