"""Task force units: who is free, who is where, until when."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType

from core.days import london
from db import deployments
from db.actions import Subject
from db.deployments import UnitView
from tui.verb import verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("unit", "unit", 12, grow=True),
    Column("base", "base", 6),
    Column("officers", "off", 3, "right"),
    Column("status", "status", 10),
    Column("ward", "ward", 16, grow=True),
    Column("tactic", "tactic", 16, priority=1, grow=True),
    Column("until", "until", 11, "right"),
)


class DeploymentsView(View):
    """Every unit."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No units. Import a file of unit, base, officers, ward_code, tactic, starts, ends, status."
    noun = "units"
    BINDINGS: ClassVar[list[BindingType]] = verbs("deploy", "free", "action", "decision", "why")

    def read(self) -> tuple[Source, str]:
        """The units as they stand."""
        found = deployments.units(self.session.store)
        free = [unit for unit in found if unit.status != "deployed"]
        heading = (
            f"VCTF: {sum(u.officers for u in found)} officers; {len(free)} units free with "
            f"{sum(u.officers for u in free)} officers"
        )
        return Lines(_COLUMNS, [_line(unit) for unit in found]), heading


def _until(ends: datetime | None) -> str:
    return f"{london(ends):%d/%m %H:%M}" if ends else ""


def _line(unit: UnitView) -> Line:
    cells = (
        unit.unit, unit.base, str(unit.officers), unit.status, unit.ward, unit.tactic, _until(unit.ends),
    )  # fmt: skip
    ends = unit.ends.timestamp() if unit.ends else None
    values = (unit.unit, unit.base, unit.officers, unit.status, unit.ward, unit.tactic, ends)
    made_of = f"{unit.unit}, {unit.base}, {unit.officers} officers, {unit.status}"
    if unit.ward:
        made_of += f": {unit.tactic} in {unit.ward}, {unit.borough}, until {_until(unit.ends)}"
    facts = {"status": unit.status, "ward": unit.ward, "officers": str(unit.officers)}
    return Line(unit.id, cells, Record(Subject("unit", unit.unit, unit.unit), facts, made_of), values)
