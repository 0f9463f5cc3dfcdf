"""Markers of the synthetic London: custody, OGRS, MAPPA, registered sex offenders, orders, breaches, wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from core.demo.chance import pick, spread, stream, uk_day
from core.markers import COLUMNS

MARKERS_HEADER = COLUMNS
_INSIDE = {"remand": "remand", "serving": "prison", "recalled": "recall"}
_ARMS = spread(("low", 45), ("medium", 35), ("high", 15), ("very high", 5))
_ORDERS = spread(("NMO", 30), ("RO", 25), ("DVPO", 12), ("SPO", 10), ("CBO", 10), ("SHPO", 8), ("TAG", 5))
_WANTED = ("034/01", "019/08", "008/01", "105/01", "028/01", "005/01")
_MAPPA = spread(("1/1", 60), ("1/2", 10), ("2/1", 15), ("2/2", 10), ("2/3", 2), ("3/2", 3))

Row = tuple[str, str, str, str, str, str]


def markers(people: Sequence[tuple[str, str]], as_of: date, seed: int = 1) -> Iterator[Row]:
    """Give markers of *people* (reference and status) as they stand on *as_of*. Fixed by *seed* and *as_of*.

    About one person in twelve has an OGRS, as IOM in London held 2,965 people (DOMAIN.md section 4); one in seventy is
    a registered sex offender, one in twenty-five has an order in force.
    """
    rng, today = stream(seed, "markers", as_of), as_of.toordinal()
    for ref, status in people:
        for kind, value, starts, ends, note in _of_one(rng, status, today):
            yield ref, kind, value, uk_day(starts), "" if ends is None else uk_day(ends), note


def _of_one(rng: Random, status: str, today: int) -> Iterator[tuple[str, str, int, int | None, str]]:
    chance = rng.random
    if status in _INSIDE:
        yield "custody", _INSIDE[status], today - 5 - int(chance() * 300), None, ""
    elif chance() < 0.02:
        began = today - 60 - int(chance() * 600)
        yield "custody", "prison", began, min(today - 1, began + 20 + int(chance() * 300)), ""
    if chance() < 1 / 12:
        yield "ogrs", str(10 + int(chance() * 88)), today - int(chance() * 500), None, ""
    if chance() < 1 / 70:
        yield from _registered(rng, today)
    if chance() < 1 / 25:
        yield from _order(rng, today)
    if status == "wanted":
        yield "wanted", pick(rng, _WANTED), today - int(chance() * 200), None, ""
    if chance() < 1 / 40:
        yield "mappa", pick(rng, _MAPPA), today - int(chance() * 700), None, ""


def _registered(rng: Random, today: int) -> Iterator[tuple[str, str, int, int | None, str]]:
    since = today - 400 - int(rng.random() * 3000)
    yield "rso", "registered", since, None, ""
    yield "arms", pick(rng, _ARMS), since + 30, None, ""


def _order(rng: Random, today: int) -> Iterator[tuple[str, str, int, int | None, str]]:
    kind, since = pick(rng, _ORDERS), today - int(rng.random() * 350)
    yield "order", kind, since, since + 28 + int(rng.random() * 700), ""
    if rng.random() < 0.15:
        day = since + int(rng.random() * (today - since + 1))
        followed = rng.random() < 0.7
        yield "breach", kind, day, min(today, day + 3) if followed else None, "arrested" if followed else ""
