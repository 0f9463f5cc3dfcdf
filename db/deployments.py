"""Units and deployments as they stand at a moment: who is free, who is sent where, until when, and who is asked for.

Nothing of that is stored as a word: it follows from the clock and from what was decided (``core.deployments``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.authority import Authority
from core.clashes import Away
from core.days import moment_of, stamp
from core.deployments import Dose, State, state_at
from core.geography import Ward
from core.localities import Locality
from core.scope import WHOLE_FORCE, Scope
from core.units import WARD_TEAM, Shift, UnitState, Uplift, shift_of, skills_of, strength
from db.store import Store
from db.store.engine import Row
from db.ward_map import ward_map

KEPT_ON = timedelta(days=7)
"""For so long the board still shows what is over or was cancelled."""
AGREED, REFUSED = "agreed", "refused"


@dataclass(frozen=True)
class Sent:
    """A unit on a deployment, with how many of its officers.

    left: when it leaves or left before the end, None where it does not. asked: whom, empty where it is ours to send.
    answer: empty until it is agreed or refused.
    """

    link: int
    unit_id: int
    unit: str
    officers: int
    left: datetime | None
    left_why: str
    asked: str
    answer: str
    answer_why: str

    @property
    def waits(self) -> bool:
        """Whether it is asked for and nobody has answered yet."""
        return bool(self.asked) and not self.answer

    @property
    def comes(self) -> bool:
        """Whether it is ours to send or has been agreed to."""
        return not self.asked or self.answer == AGREED


@dataclass(frozen=True)
class DeploymentView:
    """One deployment as it stood at the moment it was read for.

    place: a site or streets of the ward. compared: codes of the comparison wards. measure_by: who fixed the measure,
    empty for the rule. why: why it was tasked, and why a clash was over-ruled; overruled: those clashes in words.
    read_at: the moment it was read for. decided: None where it is not known. bid: the number of the bid it was granted
    for. stopped: when it was ended early.
    """

    id: int
    state: State
    ward_code: str
    ward: str
    borough: str
    bcu: str
    place: str
    tactic: str
    starts: datetime | None
    ends: datetime | None
    objective: str
    measure: str
    compared: tuple[str, ...]
    measure_until: datetime | None
    measure_by: str
    end_test: str
    legacy: str
    dose: Dose | None
    vehicles: int | None
    authority: Authority
    why: str
    overruled: str
    decided: datetime | None
    entered: datetime
    by: str
    bid: int | None
    stopped: datetime | None
    stopped_why: str
    stopped_by: str
    meeting_id: int | None
    read_at: datetime
    units: tuple[Sent, ...] = ()

    @property
    def until(self) -> datetime | None:
        """When it ends, or ended: earlier where it was stopped."""
        ends = [moment for moment in (self.ends, self.stopped) if moment is not None]
        return min(ends, default=None)

    @property
    def locality(self) -> Locality:
        """Where it lies."""
        return Locality(self.bcu, self.borough)

    @property
    def where(self) -> str:
        """The ward, with the site or streets where they are named."""
        return f"{self.ward}, {self.place}" if self.place and self.ward else self.ward or self.place

    @property
    def here(self) -> list[Sent]:
        """The units that come, or have come, and have not left."""
        return [sent for sent in self.units if sent.comes and (sent.left is None or sent.left > self.read_at)]

    @property
    def officers(self) -> int:
        """How many officers are or will be there."""
        return sum(sent.officers for sent in self.here)

    def stays(self, sent: Sent) -> datetime | None:
        """Until when one of its units stays: its end, or earlier where it leaves."""
        ends = [moment for moment in (self.until, sent.left) if moment is not None]
        return min(ends, default=None)


@dataclass(frozen=True)
class UnitView:
    """One unit as it stood at the moment it was read for.

    officers: how many it has then, with what it has received and lent; own: without. posts: of its own, the extra ward
    officers that the plan in force has placed in its ward, where it is a ward team. skills: empty where they are not
    known. whom and notice: whom to ask for it and how long before, empty where it is ours to send. sent: its
    deployments that are on or planned, the next first; the first is what it is on, planned for or asked for.
    """

    id: int
    unit: str
    base: str
    own: int
    officers: int
    team: str
    skills: frozenset[str]
    shift: Shift | None
    whom: str
    notice: str
    away: Away | None
    state: UnitState
    uplifts: tuple[Uplift, ...] = ()
    sent: tuple[DeploymentView, ...] = ()
    posts: int = 0

    def strength_at(self, moment: datetime) -> int:
        """How many officers it has at another moment, with what it receives and lends then."""
        return strength(self.own, self.uplifts, moment)

    def is_away(self, now: datetime) -> bool:
        """Whether it is not to be sent, now or at a time to come."""
        return self.away is not None and (self.away.ends is None or self.away.ends > now)

    @property
    def on(self) -> DeploymentView | None:
        """The deployment that it is on, planned for or asked for; None while it is free."""
        return self.sent[0] if self.sent else None

    @property
    def ward_code(self) -> str:
        """The ward that it is on, planned for or asked for; empty while it is free, as is what follows."""
        return self.on.ward_code if self.on else ""

    @property
    def ward(self) -> str:
        """The name of that ward."""
        return self.on.ward if self.on else ""

    @property
    def borough(self) -> str:
        """Its borough."""
        return self.on.borough if self.on else ""

    @property
    def tactic(self) -> str:
        """What it is sent to do there."""
        return self.on.tactic if self.on else ""

    @property
    def starts(self) -> datetime | None:
        """When that starts."""
        return self.on.starts if self.on else None

    @property
    def ends(self) -> datetime | None:
        """When it leaves there."""
        mine = next((sent for sent in self.on.units if sent.unit_id == self.id), None) if self.on else None
        return self.on.stays(mine) if self.on and mine else None

    @property
    def is_free(self) -> bool:
        """Whether it is on nothing and planned for nothing."""
        return self.state is UnitState.FREE


@dataclass(frozen=True)
class Board:
    """Every unit, ours by base and name, then those to ask for; what is on, planned or ended in seven days."""

    now: datetime
    units: tuple[UnitView, ...]
    deployments: tuple[DeploymentView, ...]

    @property
    def live(self) -> list[DeploymentView]:
        """Those that are on or planned."""
        return [one for one in self.deployments if one.state.is_live]

    @property
    def changes_at(self) -> datetime | None:
        """The next moment at which something on it changes by the clock; None where nothing will."""
        ends = ((one.starts, one.stays(sent)) for one in self.live for sent in one.units)
        moments = {moment for pair in ends for moment in pair} | {one.until for one in self.live}
        return min((moment for moment in moments if moment is not None and moment > self.now), default=None)

    def within(self, scope: Scope) -> Board:
        """What of it belongs to a scope: the deployments that lie in it, and the units that they have."""
        if scope.is_force:
            return self
        here = tuple(one for one in self.deployments if scope.holds(one.locality))
        live = {sent.unit_id for one in here if one.state.is_live for sent in one.units}
        return replace(self, deployments=here, units=tuple(unit for unit in self.units if unit.id in live))


def board(store: Store, now: datetime | None = None, *, kept: timedelta = KEPT_ON, scope: Scope = WHOLE_FORCE) -> Board:
    """The board at a moment, the store's own where none is given. kept: how long ended deployments are still read."""
    now = now or store.now()
    deployments = _deployments(store, now, kept)
    return Board(now, _units(store, now, deployments), deployments).within(scope)


