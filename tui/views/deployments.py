"""Task force units: who is free, who is where, until when."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from core.days import london
from db import deployments
from db.actions import Subject
from db.deployments import UnitView
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import ListColumn
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column


def _until(unit: UnitView) -> str:
    return f"{london(unit.ends):%d/%m %H:%M}" if unit.ends else ""


_COLUMNS: tuple[ListColumn[UnitView], ...] = (
    ListColumn("unit", "unit", 12, grow=True, show=lambda unit: unit.unit),
    ListColumn("base", "base", 6, show=lambda unit: unit.base),
    ListColumn("officers", "off", 3, "right", show=lambda unit: str(unit.officers), sort=lambda unit: unit.officers),
    ListColumn("status", "status", 10, show=lambda unit: unit.status),
    ListColumn("ward", "ward", 16, grow=True, show=lambda unit: unit.ward),
    ListColumn("tactic", "tactic", 16, priority=1, grow=True, show=lambda unit: unit.tactic),
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
    if unit.ward:
        made_of += f": {unit.tactic} in {unit.ward}, {unit.borough}, until {_until(unit)}"
    facts = {"status": unit.status, "ward": unit.ward, "officers": str(unit.officers)}
    return Record(Subject("unit", unit.unit, unit.unit), facts, made_of)
