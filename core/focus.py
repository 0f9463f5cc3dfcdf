"""The focus ward of the week: whose turn it is, how many hours it gets, and the menu the meeting starts from.

Source: DOMAIN.md section 5, S3: the team of an area works in one focus ward a week, rolling round the borough; officers
work only the items that the weekly tasking meeting agreed; the time in a ward differs with its need. How the next ward
is picked and how need becomes hours is not published, so both rules are defaults of this project, and every week keeps
in words why it was chosen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.errors import Problem
from core.focus_model import FocusModel
from core.geography import Ward, wards
from core.text import counted

OFFERED, AGREED, LEFT_OUT = "offered", "agreed", "left out"


@dataclass(frozen=True)
class GivenWeek:
    """One week that was given to a ward of an area. ``monday`` is a day number."""

    monday: int
    area: str
    ward_code: str


@dataclass(frozen=True)
class Need:
    """What is open in a ward: places that councillors nominated, and fly-tip sites."""

    nominations: int = 0
    sites: int = 0

    @property
    def total(self) -> int:
        """The need as one number: each nomination and each site counts one."""
        return self.nominations + self.sites

    @property
    def words(self) -> str:
        """The need as it is said."""
        return f"{counted(self.nominations, 'open nomination')} and {counted(self.sites, 'open fly-tip site')}"


@dataclass(frozen=True)
class Line:
    """One option on a menu before it is stored: how many are planned, and officer-hours each."""

    option: str
    words: str
    planned: int
    hours_each: float


@dataclass(frozen=True)
class Draft:
    """A focus week as it would be proposed: nothing of it is stored. ``hours`` are whole officer-hours."""

    monday: int
    area: str
    ward_code: str
    ward: str
    hours: int
    because: str
    lines: tuple[Line, ...]


def ward_name(code: str, known: Mapping[str, Ward] | None = None) -> str:
    """The name of a ward on a ward map (the one that ships if None); its code where the map does not have it."""
    ward = (wards() if known is None else known).get(code)
    return ward.name if ward else code


def next_area(model: FocusModel, past: Sequence[GivenWeek]) -> str:
    """The area after that of the latest week, in the order of the file, round and round; the first where none was."""
    areas = list(model.areas)
    latest = max(past, key=lambda turn: turn.monday, default=None)
    if latest is None or latest.area not in areas:
        return areas[0]
    return areas[(areas.index(latest.area) + 1) % len(areas)]


def next_ward(model: FocusModel, area: str, past: Sequence[GivenWeek], needs: Mapping[str, Need]) -> str:
    """The ward of an area whose last turn is longest ago, one that had none before all others.

    Of wards that are equal in that, the one of the greater need; of those, the first by code.
    """
    last = _last_weeks(past)
    return min(model.areas[area], key=lambda code: (last.get(code, 0), -needs.get(code, Need()).total, code))


def _last_weeks(past: Sequence[GivenWeek]) -> dict[str, int]:
    return {turn.ward_code: turn.monday for turn in sorted(past, key=lambda turn: turn.monday)}


def hours(needs: Mapping[str, int], capacity: int, least: int) -> dict[str, int]:
    """Officer-hours of a focus week for each ward of an area, by need.

    A ward counts its need and one more, so that a single nomination in a quiet area does not take every hour. Its hours
    are that number over the mean of the area's wards, times half of the team's capacity, rounded to whole hours (a half
    goes up) and held between the least and the capacity. Where no ward has any need, every ward gets half. More need
    never means fewer hours, and a quiet area keeps time for other work. Project default.
    """
    every = sum(needs.values()) + len(needs)
    found = {}
    for code, need in needs.items():
        share = Fraction((need + 1) * len(needs), every)
        found[code] = min(max(math.floor(share * capacity / 2 + Fraction(1, 2)), least), capacity)
    return found


def menu(model: FocusModel, week_hours: float) -> tuple[Line, ...]:
    """Every option, each with as many as fit into an equal part of the week's hours.

    Whole units only, so the sum never exceeds the hours and a little is left over. An equal start is the one that needs
    no judgement: it shows the chair at once what an hour buys of each option, and the meeting moves the numbers.
    """
    part = Fraction(str(week_hours)) / len(model.options)
    return tuple(
        Line(option.key, option.title, math.floor(part / Fraction(str(option.hours))), option.hours)
        for option in model.options
    )


def draft(
    model: FocusModel,
    monday: int,
    past: Sequence[GivenWeek],
    needs: Mapping[str, Need],
    *,
    area: str | None = None,
    ward_code: str | None = None,
    known: Mapping[str, Ward] | None = None,
) -> Draft:
    """The week that the rota gives, or the one of an area or a ward that is named, with hours, reason and menu.

    past: the weeks before. needs: ward code to need; a ward that is not in it has none. known: the ward map, the one
    that ships if None. Raises Problem for an area or a ward that the model does not have.
    """
    if ward_code is not None:
        found = model.area_of(ward_code)
        if found is None or area not in (None, found):
            where = f"area {area}" if area else "any area of the focus ward's rota"
            raise Problem(f"{ward_name(ward_code, known)} ({ward_code}) is not in {where}. Choose a ward that is.")
        chosen, code, why = found, ward_code, f"{ward_name(ward_code, known)} was named by hand"
    else:
        if area is not None and area not in model.areas:
            raise Problem(f"There is no area '{area}' in the rota. Use one of: {', '.join(model.areas)}.")
        chosen = area or next_area(model, past)
        code = next_ward(model, chosen, past, needs)
        who = f"{chosen} was named by hand" if area else f"{chosen} is next in the rota"
        why = f"{who} and {ward_name(code, known)} is next there"
    own = {one: needs.get(one, Need()) for one in model.areas[chosen]}
    given = hours({one: need.total for one, need in own.items()}, model.capacity, model.least_hours)[code]
    because = f"{why}: {_last_given(code, past)}, {own[code].words}. {_why_hours(chosen, own, code, given, model)}"
    return Draft(monday, chosen, code, ward_name(code, known), given, because, menu(model, given))


def _last_given(code: str, past: Sequence[GivenWeek]) -> str:
    last = _last_weeks(past).get(code)
    return "no turn so far" if last is None else f"last turn in the week of {date.fromordinal(last):%d/%m/%Y}"


def _why_hours(area: str, needs: Mapping[str, Need], code: str, given: int, model: FocusModel) -> str:
    every = sum(need.total for need in needs.values())
    said = f"{given} of the team's {counted(model.capacity, 'hour')}"
    if not every:
        return f"{said}: nothing is open in any ward of {area}, so each gets the same."
    return f"{said}: {needs[code].total} open here, {every / len(needs):.1f} on average in a ward of {area}."
