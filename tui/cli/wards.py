"""``tasking wards``: wards ranked from published counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from core.wards import Order, WardScore
from db import wards
from db.wards import WardRanking
from tui.cli.common import choice, existing, number, print_json, print_table, say, top_of


def run(
    path: Path | None,
    first: str | None,
    last: str | None,
    by: str,
    categories: Sequence[str],
    release: str | None,
    top: str,
    *,
    doubtful: bool,
    json: bool,
) -> None:
    """Rank the wards of a release and print them."""
    choice("--by", by, ("harm", "count", "rate"))
    limit = top_of(top)
    found = wards.ranking(
        existing(path),
        first=first,
        last=last,
        by=cast(Order, by),
        categories=categories,
        name=release,
        with_doubtful=doubtful,
    )
    entries = [entry for entry in found.table.entries if limit is None or entry.rank <= limit]
    if json:
        print_json(_as_json(found, entries))
        return
    _print(found, entries)


def _dashed(month: str) -> str:
    return f"{month[:4]}-{month[4:]}"


def _as_json(found: WardRanking, entries: Sequence[WardScore]) -> dict[str, Any]:
    return {
        "release": found.release.name,
        "from": _dashed(found.first),
        "to": _dashed(found.last),
        "by": found.by,
        "unweighted": found.table.unweighted,
        "police_detected": found.table.police_detected,
        "doubtful": found.table.doubtful,
        "entries": [
            {
                "rank": entry.rank,
                "ward_code": entry.ward_code,
                "ward": entry.ward,
                "borough": entry.borough,
                "bcu": entry.bcu,
                "count": entry.count,
                "harm": number(entry.harm),
                "harm_low": number(entry.harm_low),
                "harm_high": number(entry.harm_high),
                "rate_per_1000": entry.rate_per_1000,
                "police_detected": entry.police_detected,
                "doubtful": entry.doubtful,
            }
            for entry in entries
        ],
    }


def _print(found: WardRanking, entries: Sequence[WardScore]) -> None:
    rows = [
        (
            entry.rank,
            entry.ward_code,
            entry.ward,
            entry.borough,
            entry.bcu,
            f"{entry.count:,}",
            f"{entry.harm:,.0f}",
            f"{entry.harm_low:,.0f} to {entry.harm_high:,.0f}",
            "-" if entry.rate_per_1000 is None else f"{entry.rate_per_1000:,.1f}",
        )
        for entry in entries
    ]
    heads = ("rank", "code", "ward", "borough", "bcu", "offences", "harm (days)", "low to high", "per 1,000")
    print_table(heads, rows, right=(0, 5, 6, 7, 8))
    say(f"Release {found.release.name}, {_dashed(found.first)} to {_dashed(found.last)}, by {found.by}.")
    for title, series in (
        ("Found by police work, not in the harm", found.table.police_detected),
        ("Doubtful locally, not in the harm (--doubtful takes it in)", found.table.doubtful),
        ("No weight, not in the harm", found.table.unweighted),
    ):
        if series:
            say(f"{title}: " + ", ".join(f"{name} {count:,}" for name, count in sorted(series.items())) + ".")
