"""Units of the synthetic London that are not the task force's, and what meetings did with units in the weeks before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from core.units import WARD_TEAM

OTHER_UNITS_HEADER = (
    "unit", "base", "officers", "ward_code", "tactic", "starts", "ends", "status", "team", "skills", "shift", "whom",
    "notice",
)  # fmt: skip
"""Columns of the file of units that are asked for: those of units, and what they can do and whom to ask."""
# Teams as DOMAIN2.md section 9 has them; how many officers each could send is the demo's own.
_OTHERS = (
    ("POU South", "south", 8, "Predatory Offender Unit", "search, entry, taser", "08:00-16:00", "POU control", "4 h"),
    ("TSG 1", "", 21, "Territorial Support Group", "search, entry, taser", "14:00-23:00", "TSG reserve desk", "2 h"),
    (
        "Trident East",
        "east",
        12,
        "Specialist Crime (Trident)",
        "plain clothes, firearms",
        "",
        "Specialist Crime",
        "1 d",
    ),
    ("Viper 1", "", 6, "Viper", "firearms, driver", "18:00-02:00", "firearms command", "2 h"),
    ("TCT Croydon", "south", 10, "Town Centre Team", "search", "12:00-22:00", "SN BCU", "1 d"),
    ("Roads West", "west", 8, "Roads and Transport", "ANPR, driver", "14:00-22:00", "RTPC control", "4 h"),
    ("BTP Central", "", 10, "British Transport Police", "search, arch", "16:00-00:00", "BTP control room", "4 h"),
    ("City 1", "", 6, "City of London Police", "search", "", "City control room", "1 d"),
)
# Ward teams, who may send them is their BCU; extra officers are placed in these wards, and are not told here again.
_WARD_TEAMS = (
    ("Bloomsbury ward team", "Bloomsbury", 5, "E05013653", "CN BCU"),
    ("Hyde Park ward team", "Hyde Park", 4, "E05013796", "CW BCU"),
    ("Stratford ward team", "Stratford", 5, "E05013924", "NE BCU"),
)


def other_units() -> Iterator[tuple[str, ...]]:
    """Give one row for every unit of another team, free to be asked for."""
    for unit, base, officers, team, skills, shift, whom, notice in _OTHERS:
        yield unit, base, str(officers), "", "", "", "", "free", team, skills, shift, whom, notice
    for unit, ward, officers, code, whom in _WARD_TEAMS:
        yield unit, ward, str(officers), code, "", "", "", "free", WARD_TEAM, "search", "10:00-22:00", whom, "1 d"


class Period(NamedTuple):
    """A Strong Box of the past: eight weeks in one borough, ending some days before the first meeting."""

    borough: str
    units: tuple[str, ...]
    ended_before: int
    objective: str
    end_test: str
    legacy: str


STRONG_BOX_DAYS = 56
"""The original Strongbox lent its staff for about eight weeks a borough (DOMAIN.md section 6)."""
STRONG_BOXES = (
    Period(
        "Croydon", ("VCTF South 3",), 70, "Fewer knife robberies in the town centre",
        "four weeks in a row below the mean of the year before",
        "two ward sergeants trained in search warrants; the plan of patrols stays with the BCU",
    ),
    Period(
        "Newham", ("VCTF East 3",), 10, "Fewer woundings at the station",
        "a fortnight without a wounding after dark", "the BCU keeps the joint briefing with transport police",
    ),
)  # fmt: skip


class Move(NamedTuple):
    """What a daily meeting does with units: a reason to move one, and what another is planned for, and where."""

    reason: str
    tactic: str
    objective: str
    visits: int
    place: str


MOVES = (
    Move(
        "two stabbings within a mile overnight", "weapon sweep", "No blade left in the three parks by the school", 6,
        "three parks by the school and the paths between them",
    ),
    Move(
        "tension note of this morning, friends of the victim are out", "high-visibility patrol", "No retaliation", 12,
        "parade of shops and the estate behind it",
    ),
    Move(
        "robbery series moved east with the suspects", "street crime and quick wins", "Fewer robberies by night", 8,
        "station forecourt",
    ),
    Move(
        "the ward ranks higher; its team covers the old one", "high-visibility patrol", "Seen every two hours", 10,
        "high street and its bus stops",
    ),
    Move(
        "the warrant is done, the unit is free early", "intelligence-led stop and search", "Fewer knives carried", 8,
        "two streets on either side of the market",
    ),
)  # fmt: skip


class Authorised(NamedTuple):
    """A deployment that needs an authority, and which daily meeting of the weeks tasks it, counted from 0.

    unit: of another team, which is asked and agrees; empty for one of ours. It starts *ahead* days after the meeting at
    an hour, and lasts so many. extended: the authority and the reason with which the next daily meeting gives it as
    many hours again; empty where it is not extended.
    """

    nth: int
    unit: str
    tactic: str
    place: str
    ahead: int
    hour: int
    hours: int
    authority: str
    objective: str
    end_test: str
    legacy: str
    extended: tuple[str, str] = ("", "")


_SEARCH = "inspector; two stabbings since last evening, reprisals are threatened; the estate and the roads around it"
_LEGACY = "the ward team keeps the map of where weapons were found"
AUTHORISED = (
    Authorised(
        8, "TSG 1", "Section 60", "estate and the roads around it", 0, 18, 24, _SEARCH, "No third stabbing",
        "a night without a threat", _LEGACY,
        (f"{_SEARCH}; superintendent", "a third stabbing at midnight: a superintendent extends it to 48 hours in all"),
    ),
    Authorised(
        13, "Trident East", "surveillance", "", 1, 12, 10, "DSA 0416", "Where the weapon is kept",
        "the place is known", "",
    ),
    Authorised(
        19, "Trident East", "surveillance", "", 1, 12, 34, "DSA 0423", "Who meets whom before the weekend",
        "the meeting is seen", "",
    ),
    Authorised(
        20, "", "Section 60", "station forecourt and the streets that lead to it", 1, 18, 8,
        "inspector; two groups have called each other out, a knife was shown; the station and the streets around it",
        "Nobody is hurt at the station", "the last train has gone", _LEGACY,
    ),
)  # fmt: skip
"""Section 60 for 24 hours and extended to 48, one that is to come; directed surveillance by its reference alone."""


def move_on(day: date) -> Move:
    """What the meeting of a day does, by turns."""
    return MOVES[day.toordinal() % len(MOVES)]
