"""``tasking rank``: make a run and print it; or set two methods side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.days import iso, uk
from core.editions import built_in
from core.ranking import ORDER, movement
from core.text import counted
from db import memberships, rankings
from db.rankings import Ranked, RunHead
from db.runs import make_run
from db.store import Store
from tui.cli.asking import ranking_asked
from tui.cli.common import existing, number, print_json, print_table, say, top_of
from tui.cli.options import RankingOptions


def run(path: Path | None, options: RankingOptions, top: str, *, json: bool) -> None:
    """Rank, keep the run, print the top of it."""
    limit = top_of(top)
    asked = ranking_asked(options)
    with existing(path) as store:
        head = make_run(store, asked)
        entries = rankings.entries(store, head.id, limit)
        badges = memberships.badges(store)
        if json:
            print_json(as_json(head, entries, badges))
            return
        _print(store, head, entries, badges)


def as_json(head: RunHead, entries: list[Ranked], badges: dict[str, list[str]]) -> dict[str, Any]:
    """A run as the JSON that docs/commands.md documents."""
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
        "unit": head.how.unit,
        "split": head.split,
        "bands": head.bands.name if head.how.measures else None,
        "statuses": list(head.statuses),
        "source": head.how.source,
        "people": head.people,
        "ranked": head.ranked,
        "historic": head.historic,
        "unweighted": head.unweighted,
        "order": ORDER,
        "entries": [_entry(head, entry, badges.get(entry.person, [])) for entry in entries],
    }


def parts_json(head: RunHead, entry: Ranked) -> list[dict[str, Any]]:
    """What a score is made of."""
    return [
        {"measure": part.measure, "value": number(part.value), "adds": number(part.adds)} for part in head.parts(entry)
    ]


def _entry(head: RunHead, entry: Ranked, badges: list[str]) -> dict[str, Any]:
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
        "parts": parts_json(head, entry),
        "harm_days": number(entry.harm),
        "allegations": entry.allegations,
        "crimes": entry.crimes,
        "victims": entry.victims,
        "also_victim": entry.victim,
        "last_allegation": iso(entry.last_allegation),
        "largest": largest if entry.largest_crime is not None else None,
        "largest_confidence": entry.largest_confidence,
        "borough": entry.borough,
        "status": entry.status,
        "cohorts": badges,
        "previous_rank": entry.previous_rank,
    }


def made_of(head: RunHead, entry: Ranked) -> str:
    """The parts of a banded score in one cell: ``recency 25 + frequency 14``."""
    return " + ".join(f"{part.measure} {part.adds:g}" for part in head.parts(entry))


def _print(store: Store, head: RunHead, entries: list[Ranked], badges: dict[str, list[str]]) -> None:
    first = not rankings.has_earlier_run(store, head)
    banded = bool(head.how.measures)
    rows = [
        (
            entry.rank,
            movement(entry.rank, entry.previous_rank, first=first),
            entry.person,
            entry.name,
            f"{entry.score:,g}",
            entry.crimes,
            entry.victims,
            made_of(head, entry) if banded else _largest(entry),
            uk(entry.last_allegation),
            entry.borough,
            " ".join([entry.status, *badges.get(entry.person, []), *(["also victim"] if entry.victim else [])]),
        )
        for entry in entries
    ]
    unit = "points" if banded else "days"
    what = "made of" if banded else "largest"
    heads = ("rank", "move", "person", "name", unit, "crimes", "victims", what, "last", "borough", "status")
    print_table(heads, rows, right=(0, 1, 4, 5, 6))
    say(
        f"Run {head.id}: {head.how.title}, {head.edition}, {head.window} days to {uk(head.as_of)} by day "
        f"{head.by}, pool {head.pool}, at least {counted(head.min_crimes, 'report')}: "
        f"{head.ranked:,} ranked of {head.people:,} named suspects."
    )
    notes(head)


def notes(head: RunHead) -> None:
    """What a reader of a run must know beside it."""
    say(f"{head.how.says} Source: {head.how.source}.")
    if head.how.measures:
        say(f"Bands: {head.bands.name}.")
    if head.historic:
        say(f"{head.historic:,} reports are historic: committed more than a year before they were reported.")
    for code, count in head.unweighted.items():
        say(f"No weight in {head.edition} for {code}: {counted(count, 'report')} without harm.")
    for name, edition in built_in().items():
        if name in head.edition.split(" + "):
            say(edition.citation)


def _largest(entry: Ranked) -> str:
    """The heaviest report in one cell, marked where its weight is derived."""
    days = "no weight:" if entry.largest_days is None else f"{entry.largest_days:,g}"
    derived = " (derived)" if entry.largest_confidence == "derived" else ""
    return f"{days} {entry.largest_offence or ''}{derived}"
