"""``tasking explain``: a person's score, allegation by allegation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.allegations import Allegation
from core.children import CHILD
from core.days import iso, uk
from core.editions import built_in
from core.harm import kind
from core.text import counted
from db.people import Explanation, explain
from tui.cli.asking import score_asked, shown
from tui.cli.common import existing, number, print_json, print_table, say
from tui.cli.options import ScoreOptions


def run(path: Path | None, person: str, options: ScoreOptions, *, json: bool) -> None:
    """Print every allegation against a person; the counted ones make the score."""
    asked = score_asked(options)
    with existing(path) as store:
        found = explain(store, person, asked)
    if json:
        print_json(as_json(found))
        return
    _print(found)


def as_json(found: Explanation) -> dict[str, Any]:
    """An explanation as the JSON that docs/commands.md documents."""
    return {
        "person": found.person.ref,
        "method": found.method.key,
        "edition": found.edition,
        "as_of": iso(found.window.as_of),
        "window_days": found.window.days,
        "by": found.window.by,
        "pool": found.pool.words,
        "historic": found.window.historic,
        "historic_reports": len(found.historic),
        "historic_share": None if found.historic_share is None else round(found.historic_share, 4),
        "unweighed": len(found.unweighed),
        "child": None if found.person.born_on is None else found.person.child(found.window.as_of),
        "score": number(found.score),
        "unit": found.method.unit,
        "parts": [
            {"measure": part.measure, "value": number(part.value), "adds": number(part.adds)} for part in found.parts
        ],
        "lines": [_line(found, line) for line in found.lines],
    }


def _line(found: Explanation, line: Allegation) -> dict[str, Any]:
    row = line.row
    return {
        "crime": row.crime_ref,
        "offence": row.offence,
        "ho_code": row.ho_code,
        "days": number(row.days),
        "confidence": row.confidence,
        "kind": kind(row.confidence, row.note),
        "edition": found.edition,
        "note": row.note,
        "committed_on": iso(row.committed_from),
        "reported_on": iso(row.reported_on),
        "historic": line.historic,
        "role": row.role.words,
        "named_by": row.named_by.words,
        "victims": line.victims,
        "counted": line.counted,
        "why_not": line.why_not,
        "file": row.file,
        "line": row.line,
    }


def _print(found: Explanation) -> None:
    child = f" ({CHILD})" if found.person.child(found.window.as_of) else ""
    more = f", +{len(found.unweighed)} unweighed" if found.unweighed else ""
    say(
        f"{found.person.ref}{child}: {shown(found.score, found.method.unit)} by {found.method.title} from "
        f"{len(found.counted)} of {counted(len(found.lines), 'allegation')}{more}"
    )
    if found.historic:
        say(found.historic_words)
    if found.method.measures:
        say(" + ".join(f"{part.measure} {part.adds:g} ({_value(part.value)})" for part in found.parts))
    rows = [
        (
            "yes" if line.counted else "no",
            line.row.crime_ref,
            "-" if line.days is None else f"{line.days:,g}",
            f"{line.row.ho_code} {line.row.offence}",
            kind(line.row.confidence, line.row.note),
            uk(line.row.committed_from),
            uk(line.row.reported_on),
            line.row.named_by.words,
            line.victims,
            "; ".join(part for part in (line.why_not, line.row.note if line.counted else "", _old(line)) if part),
            f"{line.row.file}:{line.row.line}",
        )
        for line in found.lines
    ]
    heads = (
        "counts",
        "crime",
        "days",
        "offence",
        "weight",
        "committed",
        "reported",
        "named by",
        "victims",
        "why",
        "from",
    )
    print_table(heads, rows, right=(2, 8))
    for name, edition in built_in().items():
        if name in found.edition.split(" + "):
            say(f"{name}. {edition.citation}")


def _value(value: float | None) -> str:
    return "no weight" if value is None else f"{value:,g}"


def _old(line: Allegation) -> str:
    return "historic" if line.historic else ""
