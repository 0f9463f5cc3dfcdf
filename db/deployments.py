"""Task force units: who is free, who is sent where, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.applying import Unfit, all_or_none, reason_given
from core.days import london, moment_of, stamp
from core.deployments import DEPLOYED, State, is_out, state_at, tactic_called
from core.errors import Conflict, NotFound, Problem
from core.geography import Ward
from core.text import named
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
    why: str = "",
    meeting_id: int | None = None,
) -> None:
    """Send a unit to a ward for a time; what it has delivered elsewhere until now is kept as a patrol.

    starts: one that lies ahead makes the deployment a planned one, which is on from then. why: the reason, needed
    where a unit that is out leaves the ward it is in; the journal keeps it.

    Raises NotFound for a ward code that is not known, Problem where it ends before it starts, a unit is moved without
    a reason or the tactic is not on the list, Conflict where it is there on the same terms already or the meeting is
    sealed.
    """
    known = ward_map(store)
    ward = known.get(ward_code)
    if ward is None:
        raise NotFound(f"There is no ward {ward_code}.")
    if ends <= starts:
        raise Problem(f"It would end at {london(ends):%d/%m %H:%M}, before it starts. Give a later end.")
    sent = {"ward_code": ward_code, "tactic": tactic_called(tactic), "ends": stamp(ends)}
    with store.change(f"Deploy to {ward.name}", meeting=meeting_id) as writing:
        unit = writing.row("deployment", unit_id)
        if unit is None:
            raise Conflict("This unit is no longer in the store. Refresh with ctrl+r.")
        until = f"until {london(ends):%d/%m %H:%M}"
        left = f": {why.strip()}" if why.strip() else ""
        if stamp(starts) > writing.now:
            sent["starts"] = stamp(starts)
            until = f"from {london(starts):%d/%m %H:%M} {until}"
        if is_out(unit["status"], unit["ends"], writing.now):
            if all(unit[column] == value for column, value in sent.items()):
                all_or_none([Unfit(unit["unit"], unit["unit"], f"is in {ward.name} {until} already")])
            if unit["ward_code"] not in ("", ward_code):
                left = f", from {_name(known, unit['ward_code'])}: {reason_given(why)}"
        keep_delivered(writing, unit_id)
        writing.update("deployment", unit_id, **{**sent, "starts": stamp(starts)}, status=DEPLOYED)
        writing.says(f"{unit['unit']} sent to {ward.name} {until}{left}")


def stand_down(store: Store, unit_ids: Sequence[int], why: str, *, meeting_id: int | None = None) -> None:
    """Free units of what they were sent for, with the reason, which the journal keeps; what they delivered is kept.

    Raises Problem without a reason, Conflict where a unit is not deployed or the meeting is sealed.
    """
    reason = reason_given(why)
    with store.change("Stand down", meeting=meeting_id) as writing:
        units = [writing.row("deployment", unit_id) for unit_id in unit_ids]
        refuse_not_deployed([(unit["unit"], unit["status"]) if unit else None for unit in units])
        names = [unit["unit"] for unit in units if unit]
        wards = {unit["ward_code"] for unit in units if unit and unit["ward_code"]}
        for unit_id in unit_ids:
            keep_delivered(writing, unit_id)
            writing.update("deployment", unit_id, ward_code="", tactic="", starts=None, ends=None, status="free")
        left = f" from {_name(ward_map(store), *wards)}" if len(wards) == 1 else ""
        writing.says(f"{named(names)} stood down{left}: {reason}")


def refuse_not_deployed(units: Sequence[tuple[str, str] | None]) -> None:
    """Raise Conflict, which names them, where units to be stood down are not deployed.

    units: the name and the status of each, None for one that is gone.
    """
    all_or_none([_not_deployed(unit) for unit in units])


def _not_deployed(unit: tuple[str, str] | None) -> Unfit | None:
    if unit is None:
        return Unfit("", "A unit", "is no longer in the store")
    name, status = unit
    return None if status == DEPLOYED else Unfit(name, name, f"is {status}: only a unit that was sent is stood down")


def _name(known: Mapping[str, Ward], code: str) -> str:
    return known[code].name if code in known else code
