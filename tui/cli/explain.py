"""``tasking explain``: a person's score, allegation by allegation."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from core.allegations import Allegation, Window
from core.days import day_of, iso, uk
from core.harm import CITATION, EDITION
from core.ranking import METHOD
from db.people import Explanation, explain
from tui.cli.common import choice, existing, number, print_json, print_table, say


def run(path: Path | None, person: str, as_of: date, by: str, window: int, *, json: bool) -> None:
    """Print every allegation against a person; the counted ones add up to the score."""
    choice("--by", by, ("reported", "committed"))
    days = Window(day_of(as_of), window, "committed" if by == "committed" else "reported")
    found = explain(existing(path), person, days)
    if json:
        print_json(as_json(found))
        return
    _print(found)


def as_json(found: Explanation) -> dict[str, Any]:
    """An explanation as the JSON that the README documents."""
    return {
        "person": found.person.ref,
        "method": METHOD,
        "edition": EDITION,
        "as_of": iso(found.window.as_of),
        "window_days": found.window.days,
        "by": found.window.by,
        "score": number(found.score),
        "lines": [_line(line) for line in found.lines],
    }


def _line(line: Allegation) -> dict[str, Any]:
    row = line.row
    return {
        "crime": row.crime_ref,
        "offence": row.offence,
        "ho_code": row.ho_code,
        "days": number(row.days),
        "confidence": row.confidence,
        "edition": EDITION,
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
    say(f"{found.person.ref}: {found.score:,g} days from {len(found.counted)} of {len(found.lines)} allegations")
    rows = [
        (
            "yes" if line.counted else "no",
            line.row.crime_ref,
            "-" if line.days is None else f"{line.days:,g}",
            f"{line.row.ho_code} {line.row.offence}",
            line.row.confidence,
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
    say(f"{EDITION}. {CITATION}")


def _old(line: Allegation) -> str:
    return "historic" if line.historic else ""
