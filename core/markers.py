"""Markers: dated facts about a person that no crime report carries, such as custody, OGRS, MAPPA, orders, wanted.

One row of an extract is one marker: who, which marker, its value, from when and until when. Cohort rules read them as
they stand on a day (DOMAIN.md section 4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from core.editions import home_office_code
from core.extract import BadValue, day, optional_day, reference
from core.text import plain

COLUMNS = ("person_ref", "marker", "value", "starts", "ends", "note")
_ORDERS = ("DVPN", "DVPO", "DAPO", "SPO", "SHPO", "SRO", "NMO", "RO", "CBO", "TAG")


@dataclass(frozen=True)
class MarkerKind:
    """A kind of marker: its key in an extract, what it says of a person, and the values it may have.

    ``values`` is empty where the value is a figure, a code or words.
    """

    key: str
    says: str
    values: tuple[str, ...] = ()


KINDS: Mapping[str, MarkerKind] = {
    kind.key: kind
    for kind in (
        MarkerKind("custody", "In custody.", ("prison", "remand", "recall", "youth detention")),
        MarkerKind("ogrs", "The OGRS score, in per cent."),
        MarkerKind("mappa", "Managed under MAPPA: category and level, as 1/2."),
        MarkerKind("rso", "A registered sex offender.", ("registered",)),
        MarkerKind("arms", "The ARMS level of risk.", ("low", "medium", "high", "very high")),
        MarkerKind("order", "A civil or court order is in force.", _ORDERS),
        MarkerKind("breach", "An order was breached.", _ORDERS),
        MarkerKind("wanted", "Wanted, for a Home Office code or in words."),
        MarkerKind("victim", "Also a victim.", ("yes",)),
    )
}
"""Every kind of marker by its key."""

_OGRS = re.compile(r"([0-9]{1,3})(?:\.0+|,0{1,2})?\s*%?")
_MAPPA = re.compile(r"([1-4])\s*/\s*([1-3])")
_LAST_DAY = date.max.toordinal()


@dataclass(frozen=True)
class Marker:
    """One dated fact. ``starts`` and ``ends`` are day numbers, both included; ``ends`` is None while it lasts.

    For a breach ``starts`` is the day of the breach, ``ends`` the day it was followed up, ``note`` what was done.
    """

    kind: str
    value: str
    starts: int
    ends: int | None
    note: str = ""
    file: str = ""
    line: int = 0

    def holds(self, day: int) -> bool:
        """Whether it is in force on a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def overlaps(self, first: int, last: int) -> bool:
        """Whether it was in force on any day from *first* to *last*, both included."""
        return self.starts <= last and (self.ends is None or self.ends >= first)


class Checked(NamedTuple):
    """One row of an extract that can be taken. ``starts`` and ``ends`` are day numbers."""

    person_ref: str
    kind: str
    value: str
    starts: int
    ends: int | None
    note: str


def checked(fields: Sequence[str], today: int) -> Checked:
    """Check one row: its values in the order of :data:`COLUMNS`, and the latest day that it may start on.

    ``ends`` may lie in the future, as the expiry of an order does. Raises BadValue for the first value that keeps
    the row out.
    """
    person_ref, marker, value, starts, ends, note = (field.strip() for field in fields)
    if not reference(person_ref):
        raise BadValue("person_ref", person_ref, "the reference of the person is missing")
    kind = _words(marker)
    if kind not in KINDS:
        raise BadValue("marker", marker, f"unknown marker; use one of: {', '.join(KINDS)}")
    stored = _value(kind, value)
    first, last = day("starts", starts, today), optional_day("ends", ends, _LAST_DAY)
    if last is not None and last < first:
        raise BadValue("ends", ends, "it ends before it starts")
    return Checked(person_ref, kind, stored, first, last, note)


def _value(kind: str, value: str) -> str:
    """The value of a marker as it is stored: as :data:`KINDS` writes it, digits, ``category/level``, code or words."""
    if allowed := KINDS[kind].values:
        known = {word.casefold(): word for word in allowed}
        if _words(value) not in known:
            raise BadValue("value", value, f"no value of '{kind}'; use one of: {', '.join(allowed)}")
        return known[_words(value)]
    if kind == "ogrs":
        score = _OGRS.fullmatch(value)
        if score is None or int(score[1]) > 100:
            raise BadValue("value", value, "no OGRS score; write 0 to 100, as in 78 or 78%")
        return str(int(score[1]))
    if kind == "mappa":
        managed = _MAPPA.fullmatch(value)
        if managed is None:
            raise BadValue("value", value, "no category (1 to 4) and level (1 to 3); write them as in 1/2")
        return f"{managed[1]}/{managed[2]}"
    if not value:
        raise BadValue("value", value, "what the person is wanted for is missing; write a Home Office code or words")
    return home_office_code(plain(" ".join(value.split())))


def _words(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())
