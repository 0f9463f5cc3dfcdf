"""``tasking explain``: a person's score, allegation by allegation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.allegations import Allegation
from core.children import CHILD
from core.days import iso, uk
from core.editions import built_in
from core.harm import kind
from core.localities import NOWHERE, locality_of
from core.text import counted, figure
from db.kept_out import of_person
from db.people import Explanation, explain
from db.scoring import check_statuses
from tui.cli.asking import check_editions, ranking_asked, shown
from tui.cli.common import existing, number, print_json, print_table, say, say_ages_hidden, say_not_counted
from tui.cli.disagreement import compared
from tui.cli.explain_rank import PersonRank, person_rank
from tui.cli.options import ListOptions
from tui.small_counts import child_in_json


def run(path: Path | None, person: str, options: ListOptions, *, json: bool) -> None:
    """Print every allegation against a person; the counted ones make the score, and the score a rank."""
    both = compared(options, options.compare) if options.compare is not None else ()
    asked = ranking_asked(options, options.method if both else None)
    with existing(path) as store:
        check_editions(store, *(both or (asked,)))
        check_statuses(store, asked)
        found = explain(store, person, asked)
        here = person_rank(store, found, asked, options)
        apart = [person_rank(store, explain(store, person, one), one, options) for one in both]
        kept = of_person(store, found.person.ref)
    if json:
        beside = {"ranking": here.as_json(), "compared": [one.as_json() for one in apart]}
        beside["not_counted"] = [one.as_json() for one in kept]
        print_json(as_json(found) | beside)
        return
    _print(found)
    for one in (here, *apart):
        say(one.words)
    _say_apart(apart, options.places)
    say_not_counted(kept)


def _say_apart(apart: Sequence[PersonRank], more_than: int) -> None:
    """How far apart two methods put the person, and whether that is further than was asked for."""
    ranks = [one.rank for one in apart if one.rank is not None]
    if len(ranks) > 1:
        places = abs(ranks[0] - ranks[1])
        further = "" if places > more_than else f", not more than --places {more_than}"
        say(f"{counted(places, 'place')} apart in {apart[0].method} and {apart[1].method}{further}.")


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
        "child": child_in_json(found.person.born_on, child=found.person.child(found.window.as_of)),
        **_placed(found),
        "score": number(found.score),
        "unit": found.method.unit,
        "parts": [
            {"measure": part.measure, "value": number(part.value), "adds": number(part.adds)} for part in found.parts
        ],
        "lines": [_line(found, line) for line in found.lines],
    }


def _placed(found: Explanation) -> dict[str, Any]:
    """The BCU and the borough of the person, and what gives them: ``home``, or a report; None where nothing does."""
    if home := found.person.home:
        where, by_what = locality_of(home), "home"
    else:
        by = found.placed_by
        where = NOWHERE if by is None else locality_of(by.row.borough)
        by_what = by.row.crime_ref if by else ""
    return {"bcu": where.bcu or None, "borough": where.borough or None, "placed_by": by_what or None}


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
        "borough": line.row.borough,
        "counted": line.counted,
        "why_not": line.why_not,
        "file": row.file,
        "line": row.line,
    }


def _print(found: Explanation) -> None:
    child = f" ({CHILD})" if found.person.child(found.window.as_of) else ""
    say_ages_hidden()
    more = f", +{len(found.unweighed)} unweighed" if found.unweighed else ""
    say(
        f"{found.person.ref}{child}: {shown(found.score, found.method.unit)} by {found.method.title} from "
        f"{len(found.counted)} of {counted(len(found.lines), 'allegation')}{more}"
    )
    if home := found.person.home:
        said = ", ".join(part for part in locality_of(home) if part)
        say(f"BCU and borough: {said}, as the extract says of the person: {found.person.home_words}")
    elif by := found.placed_by:
        place = ", ".join(part for part in locality_of(by.row.borough) if part) or "not known"
        say(f"BCU and borough: {place}, those of {by.row.crime_ref}, the latest report that counts")
    if found.historic:
        say(found.historic_words)
    if found.method.measures:
        say(" + ".join(f"{part.measure} {part.adds:g} ({_value(part.value)})" for part in found.parts))
    rows = [
        (
            "yes" if line.counted else "no",
            line.row.crime_ref,
            "-" if line.days is None else figure(line.days),
            f"{line.row.ho_code} {line.row.offence}",
            kind(line.row.confidence, line.row.note),
            uk(line.row.committed_from),
            uk(line.row.reported_on),
            line.row.borough,
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
        "borough",
        "named by",
        "victims",
        "why",
        "from",
    )
    print_table(heads, rows, right=(2, 9))
    for name, edition in built_in().items():
        if name in found.edition.split(" + "):
            say(f"{name}. {edition.citation}")


def _value(value: float | None) -> str:
    return "no weight" if value is None else figure(value)


def _old(line: Allegation) -> str:
    return "historic" if line.historic else ""
