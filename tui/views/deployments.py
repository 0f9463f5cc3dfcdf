"""Task force units: who is free, who is where, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import london
from core.deployments import TACTICS, State
from core.localities import Locality
from core.text import counted
from db import deployments
from db.actions import Subject
from db.deployments import UnitView
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.localities import locality_columns
from tui.views.source import Lines, Record, Source
from tui.wall import HIDDEN
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """A unit and how it stands at the moment of reading."""

    unit: UnitView
    state: State


def _clock(moment: datetime | None) -> str:
    return f"{london(moment):%d/%m %H:%M}" if moment else ""


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _tactic(unit: UnitView) -> str:
    return unit.tactic if not unit.tactic or unit.tactic in TACTICS else HIDDEN


_STYLES = {State.ON: "bold green", State.PLANNED: "bold cyan", State.OVER: "bold yellow"}
_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("unit", "unit", 12, grow=True, show=lambda row: row.unit.unit, holds=PLAIN),
    ListColumn("base", "base", 6, priority=2, show=lambda row: row.unit.base, holds=PLAIN),
    ListColumn(
        "officers", "off", 3, "right", show=lambda row: str(row.unit.officers), sort=lambda row: row.unit.officers
    ),
    ListColumn(
        "state", "state", 10, show=lambda row: Text(row.state.value, style=_STYLES.get(row.state, "")), holds=PLAIN
    ),
    *locality_columns(lambda row: Locality(row.unit.bcu, row.unit.borough)),
    ListColumn("ward", "ward", 14, grow=True, show=lambda row: row.unit.ward, holds=PLAIN),
    ListColumn(
        "tactic", "tactic", 16, priority=1, grow=True,
        show=lambda row: row.unit.tactic, instead=lambda row: _tactic(row.unit),
    ),
    ListColumn(
        "from", "from", 11, "right",
        show=lambda row: _clock(row.unit.starts), sort=lambda row: _seconds(row.unit.starts),
    ),
    ListColumn(
        "until", "until", 11, "right", show=lambda row: _clock(row.unit.ends), sort=lambda row: _seconds(row.unit.ends)
    ),
)  # fmt: skip


class DeploymentsView(View):
    """Every unit, as it stands by the clock."""

    scoped_by_place = False
    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No units. Import a file of unit, base, officers, ward_code, tactic, starts, ends, status."
    noun = "units"
    BINDINGS: ClassVar[list[BindingType]] = verbs("deploy", "free", "action", "decision", "why")

    def read(self) -> tuple[Source, str]:
        """The units as they stand now."""
        now = self.session.now()
        units = deployments.units(self.session.store)
        self.changes_at = deployments.next_change(units, now)
        rows = [_Row(unit, unit.state(now)) for unit in units]
        return Lines.of(_COLUMNS, rows, key=lambda row: row.unit.id, record=_record), _heading(rows)


def _heading(rows: Sequence[_Row]) -> str:
    """How many units are on, planned, over, free and stood down, with their officers; each unit is counted once."""
    groups = {
        "on": [row for row in rows if row.state is State.ON],
        "planned": [row for row in rows if row.state is State.PLANNED],
        "over": [row for row in rows if row.state is State.OVER],
        "free": [row for row in rows if row.state is State.FREE],
        "stood down": [row for row in rows if row.state is State.STOOD_DOWN],
    }
    said = ", ".join(f"{len(found)} {words} ({_officers(found)})" for words, found in groups.items())
    return f"{counted(_officers(rows), 'officer')}: {said}"


def _officers(rows: Sequence[_Row]) -> int:
    return sum(row.unit.officers for row in rows)


def _record(row: _Row) -> Record:
    unit, state = row.unit, row.state.value
    made_of = f"{unit.unit}, {unit.base}, {counted(unit.officers, 'officer')}, {state}"
    wall = made_of
    if unit.ward:
        where = f"in {unit.ward}, {unit.borough}{_span(unit)}"
        wall = f"{made_of}: {_tactic(unit)} {where}"
        made_of += f": {unit.tactic} {where}"
    facts = {"status": state, "ward": unit.ward, "officers": str(unit.officers)}
    return Record(Subject("unit", unit.unit, unit.unit), facts, made_of, wall=wall, rows=(("deployment", unit.id),))


def _span(unit: UnitView) -> str:
    starts, ends = _clock(unit.starts), _clock(unit.ends)
    return (f", from {starts}" if starts else "") + (f", until {ends}" if ends else "")
