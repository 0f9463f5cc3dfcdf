"""Deployments: where units are sent, from when until when, and how that stands at a moment; the profile of unit files.

Source: DOMAIN.md section 6 (four bases, tactics, a deployment with start, planned end, exit test and legacy note).
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from core import extract
from core.days import LONDON, london, stamp
from core.due_times import parse_later, read_moment
from core.errors import Problem
from core.extract import BadValue, known_ward
from core.tactics import TACTICS, tactic_known
from core.units import TASK_FORCE, TEAMS, refuse_no_unit, shift_of, skills_of, skills_words

COLUMNS = ("unit", "base", "officers", "ward_code", "tactic", "starts", "ends", "status")
OPTIONAL = ("team", "skills", "shift", "whom", "notice")
STATUSES = ("free", "deployed", "stood down")
DEPLOYED, STOOD_DOWN = "deployed", "stood down"


class State(StrEnum):
    """How a deployment stands at a moment, in the word that lists, papers and JSON show."""

    PLANNED = "planned"
    ON = "on"
    OVER = "over"
    CANCELLED = "cancelled"

    @property
    def is_live(self) -> bool:
        """Whether units are on it, or will be."""
        return self in (State.PLANNED, State.ON)


def state_at(
    starts: datetime | None, ends: datetime | None, stopped: datetime | None, now: datetime, *, manned: bool = True
) -> State:
    """How a deployment stands at a moment; all moments are aware.

    It is planned before its start, over from its end on, and on between them; one whose start is not known has begun,
    one whose end is not known goes on. stopped: when it was decided to end it early: before its start it is cancelled
    from then on, after it over. manned: whether a unit is its own to send or has been agreed to: until then it is
    planned and never on, and at its end it is cancelled.
    """
    if stopped is not None and stopped <= now:
        return State.CANCELLED if starts is not None and stopped <= starts else State.OVER
    if ends is not None and ends <= now:
        return State.OVER if manned else State.CANCELLED
    return State.PLANNED if (starts is not None and starts > now) or not manned else State.ON


NOW = "now"
"""How a start is typed that is this moment."""


def parse_start(text: str, now: datetime) -> datetime:
    """Read when a deployment starts: ``now``, or a time as actions have them; one that lies ahead is planned.

    Times are London's (DOMAIN.md section 6). Raises Problem for one that cannot be read, does not exist or has passed.
    """
    return now if text.strip().casefold() == NOW else parse_later(text, now)


def parse_end(text: str, starts: datetime) -> datetime:
    """Read when a deployment ends; ``+12h`` counts from its start, ``02:00`` is the first after it.

    Raises Problem for a time that cannot be read, does not exist, or does not lie after the start.
    """
    found = read_moment(text, starts)
    if found <= starts:
        raise Problem(f"'{text}' is not after the start, {london(starts):%d/%m/%Y %H:%M}. Give a later end.")
    return found


class Dose(NamedTuple):
    """How much is planned or was given: visits, and minutes of each (DOMAIN2.md section 5: 10 to 16 minutes)."""

    visits: int
    minutes: int

    @property
    def words(self) -> str:
        """As it is typed and shown."""
        return f"{self.visits} x {self.minutes} min"


_DOSE = re.compile(r"(\d{1,4})\s*(?:x|×|\*|visits? of)\s*(\d{1,4})\s*(?:m|min|minutes)?", re.ASCII | re.IGNORECASE)


def parse_dose(text: str) -> Dose | None:
    """Read visits and minutes, ``12 x 15``; None for the empty text. Raises Problem for another, or for none at all."""
    if not text.strip():
        return None
    match = _DOSE.fullmatch(text.strip())
    if match is None or not int(match[1]) or not int(match[2]):
        raise Problem(f"'{text}' is no dose. Write visits x minutes, as 12 x 15.")
    return Dose(int(match[1]), int(match[2]))


class UnitRow(NamedTuple):
    """One unit of a file, in the order of the columns. ``starts`` and ``ends`` are times in UTC, None if left out."""

    unit: str
    base: str
    officers: int
    ward_code: str
    tactic: str
    starts: str | None
    ends: str | None
    status: str
    team: str = TASK_FORCE
    skills: str = ""
    shift: str = ""
    whom: str = ""
    notice: str = ""


def checked(fields: Sequence[str], wards: Container[str]) -> UnitRow:
    """Check one row: its values in the order of the columns, the optional ones last, which may be left out.

    wards: the codes that are known. Raises BadValue.
    """
    unit, base, officers, ward_code, tactic, starts, ends, status = (value.strip() for value in fields[: len(COLUMNS)])
    refuse_no_unit(unit)
    ward = known_ward(ward_code, wards, needed=False)
    if not status and (starts or ends):
        raise BadValue("status", status, f"is missing beside a time; use one of {', '.join(STATUSES)}")
    status = status.casefold() or "free"
    if status not in STATUSES:
        raise BadValue("status", status, f"unknown; use one of {', '.join(STATUSES)}")
    label = tactic_known(tactic)
    if tactic and not label:
        raise BadValue("tactic", tactic, f"no tactic of the list; use one of {', '.join(TACTICS)}")
    people = extract.count("officers", officers)
    since, until = _moment("starts", starts), _moment("ends", ends)
    if since and until and until <= since:
        raise BadValue("ends", ends, "is not after the start")
    return UnitRow(unit, base, people, ward, label, since, until, status, *_beside(fields[len(COLUMNS) :]))


def _beside(fields: Sequence[str]) -> tuple[str, str, str, str, str]:
    """What only some files say of a unit; what is not said is the task force's own, or not known.

    A unit of another team is not ours to send: where no row says whom to ask, its own team is asked.
    """
    team, skills, shift, whom, notice = (" ".join(value.split()) for value in (*fields, "", "", "", "", "")[:5])
    called = next((known for known in TEAMS if known.casefold() == team.casefold()), "")
    if team and not called:
        raise BadValue("team", team, f"no team of the list; use one of {', '.join(TEAMS)}")
    try:
        held = skills_words(skills_of(skills))
    except Problem as problem:
        raise BadValue("skills", skills, problem.sentence) from problem
    try:
        shift_of(shift)
    except Problem as problem:
        raise BadValue("shift", shift, problem.sentence) from problem
    team = called or TASK_FORCE
    return team, held, shift, whom or ("" if team == TASK_FORCE else team), notice


def _moment(column: str, value: str) -> str | None:
    """A time in London as it is stored."""
    if not value:
        return None
    for form in ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"):
        try:
            return stamp(datetime.strptime(value, form).replace(tzinfo=LONDON))
        except ValueError:
            continue
    raise BadValue(column, value, "no such time; write dd/mm/yyyy hh:mm")
