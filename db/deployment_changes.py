"""What is changed of a deployment or a unit after it was tasked: measure and end, an answer, uplift, availability."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from core.applying import Unfit, all_or_none, reason_given
from core.authority import authority_of, refuse_too_long
from core.days import london, moment_of, stamp
from core.deployment_measures import refuse_own
from core.deployments import Dose
from core.errors import Conflict, Problem
from core.text import counted, named
from db.deployments import AGREED, REFUSED, Sent, UnitView, board
from db.store import Store

if TYPE_CHECKING:
    from db.store.journal import Values

ANSWERS = (AGREED, REFUSED)
"""What whoever was asked for a unit may say."""


@dataclass(frozen=True)
class Terms:
    """What of a deployment may be changed after it was tasked. authority: as it is typed.

    place, compared: streets and the codes of the comparison wards; None leaves them as they are.
    """

    objective: str
    measure: str
    ends: datetime | None
    end_test: str
    legacy: str
    dose: Dose | None
    vehicles: int | None
    authority: str
    place: str | None = None
    compared: tuple[str, ...] | None = None


def change(store: Store, number: int, terms: Terms, why: str, *, meeting_id: int | None = None) -> None:
    """Change what was fixed when a deployment was tasked, with the reason; the journal keeps what it was.

    Raises Problem without a reason, or for an end that cannot be; Conflict where it is over, gone, or nothing changes.
    """
    reason = reason_given(why)
    with store.change(f"Deployment {number} changed: {reason}", meeting=meeting_id) as writing:
        row = writing.row("deployment_record", number)
        if row is None:
            raise Conflict("This deployment is no longer in the store. Refresh with ctrl+r.")
        if row["over_at"] is not None and row["over_at"] <= writing.now:
            raise Conflict(f"This deployment ended at {london(row['over_at']):%d/%m %H:%M}. Task another one.")
        values = _values(row, terms)
        new = {column: value for column, value in values.items() if row[column] != value}
        if not new:
            all_or_none([Unfit(str(number), f"Deployment {number}", "is so already")])
        if {"measure", "compared"} & new.keys():
            new["measure_by"] = writing.who
        if "ends" in new:
            new["over_at"] = new["ends"]
        writing.update("deployment_record", number, **new)
        units = store.read.rows(
            "SELECT u.unit FROM deployment_unit l JOIN deployment u ON u.id = l.unit_id WHERE l.deployment_id = :id",
            id=number,
        )
        writing.says(f"{named([row['unit'] for row in units]) or 'A deployment'}: deployment changed: {reason}")


def _values(row: dict[str, object], terms: Terms) -> dict[str, object]:
    """The columns as they are to be. Raises Problem for an end or an authority that will not do."""
    authority = authority_of(str(row["tactic"]), terms.authority)
    starts = moment_of(str(row["starts"])) if row["starts"] else None
    if terms.ends is not None and starts is not None:
        if terms.ends <= starts:
            raise Problem(f"It would end before it starts, at {london(starts):%d/%m %H:%M}. Give a later end.")
        refuse_too_long(authority, starts, terms.ends)
    compared = str(row["compared"]) if terms.compared is None else " ".join(terms.compared)
    refuse_own(str(row["ward_code"]), compared.split())
    return {
        "place": row["place"] if terms.place is None else terms.place,
        "compared": compared,
        "objective": terms.objective,
        "measure": terms.measure,
        "ends": stamp(terms.ends) if terms.ends else None,
        "end_test": terms.end_test,
        "legacy": terms.legacy,
        "visits": terms.dose.visits if terms.dose else None,
        "minutes": terms.dose.minutes if terms.dose else None,
        "vehicles": terms.vehicles,
        "authority": json.dumps(asdict(authority)) if authority.words else "",
    }


def answer(store: Store, unit_ids: Sequence[int], said: str, why: str, *, meeting_id: int | None = None) -> None:
    """Write down what whoever was asked for units said of what they are asked for next, with the reason.

    Raises Problem for another answer or without a reason, Conflict where a unit is asked for nothing.
    """
    if said not in ANSWERS:
        raise Problem(f"'{said}' is no answer. Use {' or '.join(ANSWERS)}.")
    reason = reason_given(why)
    with store.change("Answer", meeting=meeting_id) as writing:
        known = {unit.id: unit for unit in board(store, moment_of(writing.now)).units}
        units = [known.get(number) for number in unit_ids]
        refuse_not_asked(units)
        asked = [(unit, sent) for unit in units if unit is not None and (sent := asked_for(unit)) is not None]
        for _, sent in asked:
            writing.update("deployment_unit", sent.link, answer=said, answered_at=writing.now, answer_why=reason)
        writing.says(f"{named([unit.unit for unit, _ in asked])} {said}: {reason}")


def asked_for(unit: UnitView) -> Sent | None:
    """The unit as it stands on the next deployment that it is asked for and nobody has answered; None for none."""
    waiting = (sent for one in unit.sent for sent in one.units if sent.unit_id == unit.id and sent.waits)
    return next(waiting, None)


def refuse_not_asked(units: Sequence[UnitView | None]) -> None:
    """Raise Conflict, which names them, where units are asked for nothing; None for one that is gone."""
    all_or_none([_not_asked(unit) for unit in units])


def _not_asked(unit: UnitView | None) -> Unfit | None:
    if unit is None:
        return Unfit("", "A unit", "is no longer in the store")
    if asked_for(unit) is not None:
        return None
    return Unfit(unit.unit, unit.unit, f"is {unit.state}: only what is asked for and waits is answered")


def lend(
    store: Store,
    unit_id: int,
    officers: int,
    whom: str,
    starts: datetime,
    ends: datetime | None,
    why: str,
    *,
    meeting_id: int | None = None,
) -> int:
    """Write down officers that a unit receives (above 0) or lends (below 0) for a time; gives the number of the row.

    Raises Problem for none, without a name or a reason, for an end before the start; Conflict where it lends more than
    it has then or is gone.
    """
    reason = reason_given(why)
    if not officers:
        raise Problem("No officers are named. Write +6 for six received, -4 for four lent.")
    if not whom.strip():
        raise Problem("Say who lends or receives them.")
    _refuse_backwards(starts, ends)
    with store.change("Uplift", meeting=meeting_id) as writing:
        unit = next((unit for unit in board(store, starts).units if unit.id == unit_id), None)
        if unit is None:
            raise Conflict("This unit is no longer in the store. Refresh with ctrl+r.")
        if unit.officers + officers < 0:
            raise Conflict(f"{unit.unit} has {counted(unit.officers, 'officer')} then and cannot lend {-officers}.")
        many = counted(abs(officers), "officer")
        writing.says(f"{unit.unit}: {many} {'received from' if officers > 0 else 'lent to'} {whom.strip()}: {reason}")
        return writing.insert(
            "uplift",
            unit_id=unit_id,
            officers=officers,
            whom=whom.strip(),
            starts=stamp(starts),
            ends=stamp(ends) if ends else None,
            why=reason,
            decided_at=writing.now,
            decided_by=writing.who,
            meeting_id=meeting_id,
        )


def set_away(
    store: Store,
    unit_ids: Sequence[int],
    starts: datetime,
    ends: datetime | None,
    why: str,
    *,
    meeting_id: int | None = None,
) -> None:
    """Write down that units are not to be sent for a time, and why. Raises Problem without a reason, Conflict."""
    reason = reason_given(why)
    _refuse_backwards(starts, ends)
    with store.change("Not available", meeting=meeting_id) as writing:
        rows = [writing.row("deployment", number) for number in unit_ids]
        all_or_none([None if row else Unfit("", "A unit", "is no longer in the store") for row in rows])
        until = stamp(ends) if ends else None
        for number in unit_ids:
            writing.update("deployment", number, away_from=stamp(starts), away_until=until, away_why=reason)
        writing.says(f"{named([row['unit'] for row in rows if row])} not available: {reason}")


def set_available(store: Store, unit_ids: Sequence[int], why: str, *, meeting_id: int | None = None) -> None:
    """Write down that units which were not to be sent may be sent again, with the reason.

    Raises Problem without a reason, Conflict, which names them, where some are available already or gone.
    """
    reason = reason_given(why)
    with store.change("Available again", meeting=meeting_id) as writing:
        rows = [writing.row("deployment", number) for number in unit_ids]
        all_or_none([_not_away(row) for row in rows])
        for number in unit_ids:
            writing.update("deployment", number, away_from=None, away_until=None, away_why="")
        writing.says(f"{named([row['unit'] for row in rows if row])} available again: {reason}")


def _not_away(row: Values | None) -> Unfit | None:
    if row is None:
        return Unfit("", "A unit", "is no longer in the store")
    return None if row["away_from"] else Unfit(row["unit"], row["unit"], "is available already")


def _refuse_backwards(starts: datetime, ends: datetime | None) -> None:
    if ends is not None and ends <= starts:
        raise Problem(f"It would end before it starts, at {london(starts):%d/%m %H:%M}. Give a later end.")
