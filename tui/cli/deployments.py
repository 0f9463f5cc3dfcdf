"""``tasking deployments``: who is free, who is sent where until when, which wards are uncovered, what clashes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from core.clashes import Clash
from core.days import london
from core.deployments import State
from core.scope import Scope
from core.text import counted
from core.uncovered import Uncovered
from db import kept_out
from db.batch_kinds import UNITS
from db.board_then import board_then, told_by
from db.deploying import standing_clashes
from db.deployments import Board, DeploymentView, UnitView, board
from db.store import Store
from db.uncovered import uncovered_wards
from db.ward_map import name_of
from tui.cli.common import existing, print_json, print_table, say, say_not_counted
from tui.cli.moments import moment_of_option
from tui.cli.scope import scope_of_option


def run(path: Path | None, as_of: str | None, scope: str | None, *, json: bool) -> None:
    """Print the board at a moment."""
    whose = scope_of_option(scope)
    moment_of_option(as_of, datetime.now().astimezone())  # what is no time is said before a store is looked for
    with existing(path) as store:
        now = store.now()
        moment = moment_of_option(as_of, now)
        whole = board_then(store, moment) if moment < now else board(store, moment)
        shown = whole.within(whose)
        missing = uncovered_wards(store, whole, whose)
        found = _of(standing_clashes(whole), shown)
        kept = kept_out.of_kind(store, UNITS)
        if json:
            print_json(as_json(shown, missing, found) | {"not_counted": [one.as_json() for one in kept]})
        else:
            _print(store, shown, missing, found, whose, _known(store, moment) if moment < now else "")
            if elsewhere := len(whole.units) - len(shown.units):
                say(f"{counted(elsewhere, 'unit')} elsewhere: --scope force lists all.")
            say_not_counted(kept)


def _known(store: Store, moment: datetime) -> str:
    """By what a board of a moment that has passed is told."""
    if told_by(store, moment):
        return ", by what had been entered by then"
    return ", as each was first entered: nothing had been by then"


def _of(found: Sequence[Clash], shown: Board) -> list[Clash]:
    """The clashes of the deployments that are shown."""
    numbers = {one.id for one in shown.deployments}
    return [clash for clash in found if numbers.intersection(clash.numbers)]


def as_json(shown: Board, missing: Sequence[Uncovered], found: Sequence[Clash]) -> dict[str, Any]:
    """The board as the JSON that docs/commands.md documents."""
    return {
        "as_of": _iso(shown.now),
        "units": [_unit(unit) for unit in shown.units],
        "deployments": [_deployment(one) for one in shown.deployments],
        "uncovered": [{"ward_code": one.ward_code, "why": "; ".join(one.why)} for one in missing],
        "clashes": [
            {
                "kind": clash.kind,
                "units": list(clash.units),
                "deployments": list(clash.numbers),
                "says": clash.says,
                "resolve": clash.resolve,
                "blocks": clash.blocks,
            }
            for clash in found
        ],
    }


def _unit(unit: UnitView) -> dict[str, Any]:
    return {
        "unit": unit.unit,
        "base": unit.base,
        "officers": unit.officers,
        "state": unit.state.value,
        "deployment": unit.on.id if unit.on else None,
    }


def _deployment(one: DeploymentView) -> dict[str, Any]:
    return {
        "id": one.id,
        "units": [sent.unit for sent in one.units],
        "ward_code": one.ward_code or None,
        "tactic": one.tactic,
        "starts": _iso(one.starts),
        "ends": _iso(_ends(one)),
        "state": one.state.value,
        "objective": one.objective or None,
        "measure": one.measure or None,
        "dose": {"visits": one.dose.visits, "minutes": one.dose.minutes} if one.dose else None,
    }


def _ends(one: DeploymentView) -> datetime | None:
    """When it ends or ended; of one that was cancelled, when it was to end."""
    return one.ends if one.state is State.CANCELLED else one.until


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else london(moment).replace(microsecond=0).isoformat()


def _print(
    store: Store, shown: Board, missing: Sequence[Uncovered], found: Sequence[Clash], scope: Scope, by: str
) -> None:
    at = f"{london(shown.now):%d/%m/%Y %H:%M}"
    say(f"Units and deployments of {scope.label} at {at}{by}.")
    print_table(
        ("unit", "base", "officers", "state", "ward", "tactic", "from", "until"),
        [_line(unit) for unit in shown.units],
        right=(2,),
    )
    say(f"{counted(len(shown.units), 'unit')}, {counted(sum(unit.officers for unit in shown.units), 'officer')}.")
    ended = [one for one in shown.deployments if not one.state.is_live]
    if ended:
        print_table(
            ("deployment", "units", "ward", "tactic", "from", "until", "state"),
            [
                (
                    str(one.id), ", ".join(sent.unit for sent in one.units), one.where, one.tactic, _clock(one.starts),
                    _clock(_ends(one)), one.state.value,
                )
                for one in ended
            ],
        )  # fmt: skip
    for ward in missing:
        say(f"No unit: {name_of(store, ward.ward_code)} ({ward.ward_code}): {'; '.join(ward.why)}.")
    for clash in found:
        say(f"{'Clash' if clash.blocks else 'Warning'}: {clash.says}; {clash.resolve}.")


def _line(unit: UnitView) -> tuple[str, ...]:
    on = unit.on
    where = (on.where or "?", on.tactic or "?", _clock(on.starts), _clock(unit.ends)) if on else ("", "", "", "")
    return unit.unit, unit.base, str(unit.officers), unit.state.value, *where


def _clock(moment: datetime | None) -> str:
    return f"{london(moment):%d/%m %H:%M}" if moment else "?"
