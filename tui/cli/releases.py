"""``tasking releases``: the published ward counts in the store, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.releases import Flag, dashed, span
from core.text import counted
from db.releases import ReleaseSummary, summaries
from tui.cli.common import existing, print_json, print_table, say


def run(path: Path | None, *, json: bool) -> None:
    """Print every release."""
    with existing(path) as store:
        found = summaries(store)
    if json:
        print_json([_as_json(one) for one in found])
    elif found:
        _print(found)
    else:
        say("No releases. Import a Met ward-level file or a street-level file of data.police.uk: tasking import FILE.")


def flags_json(flags: Sequence[Flag]) -> list[dict[str, str]]:
    """Months with the reason they are flagged, for JSON."""
    return [{"month": dashed(flag.month), "reason": flag.reason} for flag in flags]


def say_flags(before: str, flags: Sequence[Flag]) -> None:
    """Print months with the reason they are flagged, one a line."""
    for flag in flags:
        say(f"{before} {dashed(flag.month)}: {flag.reason}.")


def _as_json(one: ReleaseSummary) -> dict[str, Any]:
    head = one.release
    return {
        "release": head.name,
        "profile": head.profile,
        "months": [dashed(month) for month in head.months],
        "wards": one.wards,
        "total": one.total,
        "flags": flags_json(head.flags),
        "unknown_months": [dashed(month) for month in head.unknown],
        "forces": list(head.forces),
        "file": head.file,
        "notes": list(head.notes),
    }


def _print(found: Sequence[ReleaseSummary]) -> None:
    heads = ("release", "profile", "months", "wards", "offences", "flagged", "file")
    rows = [
        (
            one.release.name,
            one.release.profile,
            len(one.release.months),
            f"{one.wards:,}",
            f"{one.total:,}",
            ", ".join(dashed(flag.month) for flag in one.release.flags) or "-",
            one.release.file,
        )
        for one in found
    ]
    print_table(heads, rows, right=(2, 3, 4))
    for one in found:
        head = one.release
        say_flags(f"{head.name},", head.flags)
        if head.unknown:
            missing = ", ".join(dashed(month) for month in head.unknown)
            say(f"{head.name}, {span(head.months)}: {missing} not held, so unknown and not zero.")
        for note in head.notes:
            say(f"{head.name}: {note}")
    say(f"{counted(len(found), 'release')}; 'tasking wards --release NAME' ranks from one.")
