"""``tasking night``: what happened since the last meeting of a template and scope, beside what is usual."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.days import LONDON, day_of, iso
from core.incidents import COUNTED, KINDS
from core.nights import moment
from core.scope import Scope, scope_of
from core.text import counted, plain
from core.usual import Usual
from db import night
from db.incidents import Incident
from db.night import Seen
from db.templates import scope_for, template
from db.tension import TensionNote
from tui.cli.common import existing, print_json, print_table, say
from tui.night_shown import age_in_cell, age_of, behind, counts_as, how_many_of, observed

When = date | datetime | None


def run(path: Path | None, as_of: When, kind: str, scope: Scope | None, since: When, *, json: bool) -> None:
    """Print the night of a meeting and scope. as_of: a day means to its end; since: a day means from its start.

    scope: the template's own if None.
    """
    start = moment(day_of(since), 0) if since is not None and not isinstance(since, datetime) else since
    with existing(path) as store:
        night.refuse_no_reports(store)
        whose = scope or scope_of(scope_for(template(store.path, kind), None))
        found = night.seen(store, night.night_of(store, kind, whose, as_of, start), whose)
    if json:
        print_json(as_json(found))
        return
    _print(found)


def as_json(found: Seen) -> dict[str, Any]:
    """The night as the JSON that docs/commands.md documents."""
    return {
        "scope": found.scope.name,
        "since": _moment(found.night.since),
        "until": _moment(found.night.until),
        "incidents": [_incident(one) for one in found.incidents],
        "usual": [_usual(one, found) for one in found.usual],
        "tension": [_tension(one) for one in found.tension],
        "published_share": found.share.words if found.share else None,
        "gaps": list(found.gaps),
    }


def _moment(then: datetime) -> str:
    return then.astimezone(LONDON).isoformat(timespec="seconds")


def _incident(one: Incident) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "kind": one.kind,
        "day": iso(one.day),
        "at": None if one.at is None else _moment(one.at),
        "ward_code": one.ward_code or None,
        "bcu": one.place.bcu or None,
        "borough": one.place.borough or None,
        "victim_age": age_of(one),
        "injury": one.injury or None,
        "weapon": one.weapon or None,
        "suspect": one.suspect or None,
        "owner": one.owner or None,
        "late": one.late,
        "changed_from": one.changed_from or None,
        "counts_as": sorted(counts_as(one), key=[*COUNTED].index),
        "critical": _critical(one),
        "links": list(one.linked),
        "why": [{"file": source.file, "line": source.line} for source in one.sources],
    }


def _critical(one: Incident) -> dict[str, Any] | None:
    mark = one.mark
    if not mark.critical_by or mark.critical_at is None:
        return None
    return {"by": mark.critical_by, "at": _moment(mark.critical_at), "reason": mark.critical_reason}


def _usual(one: Usual, found: Seen) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "observed": None if found.figure(one.observed, "", one.kind) == "?" else observed(one.kind, one.observed),
        "low": one.low,
        "high": one.high,
        "from": None if one.low is None else one.basis,
        "why_none": one.basis if one.low is None else None,
        "refs": [each.ref for each in behind(found, one.kind)],
    }


def _tension(note: TensionNote) -> dict[str, Any]:
    return {
        "number": note.id,
        "ward_code": note.ward_code or None,
        "group": note.community or None,
        "sort": note.sort,
        "level": note.level,
        "reason": note.reason,
        "author": note.author,
        "raised_at": _moment(note.raised_at),
        "review_at": _moment(note.review_at),
    }


def _print(found: Seen) -> None:
    span = f"{found.night.since:%d/%m/%Y %H:%M} to {found.night.until:%d/%m/%Y %H:%M}"
    say(f"The night of {found.scope.label}: {span} ({counted(round(found.night.hours, 1), 'hour')}).")
    usual = [
        (COUNTED[one.kind], found.figure(one.observed, many, one.kind), _range(one), one.outside, one.basis)
        for one in found.usual
        for many in (how_many_of(one.kind, one.observed),)
    ]
    print_table(("what", "count", "usual", "outside", "from"), usual, right=(1, 2))
    rows = [
        (
            one.ref, KINDS[one.kind], _when(one), one.ward_code or "-", one.place.bcu or "-",
            age_in_cell(one), one.injury or "?", one.suspect or "?", one.owner or "-",
            _remarks(one), "; ".join(f"{source.file} line {source.line:,}" for source in one.sources),
        )
        for one in found.incidents
    ]  # fmt: skip
    heads = ("ref", "kind", "when", "ward", "BCU", "age", "injury", "suspect", "owner", "remarks", "why")
    print_table(heads, rows)
    late = sum(one.late for one in found.incidents)
    nobody = sum(not one.owner for one in found.incidents)
    say(
        f"{counted(len(found.incidents), 'incident')}: {late:,} late or changed, which are in no count above; "
        f"{nobody:,} without an owner."
    )
    for note in found.tension:
        say(plain(f"Tension in {note.about}: {note.sort}, level {note.level}: {note.reason} ({note.author})."))
    for sentence in (*((found.share.words,) if found.share else ()), *found.gaps):
        say(plain(sentence))


def _range(one: Usual) -> str:
    return "?" if one.low is None else f"{one.low}-{one.high}"


def _when(one: Incident) -> str:
    return f"{iso(one.day)}" if one.at is None else f"{one.at:%Y-%m-%d %H:%M}"


def _remarks(one: Incident) -> str:
    said = (
        "late" if one.late else "",
        f"was {one.changed_from}" if one.changed_from else "",
        f"critical, by {one.mark.critical_by}" if one.mark.critical_by else "",
    )
    return ", ".join(words for words in said if words) or "-"
