"""Task force units: who is free, who is sent where, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.days import moment_of, stamp
from core.deployments import DEPLOYED, State, state_at, tactic_called
from core.errors import NotFound
from core.geography import Ward
from core.text import counted
from db.patrols import keep_delivered
from db.store import Store
from db.store.engine import Row
from db.store.rows import from_row
from db.ward_map import ward_map


@dataclass(frozen=True)
class UnitView:
    """One unit. ``ward``, ``borough`` and ``bcu`` are empty while it is free. ``status`` is as it was last written."""

    id: int
    unit: str
    base: str
    officers: int
    ward_code: str
    ward: str
    borough: str
    tactic: str
    starts: datetime | None
    ends: datetime | None
    status: str
    bcu: str = ""

    def state(self, now: datetime) -> State:
        """How it stands at a moment: what was planned is on from its start, and over from its end on."""
        return state_at(self.status, self.starts, self.ends, now)


def units(store: Store) -> list[UnitView]:
    """Every unit, by base and name."""
    query = (
        "SELECT id, unit, base, officers, ward_code, tactic, starts, ends, status FROM deployment ORDER BY base, unit"
    )
    known = ward_map(store)
    return [_unit(row, known) for row in store.read.rows(query)]


def next_change(units: Sequence[UnitView], now: datetime) -> datetime | None:
    """The next moment at which a deployment begins or is over; None where none will."""
    moments = (end for unit in units if unit.status == DEPLOYED for end in (unit.starts, unit.ends))
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def _unit(row: Row, known: Mapping[str, Ward]) -> UnitView:
    ward = known.get(row["ward_code"])
    starts, ends = (moment_of(row[end]) if row[end] else None for end in ("starts", "ends"))
    name, borough, bcu = (ward.name, ward.borough, ward.bcu) if ward else ("", "", "")
    return from_row(UnitView, row, ward=name, borough=borough, bcu=bcu, starts=starts, ends=ends)


def deploy(
    store: Store,
    unit_id: int,
    ward_code: str,
    tactic: str,
    starts: datetime,
    ends: datetime,
    *,
    meeting_id: int | None = None,
) -> None:
    """Send a unit to a ward for a time; what it has delivered elsewhere until now is kept as a patrol.

    Raises NotFound for a ward code that is not known, Problem for a tactic that the list does not have, Conflict where
    the meeting is sealed.
    """
    ward = ward_map(store).get(ward_code)
    if ward is None:
        raise NotFound(f"There is no ward {ward_code}.")
    with store.change(f"Deploy to {ward.name}", meeting=meeting_id) as writing:
        keep_delivered(writing, unit_id)
        writing.update(
            "deployment",
            unit_id,
            ward_code=ward_code,
            tactic=tactic_called(tactic),
            starts=stamp(starts),
            ends=stamp(ends),
            status="deployed",
        )


def stand_down(store: Store, unit_ids: Sequence[int], *, meeting_id: int | None = None) -> None:
    """Free units of what they were sent for; what they have delivered is kept as patrols.

    Raises Conflict where the meeting is sealed.
    """
    with store.change(f"Stand down {counted(len(unit_ids), 'unit')}", meeting=meeting_id) as writing:
        for unit_id in unit_ids:
            keep_delivered(writing, unit_id)
            writing.update("deployment", unit_id, ward_code="", tactic="", starts=None, ends=None, status="free")
