"""``tasking releases``: the published ward counts in the store, a line for each series of months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from core.releases import Flag, dashed
from core.street_series import Edition, editions_words
from core.text import counted, plain
from core.weak_months import Weak
from db.releases import Part, ReleaseHead, ReleaseSummary, files_of, summaries
from tui.cli.common import existing, print_json, print_table, say

_SOME = 6
"""So many months are named in a line; of more the first and the last are, with their number."""


def run(path: Path | None, name: str | None, *, every: bool, json: bool) -> None:
    """Print every series of months; *every*: the files they are made of, each; *name*: those of one series."""
    with existing(path) as store:
        found = files_of(store, name) if name else summaries(store, files=every)
    if json:
        print_json([_as_json(one) for one in found])
    elif found:
        _print(found, files=every or name is not None)
    else:
        say("No releases. Import a Met ward-level file or a street-level file of data.police.uk: tasking import FILE.")


def flags_json(flags: Sequence[Flag]) -> list[dict[str, str]]:
    """Months with the reason they are flagged, for JSON."""
    return [{"month": dashed(flag.month), "reason": flag.reason} for flag in flags]


def weak_json(weak: Iterable[Weak]) -> list[dict[str, Any]]:
    """Runs of weak months, for JSON."""
    return [
        {
            "from": dashed(run.months[0]),
            "to": dashed(run.months[-1]),
            "share": round(run.now / run.before, 3),
            "reason": run.reason,
        }
        for run in weak
    ]


def editions_json(edition: Edition) -> dict[str, Any]:
    """A month of which there are several editions, for JSON: the one that is counted."""
    return {
        "month": dashed(edition.month),
        "edition": edition.number,
        "of": edition.of,
        "release": edition.release,
    }


def say_flags(before: str, flags: Sequence[Flag]) -> None:
    """Print months with the reason they are flagged, one a line."""
    for flag in flags:
        say(f"{before} {dashed(flag.month)}: {flag.reason}.")


def say_caveats(caveats: Iterable[str]) -> None:
    """Print what is to be known of the months that are used, a sentence each."""
    for caveat in caveats:
        say(plain(f"{caveat[:1].upper()}{caveat[1:]}."))


def _as_json(one: ReleaseSummary) -> dict[str, Any]:
    head = one.release
    return {
        "release": head.name,
        "profile": head.profile,
        "from": dashed(head.months[0]),
        "to": dashed(head.months[-1]),
        "months": [dashed(month) for month in head.months],
        "wards": one.wards,
        "total": one.total,
        "antisocial": one.antisocial,
        "flags": [*flags_json(head.flags), *flags_json([Flag(run.months[0], run.reason) for run in head.weak])],
        "weak_months": weak_json(head.weak),
        "unknown_months": [dashed(month) for month in head.unknown],
        "without_location": head.facts.without_location,
        "outside_the_areas": head.facts.outside,
        "forces": list(head.forces),
        "file": head.file,
        "files": [_file_json(part) for part in head.parts],
        "editions": [editions_json(edition) for edition in head.editions],
        "notes": list(head.notes),
        "not_counted": [left.as_json() for left in one.not_counted],
    }


def _file_json(part: Part) -> dict[str, Any]:
    return {
        "release": part.name,
        "batch": part.batch,
        "file": part.file,
        "months": [dashed(month) for month in part.of],
        "counted": [dashed(month) for month in part.months],
        "total": part.total,
    }


def _print(found: Sequence[ReleaseSummary], *, files: bool) -> None:
    heads = ("release", "profile", "from", "to", "months", "files", "wards", "offences", "asb", "flagged")
    rows = [(*_row(one), *([one.release.file] if files else [])) for one in found]
    print_table((*heads, *(["file"] if files else [])), rows, right=range(4, 9))
    for one in found:
        _say_of(one.release)
        for left in one.not_counted:
            say(f"{plain(one.release.name)}: {left.sentence}")
    kind = "release" if files else "series"
    more = "" if files else "; 'tasking releases NAME' lists its files"
    say(f"{counted(len(found), kind, 'releases' if files else 'series')}{more}; 'tasking wards --release NAME' ranks "
        "from one.")  # fmt: skip


def _row(one: ReleaseSummary) -> tuple[object, ...]:
    head = one.release
    flagged = [flag.month for flag in head.flags] + [run.months[0] for run in head.weak]
    return (
        head.name,
        head.profile,
        dashed(head.months[0]),
        dashed(head.months[-1]),
        len(head.months),
        len(head.parts),
        f"{one.wards:,}",
        f"{one.total:,}",
        f"{one.antisocial:,}",
        _named(sorted(flagged)) or "-",
    )


def _named(months: Sequence[str]) -> str:
    if len(months) > _SOME:
        return f"{len(months):,} from {dashed(months[0])} to {dashed(months[-1])}"
    return ", ".join(map(dashed, months))


def _say_of(head: ReleaseHead) -> None:
    """What is to be known of a series: fragments, weak months, gaps, editions, notes."""
    name = plain(head.name)
    if len(head.flags) > _SOME:
        say(f"{name}: {_named([flag.month for flag in head.flags])} are fragments, kept out of comparisons.")
    else:
        say_flags(f"{name},", head.flags)
    for run in head.weak:
        say(f"{name}: {run.reason}.")
    if head.unknown:
        say(f"{name}: {_named(head.unknown)} not held, so unknown and not zero.")
    if head.editions:
        say(f"{name}: {plain(editions_words(head.editions))}.")
    for note in head.notes:
        say(f"{name}: {plain(note)}")
