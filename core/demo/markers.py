"""Markers of the synthetic London: custody, OGRS, MAPPA, registered sex offenders, orders, breaches, wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from core.demo.chance import pick, spread, stream, uk_day
from core.demo.orders import GROWN, Bound, Fact, Stay, an_order, prevention_order, years_on
from core.markers import COLUMNS

MARKERS_HEADER = COLUMNS
_INSIDE = {"remand": "remand", "serving": "prison", "recalled": "recall"}
_LONGEST = {"remand": 180, "prison": 300, "recall": 50}  # a recall is mostly of 56 days (DOMAIN2.md section 3)
_QUIET = 400  # days without anything done, by the reports: what is reported of it lies over a year back, too
_SHORTEST = 7  # days; what is left of a stay that something done outside cuts short
_YEAR = 365
_ABOVE_LOW = spread(("medium", 60), ("high", 30), ("very high", 10))
LIVED = 22
"""Days before the day itself through which the demo lives: custody that has ended had ended before them."""
# Nearly all of MAPPA is level 1; category 1 is three quarters of it, category 3 a handful (DOMAIN2.md section 4).
_LEVELS = spread(("1", 970), ("2", 27), ("3", 3))
_OTHERS = spread(("2", 99), ("3", 1))
_REGISTERED, _SECOND = 1 / 60, 1 / 170
_LONG_LOW = 0.06
_TELLS_END = ("order", "rso", "mappa")
_TERMS = (10, 0, 7, 0, 10, 5, 0, 7, 0, 10, 2, 0, 10, 5, 0, 7, 0, 10, 0, 7)
"""Years of registration by which a registration is drawn, 0 for one without end (DOMAIN2.md section 3)."""

Row = tuple[str, str, str, str, str, str]
INSIDE = frozenset(_INSIDE)


class Marked(NamedTuple):
    """Someone who may have markers: reference, status, and two ordinals, 0 where nothing is known.

    They are the birthday, and the latest day on which a report says that the person did something. wanted_for: the
    Home Office code of the gravest report that names them, empty where none does; since: the day it was made. deeds:
    first and last day of everything that reports say they did.
    """

    ref: str
    status: str
    born: int = 0
    busy: int = 0
    wanted_for: str = ""
    since: int = 0
    deeds: Sequence[Stay] = ()


class Stated(NamedTuple):
    """A marker of a person, by their reference; ordinals of its first and last day."""

    ref: str
    kind: str
    value: str
    starts: int
    ends: int | None
    note: str

    def known_on(self, day: int) -> Stated | None:
        """The marker as known on a day, None before it began: orders and registration tell their end at once."""
        if self.starts > day:
            return None
        open_ = self.kind not in _TELLS_END and self.ends is not None and self.ends > day
        return self._replace(ends=None, note="") if open_ else self

    def row(self) -> Row:
        """The marker as a row of an extract."""
        return (
            self.ref,
            self.kind,
            self.value,
            uk_day(self.starts),
            "" if self.ends is None else uk_day(self.ends),
            self.note,
        )


def stated(people: Sequence[Marked], as_of: date, seed: int = 1) -> Iterator[Stated]:
    """Give markers of *people* as they stand on *as_of*. Fixed by *seed* and *as_of*.

    About one person in twelve has an OGRS, as IOM in London held 2,965 people (DOMAIN.md section 4); one in sixty is
    a registered sex offender, and those and no others are in MAPPA category 1; one in twenty-five has or had an order.
    """
    rng, today = stream(seed, "markers", as_of), as_of.toordinal()
    for person in people:
        for fact in _of_one(rng, person, today):
            yield Stated(person.ref, *fact)


def _of_one(rng: Random, person: Marked, today: int) -> Iterator[Fact]:
    chance = rng.random
    custody = _custody(rng, person, today)
    yield from custody
    stays = tuple((starts, ends or today) for _, _, starts, ends, _ in custody)
    of = Bound(person.status, person.born, stays)
    if chance() < 1 / 12:
        yield "ogrs", str(10 + int(chance() * 88)), today - int(chance() * 500), None, ""
    if chance() < _REGISTERED and not of.child_on(today - _YEAR):
        yield from _registered(rng, person, of, today)
    elif chance() < _SECOND and not of.child_on(today):
        yield "mappa", f"{pick(rng, _OTHERS)}/{pick(rng, _LEVELS)}", today - int(chance() * 700), None, ""
    if chance() < 1 / 25:
        yield from an_order(rng, today, of)
    if person.status == "wanted" and person.wanted_for:
        freed = max((ended + 1 for _, ended in stays), default=0)
        since = max(person.busy, person.since, freed, today - int(chance() * 200))
        yield "wanted", person.wanted_for, since, None, ""


def _custody(rng: Random, person: Marked, today: int) -> tuple[Fact, ...]:
    """Custody of today, which begins after whatever the person did last; of some others, custody that has ended.

    Nothing that a report says they did falls into it. Whoever was under 18 when it began was in youth detention.
    """
    chance = rng.random()
    stay: Stay | None = None
    kind, ends = "prison", True
    if person.status in _INSIDE:
        kind, ends = _INSIDE[person.status], False
        stay = max(today - 1 - int(chance * _LONGEST[kind]), min(person.busy + 1, today)), today
    elif chance < 0.02:
        began = today - 60 - int(rng.random() * 600)
        stay = _between(began, min(today - LIVED, began + 20 + int(rng.random() * 300)), person.deeds)
    if stay is None:
        return ()
    value = "youth detention" if stay[0] < years_on(person.born, GROWN) else kind
    return (("custody", value, stay[0], stay[1] if ends else None, ""),)


def _between(began: int, ended: int, deeds: Sequence[Stay]) -> Stay | None:
    """As much of a stay as no deed falls into; None where too little is left."""
    for first, last in sorted(deeds):
        if last < began:
            continue
        if first > began:
            ended = min(ended, first - 1)
            break
        began = last + 1
    return (began, ended) if ended - began >= _SHORTEST else None


def _registered(rng: Random, person: Marked, of: Bound, today: int) -> Iterator[Fact]:
    """Registration with its MAPPA category 1, its assessments, and often the SHPO that a court made with it."""
    chance = rng.random
    since = max(today - 300 - int(chance() * 3200), years_on(of.born, GROWN))
    until = _registered_until(person, since, today)
    yield "rso", "registered", since, until, ""
    yield "mappa", f"1/{pick(rng, _LEVELS)}", since, until, ""
    assessed = tuple(_assessed(rng, since, today))
    yield from _long_low(since) if _fit(person, since, today) else assessed
    if chance() < 0.4:
        yield from prevention_order(rng, since, today, of)


def _registered_until(person: Marked, since: int, today: int) -> int | None:
    """The last day of a registration that has not run out, None where it has no end.

    A term that would have run out by the day gives way to the next longer one. All are grown, so none is halved.
    """
    years = _TERMS[int(person.ref[-3:-1]) % len(_TERMS)]
    ends = [years_on(since, term) - 1 for term in (2, 5, 7, 10) if term >= years > 0]
    return next((last for last in ends if last > today), None)


def _fit(person: Marked, since: int, today: int) -> bool:
    """Whether someone is low for years: every second of those registered long ago who have been quiet of late."""
    quiet = 0 < person.busy < today - _QUIET and person.status not in _INSIDE
    return quiet and since < today - 4 * _YEAR and int(person.ref[-1]) % 2 == 0


def _long_low(since: int) -> tuple[Fact, ...]:
    return ("arms", "medium", since + 30, None, ""), ("arms", "low", since + 180, None, "")


def _assessed(rng: Random, since: int, today: int) -> Iterator[Fact]:
    """ARMS: above low at first; of some low for years by now, so that about one in fifty may be managed reactively."""
    chance = rng.random
    first = min(since + 30, today)
    yield "arms", pick(rng, _ABOVE_LOW), first, None, ""
    if today - first > 4 * _YEAR and chance() < _LONG_LOW:
        yield "arms", "low", first + 150, None, ""
    elif chance() < 0.6:
        again = max(today - 20 - int(chance() * 2 * _YEAR), first + 1)
        if again <= today:
            yield "arms", "low" if chance() < 0.6 else pick(rng, _ABOVE_LOW), again, None, ""
