"""``tasking lfr``: deployments of live facial recognition, and false alerts against faces and against alerts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from core.days import day_of, iso, uk
from core.errors import Problem
from core.lfr import Deployment, Rate, rate
from core.text import counted
from db import lfr
from db.lfr import Deployments
from tui.cli.common import existing, print_json, print_table, say, say_not_counted
from tui.cli.days import day_of_option


def run(path: Path | None, first: str, last: str, *, json: bool) -> None:
    """List the deployments of some days."""
    start, end = (day_of(day_of_option(text, option)) for text, option in ((first, "--from"), (last, "--to")))
    if start > end:
        raise Problem(f"--from {uk(start)} is after --to {uk(end)}. Swap them.")
    with existing(path) as store:
        found = lfr.deployments(store, start, end)
    if json:
        print_json(as_json(found))
        return
    _print(found)


def as_json(found: Deployments) -> dict[str, Any]:
    """The deployments as the JSON that docs/commands.md documents."""
    return {
        "from": iso(found.first),
        "to": iso(found.last),
        "entries": [
            {
                "day": iso(row.day),
                "borough": row.borough or None,
                "faces": row.faces,
                "alerts": row.alerts,
                "false_alerts": row.false_alerts,
                "arrests": row.arrests,
            }
            for row in found.rows
        ],
        "unknown": found.unknown,
        "not_counted": [one.as_json() for one in found.not_counted],
        "false_alerts_of_faces": _rate_json(found.of_faces),
        "false_alerts_of_alerts": _rate_json(found.of_alerts),
    }


def _rate_json(found: Rate) -> dict[str, Any]:
    return {"false_alerts": found.false_alerts, "of": found.of, "deployments": found.deployments, "share": found.share}


def _print(found: Deployments) -> None:
    heads = (
        *("day", "borough", "place", "faces", "alerts", "false alerts"),
        *("of faces", "of alerts", "arrests"),
    )
    print_table(heads, [_cells(row) for row in found.rows], right=range(3, len(heads)))
    every = len(found.rows)
    say(f"{counted(every, 'deployment')} from {uk(found.first)} to {uk(found.last)}; ? is not known, and not nought.")
    totals = (
        ("Faces seen", (row.faces for row in found.rows)),
        ("Alerts", (row.alerts for row in found.rows)),
        ("False alerts", (row.false_alerts for row in found.rows)),
        ("Arrests", (row.arrests for row in found.rows)),
    )
    for name, values in totals:
        say(_total(name, values, every))
    say(_rate("faces seen", found.of_faces, every, digits=4))
    say(_rate("alerts", found.of_alerts, every, digits=2))
    say(
        f"{counted(found.unknown, 'cell is', 'cells are')} blank among boroughs, faces, alerts, false alerts and "
        "arrests."
    )
    say_not_counted(found.not_counted)


def _cells(row: Deployment) -> tuple[str, ...]:
    figures = (_figure(value) for value in (row.faces, row.alerts, row.false_alerts))
    shares = (
        _share(rate([(row.false_alerts, row.faces)]), digits=4),
        _share(rate([(row.false_alerts, row.alerts)]), digits=2),
    )
    return uk(row.day), row.borough or "?", row.place or "?", *figures, *shares, _figure(row.arrests)


def _figure(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"


def _share(found: Rate, digits: int) -> str:
    """A rate as a percentage; ``?`` where it is not known, ``-`` where there was nothing to be a share of."""
    if not found.deployments:
        return "?"
    return "-" if found.share is None else f"{found.share:.{digits}%}"


def _total(name: str, values: Iterable[int | None], every: int) -> str:
    known = [value for value in values if value is not None]
    return f"{name}: {sum(known):,} over {len(known):,} of {every:,}." if known else f"{name}: not known of any."


def _rate(name: str, found: Rate, every: int, digits: int) -> str:
    if not found.deployments:
        return f"False alerts against {name}: not known of any."
    share = _share(found, digits)
    return (
        f"False alerts against {name}: {share} ({found.false_alerts:,} of {found.of:,}) over the "
        f"{found.deployments:,} of {every:,} that tell both."
    )
