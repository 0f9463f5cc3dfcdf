"""Stops and searches as they stand, or as they stood on a day: of two files of a force's month the later holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core import stops
from core.coordinates import unreadable
from core.days import at_clock, london, stamp, uk
from core.errors import NotFound, Problem
from core.not_counted import NotCounted
from core.stops import NOT_KNOWN, By, Tally
from db import kept_out
from db.stop_boroughs import boroughs_of
from db.store import Store
from db.store.engine import Row

ALWAYS = "9999"
"""After every moment that a batch can have been imported at."""
_EDITIONS = (
    "SELECT e.id, e.batch_id, e.force, e.month, b.imported_at FROM stop_edition e JOIN batch b ON b.id = e.batch_id "
    "WHERE b.withdrawn = :no AND b.imported_at < :until ORDER BY e.id"
)
_WITHIN = " FROM stop WHERE edition_id IN (SELECT value FROM json_each(:editions)) AND day BETWEEN :first AND :last"
_OF_KEY: Mapping[By, str] = {
    "day": "day",
    "self-defined": "self_defined",
    "officer-defined": "officer_defined",
    "outcome": "outcome",
    "object": "object",
}
_EVERY_COLUMN = ", ".join(name for name in stops.Stop._fields if name != "day")


@dataclass(frozen=True)
class Held:
    """The days of which the store has the stops of a force (day numbers, both included)."""

    force: str
    first: int
    last: int


@dataclass(frozen=True)
class Entry:
    """Stops under one key. known: False of a day that no file is of and no stop: its noughts say nothing."""

    key: str
    tally: Tally
    known: bool = True


@dataclass(frozen=True)
class Stops:
    """Stops from a day to another (day numbers, both included).

    by: what their keys are; days in order, other keys by how many stops they have. duplicates: further copies of rows
    that are the same in every column; they are counted. without_place: stops without coordinates. not_read: stops with
    coordinates that are no number or lie outside Great Britain. held: which days the store has of each force, whatever
    was asked for. not_held: days asked for that no file is of (day numbers, in order). spilled: those of them that
    stops of another month's file are of, as its last hour in UTC is. not_counted: the rows in quarantine of the files
    that these days are of.
    """

    first: int
    last: int
    by: By
    entries: tuple[Entry, ...]
    total: Tally
    duplicates: int
    without_place: int
    not_read: int
    held: tuple[Held, ...]
    not_held: tuple[int, ...]
    spilled: frozenset[int]
    not_counted: tuple[NotCounted, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """Some days of the editions that hold, as a statement asks for them; until: the moment to look from."""

    store: Store
    editions: str
    first: int
    last: int
    until: str

    def rows(self, columns: str, ending: str = "", before: str = "", after: str = "") -> list[Row]:
        """Rows of the stops of these days; before, after: what stands about the statement."""
        query = f"{before}SELECT {columns}{_WITHIN} {ending}{after}"
        return self.store.read.rows(query, editions=self.editions, first=self.first, last=self.last)

    def number(self, what: str, also: str = "") -> int:
        """One number of the stops of these days."""
        return int(self.rows(what, also)[0][0])

    def distinct(self) -> int:
        """How many of them differ in any column as it was written."""
        return int(self.rows(f"DISTINCT {_EVERY_COLUMN}", before="SELECT COUNT(*) FROM (", after=")")[0][0])


def counted(store: Store, first: int, last: int, by: By, as_of: date | None = None) -> Stops:
    """The stops of some days by one of their columns.

    as_of: count only what had been imported by the end of this day; everything in the store if None. Raises Problem
    where the days are the wrong way round, NotFound where the store holds none of them.
    """
    if first > last:
        raise Problem(f"--from {uk(first)} is after --to {uk(last)}. Swap them.")
    until = ALWAYS if as_of is None else stamp(at_clock(as_of + timedelta(days=1), 0))
    editions, held, of_months = _editions(store, until)
    asked = _Asked(store, f"[{','.join(map(str, editions))}]", first, last, until)
    known = _known(held, first, last)
    if not known and not asked.number("COUNT(*)"):
        raise NotFound(_nothing(held, first, last, as_of))
    found = stops.tallied(_rows(asked, by))
    unplaced = asked.rows("latitude, longitude, COUNT(*) AS stops", "AND placed = 0 GROUP BY latitude, longitude")
    not_read = sum(row["stops"] for row in unplaced if unreadable(row["latitude"], row["longitude"]))
    return Stops(
        first=first,
        last=last,
        by=by,
        entries=_by_day(found, known, first, last) if by == "day" else _by_number(found),
        total=Tally(*(sum(column) for column in zip(*found.values(), strict=True))) if found else Tally(0, 0, 0),
        duplicates=asked.number("COUNT(*)") - asked.distinct(),
        without_place=sum(row["stops"] for row in unplaced) - not_read,
        not_read=not_read,
        held=held,
        not_held=tuple(day for day in range(first, last + 1) if day not in known),
        spilled=frozenset(row["day"] for row in asked.rows("DISTINCT day")) - known,
        not_counted=kept_out.of_batches(store, _batches(store, of_months, first, last, every=as_of is None)),
    )


def _batches(store: Store, of_months: Mapping[str, set[int]], first: int, last: int, *, every: bool) -> set[int]:
    """The batches that some days are counted from; every: with those of which no row, of whatever day, was taken."""
    found = kept_out.without_rows(store, "stop-and-search", "stop_edition") if every else set()
    for month, batches in of_months.items():
        starts, ends = stops.days_of(month)
        if starts <= last and first <= ends:
            found |= batches
    return found


def _editions(store: Store, until: str) -> tuple[list[int], tuple[Held, ...], dict[str, set[int]]]:
    """The editions that held at a moment, the days of each force that they are of, months in a row as one, and the
    batches of each month."""
    latest = {}
    for row in store.read.rows(_EDITIONS, no=False, until=until):
        latest[row["force"], row["month"]] = row["id"], london(row["imported_at"]).toordinal(), row["batch_id"]
    batches: dict[str, set[int]] = {}
    for (_, month), (_, _, batch) in latest.items():
        batches.setdefault(month, set()).add(batch)
    held: list[Held] = []
    for (force, month), (_, imported_on, _) in sorted(latest.items()):
        first, last = stops.days_of(month)
        last = min(last, imported_on)
        if held and held[-1].force == force and held[-1].last == first - 1:
            held[-1] = Held(force, held[-1].first, last)
        else:
            held.append(Held(force, first, last))
    return [edition for edition, _, _ in latest.values()], tuple(held), batches


def _known(held: Iterable[Held], first: int, last: int) -> set[int]:
    """The days asked for that some file is of."""
    return {day for one in held for day in range(max(first, one.first), min(last, one.last) + 1)}


def _rows(asked: _Asked, by: By) -> list[tuple[str, str, int]]:
    """Key, outcome as written, and how many stops have both."""
    if by != "borough":
        column = _OF_KEY[by]
        rows = asked.rows(f"{column} AS key, outcome, COUNT(*) AS stops", f"GROUP BY {column}, outcome")
        return [(str(row["key"]), row["outcome"], row["stops"]) for row in rows]
    columns = "latitude, longitude, outcome"
    rows = asked.rows(f"{columns}, COUNT(*) AS stops", f"GROUP BY {columns}")
    at = boroughs_of(asked.store, {(row["latitude"], row["longitude"]) for row in rows}, asked.until)
    return [(at.get((row["latitude"], row["longitude"]), NOT_KNOWN), row["outcome"], row["stops"]) for row in rows]


def _by_day(found: Mapping[str, Tally], known: set[int], first: int, last: int) -> tuple[Entry, ...]:
    """An entry for every day; of a day that no file is of the file of the month beside it may tell a last hour."""
    return tuple(
        Entry(
            date.fromordinal(day).isoformat(),
            found.get(str(day), Tally(0, 0, 0)),
            known=day in known or str(day) in found,
        )
        for day in range(first, last + 1)
    )


def _by_number(found: Mapping[str, Tally]) -> tuple[Entry, ...]:
    return tuple(Entry(key, found[key]) for key in sorted(found, key=lambda key: (-found[key].stops, key)))


def _nothing(held: Sequence[Held], first: int, last: int, as_of: date | None) -> str:
    then = "" if as_of is None else f" as it was on {as_of:%d/%m/%Y}"
    none = f"The store{then} holds no stops and searches from {uk(first)} to {uk(last)}"
    if not held:
        return f"{none}, nor of any other day. Take a file of data.police.uk in: tasking import FILE."
    first, last = min(one.first for one in held), max(one.last for one in held)
    return f"{none}; what it holds is from {uk(first)} to {uk(last)}. Name other days, or import the months."
