"""Violent Crime Task Force units: strength, base, where they are sent and until when.

Source: DOMAIN.md section 6 (four bases, 272 officers from September 2018, tactics as listed there).
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from core import extract
from core.actions import parse_later, read_moment
from core.days import LONDON, london, moment_of, stamp
from core.errors import Problem
from core.extract import BadValue

COLUMNS = ("unit", "base", "officers", "ward_code", "tactic", "starts", "ends", "status")
STATUSES = ("free", "deployed", "stood down")
DEPLOYED = "deployed"


class Tactic(NamedTuple):
    """What a unit is sent to do. source: where the label comes from."""

    label: str
    source: str


_DOMAIN = "DOMAIN.md section 6"
_PHASE_2 = "A New Met for London, phase 2 (December 2025)"
TACTICS: Mapping[str, Tactic] = {
    label: Tactic(label, source)
    for source, labels in (
        (
            f"{_DOMAIN}, tactics",
            (
                "intelligence-led stop and search", "weapon sweep", "warrant", "manhunt", "surveillance", "Q-car",
                "habitual knife carrier enquiries", "street crime and quick wins", "knife surrender", "test purchase",
                "knife arch", "ANPR", "convoy", "tagging spray", "HosTyDS tyre deflation", "armed Viper patrol",
                "Achilles heel arrest", "joint operation", "Section 60",
            ),
        ),
        (f"{_DOMAIN}, uplift", ("high-visibility patrol",)),
        (f"{_DOMAIN}, Strong Box", ("Strong Box",)),
        (_PHASE_2, ("live facial recognition", "drone", "e-bike operation")),
    )
    for label in labels
}  # fmt: skip
"""The closed list of tactics by their labels; a convoy is named in the source without a definition."""


def tactic_called(words: str) -> str:
    """The label of a tactic as the list has it; capitals and spaces do not matter. Raises Problem for another."""
    known = _tactic_called(words)
    if not known:
        raise Problem(f"There is no such tactic. Use one of: {', '.join(TACTICS)}.")
    return known


def _tactic_called(words: str) -> str:
    folded = " ".join(words.split()).casefold()
    return next((label for label in TACTICS if label.casefold() == folded), "")


class State(StrEnum):
    """How a unit stands at a moment, in the word that lists and papers show."""

    FREE = "free"
    PLANNED = "planned"
    ON = "on"
    OVER = "over"
    STOOD_DOWN = "stood down"

    @property
    def is_sent(self) -> bool:
        """Whether the unit is on a deployment, or will be."""
        return self in (State.PLANNED, State.ON)

    @property
    def is_free(self) -> bool:
        """Whether the unit is on nothing and has been told so; one that is over has not been stood down."""
        return self in (State.FREE, State.STOOD_DOWN)


def state_at(status: str, starts: datetime | None, ends: datetime | None, now: datetime) -> State:
    """How a unit of a stored status stands at a moment; moments are aware.

    A deployment is planned before its start, over from its end on, and on between them. One whose start is not known
    has begun; one whose end is not known goes on.
    """
    if status != DEPLOYED:
        return State(status)
    if ends is not None and ends <= now:
        return State.OVER
    return State.PLANNED if starts is not None and starts > now else State.ON


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


def is_out(status: str, ends: str | None, now: str) -> bool:
    """Whether a unit has been sent and is not over at a moment, so that it leaves something when it is moved.

    Moments are stored ones, in UTC.
    """
    return state_at(status, None, moment_of(ends) if ends else None, moment_of(now)).is_sent


class Unit(NamedTuple):
    """One unit, in the order of :data:`COLUMNS`. ``starts`` and ``ends`` are times in UTC, None if left out."""

    unit: str
    base: str
    officers: int
    ward_code: str
    tactic: str
    starts: str | None
    ends: str | None
    status: str


def checked(fields: Sequence[str], wards: Container[str]) -> Unit:
    """Check one row: its values in the order of :data:`COLUMNS`; wards: the codes that are known. Raises BadValue."""
    unit, base, officers, ward_code, tactic, starts, ends, status = (value.strip() for value in fields)
    if not unit:
        raise BadValue("unit", unit, "the unit is missing")
    if ward_code and ward_code not in wards:
        raise BadValue("ward_code", ward_code, "unknown ward code")
    status = status.casefold() or "free"
    if status not in STATUSES:
        raise BadValue("status", status, f"unknown; use one of {', '.join(STATUSES)}")
    label = _tactic_called(tactic)
    if tactic and not label:
        raise BadValue("tactic", tactic, f"no tactic of the list; use one of {', '.join(TACTICS)}")
    strength = extract.count("officers", officers)
    return Unit(unit, base, strength, ward_code, label, _moment("starts", starts), _moment("ends", ends), status)


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
