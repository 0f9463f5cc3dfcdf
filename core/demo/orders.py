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
_FOLLOWED = (
    "arrested and charged",
    "arrested, bailed to return",
    "arrested, put before the court",
    "victim seen, no breach made out",
    "wanted for it, circulated",
)
_LATE = 1.15  # of every 115 orders 15 have run out by the day


def an_order(rng: Random, today: int, *, child: bool) -> Iterator[Fact]:
    """Give an order that someone has or had, and at times its breach."""
    kind = pick(rng, _CHILDREN if child else _ADULTS)
    term = YOUTH_CBO if child and kind == "CBO" else TERMS[kind]
    yield from _made(rng, kind, term, today - int(rng.random() * _LATE * _length(term)), today)


def prevention_order(rng: Random, since: int, today: int) -> Iterator[Fact]:
    """Give the SHPO that a court made with a registration *since* that day, unless its law had ended it by now."""
    yield from _made(rng, "SHPO", TERMS["SHPO"], since, today)


def _length(term: Term) -> int:
    return min((*term.days, *(365 * years for years in term.years)))


def _made(rng: Random, kind: str, term: Term, since: int, today: int) -> Iterator[Fact]:
    endless = rng.random() < term.endless
    ends = since + pick(rng, term.days) - 1 if term.days else _years_on(since, pick(rng, term.years))
    last = None if endless else ends
    yield "order", kind, since, last, ""
    if rng.random() < 0.12:
        until = today if last is None else min(last, today)
        day = since + int(rng.random() * (until - since + 1))
        followed = rng.random() < (0.6 if today - day < 14 else 0.97)
        note = pick(rng, _FOLLOWED)
        yield (
            "breach",
            kind,
            day,
            min(today, day + int(rng.random() * 4)) if followed else None,
            note if followed else "",
        )


def _years_on(day: int, years: int) -> int:
    """The ordinal of the same day some years later; of 29 February the 1 March where there is none."""
    start = date.fromordinal(day)
    try:
        return start.replace(year=start.year + years).toordinal()
    except ValueError:
        return date(start.year + years, 3, 1).toordinal()
