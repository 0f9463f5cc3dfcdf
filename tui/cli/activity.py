"""``tasking activity``: what the task force did since the last daily meeting, with the returns that are missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from core.activity import UNKNOWN, Compared, Period, Total
from core.days import day_of, iso, named_day
from core.scope import Scope
from core.text import plain, signed
from db import activity
from db.activity import Activity, MeasureRow
from db.areas import by_bcu
from tui.cli.common import existing, print_json, print_table, say, say_not_counted


def run(path: Path | None, as_of: date, scope: Scope, *, json: bool) -> None:
    """Print the counts of a scope that the force's daily meeting of a day looks at."""
    with existing(path) as store:
        looked_at = activity.of_meeting(store, as_of, looks_at=scope)
        reason = by_bcu(store)
        kept = activity.not_counted(store, looked_at.period)
    if json:
        beside = {"scope": scope.name, "why_none": reason or None, "not_counted": [one.as_json() for one in kept]}
        print_json(as_json(looked_at, as_of) | beside)
        return
    if reason:
        say(plain(reason))
        return
    _print(looked_at, day_of(as_of))
    say_not_counted(kept)


def as_json(looked_at: Activity, as_of: date) -> dict[str, Any]:
    """The counts as the JSON that docs/commands.md documents."""
    days = looked_at.period
    return {
        "as_of": as_of.isoformat(),
        "last_meeting": iso(days.since),
        "from": iso(days.first),
        "to": iso(days.last),
        "no_return": {str(iso(day)): list(silent) for day, silent in looked_at.missing.items()},
        "bcus_compared": looked_at.over,
        "measures": [_measure(row, days.first) for row in looked_at.rows],
    }


def _measure(row: MeasureRow, first: int) -> dict[str, Any]:
    return {
        "measure": row.measure,
        "headline": row.headline,
        "total": _total(row.total),
        "before": _total(row.before),
        "compared": _compared(row.compared),
        "by_day": {str(iso(first + at)): _total(total) for at, total in enumerate(row.by_day)},
        "by_bcu": {bcu: _total(total) for bcu, total in row.by_bcu.items()},
    }


def _total(total: Total) -> dict[str, Any]:
    return {"known": total.known, "missing": list(total.missing), "words": total.words}


def _compared(both: Compared | None) -> dict[str, int] | None:
    if both is None:
        return None
    return {"now": both.now, "before": both.before, "change": both.change, "bcus": both.over}


def _print(looked_at: Activity, as_of: int) -> None:
    days = looked_at.period
    rows = [
        (
            row.measure,
            row.total.words,
            UNKNOWN if row.compared is None else f"{row.compared.before:,}",
            UNKNOWN if row.compared is None else signed(row.compared.change),
            *(total.figure for total in row.by_bcu.values()),
        )
        for row in looked_at.rows
    ]
    heads = ("measure", "total", "before", "change", *looked_at.bcus)
    print_table(heads, rows, right=range(1, len(heads)))
    for day, silent in looked_at.missing.items():
        who = "anyone" if len(silent) == len(looked_at.bcus) else ", ".join(silent)
        say(f"No return of {named_day(day, as_of)} from {who}.")
    say(
        f"{days.title}: {_named(days, as_of)}. Before and change are of "
        f"as many days before, over the {looked_at.over} of {len(looked_at.bcus)} BCUs that made every return."
    )


def _named(days: Period, as_of: int) -> str:
    first, last = named_day(days.first, as_of), named_day(days.last, as_of)
    return last if first == last else f"{first} to {last}"
