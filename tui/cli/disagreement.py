"""``tasking rank --compare A,B``: who stands apart in two methods, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.days import iso, uk
from core.disagreement import Disagreement, Place
from core.methods import METHODS
from core.text import counted, figure
from core.top import first_ranks
from db.batch_kinds import REPORTS
from db.disagreement import compare
from db.kept_out import of_kind
from db.left_out import LeftOut, left_out_of
from db.people import victims_too
from db.scoring import RankingRequest
from tui.cli.asking import check_editions, ranking_asked
from tui.cli.common import existing, number, print_json, print_table, say, say_not_counted, top_of
from tui.cli.left_out import as_json as left_out_json
from tui.cli.options import RankingOptions


def run(path: Path | None, options: RankingOptions, methods: str, places: int, top: str, *, json: bool) -> None:
    """Print who differs by more than *places* places and is within the top of either method."""
    limit = top_of(top)
    first, second = compared(options, methods)
    with existing(path) as store:
        check_editions(store, first, second)
        apart = compare(store, first, second, places)
        shown = first_ranks(apart, limit, lambda one: one.first.rank, lambda one: one.second.rank)
        found = list(shown.rows)
        victims = victims_too(store)
        by_rule = {asked.method: left_out_of(store, asked) for asked in (first, second)}
        kept = of_kind(store, REPORTS)
    if json:
        beside = {"more": shown.as_json, "not_counted": [one.as_json() for one in kept]}
        print_json(as_json(first, second, places, found, victims) | _by_rule(first, by_rule) | beside)
        return
    _print(first, second, places, found, victims)
    if shown.more:
        say(f"{shown.words}.")
    say_not_counted(kept)


def compared(options: RankingOptions, methods: str) -> tuple[RankingRequest, RankingRequest]:
    """What is asked of the store in either method. Raises a usage error, or Refused."""
    import typer

    names = [name.strip().casefold() for name in methods.split(",")]
    if len(names) != 2 or any(name not in METHODS for name in names) or names[0] == names[1]:
        said = f"'{methods}'; write two different methods, as rfg,rfh: {', '.join(METHODS)}"
        raise typer.BadParameter(said, param_hint="--compare")
    if options.bands is not None and not any(METHODS[name].measures for name in names):
        said = f"goes with a method of bands, and neither '{names[0]}' nor '{names[1]}' has any"
        raise typer.BadParameter(said, param_hint="--bands")
    first, second = (ranking_asked(options, name) for name in names)
    # The same people under both: the pool, unless one is named, is the first method's.
    return first, replace(second, pool=first.ranked_in)


def as_json(
    first: RankingRequest, second: RankingRequest, places: int, found: list[Disagreement], victims: set[str]
) -> dict[str, Any]:
    """The comparison as the JSON that docs/commands.md documents."""
    return {
        "methods": [first.method, second.method],
        "as_of": iso(first.as_of),
        "window_days": first.window,
        "pool": first.ranked_in.words,
        "more_than_places": places,
        "entries": [
            {
                "person": one.person,
                "also_victim": one.person in victims,
                first.method: _place(one.first),
                second.method: _place(one.second),
                "places": one.places,
                "why": one.why,
            }
            for one in found
        ],
    }


def _by_rule(first: RankingRequest, by_rule: Mapping[str, Sequence[LeftOut]]) -> dict[str, Any]:
    """What becomes of historic reports, and whom the least number of reports leaves out in either method."""
    left_out = [{"method": method, **one} for method, group in by_rule.items() for one in left_out_json(group)]
    return {"historic": first.historic, "left_out_by_rule": left_out}


def _place(place: Place) -> dict[str, Any]:
    parts = [{"measure": p.measure, "value": number(p.value), "adds": number(p.adds)} for p in place.parts]
    return {"rank": place.rank, "score": number(place.score), "parts": parts}


def _print(
    first: RankingRequest, second: RankingRequest, places: int, found: list[Disagreement], victims: set[str]
) -> None:
    names = [METHODS[asked.method].title for asked in (first, second)]
    rows = [
        (
            one.person,
            "also victim" if one.person in victims else "",
            "-" if one.first.rank is None else one.first.rank,
            "-" if one.second.rank is None else one.second.rank,
            "" if one.places is None else f"{one.places:+d}",
            figure(one.first.score),
            figure(one.second.score),
            one.why,
        )
        for one in found
    ]
    heads = ("person", "", names[0], names[1], "places", f"{names[0]} score", f"{names[1]} score", "why")
    print_table(heads, rows, right=(2, 3, 4, 5, 6))
    say(
        f"{counted(len(found), 'person', 'people')} more than {counted(places, 'place')} apart in {names[0]} and "
        f"{names[1]}, pool {first.ranked_in.words}, {counted(first.window, 'day')} to {uk(first.as_of)}; + stands "
        f"higher in {names[1]}."
    )
