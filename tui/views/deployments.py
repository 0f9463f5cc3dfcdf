"""Task force units: who is free, who is where, until when."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from core.days import london
from core.deployments import TACTICS
from db import deployments
from db.actions import Subject
from db.deployments import UnitView
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.wall import HIDDEN
from tui.widgets.record_list import Column


def _until(unit: UnitView) -> str:
    return f"{london(unit.ends):%d/%m %H:%M}" if unit.ends else ""


def _tactic(unit: UnitView) -> str:
    return unit.tactic if not unit.tactic or unit.tactic in TACTICS else HIDDEN


_COLUMNS: tuple[ListColumn[UnitView], ...] = (
    ListColumn("unit", "unit", 12, grow=True, show=lambda unit: unit.unit, holds=PLAIN),
    ListColumn("base", "base", 6, show=lambda unit: unit.base, holds=PLAIN),
    ListColumn("officers", "off", 3, "right", show=lambda unit: str(unit.officers), sort=lambda unit: unit.officers),
    ListColumn("status", "status", 10, show=lambda unit: unit.status, holds=PLAIN),
    ListColumn("ward", "ward", 16, grow=True, show=lambda unit: unit.ward, holds=PLAIN),
    ListColumn("tactic", "tactic", 16, priority=1, grow=True, show=lambda unit: unit.tactic, instead=_tactic),
    ListColumn(
        "until", "until", 11, "right", show=_until, sort=lambda unit: unit.ends.timestamp() if unit.ends else None
    ),
)


class DeploymentsView(View):
    """Every unit."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No units. Import a file of unit, base, officers, ward_code, tactic, starts, ends, status."
    noun = "units"
    BINDINGS: ClassVar[list[BindingType]] = verbs("deploy", "free", "action", "decision", "why")

    def read(self) -> tuple[Source, str]:
        """The units as they stand."""
        units = deployments.units(self.session.store)
        free = [unit for unit in units if unit.status != "deployed"]
        heading = (
            f"VCTF: {sum(u.officers for u in units)} officers; {len(free)} units free with "
            f"{sum(u.officers for u in free)} officers"
        )
        return Lines.of(_COLUMNS, units, key=lambda unit: unit.id, record=_record), heading


def _record(unit: UnitView) -> Record:
    made_of = f"{unit.unit}, {unit.base}, {unit.officers} officers, {unit.status}"
    wall = made_of
    if unit.ward:
        where = f"in {unit.ward}, {unit.borough}, until {_until(unit)}"
        wall = f"{made_of}: {_tactic(unit)} {where}"
        made_of += f": {unit.tactic} {where}"
    facts = {"status": unit.status, "ward": unit.ward, "officers": str(unit.officers)}
    return Record(Subject("unit", unit.unit, unit.unit), facts, made_of, wall=wall)
