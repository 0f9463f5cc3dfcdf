"""``tasking lookup``: the ward maps that small areas are led to, and which release is counted on which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.street import POLICE_UK_STREET
from core.text import counted, plain
from db import lookups
from db.lookups import Fit, WardLookup
from db.releases import ReleaseHead, release, releases
from db.store import Store
from tui.cli.common import existing, print_json, print_table, say

_Counted = Sequence[tuple[ReleaseHead, Fit]]


def run(path: Path | None, words: Sequence[str], release_name: str | None, *, json: bool) -> None:
    """Print the maps held and what is counted on each; ``use NAME`` counts a release on another map first."""
    import typer

    if words and (len(words) != 2 or words[0] != "use"):
        raise typer.BadParameter(f"'{' '.join(words)}'; write use NAME, or nothing to list them", param_hint="lookup")
    if release_name is not None and not words:
        raise typer.BadParameter("goes with use NAME", param_hint="--release")
    with existing(path) as store:
        if words:
            lookup = lookups.lookup_called(store, words[1])
            for head in _meant(store, release_name):
                lookups.use(store, lookup, head.name, head.counted_from)
        held = lookups.lookups(store)
        found = [(one, lookups.fit(store, one.counted_from, one.months[-1])) for one in _street(store)]
    if json:
        print_json(_as_json(held, found))
    else:
        _print(held, found)


def _street(store: Store) -> list[ReleaseHead]:
    return [one for one in releases(store) if one.profile == POLICE_UK_STREET]


def _meant(store: Store, name: str | None) -> list[ReleaseHead]:
    """The release that is named, else every release of street-level crime. Raises NotFound, Problem."""
    from core.errors import Problem

    if name is None:
        return _street(store)
    head = release(store, name)
    if head.profile != POLICE_UK_STREET:
        raise Problem(f"Release {head.name} names its wards itself; only street-level crime has a lookup.")
    return [head]


def _as_json(held: Sequence[WardLookup], found: _Counted) -> dict[str, Any]:
    return {
        "lookups": [
            {
                "name": one.name,
                "wards": one.years.wards,
                "areas": one.years.areas,
                "files": list(one.files),
                "batches": list(one.batches),
            }
            for one in held
        ],
        "releases": [{"release": head.name, **fit_json(fit)} for head, fit in found],
    }


def fit_of(store: Store, head: ReleaseHead) -> Fit | None:
    """How the ward map that a release is counted on fits it; None for a release that names its wards itself."""
    return lookups.fit(store, head.counted_from, head.months[-1]) if head.profile == POLICE_UK_STREET else None


def say_map(head: ReleaseHead, fit: Fit) -> None:
    """Print the ward map that counts are led to."""
    if fit.lookup is not None:
        name = plain(head.name)
        say(f"Ward map: {plain(fit.lookup.words)}. 'tasking lookup use NAME --release {name}' counts on another.")


def fit_json(fit: Fit | None) -> dict[str, Any]:
    """The ward map that counts are led to, and how it fits them, for JSON; None for a release that names its wards."""
    if fit is None:
        return {"map": "as published", "lookup": None}
    lookup = fit.lookup
    return {
        "map": lookup.name if lookup else None,
        "lookup": lookup
        and {
            "name": lookup.name,
            "wards": lookup.years.wards,
            "areas": lookup.years.areas,
            "files": list(lookup.files),
            "areas_of_release": fit.census,
            "other_generation": fit.other_generation,
            "release_areas": fit.areas,
            "areas_not_in_it": fit.missing,
        },
    }


def _print(held: Sequence[WardLookup], found: _Counted) -> None:
    if not held:
        say("No lookup from small areas to wards. Import one (profile lsoa-ward): tasking import FILE.")
    else:
        rows = [(one.name, one.years.wards or "-", one.years.areas or "-", ", ".join(one.files)) for one in held]
        print_table(("map", "wards of", "areas of", "files"), rows)
    for head, fit in found:
        on = fit.lookup.name if fit.lookup else "no ward map"
        say(f"Release {plain(head.name)} is counted on {on}.{f' {plain(fit.words)}' if fit.words else ''}")
    say(f"{counted(len(held), 'ward map')}; 'tasking lookup use NAME --release NAME' counts a release on another.")
