"""What counted in spans before, by the rule of a night: what is usual is said from it.

The spans that are like a night lie on some forty days, the same ones for every scope that meets of a morning. So what
counts is kept in memory by day, and each day is read once until a file comes in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from core.incidents import HOMICIDE, ROBBERY, SERIOUS_ASSAULT, SERIOUS_SEXUAL
from core.nights import Night, minute_of
from core.particulars import UNKNOWN
from core.scope import Scope
from db.incident_rows import Counted, held_days, last_reports, reported_on, told_on
from db.store import Store
from db.store.batches import batches_version

_VICTIM = "\x1f"
"""Stands between the reference of a homicide and that of a victim: each is counted."""
_OF_REPORTS = frozenset((SERIOUS_ASSAULT, SERIOUS_SEXUAL, ROBBERY))
"""Kinds that a log of incidents seldom has: where none ever told of one, crime reports alone do."""
_HELD = 64
"""Days that are held in memory; a span of a month is like so many that they are read anew each time."""


class Day(NamedTuple):
    """What was reported on a day and counts, and what files told of it. held: whether any report was made on it."""

    held: bool
    reports: Sequence[Counted]
    told: Sequence[Counted]


def days_counted(store: Store, numbers: Collection[int]) -> Mapping[int, Day]:
    """Some days by their numbers; others that are in memory come with them."""
    if len(numbers) > _HELD:
        return _read(store, sorted(numbers))
    known: dict[int, Day] = store.remember("counted days", batches_version(store), dict)
    if new := sorted(set(numbers) - known.keys()):
        if len(known) + len(new) > _HELD:
            known.clear()
            new = sorted(numbers)
        known |= _read(store, new)
    return known


def _read(store: Store, numbers: Sequence[int]) -> dict[int, Day]:
    held = held_days(store, numbers)
    reports, told = reported_on(store, numbers), told_on(store, numbers)
    return {day: Day(day in held, reports.get(day, ()), told.get(day, ())) for day in numbers}


def like_refs(
    known: Mapping[int, Day], night: Night, scope: Scope, *, detailed: bool | None
) -> dict[str, set[str]] | None:
    """What counted in a span before, by the same rule: happened in it, and was known by its end. None where not held.

    Gives the references by kind, of homicides one for each victim (:func:`report_of`). known: its days, as
    :func:`days_counted` gives them. detailed: whether reports of the span it is compared with tell of weapon and
    injury; one whose own do not, or do where those do not, is not like it. None where it has no report: any is like it
    then.
    """
    days = [known[day] for day in night.days]
    if not any(day.held for day in days):
        return None
    reports = _within([row for day in days for row in day.reports], night, scope)
    if detailed is not None and reports and any(row.detailed for row in reports) != detailed:
        return None
    refs: dict[str, set[str]] = defaultdict(set)
    for row in reports:
        for kind in row.counts:
            refs[kind].add(f"{row.ref}{_VICTIM}{row.victim}" if kind == HOMICIDE else row.ref)
    for row in _within([row for day in days for row in day.told], night, scope):
        for kind in row.counts:
            refs[kind].add(row.ref)
    return refs


def report_of(counted: str) -> str:
    """The reference of the report or incident of what :func:`like_refs` gives."""
    return counted.partition(_VICTIM)[0]


def _within(rows: Sequence[Counted], night: Night, scope: Scope) -> list[Counted]:
    days, minutes = night.days, night.minutes
    return [
        row
        for row in rows
        if (row.day in days if row.minute == UNKNOWN else minute_of(row.day, row.minute) in minutes)
        and scope.holds(row.place)
    ]


def untold_kinds(store: Store, since: datetime) -> frozenset[str]:
    """The kinds that crime reports alone tell of, where the last file of those came in before a span began."""
    last = last_reports(store)
    if last is None or last > since:
        return frozenset()
    return _OF_REPORTS - {row["kind"] for row in store.read.rows("SELECT DISTINCT kind FROM incident")}
