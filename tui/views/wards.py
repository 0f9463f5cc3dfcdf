"""Wards by harm, from the latest published counts."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from core.wards import FEW_RESIDENTS, WardScore
from db import actions, deployments, wards
from db.actions import Subject
from tui.commands import command
from tui.session import Session
from tui.verbs.names import verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("rank", "rank", 4, "right"),
    Column("ward", "ward", 16, grow=True),
    Column("borough", "borough", 14, priority=1),
    Column("bcu", "bcu", 3),
    Column("harm", "days", 9, "right"),
    Column("band", "low to high", 19, "right", priority=2),
    Column("count", "offences", 8, "right"),
    Column("rate", "per 1,000", 9, "right", priority=1),
    Column("units", "units", 5, "right"),
    Column("open", "act", 3, "right"),
)


class WardsView(View):
    """The ward list."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No ward counts. Import a Met ward-level file: tasking import FILE."
    noun = "wards"
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("why", "action", "decision", "deploy"),
        command(
            "B", "map", "by borough", "London by borough: a map of harm, change and officers deployed", "wards.map"
        ),
    ]

    def __init__(self, session: Session, item: str = "", *, id: str | None = None, borough: str = "") -> None:  # noqa: A002
        """*borough*: only its wards; every ward if empty."""
        super().__init__(session, item, id=id)
        self._borough = borough

    def action_map(self) -> None:
        """Show London as a map, or go back to it."""
        from tui.screens.map import to_the_map

        to_the_map(self.app, self.session)

    def read(self) -> tuple[Source, str]:
        """The latest release, its last twelve months, in order of harm."""
        found = wards.ranking(self.session.store)
        waiting = actions.open_by_subject(self.session.store, "ward")
        sent: dict[str, int] = {}
        for unit in deployments.units(self.session.store):
            if unit.status == "deployed":
                sent[unit.ward_code] = sent.get(unit.ward_code, 0) + 1
        lines = [
            _line(number, entry, waiting.get(entry.ward_code, 0), sent.get(entry.ward_code, 0))
            for number, entry in enumerate(found.table.entries, 1)
            if self._borough in ("", entry.borough)
        ]
        of = f" of {self._borough}" if self._borough else ""
        heading = f"Wards{of} by harm, {found.first} to {found.last} of release {found.release.name}, CCHI 2020"
        return Lines(_COLUMNS, lines), heading


def _line(number: int, entry: WardScore, waiting: int, sent: int) -> Line:
    rate = entry.rate_per_1000
    cells = (
        str(entry.rank),
        entry.ward,
        entry.borough,
        entry.bcu,
        f"{entry.harm:,.0f}",
        f"{entry.harm_low:,.0f}-{entry.harm_high:,.0f}",
        f"{entry.count:,}",
        "-" if rate is None else f"{rate:,.1f}{'*' if entry.population < FEW_RESIDENTS else ''}",
        str(sent or ""),
        str(waiting or ""),
    )
    values = (
        entry.rank, entry.ward, entry.borough, entry.bcu, entry.harm, entry.harm_low, entry.count, rate, sent, waiting,
    )  # fmt: skip
    made_of = (
        f"{entry.harm:,.0f} d ({entry.harm_low:,.0f} to {entry.harm_high:,.0f}) = {entry.count:,} offences, "
        f"{entry.police_detected:,} found by police work and {entry.doubtful:,} doubtful locally apart"
    )
    if rate is not None and entry.population < FEW_RESIDENTS:
        made_of += f"; * only {entry.population:,} residents"
    facts = {"rank": str(entry.rank), "harm": f"{entry.harm:,g} d", "offences": str(entry.count)}
    return Line(number, cells, Record(Subject("ward", entry.ward_code, entry.ward), facts, made_of), values)
