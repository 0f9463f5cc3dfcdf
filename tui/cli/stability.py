"""``tasking stability``: how far each rank holds under the alternatives, and who stands near the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.children import CHILD
from core.days import iso, uk
from core.ranking import CAPACITY
from core.stability import TOPS, WINDOW_STEP, Band, Cut
from core.text import counted, figure
from core.top import first_ranks
from db.batch_kinds import REPORTS
from db.kept_out import of_kind
from db.people import children, victims_too
from db.scoring import RankingRequest
from db.stability import Stable, stability, stability_of
from tui.cli import left_out as group
from tui.cli.asking import check_editions, ranking_asked, shown
from tui.cli.common import existing, number, print_json, print_table, say, say_ages_hidden, say_not_counted, top_of
from tui.cli.options import RankingOptions
from tui.small_counts import HIDDEN, SMALL_COUNTS

_NAMED = 8
"""How many people of one tie are named in print; JSON has all."""


def run(path: Path | None, options: RankingOptions, top: str, person: str | None, *, json: bool) -> None:
    """Print the bands of the head of the list, or of one person, and the cut. Makes no run."""
    limit = top_of(top)
    asked = ranking_asked(options)
    with existing(path) as store:
        check_editions(store, asked)
        found = stability(store, asked, limit) if person is None else stability_of(store, asked, person)
        victims, minors = victims_too(store), children(store, asked.as_of)
        kept = of_kind(store, REPORTS)
    shown = first_ranks(found.entries, limit if person is None else None, lambda entry: entry[0].rank)
    found = replace(found, entries=shown.rows)
    if json:
        beside = {"more": shown.as_json, "not_counted": [one.as_json() for one in kept]}
        print_json(as_json(asked, found, victims, minors) | beside)
        return
    if person is None:
        _print_head(found, victims, minors)
        if shown.more:
            say(f"{shown.words}.")
        group.print_group(found.by_rule, found.recipe.method.unit)
        _print_cut(found)
    else:
        _print_person(found)
    say_ages_hidden()
    _notes(asked, found)
    say_not_counted(kept)


def as_json(asked: RankingRequest, found: Stable, victims: set[str], minors: frozenset[str]) -> dict[str, Any]:
    """The bands and the cut as the JSON that docs/commands.md documents."""
    return {
        "method": asked.method,
        "index": found.recipe.index,
        "edition": found.recipe.edition,
        "as_of": iso(asked.as_of),
        "window_days": asked.window,
        "pool": asked.ranked_in.words,
        "by": asked.by,
        "min_crimes": asked.at_least,
        "split": asked.split,
        "statuses": list(asked.statuses),
        "unit": found.recipe.method.unit,
        "variants": [{"name": one.name, "weights": one.weights, "window_days": one.window} for one in found.variants],
        "historic": asked.historic,
        "left_out": list(found.left_out),
        "left_out_by_rule": group.as_json(found.by_rule),
        "entries": [
            _entry(band, name, victim=band.person in victims, child=band.person in minors)
            for band, name in found.entries
        ],
        "cut": _cut(found.cut),
    }


def _entry(band: Band, name: str, *, victim: bool, child: bool) -> dict[str, Any]:
    return {
        "person": band.person,
        "name": name,
        "also_victim": victim,
        "child": HIDDEN if SMALL_COUNTS.hidden else child,
        "rank": band.rank,
        "best": band.best,
        "worst": band.worst,
        "median": number(band.median),
        "tops": {str(top): count for top, count in band.tops.items()},
        "variants": len(band.ranks),
        "sentence": band.sentence,
        "ranks": dict(band.ranks),
    }


def _cut(cut: Cut) -> dict[str, Any]:
    return {
        "capacity": CAPACITY,
        "score_at_cut": number(cut.score),
        "entries": [
            {
                "rank": one.rank,
                "person": one.person,
                "score": number(one.score),
                "gap": number(one.gap),
                "tied": one.tied,
            }
            for one in cut.near
        ],
    }


def _print_head(found: Stable, victims: set[str], minors: frozenset[str]) -> None:
    rows = [
        (
            band.rank,
            band.person,
            _who(name, child=band.person in minors, victim=band.person in victims),
            _or_dash(band.median),
            *band.tops.values(),
            band.sentence,
            band.lowest_in,
        )
        for band, name in found.entries
    ]
    tops = [f"top {top}" for top in TOPS]
    heads = ("rank", "person", "name", "median", *tops, "in words", "lowest in")
    print_table(heads, rows, right=(0, 3, 4, 5, 6, 7))


def _who(name: str, *, child: bool, victim: bool) -> str:
    """The name with what stands beside it; that alone where the name is hidden."""
    return "; ".join(part for part in (name, CHILD if child else "", "also victim" if victim else "") if part)


def _print_person(found: Stable) -> None:
    band, name = found.entries[0]
    rows = [(variant, "not ranked" if rank is None else rank) for variant, rank in band.ranks.items()]
    print_table((f"{band.person} {name} by", "rank"), rows, right=(1,))
    asked = "not ranked" if band.rank is None else f"rank {band.rank:,}"
    median = "" if band.median is None else f", median {figure(band.median)}"
    say(f"As asked: {asked}; {band.sentence}{median}.")
    if any(one.person == band.person for one in found.cut.near):
        _print_cut(found)


def _or_dash(value: float | None) -> str:
    return "-" if value is None else figure(value)


def _ahead(gap: float) -> str:
    """How far a score is above the line, or below it."""
    return f"{'+' if gap > 0 else ''}{figure(gap)}"


def _print_cut(found: Stable) -> None:
    """Those near the line, a row for each score, so that exact ties stand together."""
    cut, unit = found.cut, found.recipe.method.unit
    if cut.score is None:
        say(f"Fewer than {CAPACITY} are ranked, so nobody is near rank {CAPACITY}.")
        return
    same: dict[float, list[str]] = {}
    for one in cut.near:
        same.setdefault(one.score, []).append(one.person)
    places = {one.score: (one.rank, one.gap) for one in cut.near}
    rows = [
        (
            places[score][0],
            figure(score),
            "on the line" if score == cut.score else _ahead(places[score][1]),
            f"{len(persons):,} tied exactly" if len(persons) > 1 else "",
            _some(persons),
        )
        for score, persons in same.items()
    ]
    print_table(("rank", "score", "gap to the line", "", "near the cut"), rows, right=(0, 1, 2))
    say(
        f"{CAPACITY} is a capacity, not a threshold: the line is the score of place {CAPACITY}, "
        f"{shown(cut.score, unit)}; the gap is to it."
    )


def _some(persons: Sequence[str]) -> str:
    more = len(persons) - _NAMED
    return ", ".join(persons[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _notes(asked: RankingRequest, found: Stable) -> None:
    """What was varied, and what was left as it is."""
    from core.text import plain

    method = found.recipe.method
    weights = "; ".join(dict.fromkeys(one.weights for one in found.variants))
    spans = ", ".join(str(days) for days in sorted({one.window for one in found.variants}))
    say(
        plain(
            f"{method.title}, {found.recipe.edition}, {asked.split} split, {counted(asked.window, 'day')} to "
            f"{uk(asked.as_of)} by day {asked.by}, pool {asked.ranked_in.words}, at least "
            f"{counted(asked.at_least, 'report')}, in {counted(len(found.variants), 'variant')}: {weights}; each over "
            f"{spans} days (step of {WINDOW_STEP} days: project default)."
        )
    )
    if method.measures:
        say("Points are cut for the days of one index, so its index and its bands are not varied.")
    say("How lists by each method held up against what followed: tasking backtest --of people (F in the list).")
    for sentence in found.left_out:
        say(f"Not tried: {plain(sentence)}")
