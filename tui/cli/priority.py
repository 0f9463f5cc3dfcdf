"""``tasking priority``: wards by the composite, every part in sight, and whom other weights would move."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.composite import PARTS, WardFigures, Weighed, harm_held, most_harm_held, places_moved, settled, weigh
from core.composite_scales import scales
from core.composite_weights import Weights, read
from core.days import iso, uk
from core.localities import locality_of
from core.releases import dashed
from core.scope import Scope
from core.text import counted, plain, signed
from core.top import Shown, first_ranks
from core.weak_months import TREND_UNKNOWN
from db.composite import WardParts, no_ward, parts
from db.composite_weights import FILE, save_weights
from db.composite_weights import weights_of as weights_in_force
from db.priority_wards import priority_wards
from db.store import Store
from db.wards import source_of
from tui.cli import priority_moves
from tui.cli.common import (
    existing,
    number,
    print_json,
    print_table,
    say,
    say_not_counted,
    say_overruled,
    text_of,
    top_of,
)
from tui.cli.priority_moves import FIRST, say_weights
from tui.cli.releases import say_caveats
from tui.cli.source import release_asked


def run(
    path: Path | None,
    release: str | None,
    source: str,
    file: Path | None,
    compare: Path | None,
    top: str,
    scope: Scope,
    *,
    doubtful: bool,
    keep: bool,
    json: bool,
) -> None:
    """Rank the wards of a release by the composite and print those of a scope, with their ranks among all.

    keep: put the weights of the file in force.
    Raises NotFound, Refused, Problem.
    """
    limit, name = top_of(top), release_asked(source, release)
    with existing(path) as store:
        ours = weights_of(store, file)
        theirs = None if compare is None else weights_of(store, compare)
        found = parts(store, name, with_doubtful=doubtful)
        if not found.wards:
            raise no_ward(found)
        if keep:
            save_weights(store, ours)
        ours = settled(found.wards, ours)
        theirs = None if theirs is None else settled(found.wards, theirs)
        ranked = weigh(found.wards, ours)
        say_overruled(store, FILE)
        other = () if theirs is None else weigh(found.wards, theirs)
        if json:
            shown = _as_json(found, ours, ranked, _either(ranked, other, limit, scope), theirs, other)
            _add_priorities(shown["entries"], store)
            print_json({"scope": scope.name} | shown)
            return
        if theirs is not None:
            priority_moves.show(ours, ranked, theirs, other, _either(other, ranked, limit, scope))
            _say_basis(found)
        else:
            _print(found, ours, ranked, _either(ranked, (), limit, scope))
            if keep:
                say("Kept: these weights are in force for this store.")
        if not scope.is_force:
            inside = len(_inside(ranked, scope))
            say(f"Of {scope.label}: {counted(inside, 'ward')} of {len(ranked):,}; ranks and harm are those among all.")


def weights_of(store: Store, path: Path | None) -> Weights:
    """The weights of a file, or those in force for the store. Raises Refused where they cannot be read or are wrong."""
    if path is None:
        return weights_in_force(store)
    return read(text_of(path, "Weight file"), path.name)


def _is_in(one: Weighed, scope: Scope) -> bool:
    return scope.holds(locality_of(one.ward.borough))


def _either(ranked: Sequence[Weighed], other: Sequence[Weighed], limit: int | None, scope: Scope) -> Shown[Weighed]:
    """The wards within the limit under either weights, as the first have them; of a scope its own first so many."""
    if not scope.is_force:
        first = {one.ward.ward_code for some in (ranked, other) for one in _inside(some, scope)[:limit]}
        return Shown(tuple(one for one in ranked if one.ward.ward_code in first))
    ranks = {one.ward.ward_code: one.rank for one in other}
    return first_ranks(ranked, limit, lambda one: one.rank, lambda one: ranks.get(one.ward.ward_code))


def _inside(ranked: Sequence[Weighed], scope: Scope) -> list[Weighed]:
    return [one for one in ranked if _is_in(one, scope)]


def _as_json(
    found: WardParts,
    ours: Weights,
    ranked: Sequence[Weighed],
    either: Shown[Weighed],
    theirs: Weights | None,
    other: Sequence[Weighed],
) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "source": source_of(found.release),
        "release": found.release.name,
        "months": [dashed(month) for month in found.months],
        "trend_months": [dashed(month) for month in found.year_before],
        "hot_months": [dashed(month) for month in found.hot_months],
        "victims_from": iso(found.victims_from),
        "victims_to": iso(found.victims_to),
        "panels_on": iso(found.panels_on),
        "flagged": _flagged_json(found),
        "doubtful": found.doubtful,
        "caveats": list(found.caveats),
        "not_counted": [one.as_json() for one in found.not_counted],
        "weights": _weights_json(ours),
        "unknown": {key: sum(one.ward.values[key] is None for one in ranked) for key in PARTS},
        "harm_held": [
            {
                "first": first,
                "share": round(harm_held(ranked, first), 4),
                "most": round(most_harm_held(ranked, first), 4),
            }
            for first in FIRST
            if first <= len(ranked)
        ],
        "more": either.as_json,
        "entries": [_entry(one) for one in either.rows],
    }
    if theirs is not None:
        shown["compared_with"] = _weights_json(theirs)
        moved, ranks = places_moved(ranked, other), {one.ward.ward_code: one for one in other}
        for entry in shown["entries"]:
            code = entry["ward_code"]
            entry |= {"rank_compared": ranks[code].rank, "places": moved[code]}
    return shown


def _flagged_json(found: WardParts) -> dict[str, Any] | None:
    """From when to when places were flagged, how many were led to a ward in which way, and how many were not."""
    flagged = found.flagged
    if flagged is None:
        return None
    return {"from": iso(flagged.first), "to": iso(flagged.last), "places": flagged.total, "by": dict(flagged.by_how)}


def _add_priorities(entries: list[dict[str, Any]], store: Store) -> None:
    """Say of every ward whether it is a priority, since when and by whose decision."""
    adopted = {one.ward_code: one for one in priority_wards(store)}
    for entry in entries:
        one = adopted.get(entry["ward_code"])
        entry["priority"] = one and {
            "since": iso(one.since),
            "adopted_by": one.adopted_by,
            "reason": one.reason,
            "review_on": iso(one.review_on),
        }


def _weights_json(weights: Weights) -> dict[str, Any]:
    return {
        "name": weights.name,
        "parts": {key: number(weight) for key, weight in weights.parts.items()},
        "meant": weights.meant or None,
    }


def _entry(one: Weighed) -> dict[str, Any]:
    ward = one.ward
    return {
        "rank": one.rank,
        "ward_code": ward.ward_code,
        "ward": ward.ward,
        "borough": ward.borough,
        "score": _rounded(one.score),
        "harm": number(ward.harm),
        "harm_rank": ward.harm_rank or None,
        "count": ward.count,
        "count_rank": ward.count_rank,
        "residents": ward.population or None,
        "few_residents": ward.few_residents,
        "parts": [
            {
                "part": key,
                "value": number(ward.shown[key]),
                "ratio": _rounded(one.ratios[key]),
                "capped": one.capped(key),
                "uncapped": _rounded(one.times[key]),
                "adds": round(one.adds[key], 2),
                "unknown": part.missing if ward.values[key] is None else None,
            }
            for key, part in PARTS.items()
        ],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _print(found: WardParts, ours: Weights, ranked: Sequence[Weighed], first: Shown[Weighed]) -> None:
    shown = first.rows
    parts_heads = [part.head.replace(" ", "\n", 1) for part in PARTS.values()]
    heads = ("rank", "code", "ward", "borough", "score", *parts_heads, "by\nharm", "by\ncount")
    rows = [
        (
            one.rank,
            one.ward.ward_code,
            one.ward.ward,
            one.ward.borough,
            one.words,
            *(_cell(one, key, ours) for key in PARTS),
            one.ward.harm_rank or "-",
            one.ward.count_rank,
        )
        for one in shown
    ]
    print_table(heads, rows, right=(0, 4, *range(5, 5 + len(PARTS) + 2)))
    if first.more:
        say(f"{first.words}.")
    say_weights(ours)
    say(
        "The score: how many times the average ward. Behind each figure: what it adds to the score. A part counts how "
        "many times the average ward it is; ^: it is more than its cap."
    )
    say(f"Caps: {_caps()}. A part that is unknown drops its weight there.")
    _say_basis(found)
    _say_unknown(ranked)
    _say_few([one.ward for one in shown])
    _say_harm(ranked)


def _cell(one: Weighed, key: str, weights: Weights) -> str:
    """The figure of a part and what it adds; the figure alone where the part weighs nothing."""
    value = one.ward.shown[key]
    if value is None:
        return "unknown"
    figure = f"{value:,.0f}" if key == "harm" else f"{number(round(value, 1)):,}"
    if key == "trend":
        figure = signed(value, ",.1f")
    few = "*" if key == "rate" and one.ward.few_residents else ""
    if not weights.parts[key]:
        return f"{figure}{few}"
    return f"{figure}{few} +{one.adds[key]:.2f}{'^' if one.capped(key) else ''}"


def _caps() -> str:
    """The cap of every part, those of one cap together."""
    by_cap: dict[float, list[str]] = {}
    for key, scale in scales().items():
        by_cap.setdefault(scale.cap, []).append(PARTS[key].head)
    if len(by_cap) == 1:
        return f"every part {next(iter(by_cap)):g}"
    return "; ".join(f"{', '.join(heads)} {cap:g}" for cap, heads in by_cap.items())


def _say_basis(found: WardParts) -> None:
    span = f"{dashed(found.months[0])} to {dashed(found.months[-1])}"
    hot = f"{dashed(found.hot_months[0])} to {dashed(found.hot_months[-1])}"
    sentence = f"Release {plain(found.release.name)}, {span}; hot violence {hot}"
    if found.victims_from is not None:
        sentence += f"; repeat victims {uk(found.victims_from)} to {uk(found.victims_to)}"
    say(f"{sentence}.")
    say_caveats(found.caveats)
    say_doubtful(doubtful=found.doubtful)
    _say_public(found)
    say_not_counted(found.not_counted)
    if not (found.year_before or any(caveat.startswith(TREND_UNKNOWN) for caveat in found.caveats)):
        say("The release does not hold the same twelve months a year earlier, whole: the trend is unknown.")


def say_doubtful(*, doubtful: bool) -> None:
    """Print whether categories that are doubtful locally are in the harm."""
    say(f"Categories that are doubtful locally {'are' if doubtful else 'are not'} in the harm (--doubtful).")


def _say_public(found: WardParts) -> None:
    if found.panels_on is not None:
        say(f"Ward panels: priorities standing on {uk(found.panels_on)}.")
    if (flagged := found.flagged) is not None:
        ways = "; ".join(f"{how} {number:,}" for how, number in sorted(flagged.by_how.items()))
        ways = f": {ways}" if ways else ""
        say(f"Flagged {uk(flagged.first)} to {uk(flagged.last)}: {counted(flagged.total, 'place')}{ways}.")


def _say_unknown(ranked: Sequence[Weighed]) -> None:
    for key, part in PARTS.items():
        if missing := sum(one.ward.values[key] is None for one in ranked):
            say(f"{part.head}: unknown for {counted(missing, 'ward')}, its weight dropped there: {part.missing}.")


def _say_few(shown: Sequence[WardFigures]) -> None:
    few = [f"{ward.ward_code} {plain(ward.ward)}" for ward in shown if ward.few_residents]
    if few:
        say(f"* Few residents, or few for the crowds that come, so the rate says little: {', '.join(few)}.")


def _say_harm(ranked: Sequence[Weighed]) -> None:
    for first in (first for first in FIRST if first <= len(ranked)):
        both = sum(0 < one.ward.harm_rank <= first for one in ranked[:first])
        held, most = 100 * harm_held(ranked, first), 100 * most_harm_held(ranked, first)
        say(
            f"The first {first} of {counted(len(ranked), 'ward')} hold {held:.1f}% of the harm of all; best "
            f"{most:.1f}%, the first {first} by harm; {both} are among both."
        )
