"""``tasking proportionality``: the make-up of a list beside its pool and the residents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.days import iso, uk
from core.proportionality import SMALL, Estimate, Group, Side
from core.text import counted, plain
from db.batch_kinds import REPORTS
from db.kept_out import of_kind
from db.proportionality import MakeUp, make_up
from tui.cli.common import existing, print_json, print_table, say, say_not_counted, top_of

WITHHELD = "withheld"


def run(path: Path | None, run_id: int | None, top: str, *, json: bool) -> None:
    """Print the make-up of the top of a run."""
    limit = top_of(top)
    with existing(path) as store:
        found = make_up(store, run_id, limit)
        kept = of_kind(store, REPORTS)
    if json:
        print_json(as_json(found) | {"not_counted": [one.as_json() for one in kept]})
        return
    _print(found)
    say_not_counted(kept)


def as_json(found: MakeUp) -> dict[str, Any]:
    """The make-up as the JSON that docs/commands.md documents."""
    return {
        "run": found.run.id,
        "method": found.run.method,
        "as_of": iso(found.run.as_of),
        "list_size": found.list_size,
        "pool_size": found.pool_size,
        "small_number_limit": SMALL,
        "notes": list(found.notes),
        "groups": [_group(group) for group in found.groups],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "characteristic": group.characteristic,
        "group": group.name,
        "list": _side(group.listed),
        "pool": _side(group.pool),
        "residents": None if group.residents is None else {"share": round(group.residents, 4)},
        "ratio_to_pool": _ratio(group.to_pool),
        "ratio_to_residents": _ratio(group.to_residents),
    }


def _side(side: Side) -> dict[str, Any]:
    share = side.share
    return {
        "count": side.count,
        "suppressed": side.suppressed,
        "share": None if share is None else round(share.value, 4),
        "share_low": None if share is None else round(share.low, 4),
        "share_high": None if share is None else round(share.high, 4),
    }


def _ratio(ratio: Estimate | None) -> dict[str, Any] | None:
    if ratio is None:
        return None
    value, low, high = (round(figure, 4) for figure in (ratio.value, ratio.low, ratio.high))
    return {"value": value, "low": low, "high": high, "excludes_one": ratio.excludes_one}


def _print(found: MakeUp) -> None:
    rows = [
        (
            group.characteristic,
            group.name,
            *_cells(group.listed),
            *_cells(group.pool),
            _times(group.to_pool),
            "" if group.residents is None else f"{group.residents:.1%}",
            _times(group.to_residents),
        )
        for group in found.groups
    ]
    heads = ("by", "group", "list", "share (95 %)", "pool", "share", "list : pool", "residents", "list : residents")
    print_table(heads, [(*row[:5], row[5].split(" (")[0], *row[6:]) for row in rows], right=(2, 4, 5, 7))
    head = found.run
    say(
        f"Run {head.id}: {head.how.title}, {uk(head.as_of)}, pool {plain(head.pool)}: "
        f"{counted(found.list_size, 'named suspect')} on the list, {found.pool_size:,} in the pool it was drawn from."
    )
    for note in found.notes:
        say(plain(note))


def _cells(side: Side) -> tuple[str, str]:
    if side.count is None or side.share is None:
        return WITHHELD if side.suppressed else "0", ""
    return f"{side.count:,}", f"{side.share.value:.1%} ({side.share.low:.1%} to {side.share.high:.1%})"


def _times(ratio: Estimate | None) -> str:
    """``1.40 (1.10 to 1.78), above 1``; what stands behind the comma only where the interval leaves 1 out."""
    if ratio is None:
        return ""
    words = f"{ratio.value:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"
    if not ratio.excludes_one:
        return words
    return f"{words}, {'above' if ratio.low > 1 else 'below'} 1"