def units(store: Store, now: datetime | None = None) -> list[UnitView]:
    """Every unit, as the board has them, as it stands at a moment, the store's own where none is given."""
    return list(board(store, now, kept=timedelta(0)).units)


def holds_units(store: Store) -> bool:
    """Whether the store holds any unit at all."""
    return bool(store.read.rows("SELECT 1 FROM deployment LIMIT 1"))


def deployment(store: Store, number: int, now: datetime | None = None) -> DeploymentView | None:
    """One deployment, whenever it was; None where there is none of that number."""
    found = _read(store, now or store.now(), "WHERE d.id = :id", id=number)
    return found[0] if found else None


def in_ward(store: Store, ward_code: str, since: datetime, now: datetime) -> list[DeploymentView]:
    """The deployments of a ward that have not ended before a moment, the latest first."""
    where = "WHERE d.ward_code = :code AND (d.over_at IS NULL OR d.over_at >= :since)"
    return _read(store, now, where, code=ward_code, since=stamp(since))[::-1]


def spans(
    store: Store, since: datetime, until: datetime, now: datetime, ward_code: str | None = None
) -> list[DeploymentView]:
    """Every deployment that had a part between two moments, the earliest first; of one ward where it is named."""
    where = "WHERE (d.over_at IS NULL OR d.over_at > :since) AND (d.starts IS NULL OR d.starts < :until)"
    if ward_code is not None:
        where += " AND d.ward_code = :code"
        return _read(store, now, where, since=stamp(since), until=stamp(until), code=ward_code)
    return _read(store, now, where, since=stamp(since), until=stamp(until))


def _deployments(store: Store, now: datetime, kept: timedelta) -> tuple[DeploymentView, ...]:
    where = "WHERE (d.over_at IS NULL OR d.over_at >= :since) AND (d.decided_at IS NULL OR d.decided_at <= :at)"
    return tuple(_read(store, now, where, since=stamp(now - kept), at=stamp(now)))


_COLUMNS = (
    "SELECT d.id, d.ward_code, d.place, d.tactic, d.starts, d.ends, d.objective, d.measure, d.compared, "
    "d.measure_until, d.measure_by, d.end_test, d.legacy, d.visits, d.minutes, d.vehicles, d.authority, d.why, "
    "d.overruled, d.decided_at, d.entered_at, d.decided_by, d.bid_id, d.stopped_at, d.stopped_why, d.stopped_by, "
    "d.meeting_id FROM deployment_record d "
)
_LINKS = (
    "SELECT l.id, l.deployment_id, l.unit_id, u.unit, l.officers, l.left_at, l.left_why, l.asked, l.answer, "
    "l.answer_why FROM deployment_record d CROSS JOIN deployment_unit l ON l.deployment_id = d.id "
    "CROSS JOIN deployment u ON u.id = l.unit_id "
)
"""SQLite keeps the order of cross joins: else it walks the units of every deployment that ever was."""


