"""Sending units somewhere and standing them down: each is one command, checked against the board as it is then."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from core.applying import Unfit, all_or_none, reason_given
from core.authority import Authority, authority_of, refuse_too_long
from core.clashes import Clash, Crew, Elsewhere, Sending, clashes, in_words
from core.days import london, moment_of, stamp
from core.deployment_measures import refuse_own
from core.deployments import Dose
from core.errors import Conflict, NotFound, Problem
from core.tactics import tactic_called
from core.text import named
from db.deployment_rows import BLANK, UNASKED
from db.deployments import Board, DeploymentView, Sent, UnitView, board
from db.store import Store
from db.ward_map import ward_map

if TYPE_CHECKING:
    from db.store.journal import Writing


@dataclass(frozen=True)
class Draft:
    """A deployment that is to be saved. units: their numbers. officers: how many of a unit go, all where not named.

    place: a site or streets. compared: codes of the comparison wards. measure_by: who says the measure, empty for the
    rule. bid: the number of the bid that it is granted for.
    """

    units: tuple[int, ...]
    ward_code: str
    tactic: str
    starts: datetime
    ends: datetime
    place: str = ""
    officers: Mapping[int, int] = field(default_factory=dict)
    objective: str = ""
    measure: str = ""
    compared: tuple[str, ...] = ()
    measure_until: datetime | None = None
    measure_by: str = ""
    end_test: str = ""
    legacy: str = ""
    dose: Dose | None = None
    vehicles: int | None = None
    authority: str = ""
    bid: int | None = None


class Clashing(Conflict):
    """Clashes stand against a deployment that nobody has over-ruled yet, so that nothing was saved."""

    title = "Clash"

    def __init__(self, found: Sequence[Clash]) -> None:
        super().__init__(f"{in_words(found)}. Why saves it all the same.")
        self.clashes = tuple(found)


def sending_of(standing: Board, draft: Draft, where: str) -> Sending:
    """A draft with what is known of its units at the moment of the board. Raises Conflict where a unit is gone."""
    units = {unit.id: unit for unit in standing.units}
    if any(number not in units for number in draft.units):
        raise Conflict("This unit is no longer in the store. Refresh with ctrl+r.")
    crews = tuple(_crew(units[number], draft.starts, draft.officers.get(number)) for number in draft.units)
    return Sending(0, where, draft.tactic, draft.starts, draft.ends, crews, draft.vehicles)


def _crew(unit: UnitView, at: datetime, officers: int | None = None, *, before: int | None = None) -> Crew:
    """A unit as a deployment takes it, of the strength that it has at a moment.

    officers: how many of it go, all where None. before: of its deployments only those of a lower number, all where
    None.
    """
    elsewhere = tuple(
        Elsewhere(one.id, one.where, one.tactic, one.starts, one.stays(sent), one.by, one.entered if one.by else None)
        for one in unit.sent
        for sent in one.units
        if sent.unit_id == unit.id and (before is None or one.id < before)
    )
    strength = unit.strength_at(at)
    return Crew(
        unit.unit, strength if officers is None else officers, strength, unit.skills, unit.shift, unit.away, elsewhere
    )


def standing_clashes(standing: Board) -> list[Clash]:
    """Everything that stands against deployments that are on or planned, whether or not it was over-ruled."""
    units = {unit.id: unit for unit in standing.units}
    found: list[Clash] = []
    for one in standing.live:
        at = max(one.starts or standing.now, standing.now)
        crews = tuple(
            _crew(units[sent.unit_id], at, sent.officers, before=one.id)
            for sent in one.units
            if sent.unit_id in units and any(other.id == one.id for other in units[sent.unit_id].sent)
        )
        found += clashes(Sending(one.id, one.where, one.tactic, one.starts, one.until, crews, one.vehicles))
    return found


def against(store: Store, draft: Draft, now: datetime) -> list[Clash]:
    """What stands against a draft as the store is now. Raises Problem where it cannot be saved at all."""
    _, where = _checked(store, draft)
    return clashes(sending_of(board(store, now), draft, where))


def _checked(store: Store, draft: Draft) -> tuple[Authority, str]:
    """The authority of a draft and where it is. Raises NotFound, Problem for what no reason over-rules."""
    ward = ward_map(store).get(draft.ward_code)
    if ward is None:
        raise NotFound(f"There is no ward {draft.ward_code}.")
    if draft.ends <= draft.starts:
        raise Problem(f"It would end at {london(draft.ends):%d/%m %H:%M}, before it starts. Give a later end.")
    authority = authority_of(tactic_called(draft.tactic), draft.authority)
    refuse_too_long(authority, draft.starts, draft.ends)
    refuse_own(draft.ward_code, draft.compared)
    if not draft.units:
        raise Problem("No unit is named. Name one at least.")
    return authority, ward.name


def task(
    store: Store,
    draft: Draft,
    *,
    why: str = "",
    accepted: Collection[object] = (),
    stays: bool = False,
    meeting_id: int | None = None,
) -> int:
    """Save a deployment and give its number; units that are elsewhere then leave there, unless *stays*.

    accepted: the keys of the clashes that were shown and are over-ruled, which takes a reason. A clash that stands now
    and was not shown, as where another sitting has taken a unit meanwhile, raises Clashing, and nothing is saved.

    Raises NotFound for a ward that is not known, Problem for what cannot be, Conflict where the meeting is sealed.
    """
    with store.change("Deploy", meeting=meeting_id) as writing:
        return task_in(store, writing, draft, why=why, accepted=accepted, stays=stays, meeting_id=meeting_id)


def task_in(
    store: Store,
    writing: Writing,
    draft: Draft,
    *,
    why: str = "",
    accepted: Collection[object] = (),
    stays: bool = False,
    meeting_id: int | None = None,
) -> int:
    """The same within a command that does more."""
    now = moment_of(writing.now)
    authority, where = _checked(store, draft)
    standing = board(store, now)
    sending = sending_of(standing, draft, where)
    _refuse_same(standing, draft, where)
    found = [clash for clash in clashes(sending) if clash.blocks]
    if unseen := [clash for clash in found if clash.key not in accepted]:
        raise Clashing(unseen)
    reason = reason_given(why) if found else why.strip()
    left = [] if stays else _leave(writing, standing, draft, reason)
    number = writing.insert("deployment_record", **_row(writing, draft, authority, found, reason, meeting_id))
    asked = _link(writing, standing, draft, sending, number)
    writing.says(_sent_in_words(draft, where, sending, now, left, reason, asked))
    return number


def _row(
    writing: Writing, draft: Draft, authority: Authority, found: Sequence[Clash], why: str, meeting_id: int | None
) -> dict[str, object]:
    return {
        **BLANK,
        "ward_code": draft.ward_code,
        "place": draft.place,
        "tactic": tactic_called(draft.tactic),
        "starts": stamp(draft.starts),
        "ends": stamp(draft.ends),
        "over_at": stamp(draft.ends),
        "objective": draft.objective,
        "measure": draft.measure,
        "compared": " ".join(draft.compared),
        "measure_until": stamp(draft.measure_until) if draft.measure_until else None,
        "measure_by": draft.measure_by,
        "end_test": draft.end_test,
        "legacy": draft.legacy,
        "visits": draft.dose.visits if draft.dose else None,
        "minutes": draft.dose.minutes if draft.dose else None,
        "vehicles": draft.vehicles,
        "authority": json.dumps(asdict(authority)) if authority.words else "",
        "why": why,
        "overruled": in_words(found),
        "decided_at": writing.now,
        "entered_at": writing.now,
        "decided_by": writing.who,
        "meeting_id": meeting_id,
        "bid_id": draft.bid,
    }


def _link(writing: Writing, standing: Board, draft: Draft, sending: Sending, number: int) -> list[str]:
    """Put the units on a deployment; gives whom has been asked for those that are not ours to send."""
    units, asked = {unit.id: unit for unit in standing.units}, []
    for unit_id, crew in zip(draft.units, sending.crews, strict=True):
        whom = units[unit_id].whom
        link = {**UNASKED, "deployment_id": number, "unit_id": unit_id, "officers": crew.officers}
        if whom:
            link |= {"asked": whom, "asked_at": writing.now}
            asked.append(whom)
        writing.insert("deployment_unit", **link)
    return asked


def _refuse_same(standing: Board, draft: Draft, where: str) -> None:
    """Raise Conflict where a unit is there on the same terms already."""
    units = {unit.id: unit for unit in standing.units}
    for number in draft.units:
        for one in units[number].sent:
            same = (one.ward_code, one.tactic, one.ends) == (draft.ward_code, draft.tactic, draft.ends)
            if same and (one.starts is None or one.starts <= draft.starts):
                until = f"until {london(draft.ends):%d/%m %H:%M}"
                name = units[number].unit
                all_or_none([Unfit(name, name, f"is in {where} {until} already")])


def _leave(writing: Writing, standing: Board, draft: Draft, why: str) -> list[str]:
    """Let the units of a draft leave what they are on at its time; gives the places that they leave."""
    left: list[str] = []
    for unit in standing.units:
        if unit.id not in draft.units:
            continue
        for one in unit.sent:
            sent = next(sent for sent in one.units if sent.unit_id == unit.id)
            until = one.stays(sent)
            if (one.starts is None or one.starts < draft.ends) and (until is None or until > draft.starts):
                begun = one.starts is None or one.starts < draft.starts
                leave(writing, one, sent, max(draft.starts, standing.now) if begun else standing.now, why)
                left += [one.ward] if one.ward and one.ward not in left else []
    return left


def leave(writing: Writing, one: DeploymentView, sent: Sent, at: datetime, why: str) -> None:
    """Let a unit leave a deployment at a moment; with its last unit the deployment ends, or is cancelled."""
    writing.update("deployment_unit", sent.link, left_at=stamp(at), left_why=why)
    row = writing.connection.exec_driver_sql(
        "SELECT COUNT(*) AS here, MAX(left_at) AS last, SUM(left_at IS NULL AND answer <> 'refused') AS stay "
        "FROM deployment_unit WHERE deployment_id = ?",
        (one.id,),
    ).one()
    if not row.stay:
        writing.update(
            "deployment_record", one.id, stopped_at=row.last, over_at=row.last, stopped_why=why, stopped_by=writing.who
        )


def _sent_in_words(
    draft: Draft, where: str, sending: Sending, now: datetime, left: Sequence[str], why: str, asked: Sequence[str]
) -> str:
    names = named([crew.unit for crew in sending.crews])
    since = f"from {london(draft.starts):%d/%m %H:%M} " if draft.starts > now else ""
    done = f"asked for ({', '.join(dict.fromkeys(asked))}) and sent" if asked else "sent"
    words = f"{names} {done} to {where} {since}until {london(draft.ends):%d/%m %H:%M}"
    words += f", from {' and '.join(left)}" if left else ""
    return f"{words}: {why}" if why else words


def stand_down(store: Store, unit_ids: Sequence[int], why: str, *, meeting_id: int | None = None) -> None:
    """Free units of what they are on, planned for or asked for, with the reason, which stays in the record.

    Raises Problem without a reason, Conflict where a unit is free or gone, or the meeting is sealed.
    """
    reason = reason_given(why)
    with store.change("Stand down", meeting=meeting_id) as writing:
        now = moment_of(writing.now)
        known = {unit.id: unit for unit in board(store, now).units}
        units = [known.get(unit_id) for unit_id in unit_ids]
        refuse_free(units)
        places = set()
        for unit in (unit for unit in units if unit is not None and unit.on is not None):
            one = unit.sent[0]
            leave(writing, one, next(sent for sent in one.units if sent.unit_id == unit.id), now, reason)
            places.add(one.ward)
        names = named([unit.unit for unit in units if unit])
        left = f" from {places.pop()}" if len(places) == 1 and "" not in places else ""
        writing.says(f"{names} stood down{left}: {reason}")


def refuse_free(units: Sequence[UnitView | None]) -> None:
    """Raise Conflict, which names them, where units to be stood down are on nothing; None for one that is gone."""
    all_or_none([_free(unit) for unit in units])


def _free(unit: UnitView | None) -> Unfit | None:
    if unit is None:
        return Unfit("", "A unit", "is no longer in the store")
    if unit.on is not None:
        return None
    return Unfit(unit.unit, unit.unit, f"is {unit.state}: only a unit that was sent is stood down")
