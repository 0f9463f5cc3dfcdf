"""What is read of units and deployments: values as they stood at the moment that they were read for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.authority import Authority
from core.clashes import Away
from core.deployments import Dose, State
from core.localities import Locality
from core.scope import Scope
from core.units import Shift, UnitState, Uplift, strength

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
