"""``tasking rank``: make a run and print it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from core.days import day_of, iso, uk
from core.harm import CITATION
from core.ranking import METHOD, ORDER, movement
from db import rankings
from db.rankings import Asked, Ranked, RunHead
from tui.cli.common import choice, existing, number, print_json, print_table, say, top_of


def run(
    path: Path | None,
    method: str,
    as_of: date,
    by: str,
    window: int,
    min_crimes: int,
    top: str,
    *,
    json: bool,
) -> None:
    """Rank, keep the run, print the top of it."""
    choice("--method", method, (METHOD,))
    choice("--by", by, ("reported", "committed"))
    limit = top_of(top)
    store = existing(path)
    asked = Asked(day_of(as_of), "committed" if by == "committed" else "reported", window, min_crimes, method)
    head = rankings.make_run(store, asked)
    entries = rankings.entries(store, head.id, limit)
    if json:
        print_json(as_json(head, entries))
        return
    first = not rankings.has_earlier_run(store, head)
    _print(head, entries, first=first)


def as_json(head: RunHead, entries: list[Ranked]) -> dict[str, Any]:
    """A run as the JSON that the README documents."""
    return {
        "method": head.method,
        "index": head.index,
        "edition": head.edition,
        "as_of": iso(head.as_of),
        "window_days": head.window,
        "pool": head.pool,
        "run": head.id,
        "by": head.by,
        "min_crimes": head.min_crimes,
        "people": head.people,
        "ranked": head.ranked,
        "historic": head.historic,
        "unweighted": head.unweighted,
        "order": ORDER,
        "entries": [_entry(entry) for entry in entries],
    }


def _entry(entry: Ranked) -> dict[str, Any]:
    largest = {
        "crime": entry.largest_crime,
        "offence": entry.largest_offence,
        "days": number(entry.largest_days),
    }
    return {
        "rank": entry.rank,
        "person": entry.person,
        "name": entry.name,
        "score": number(entry.score),
        "allegations": entry.allegations,
        "crimes": entry.crimes,
        "victims": entry.victims,
        "last_allegation": iso(entry.last_allegation),
        "largest": largest if entry.largest_crime is not None else None,
        "borough": entry.borough,
        "status": entry.status,
        "previous_rank": entry.previous_rank,
    }


def _print(head: RunHead, entries: list[Ranked], *, first: bool) -> None:
    rows = [
        (
            entry.rank,
            movement(entry.rank, entry.previous_rank, first=first),
            entry.person,
            entry.name,
            f"{entry.score:,g}",
            entry.crimes,
            entry.victims,
            f"{_days(entry.largest_days)} {entry.largest_offence or ''}",
            uk(entry.last_allegation),
            entry.borough,
            entry.status,
        )
        for entry in entries
    ]
    heads = ("rank", "move", "person", "name", "days", "crimes", "victims", "largest", "last", "borough", "status")
    print_table(heads, rows, right=(0, 1, 4, 5, 6))
    say(
        f"Run {head.id}: {head.method.upper()}, {head.edition}, {head.window} days to {uk(head.as_of)} by day "
        f"{head.by}, pool {head.pool}, at least {head.min_crimes} reports: "
        f"{head.ranked:,} ranked of {head.people:,} named suspects."
    )
    if head.historic:
        say(f"{head.historic:,} reports are historic: committed more than a year before they were reported.")
    for code, count in head.unweighted.items():
        say(f"No weight in {head.edition} for {code}: {count:,} reports score nothing.")
    say(CITATION)


def _days(days: float | None) -> str:
    return "no weight:" if days is None else f"{days:,g}"
