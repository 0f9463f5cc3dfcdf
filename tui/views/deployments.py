"""The board of units: which wards have none, who is free, planned, out or asked for, hour by hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from textual.binding import BindingType

from core.clashes import Clash
from core.days import UTC, london
from core.geography import Ward
from core.neighbours import nearest
from core.text import counted
from core.uncovered import Uncovered
from db.actions import Subject
from db.deploying import standing_clashes
from db.deployments import Board, UnitView, board
from db.uncovered import uncovered_wards
from db.ward_map import ward_map
from tui.means import Meaning
from tui.verb import verbs
from tui.views.base import View
from tui.views.board import (
    BAR_TITLE,
    Row,
    UnitRow,
    WardRow,
    bar,
    in_short,
    means_of,
    place_of,
    spans_of,
    starts,
    state_of,
    tactic,
    told,
    told_on_a_wall,
    until,
    ward_told,
    where,
)
from tui.views.column import PLAIN, ListColumn
from tui.views.localities import locality_columns
from tui.views.source import Lines, Record, Source
from tui.views.wards import ward_number
from tui.widgets.record_list import Column


def _clock(moment: datetime | None) -> str:
    return f"{london(moment):%d/%m %H:%M}" if moment else ""


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


_COLUMNS: tuple[ListColumn[Row], ...] = (
    ListColumn(
        "unit", "unit", 12, grow=True, holds=PLAIN,
        show=lambda row: row.name if isinstance(row, WardRow) else row.unit.unit,
    ),
    ListColumn(
        "base", "base", 6, priority=3, holds=PLAIN,
        show=lambda row: "" if isinstance(row, WardRow) else row.unit.base,
    ),
    ListColumn(
        "officers", "officers", 8, "right",
        show=lambda row: "" if isinstance(row, WardRow) else str(row.unit.officers),
        sort=lambda row: None if isinstance(row, WardRow) else row.unit.officers,
    ),
    ListColumn("state", "state", 9, show=state_of, holds=PLAIN, means=means_of),
    *locality_columns(place_of),
    ListColumn("ward", "ward", 14, grow=True, show=where, holds=PLAIN),
    ListColumn(
        "tactic", "tactic", 16, priority=2, grow=True, show=tactic, instead=lambda row: tactic(row, hidden=True)
    ),
    ListColumn("hours", BAR_TITLE, 25, priority=1, show=bar, holds=PLAIN, means=Meaning.BAR),
    ListColumn(
        "from", "from", 11, "right", priority=4, show=lambda row: _clock(starts(row)),
        sort=lambda row: _seconds(starts(row)),
    ),
    ListColumn(
        "until", "until", 11, "right", priority=2, show=lambda row: _clock(until(row)),
        sort=lambda row: _seconds(until(row)),
    ),
)  # fmt: skip


class DeploymentsView(View):
    """Every unit as it stands by the clock, under the wards that want one and have none."""

    DEFAULT_CSS = """
    DeploymentsView Detail { height: 4; max-height: 13vh; }
    """
    scoped_by_place = False
    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Deployments"
    empty = "No units. Import a file of unit, base, officers, ward_code, tactic, starts, ends, status."
    noun = "rows"
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("deploy", "free", "change_deployment", "action", "decision", "why"),
        *verbs("answer_asked", "uplift", "away", footer=False),
    ]

    def read(self) -> tuple[Source, str]:
        """The units as they stand now."""
        store, now = self.session.store, self.session.now()
        whole = board(store, now)
        scope = self.session.looks_at
        missing = uncovered_wards(store, whole, scope) if whole.units else []
        self.changes_at = _next(whole)
        shown = whole.within(scope)
        wards, units = self._wards(missing), self._units(whole, shown.units, missing)
        rows: list[Row] = [*wards[:_ON_TOP], *units, *wards[_ON_TOP:]]
        lines = Lines.of(_COLUMNS, rows, key=_key, record=_record)
        elsewhere = len(whole.units) - len(shown.units)
        self.empty = f"No unit in {scope.name}. * shows the whole force." if elsewhere else DeploymentsView.empty
        told = in_short(shown.units, now, len(missing), len(wards[:_ON_TOP]))
        return (
            lines,
            f"{scope.name}: {told}; {counted(elsewhere, 'unit')} elsewhere, * shows all" if elsewhere else told,
        )

    def _wards(self, missing: list[Uncovered]) -> list[WardRow]:
        known = ward_map(self.session.store)
        found = []
        for one in missing:
            ward = known.get(one.ward_code)
            name, borough, bcu = (ward.name, ward.borough, ward.bcu) if ward else (one.ward_code, "", "")
            found.append(WardRow(one, name, borough, bcu))
        return found

    def _units(self, whole: Board, units: Sequence[UnitView], missing: list[Uncovered]) -> list[UnitRow]:
        known, drawn, against = ward_map(self.session.store), spans_of(whole.deployments), _against(whole)
        return [
            UnitRow(
                unit,
                whole.now,
                tuple(drawn.get(unit.id, ())),
                tuple(against.get(unit.unit, ())),
                _near(unit, missing, known),
            )
            for unit in units
        ]


_ON_TOP = 5
"""So many wards without a unit stand above the units, which are to be in sight, too; the others stand below them."""


def _next(whole: Board) -> datetime:
    """When the board changes by itself: where a deployment begins or ends, else where the bars move by an hour."""
    hour = whole.now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return min(hour, whole.changes_at or hour)


def _against(whole: Board) -> dict[str, list[Clash]]:
    """What blocks and stands against deployments that are on or planned, by unit."""
    found: dict[str, list[Clash]] = {}
    for clash in standing_clashes(whole):
        for name in clash.units if clash.blocks else ():
            found.setdefault(name, []).append(clash)
    return found


def _near(unit: UnitView, missing: list[Uncovered], known: Mapping[str, Ward]) -> str:
    """How far the nearest ward without a unit is from where a unit is; a free one is at its base, without a place."""
    if unit.on is None or not unit.on.ward_code or not missing:
        return ""
    near = nearest(unit.on.ward_code, [one.ward_code for one in missing])
    if not near:
        return ""
    far, code = near[0]
    return f"{far:g} km from {known[code].name}, which has none" if code in known else ""


def _key(row: Row) -> int:
    return ward_number(row.ward.ward_code) if isinstance(row, WardRow) else row.unit.id


def _record(row: Row) -> Record:
    if isinstance(row, WardRow):
        facts = {"units": "none", "wanted": "; ".join(row.ward.why)}
        words = ward_told(row)
        return Record(Subject("ward", row.ward.ward_code, row.name), facts, words, wall=words)
    unit, on = row.unit, row.on
    facts = {"status": unit.state.value, "ward": on.ward if on else "", "officers": str(unit.officers)}
    written = (("deployment", unit.id), *((("deployment_record", on.id),) if on else ()))
    return Record(Subject("unit", unit.unit, unit.unit), facts, told(row), wall=told_on_a_wall(row), rows=written)
