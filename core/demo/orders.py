"""Orders on people of the synthetic London, each for as long as its law allows.

Terms: DOMAIN2.md section 3. A DVPO lasts 14 to 28 days; an SPO two years or more; an SHPO five or more; a CBO two or
more for an adult, one to three under 18; an NMO usually 6 to 12 months. SPO, SHPO, CBO, NMO and RO may also last until
further order. How often each is drawn is the demo's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from core.demo.chance import pick, spread

Fact = tuple[str, str, int, int | None, str]
"""A marker's kind and value, the ordinals of its first and last day, and a note."""


class Term(NamedTuple):
    """How long an order lasts: days or whole years, drawn from, and how often it has no end."""

    days: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    endless: float = 0.0


TERMS = {
    "DVPO": Term(days=(15, 21, 28, 28)),
    "SPO": Term(years=(2, 2, 3, 5), endless=0.2),
    "SHPO": Term(years=(5, 5, 7, 10), endless=0.2),
    "CBO": Term(years=(2, 2, 3, 5), endless=0.1),
    "NMO": Term(days=(183, 273, 365, 365), endless=0.1),
    "RO": Term(years=(1, 2, 3, 5), endless=0.2),
    "TAG": Term(days=(90, 120, 180, 270)),
}
YOUTH_CBO = Term(years=(1, 2, 3))
_ADULTS = spread(("NMO", 32), ("RO", 27), ("DVPO", 13), ("SPO", 11), ("CBO", 11), ("TAG", 6))
_CHILDREN = spread(("NMO", 3), ("RO", 3), ("CBO", 5), ("TAG", 4))
_FOLLOWED = ("arrested, put before the court", "looked into, no breach made out", "warned in writing by the court")
"""What was done about a breach, of whoever it was."""
_BY_STATUS = {
    "bail": "arrested, bailed to return",
    "remand": "arrested and charged",
    "serving": "arrested and charged",
    "recalled": "arrested, licence office told",
}
"""What may have been done, too, of someone who stands so."""
_LATE = 1.15  # of every 115 orders 15 have run out by the day
GROWN = 18

Stay = tuple[int, int]
"""A time in custody: ordinals of its first and last day."""


class Bound(NamedTuple):
    """Someone as their orders go by: the status, the birthday as an ordinal, and the times in custody."""

    status: str
    born: int
    stays: tuple[Stay, ...] = ()

    def child_on(self, day: int) -> bool:
        """Whether they are under 18 on a day."""
        return day < years_on(self.born, GROWN)

    def inside(self, first: int, last: int) -> bool:
        """Whether they are in custody on any day from *first* to *last*."""
        return any(began <= last and ended >= first for began, ended in self.stays)


def an_order(rng: Random, today: int, of: Bound) -> Iterator[Fact]:
    """Give an order that someone has or had, and at times its breach.

    A term goes by the age on the day that the court made it. Nobody is given a DVPO before 18 or a tag in custody.
    """
    child = of.child_on(today)
    kind = pick(rng, _CHILDREN if child else _ADULTS)
    reach = _length(YOUTH_CBO if child and kind == "CBO" else TERMS[kind])
    since = today - int(rng.random() * _LATE * reach)
    if kind == "DVPO":
        since = max(since, years_on(of.born, GROWN))
    term = YOUTH_CBO if kind == "CBO" and of.child_on(since) else TERMS[kind]
    yield from _made(rng, kind, term, since, today, of)


def prevention_order(rng: Random, since: int, today: int, of: Bound) -> Iterator[Fact]:
    """Give the SHPO that a court made with a registration *since* that day, unless its law had ended it by now."""
    yield from _made(rng, "SHPO", TERMS["SHPO"], since, today, of)


def _length(term: Term) -> int:
    return min((*term.days, *(365 * years for years in term.years)))


def _made(rng: Random, kind: str, term: Term, since: int, today: int, of: Bound) -> Iterator[Fact]:
    endless = rng.random() < term.endless
    ends = since + pick(rng, term.days) - 1 if term.days else years_on(since, pick(rng, term.years))
    last = None if endless else ends
    if kind == "TAG" and of.inside(since, ends):
        return
    yield "order", kind, since, last, ""
    if rng.random() < 0.12:
        until = today if last is None else min(last, today)
        day = since + int(rng.random() * (until - since + 1))
        followed = rng.random() < (0.6 if today - day < 14 else 0.97)
        note = pick(rng, (*_FOLLOWED, _BY_STATUS.get(of.status, _FOLLOWED[0])))
        seen = min(today, day + int(rng.random() * 4)) if followed else None
        if not of.inside(day, day):
            yield "breach", kind, day, seen, note if followed else ""


def years_on(day: int, years: int) -> int:
    """The ordinal of the same day some years later; of 29 February the 1 March where there is none."""
    start = date.fromordinal(day)
    try:
        return start.replace(year=start.year + years).toordinal()
    except ValueError:
        return date(start.year + years, 3, 1).toordinal()
