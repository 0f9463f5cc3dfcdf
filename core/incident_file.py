"""The profile ``incidents``: what happened and is not, or not yet, a crime report; and the check of every value.

Source: DOMAIN2.md section 1 (working categories and fields of the daily violence picture).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from core.days import LONDON, UTC, date_and_clock
from core.extract import INJURIES, SUSPECT_STATES, BadValue, day, known_ward, reference
from core.figures import is_unknown
from core.incidents import KINDS
from core.nights import moment
from core.particulars import UNKNOWN, age_in_years, minute, word

COLUMNS = ("ref", "kind", "at", "ward_code")
OPTIONAL = ("victim_age", "injury", "suspect_state", "owner", "note")
WORDS = {"kind": (*KINDS,), "injury": INJURIES, "suspect_state": SUSPECT_STATES}
"""The columns that only a few words can fill, with these words."""


class Told(NamedTuple):
    """One incident as a file has it. ``day`` is a day number, ``minute`` that of the day, -1 where it is not told."""

    ref: str
    kind: str
    day: int
    minute: int
    ward_code: str
    victim_age: int
    injury: str
    suspect_state: str
    owner: str
    note: str


def checked(fields: Sequence[str], today: int, latest: int, wards: Collection[str]) -> Told:
    """Check one row: its values in the order of the columns, optional ones last.

    fields: a time of ``at`` by the 24 hours of London. today, latest: the latest day, and minute of it, that an
    incident can be of. wards: the codes that are known; an incident may be without a place. Raises BadValue.
    """
    ref, kind, at, ward_code, age, injury, state, owner, note = (" ".join(field.split()) for field in fields)
    if not reference(ref):
        raise BadValue("ref", ref, "the reference of the incident is missing")
    named = word("kind", kind, (*KINDS,))
    if not named:
        raise BadValue("kind", kind, f"what happened is missing; use one of: {', '.join(KINDS)}")
    ward = known_ward(ward_code, wards, needed=False)
    happened, hour = _moment(at, today)
    if happened == today and hour > latest:
        raise BadValue("at", at, "the hour lies in the future")
    return Told(
        ref,
        named,
        happened,
        hour,
        ward,
        age_in_years("victim_age", age),
        word("injury", injury, INJURIES),
        word("suspect_state", state, SUSPECT_STATES),
        "" if is_unknown(owner) else owner,
        note,
    )


def _moment(text: str, today: int) -> tuple[int, int]:
    """The day and the minute of it; -1 for a day without a time. Raises BadValue for an hour that the clocks skip."""
    found = day("at", text, today)
    parts = date_and_clock(text)
    if parts is None:
        return found, UNKNOWN
    of_day = minute("at", parts[1])
    there = moment(found, of_day)
    if there.astimezone(UTC).astimezone(LONDON) != there:
        raise BadValue("at", text, "the clocks go forward over this hour, so there is no such time")
    return found, of_day
