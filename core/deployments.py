"""Violent Crime Task Force units: strength, base, where they are sent and until when.

Source: DOMAIN.md section 6 (four bases, 272 officers from September 2018, tactics as listed there).
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import datetime
from typing import NamedTuple

from core import extract
from core.days import LONDON, stamp
from core.extract import BadValue

COLUMNS = ("unit", "base", "officers", "ward_code", "tactic", "starts", "ends", "status")
STATUSES = ("free", "deployed", "stood down")
TACTICS = (
    "high-visibility patrol",
    "intelligence-led stop and search",
    "weapon sweep",
    "warrant",
    "manhunt",
    "knife arch",
    "ANPR",
    "plain-clothes patrol",
    "habitual knife carrier enquiries",
    "joint operation",
    "convoy",
)
"""Tactics to choose from; a convoy is named in the source without a definition, so it is a label only."""


DEPLOYED = "deployed"


def is_out(status: str, ends: str | None, now: str) -> bool:
    """Whether a unit is out at a moment: deployed, and not over by the clock. Moments are stored ones, in UTC."""
    return status == DEPLOYED and (ends is None or ends > now)


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
    strength = extract.count("officers", officers)
    return Unit(unit, base, strength, ward_code, tactic, _moment("starts", starts), _moment("ends", ends), status)


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
