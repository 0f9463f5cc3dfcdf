"""What the synthetic meetings say of wards and the council: ward tasks, priority wards, focus weeks."""

from __future__ import annotations

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
        "streets and hours of the plan",
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
        "every place walked, and what the council mends",
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
        "every licensee seen",
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
        "the place and the two days",
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
        "what was found, place by place",
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
