"""``tasking wards --changes A B``: what is different between two releases, ward by ward."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from core.releases import dashed
from core.text import counted, plain
from core.ward_changes import WardChange
from db.ward_changes import Comparison, compare
from tui.cli.common import existing, print_json, print_table, say

_SUMS = ("before", "after", "revised", "reclassified", "new_months")


def run(path: Path | None, before: str, after: str, ward: str | None, *, json: bool) -> None:
    """Compare two releases and print every difference; with *ward* its categories, too."""
    with existing(path) as store:
        found = compare(store, before, after, ward)
    if json:
        print_json(_as_json(found, in_detail=ward is not None))
        return
    _print(found)
    if ward is not None:
        _print_categories(found)
    _say_months(found)


def _name(found: Comparison, side: str) -> str:
    return found.before.name if side == "before" else found.after.name


def _as_json(found: Comparison, *, in_detail: bool) -> dict[str, Any]:
    return {
        "from": found.before.name,
        "to": found.after.name,
        "months": [dashed(month) for month in found.months.shared],
        "new": [dashed(month) for month in found.months.new],
        "left_out": [
            {"release": _name(found, side), "month": dashed(flag.month), "reason": flag.reason}
            for side, flag in found.months.left_out
        ],
        "totals": {name: _sum(found.entries, name) for name in _SUMS},
        "entries": [_entry(found, one, in_detail=in_detail) for one in found.entries],
    }


def _entry(found: Comparison, one: WardChange, *, in_detail: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"ward_code": one.ward_code, "ward": one.ward, "borough": one.borough}
    entry.update((name, getattr(one, name)) for name in _SUMS)
    if one.only_in:
        entry["only_in"] = _name(found, one.only_in)
    if in_detail:
        entry["categories"] = [
            {
                "category": line.category,
                "before": line.before,
                "after": line.after,
                "change": line.change,
                "new_months": line.new_months,
            }
            for line in one.categories
        ]
    return entry


def _sum(entries: Iterable[WardChange], name: str) -> int:
    return sum(getattr(one, name) for one in entries)


def _print(found: Comparison) -> None:
    heads = ("code", "ward", "borough", "before", "after", "revised", "reclassified", "new months", "only in")
    rows = [
        (
            one.ward_code or "-",
            one.ward,
            one.borough,
            f"{one.before:,}",
            f"{one.after:,}",
            _signed(one.revised),
            f"{one.reclassified:,}",
            f"{one.new_months:,}",
            _name(found, one.only_in) if one.only_in else "",
        )
        for one in found.entries
    ]
    sums = {name: _sum(found.entries, name) for name in _SUMS}
    rows.append(
        (
            "all",
            counted(len(found.entries), "ward"),
            "",
            f"{sums['before']:,}",
            f"{sums['after']:,}",
            _signed(sums["revised"]),
            f"{sums['reclassified']:,}",
            f"{sums['new_months']:,}",
            "",
        )
    )
    print_table(heads, rows, right=(3, 4, 5, 6, 7))


def _print_categories(found: Comparison) -> None:
    for one in found.entries:
        lines = [
            (line.category, f"{line.before:,}", f"{line.after:,}", _signed(line.change), f"{line.new_months:,}")
            for line in one.categories
        ]
        print_table(("category", "before", "after", "change", "new months"), lines, right=(1, 2, 3, 4))


def _say_months(found: Comparison) -> None:
    shared, new = found.months.shared, found.months.new
    old, later = plain(found.before.name), plain(found.after.name)
    if shared:
        say(
            f"Before is {old}, after is {later}, over the {counted(len(shared), 'month')} both hold: {_listed(shared)}."
        )
    else:
        say(f"{old} and {later} hold no month together: nothing is revised or reclassified.")
    say(f"New months, only in {later}: {_listed(new) if new else 'none'}.")
    if found.before.forces:
        say("Anti-social behaviour is no offence and is not compared.")
    for side, flag in found.months.left_out:
        say(f"Left out: {dashed(flag.month)} of {plain(_name(found, side))}: {flag.reason}.")
    alone = [one for one in found.entries if one.only_in]
    if alone:
        both = _sum((one for one in found.entries if not one.only_in), "revised")
        say(
            f"{counted(len(alone), 'ward is', 'wards are')} in one release only, on another ward map: 0 in the other. "
            f"Revised in the wards that both hold: {_signed(both)}."
        )


def _listed(months: tuple[str, ...]) -> str:
    """Months in words: runs from first to last."""
    numbers = [int(month[:4]) * 12 + int(month[4:]) for month in months]
    runs: list[list[str]] = []
    for at, month in enumerate(months):
        if at and numbers[at] == numbers[at - 1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(dashed(run[0]) if len(run) == 1 else f"{dashed(run[0])} to {dashed(run[-1])}" for run in runs)


def _signed(number: int) -> str:
    return f"{number:+,}" if number else "0"
