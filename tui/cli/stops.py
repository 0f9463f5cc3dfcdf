"""``tasking stops``: stops and searches by day, place, ethnicity, outcome or object."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from core.days import day_of, iso, uk
from core.stops import By
from core.text import counted, plain
from db import stops
from db.stops import Entry, Stops
from tui.cli.choices import stop_keys
from tui.cli.common import choice, existing, print_json, print_table, say, say_not_counted
from tui.cli.days import day_of_option

_WORDS: dict[By, str] = {
    "day": "day",
    "borough": "borough",
    "self-defined": "self-defined ethnicity",
    "officer-defined": "officer-defined ethnicity",
    "outcome": "outcome",
    "object": "object of search",
}
_MOST_HELD = 12
"""How many spans of days are named under the table; further ones are counted, and JSON has all."""


def run(path: Path | None, first: str, last: str, by: str, as_of: str | None, *, json: bool) -> None:
    """Count the stops of some days and print them."""
    choice("--by", by, stop_keys())
    days = [day_of(day_of_option(text, option)) for text, option in ((first, "--from"), (last, "--to"))]
    seen_from = None if as_of is None else day_of_option(as_of)
    with existing(path) as store:
        found = stops.counted(store, days[0], days[1], cast(By, by), seen_from)
    if json:
        print_json(as_json(found))
        return
    _print(found)


def as_json(found: Stops) -> dict[str, Any]:
    """The stops as the JSON that docs/commands.md documents."""
    return {
        "from": iso(found.first),
        "to": iso(found.last),
        "by": found.by,
        "entries": [_entry(entry) for entry in found.entries],
        "duplicates": found.duplicates,
        "without_place": found.without_place,
        "coordinates_not_read": found.not_read,
        "not_counted": [one.as_json() for one in found.not_counted],
        "days_not_held": [iso(day) for day in found.not_held],
        "held": [{"force": one.force, "from": iso(one.first), "to": iso(one.last)} for one in found.held],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    stops, arrests, positive = entry.tally
    return {"key": entry.key, "stops": stops, "arrests": arrests, "positive_outcomes": positive}


def _print(found: Stops) -> None:
    rows = [(entry.key, *_cells(entry)) for entry in found.entries]
    heads = (_WORDS[found.by], "stops", "arrests", "arrest rate", "positive outcomes", "positive rate")
    print_table(heads, rows, right=range(1, len(heads)))
    stops, arrests, positive = found.total
    say(
        f"{counted(stops, 'stop')} from {uk(found.first)} to {uk(found.last)}: {counted(arrests, 'arrest')}, "
        f"{counted(positive, 'positive outcome')} (arrests among them)."
    )
    if found.duplicates:
        repeats = counted(found.duplicates, "stop repeats", "stops repeat")
        say(f"{repeats} another in every column: counted, as the files do not say whether it is a copy.")
    if found.without_place:
        has = counted(found.without_place, "stop has", "stops have")
        say(f"{has} no coordinates: counted, in no borough.")
    if found.not_read:
        has = counted(found.not_read, "stop has", "stops have")
        say(f"{has} coordinates that cannot be read: counted, in no borough. 'tasking batches' names the lines.")
    say_not_counted(found.not_counted)
    _say_held(found)


def _say_held(found: Stops) -> None:
    named = [f"{plain(one.force)} {uk(one.first)} to {uk(one.last)}" for one in found.held[:_MOST_HELD]]
    more = len(found.held) - len(named)
    say(f"Held: {'; '.join(named)}{f'; and {more:,} more' if more else ''}.")
    _say_not_held(found)


def _say_not_held(found: Stops) -> None:
    """Say which days no file covers, and of which of them a file of another month tells some stops."""
    if not found.not_held:
        return
    spans = _spans(found.not_held)
    named = [uk(first) if first == last else f"{uk(first)} to {uk(last)}" for first, last in spans[:_MOST_HELD]]
    more = f"; and {counted(len(spans) - _MOST_HELD, 'span')} more" if len(spans) > _MOST_HELD else ""
    days = counted(len(found.not_held), "day")
    say(f"No file that is held covers {'; '.join(named)}{more} ({days}): unknown, not nought.")
    if told := [uk(day) for day in found.not_held if day in found.spilled]:
        say(f"Files of other months hold some stops of {'; '.join(told[:_MOST_HELD])}: counted, and not the whole day.")


def _spans(days: Sequence[int]) -> list[tuple[int, int]]:
    """Days in order, those that follow each other as one span."""
    spans: list[tuple[int, int]] = []
    for day in days:
        if spans and spans[-1][1] == day - 1:
            spans[-1] = spans[-1][0], day
        else:
            spans.append((day, day))
    return spans


def _cells(entry: Entry) -> tuple[str, str, str, str, str]:
    if not entry.known:
        return "?", "?", "?", "?", "?"
    stops, arrests, positive = entry.tally
    return f"{stops:,}", f"{arrests:,}", _share(arrests, stops), f"{positive:,}", _share(positive, stops)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"