def _read(store: Store, now: datetime, where: str, **values: object) -> list[DeploymentView]:
    """Deployments by their start; those whose start is not known first."""
    known = ward_map(store)
    used: dict[int, list[Sent]] = {}
    for row in store.read.rows(f"{_LINKS}{where} ORDER BY l.deployment_id, l.id", **values):
        used.setdefault(row["deployment_id"], []).append(_sent(row))
    rows = store.read.rows(f"{_COLUMNS}{where} ORDER BY d.starts, d.id", **values)
    return [_view(row, tuple(used.get(row["id"], ())), known, now) for row in rows]


def _moment(text: str | None) -> datetime | None:
    return moment_of(text) if text else None


def _sent(row: Row) -> Sent:
    return Sent(
        row["id"], row["unit_id"], row["unit"], row["officers"], _moment(row["left_at"]), row["left_why"],
        row["asked"], row["answer"], row["answer_why"],
    )  # fmt: skip


def _view(row: Row, used: tuple[Sent, ...], known: Mapping[str, Ward], now: datetime) -> DeploymentView:
    ward = known.get(row["ward_code"])
    name, borough, bcu = (ward.name, ward.borough, ward.bcu) if ward else (row["ward_code"], "", "")
    starts, ends, stopped = (_moment(row[name]) for name in ("starts", "ends", "stopped_at"))
    manned = not used or any(sent.comes for sent in used)
    refused = bool(used) and all(sent.answer == REFUSED for sent in used)
    state = State.CANCELLED if refused else state_at(starts, ends, stopped, now, manned=manned)
    dose = Dose(row["visits"], row["minutes"]) if row["visits"] and row["minutes"] else None
    return DeploymentView(
        row["id"], state, row["ward_code"], name, borough, bcu, row["place"], row["tactic"], starts, ends,
        row["objective"], row["measure"], tuple(row["compared"].split()), _moment(row["measure_until"]),
        row["measure_by"], row["end_test"], row["legacy"], dose, row["vehicles"], _authority(row["authority"]),
        row["why"], row["overruled"], _moment(row["decided_at"]), moment_of(row["entered_at"]), row["decided_by"],
        row["bid_id"], stopped, row["stopped_why"], row["stopped_by"], row["meeting_id"], now, used,
    )  # fmt: skip


def _authority(stored: str) -> Authority:
    return Authority(**json.loads(stored)) if stored else Authority()


def _units(store: Store, now: datetime, deployments: Sequence[DeploymentView]) -> tuple[UnitView, ...]:
    query = (
        "SELECT id, unit, base, officers, team, skills, shift, whom, notice, away_from, away_until, away_why, "
        "CASE WHEN team = :wards THEN COALESCE((SELECT p.posts FROM officer_post p WHERE p.ward_code = "
        "deployment.ward_code AND p.plan_id = (SELECT MAX(id) FROM officer_plan WHERE made_at <= :at)), 0) ELSE 0 END "
        "AS posts FROM deployment ORDER BY whom <> '', team = :wards, base, unit"
    )
    lent: dict[int, list[Uplift]] = {}
    for row in store.read.rows("SELECT unit_id, officers, starts, ends FROM uplift"):
        lent.setdefault(row["unit_id"], []).append(
            Uplift(row["officers"], moment_of(row["starts"]), _moment(row["ends"]))
        )
    live: dict[int, list[tuple[DeploymentView, Sent]]] = {}
    for one in deployments:
        if one.state.is_live:
            for sent in one.units:
                if sent.answer != REFUSED and (sent.left is None or sent.left > now):
                    live.setdefault(sent.unit_id, []).append((one, sent))
    return tuple(
        _unit(row, now, lent.get(row["id"], ()), live.get(row["id"], ()))
        for row in store.read.rows(query, wards=WARD_TEAM, at=stamp(now))
    )


def _unit(row: Row, now: datetime, uplifts: Sequence[Uplift], live: Sequence[tuple[DeploymentView, Sent]]) -> UnitView:
    states = sorted((_state(one, sent), place) for place, (one, sent) in enumerate(live))
    order = [live[place][0] for _, place in states]
    since = _moment(row["away_from"])
    away = Away(since, _moment(row["away_until"]), row["away_why"]) if since else None
    own = row["officers"] + row["posts"]
    return UnitView(
        row["id"], row["unit"], row["base"], own, strength(own, uplifts, now), row["team"],
        skills_of(row["skills"]), shift_of(row["shift"]), row["whom"], row["notice"], away,
        _STATES[states[0][0]] if states else UnitState.FREE, tuple(uplifts), tuple(order),
        row["posts"],
    )  # fmt: skip


_STATES = (UnitState.OUT, UnitState.ASKED, UnitState.PLANNED)


def _state(one: DeploymentView, sent: Sent) -> int:
    """Which of a unit's deployments tells how it stands: the one it is on, else one it is asked for, else the next."""
    if sent.waits:
        return 1
    return 0 if one.state is State.ON else 2
