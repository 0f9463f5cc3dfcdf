"""``tasking movement``: who moved between two runs, each move put down to its causes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.days import iso, uk
from core.movement import Move, figure, in_words
from core.text import counted, plain
from core.top import first_ranks
from db.batch_kinds import REPORTS
from db.kept_out import of_kind
from db.movements import LATEST, PREVIOUS, moves, runs_named
from db.rankings import RunHead
from tui.cli.common import existing, number, print_json, print_table, say, say_not_counted, top_of

_UNITS = {"d": "days", "pt": "points"}


def run(path: Path | None, first: str | None, second: str | None, top: str, *, json: bool) -> None:
    """Print everyone within the top of either run whose rank or score differs, and why."""
    limit = top_of(top)
    names = _run("--from", first), _run("--to", second)
    with existing(path) as store:
        heads = runs_named(store, *names)
        every = moves(store, heads[0].id, heads[1].id, limit)
        kept = of_kind(store, REPORTS)
    shown = first_ranks(every, limit, lambda move: move.after.rank, lambda move: move.before.rank)
    found = list(shown.rows)
    if json:
        beside = {"more": shown.as_json, "not_counted": [one.as_json() for one in kept]}
        print_json(as_json(*heads, found) | beside)
        return
    _print(*heads, found)
    if shown.more:
        say(f"{shown.words}.")
    say_not_counted(kept)


def _run(option: str, text: str | None) -> str | None:
    """The name of a run as it is looked for. Raises a usage error."""
    import typer

    name = None if text is None else text.strip().casefold()
    if name is None or name in (LATEST, PREVIOUS) or (name.isascii() and name.isdigit() and len(name) <= 9):
        return name
    said = f"'{text}'; write a run's number, '{LATEST}' or '{PREVIOUS}'"
    raise typer.BadParameter(said, param_hint=option)


def as_json(first: RunHead, second: RunHead, found: list[Move]) -> dict[str, Any]:
    """The moves as the JSON that docs/commands.md documents."""
    return {
        "from": first.id,
        "to": second.id,
        "since": iso(first.as_of),
        "as_of": iso(second.as_of),
        "unit": second.how.unit,
        "note": _note(first, second),
        "entries": [
            {
                "person": move.person,
                "name": move.name,
                "also_victim": move.victim,
                "move": move.word,
                "rank_before": move.before.rank,
                "rank_after": move.after.rank,
                "score_before": number(move.before.score),
                "score_after": number(move.after.score),
                "causes": [{"cause": cause.kind.value, "days": number(cause.days)} for cause in move.causes],
            }
            for move in found
        ],
    }


def _note(first: RunHead, second: RunHead) -> str:
    """What a reader of the moves must know beside them."""
    units = [_UNITS[head.how.unit] for head in (first, second)]
    said = [f"The causes of a move add up to the change of its score, in {units[1]}."]
    if units[0] != units[1]:
        said.append(
            f"Run {first.id} scores in {units[0]} and run {second.id} in {units[1]}: the step from one to the other "
            "stands under changed weight or method."
        )
    if second.as_of < first.as_of or second.batch < first.batch:
        said.append(f"Run {second.id} knew less than run {first.id}: what it did not know yet counts the other way.")
    return " ".join(said)


def _print(first: RunHead, second: RunHead, found: list[Move]) -> None:
    rows = [
        (
            _or_dash(move.before.rank),
            _or_dash(move.after.rank),
            move.word,
            move.person,
            move.name,
            _score(move.before.score),
            _score(move.after.score),
            in_words(move.causes, second.how.unit),
            "also victim" if move.victim else "",
        )
        for move in found
    ]
    before, after = (f"run {head.id} {_UNITS[head.how.unit]}" for head in (first, second))
    heads = (f"run {first.id}", f"run {second.id}", "move", "person", "name", before, after, "put down to", "")
    print_table(heads, rows, right=(0, 1, 2, 5, 6))
    say(f"{counted(len(found), 'person', 'people')} moved from {_head(first)} to {_head(second)}.")
    say(_note(first, second))


def _head(head: RunHead) -> str:
    among = f", only {plain(' or '.join(head.statuses))}" if head.statuses else ""
    return (
        f"run {head.id} ({head.how.title}, {head.edition}, pool {head.pool}, {counted(head.window, 'day')} to "
        f"{uk(head.as_of)}{among})"
    )


def _or_dash(rank: int | None) -> str:
    return "-" if rank is None else f"{rank:,}"


def _score(score: float | None) -> str:
    return "-" if score is None else figure(score)
