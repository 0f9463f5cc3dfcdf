"""``tasking wards``: wards ranked from published counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from core.localities import locality_of
from core.not_counted import NotCounted
from core.rank_ranges import RankRange
from core.releases import dashed
from core.scope import Scope
from core.street import POLICE_UK_STREET
from core.text import counted, plain
from core.top import Shown, first_ranks
from core.wards import NO_WARD, Order, WardScore, few_residents, first_holding, why_no_rank
from db import wards
from db.composite import repeat_victims
from db.not_counted import not_counted
from db.rank_ranges import ranges_of
from db.report_counts import REPORTS
from db.wards import WardRanking, source_of
from tui.cli.choices import ward_orders
from tui.cli.common import choice, existing, number, print_json, print_table, say, say_not_counted, top_of
from tui.cli.lookup import fit_json, fit_of, say_map
from tui.cli.releases import editions_json, flags_json, say_caveats, say_flags, weak_json
from tui.cli.source import release_asked

_Ranges = Mapping[str, RankRange]
"""Ward code to the ranks that the band leaves open; empty where nothing is known of them."""


def run(
    path: Path | None,
    first: str | None,
    last: str | None,
    by: str,
    categories: Sequence[str],
    release: str | None,
    source: str,
    top: str,
    scope: Scope,
    *,
    doubtful: bool,
    json: bool,
) -> None:
    """Rank the wards of a release and print those of a scope; ranks are those among all."""
    choice("--by", by, ward_orders())
    limit, name = top_of(top), release_asked(source, release)
    with existing(path) as store:
        found = wards.ranking(
            store,
            first=first,
            last=last,
            by=cast(Order, by),
            categories=categories,
            name=name,
            with_doubtful=doubtful,
        )
        inside = [one for one in found.table.entries if scope.holds(locality_of(one.borough))]
        shown = _shown(found.table.entries, limit) if scope.is_force else Shown(tuple(inside[:limit]))
        entries = shown.rows
        ranges = ranges_of(store, found) if by == "harm" and not categories else {}
        missing = not_counted(store, found)
        fit = fit_of(store, found.release)
        victims = repeat_victims(store) if source_of(found.release) == REPORTS else {}
    if json:
        beside = {"scope": scope.name, "more": shown.as_json, "not_counted": [one.as_json() for one in missing]}
        print_json(_as_json(found, entries, ranges, victims) | fit_json(fit) | beside)
        return
    _print(found, entries, ranges)
    if not scope.is_force:
        say(f"Of {scope.label}: {len(entries):,} of {counted(len(inside), 'ward')}; ranks are those among all.")
    if categories:
        say(f"Counted: {plain(', '.join(found.categories))}.")
    if victims:
        names = ", ".join(
            f"{plain(one.ward)} {victims[one.ward_code]:,}" for one in entries if victims.get(one.ward_code)
        )
        say(f"Repeat victims, twelve months to the last report: {names or 'none'}.")
    if shown.more:
        say(f"{shown.words}.")
    _say_places(found, missing)
    if fit is not None:
        say_map(found.release, fit)
    _say_apart(found)


def _shown(entries: Sequence[WardScore], limit: int | None) -> Shown[WardScore]:
    """The entries of the first ranks; where none has a rank the first of them, as many as ranks were asked for."""
    if not any(entry.rank for entry in entries):
        return Shown(tuple(entries[:limit]))
    return first_ranks(entries, limit, lambda entry: entry.rank or None)


def _as_json(
    found: WardRanking, entries: Sequence[WardScore], ranges: _Ranges, victims: Mapping[str, int]
) -> dict[str, Any]:
    return {
        "source": source_of(found.release),
        "release": found.release.name,
        "from": dashed(found.first),
        "to": dashed(found.last),
        "by": found.by,
        "months": [dashed(month) for month in found.months],
        "left_out": flags_json(found.left_out),
        "fragments_taken_in": flags_json(found.taken_in),
        "unknown_months": [dashed(month) for month in found.unknown],
        **basis_json(found),
        "why_no_rank": why_no_rank(found.table, found.by) or None,
        "scheme": found.scheme,
        "categories": list(found.categories),
        "notes": [*found.notes, *found.release.repeats],
        "unweighted": found.table.unweighted,
        "police_detected": found.table.police_detected,
        "doubtful": found.table.doubtful,
        "entries": [_entry(entry, ranges, victims) for entry in (*entries, *found.table.unplaced)],
    }


def _entry(entry: WardScore, ranges: _Ranges, victims: Mapping[str, int]) -> dict[str, Any]:
    span = ranges.get(entry.ward_code)
    return {
        "rank": entry.rank or None,
        "rank_best": span.best if span else None,
        "rank_worst": span.worst if span else None,
        "ward_code": entry.ward_code,
        "ward": entry.ward,
        "borough": entry.borough,
        "bcu": entry.bcu,
        "count": entry.count,
        "harm": number(entry.harm),
        "harm_low": number(entry.harm_low),
        "harm_high": number(entry.harm_high),
        "harm_estimated": number(entry.harm_estimated),
        "rate_per_1000": entry.rate_per_1000,
        "police_detected": entry.police_detected,
        "doubtful": entry.doubtful,
        "also_under": list(entry.also_under),
        "antisocial": entry.antisocial,
        "repeat_victims": victims.get(entry.ward_code),
    }


def basis_json(found: WardRanking) -> dict[str, Any]:
    """What is to be known of the months that were ranked, for JSON."""
    return {
        "months_held": found.months_held[0],
        "months_asked": found.months_held[1],
        "weak_months": weak_json(found.weak),
        "editions": [editions_json(edition) for edition in found.editions],
        "violence_without_weight": found.violence,
        "antisocial": found.table.antisocial,
    }


def _print(found: WardRanking, entries: Sequence[WardScore], ranges: _Ranges) -> None:
    rows = [
        (
            entry.rank or "-",
            *([ranges[entry.ward_code].words if entry.ward_code else "-"] if ranges else []),
            entry.ward_code,
            entry.ward,
            entry.borough,
            entry.bcu,
            f"{entry.count:,}",
            *([f"{entry.antisocial:,}"] if found.table.antisocial else []),
            f"{entry.harm:,.0f}",
            f"{entry.harm_low:,.0f} to {entry.harm_high:,.0f}",
            _rate(entry, len(found.months)),
        )
        for entry in (*entries, *found.table.unplaced)
    ]
    first = ("rank", *(["between"] if ranges else []))
    counts = ("offences", *(["asb"] if found.table.antisocial else []))
    last = (*counts, "harm (days)", "low to high", "per 1,000")
    heads = (*first, "code", "ward", "borough", "bcu", *last)
    print_table(heads, rows, right=(*range(len(first)), *range(len(heads) - len(last), len(heads))))
    span = f"{dashed(found.first)} to {dashed(found.last)}"
    say(f"Release {plain(found.release.name)}, {span}, by {found.by}; categories of the {found.scheme}.")
    if why := why_no_rank(found.table, found.by):
        say(why)
    say_caveats(found.caveats)
    say_flags("Left out:", found.left_out)
    say_flags("Asked for by name and taken in:", found.taken_in)
    if found.unknown:
        say(f"Not in the release, so unknown and not zero: {', '.join(map(dashed, found.unknown))}.")
    if ranges:
        quarter, half = (first_holding(found.table.entries, share) for share in (0.25, 0.5))
        say(
            f"{quarter} of {counted(len(found.table.entries), 'ward')} {_hold(quarter)} a quarter of the harm, "
            f"{half} {_hold(half)} half."
        )
        unsure = sum(not span.settled for span in ranges.values())
        say(
            f"Between: the ranks that low and high weights leave open; {unsure} of {counted(len(ranges), 'rank')} "
            f"{'is' if 1 in (unsure, len(ranges)) else 'are'} not settled."
        )
    if any("*" in _rate(one, len(found.months)) for one in entries):
        say("* Few residents, or few for the crowds that come: the rate says little.")
    if found.table.antisocial:
        say(f"Anti-social behaviour (asb): {counted(found.table.antisocial, 'incident')}, no offences and in no rank.")


def _hold(wards: int) -> str:
    return "holds" if wards == 1 else "hold"


def _say_apart(found: WardRanking) -> None:
    """What stands outside the harm, by category."""
    for title, series in (
        ("Found by police work, not in the harm", found.table.police_detected),
        ("Doubtful locally, not in the harm (--doubtful takes it in)", found.table.doubtful),
        ("No weight, not in the harm", found.table.unweighted),
    ):
        if series:
            say(f"{title}: " + ", ".join(f"{name} {count:,}" for name, count in sorted(series.items())) + ".")


def _rate(entry: WardScore, months: int) -> str:
    """Offences per 1,000 residents, starred where that says little."""
    rate = entry.rate_per_1000
    if rate is None:
        return "-"
    return f"{rate:,.1f}{'*' if few_residents(entry.population, rate, months) else ''}"


def _say_places(found: WardRanking, missing: Sequence[NotCounted]) -> None:
    """What is published without a ward, or under another borough than its own, and what else is to be known."""
    noted = ("repeats",) if found.release.profile == POLICE_UK_STREET else ()  # the notes of the release have them
    say_not_counted([one for one in missing if not one.of_a_month and one.kind not in noted])
    if found.table.unplaced and source_of(found.release) == REPORTS:
        say(f"{NO_WARD.capitalize()}: the reports name none; counted by borough and not ranked.")
    elif found.table.unplaced:
        say(
            f"{NO_WARD.capitalize()}: counted by borough and not ranked. A lookup (profile lsoa-ward) leads small "
            "areas to wards; without a location there is no borough either."
        )
    for entry in found.table.entries:
        if entry.also_under:
            under = plain(" and ".join(entry.also_under))
            ward = f"{entry.ward_code} {plain(entry.ward)}"
            verb = "reported" if source_of(found.release) == REPORTS else "published"
            say(f"{ward} is {verb} under {under}; counted once, in {plain(entry.borough)}.")
    for note in found.notes:
        say(plain(note))
