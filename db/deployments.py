"""Units and deployments as they stand at a moment: who is free, who is sent where, until when, and who is asked for.

Nothing of that is stored as a word: it follows from the clock and from what was decided (``core.deployments``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from core.authority import Authority
from core.clashes import Away
from core.days import moment_of, stamp
from core.deployments import Dose, State, state_at
from core.geography import Ward
from core.scope import WHOLE_FORCE, Scope
from core.units import WARD_TEAM, UnitState, Uplift, shift_of, skills_of, strength
from db.deployment_views import AGREED as AGREED
from db.deployment_views import REFUSED as REFUSED
from db.deployment_views import Board as Board
from db.deployment_views import DeploymentView as DeploymentView
from db.deployment_views import Sent as Sent
from db.deployment_views import UnitView as UnitView
from db.store import Store
from db.store.engine import Row
from db.ward_map import ward_map

Values: TypeAlias = "Row | Mapping[str, Any]"
"""A row as it is stored, or as it was."""
KEPT_ON = timedelta(days=7)
"""For so long the board still shows what is over or was cancelled."""


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
    where = "WHERE d.over_at IS NULL OR d.over_at >= :since"
    return tuple(_read(store, now, where, since=stamp(now - kept)))


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
    links = store.read.rows(f"{_LINKS}{where} ORDER BY l.deployment_id, l.id", **values)
    rows = store.read.rows(f"{_COLUMNS}{where} ORDER BY d.starts, d.id", **values)
    return deployments_of(rows, links, ward_map(store), now)


def deployments_of(
    rows: Iterable[Values], links: Iterable[Values], known: Mapping[str, Ward], now: datetime
) -> list[DeploymentView]:
    """Deployments as their rows have them, in the order of the rows, with their units in the order of the links.

    links: rows of units on deployments, each with the name of its unit. known: the ward map.
    """
    used: dict[int, list[Sent]] = {}
    for link in links:
        used.setdefault(link["deployment_id"], []).append(_sent(link))
    return [_view(row, tuple(used.get(row["id"], ())), known, now) for row in rows]


def _moment(text: str | None) -> datetime | None:
    return moment_of(text) if text else None


def _sent(row: Values) -> Sent:
    return Sent(
        row["id"], row["unit_id"], row["unit"], row["officers"], _moment(row["left_at"]), row["left_why"],
        row["asked"], row["answer"], row["answer_why"],
    )  # fmt: skip


def _view(row: Values, used: tuple[Sent, ...], known: Mapping[str, Ward], now: datetime) -> DeploymentView:
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
        "SELECT id, unit, base, officers, ward_code, team, skills, shift, whom, notice, away_from, away_until, "
        "away_why FROM deployment"
    )
    uplifts = store.read.rows("SELECT unit_id, officers, starts, ends FROM uplift")
    posts = store.read.rows(
        "SELECT ward_code, posts FROM officer_post WHERE plan_id = (SELECT MAX(id) FROM officer_plan)"
    )
    return units_of(store.read.rows(query), uplifts, posts, deployments, now)


def units_of(
    rows: Iterable[Values],
    uplifts: Iterable[Values],
    posts: Iterable[Values],
    deployments: Sequence[DeploymentView],
    now: datetime,
) -> tuple[UnitView, ...]:
    """Units as their rows have them, ours by base and name, then those to ask for, ward teams last.

    uplifts: what units receive and lend. posts: of the plan of extra ward officers that is in force.
    """
    extra = {row["ward_code"]: row["posts"] for row in posts}
    lent: dict[int, list[Uplift]] = {}
    for row in uplifts:
        lent.setdefault(row["unit_id"], []).append(
            Uplift(row["officers"], moment_of(row["starts"]), _moment(row["ends"]))
        )
    live: dict[int, list[tuple[DeploymentView, Sent]]] = {}
    for one in deployments:
        if one.state.is_live:
            for sent in one.units:
                if sent.answer != REFUSED and (sent.left is None or sent.left > now):
                    live.setdefault(sent.unit_id, []).append((one, sent))
    ordered = sorted(rows, key=lambda row: (row["whom"] != "", row["team"] == WARD_TEAM, row["base"], row["unit"]))
    return tuple(
        _unit(
            row, extra.get(row["ward_code"], 0) if row["team"] == WARD_TEAM else 0, now, lent.get(row["id"], ()),
            live.get(row["id"], ()),
        )
        for row in ordered
    )  # fmt: skip


def _unit(
    row: Values, posts: int, now: datetime, uplifts: Sequence[Uplift], live: Sequence[tuple[DeploymentView, Sent]]
) -> UnitView:
    states = sorted((_state(one, sent), place) for place, (one, sent) in enumerate(live))
    order = [live[place][0] for _, place in states]
    since = _moment(row["away_from"])
    away = Away(since, _moment(row["away_until"]), row["away_why"]) if since else None
    own = row["officers"] + posts
    return UnitView(
        row["id"], row["unit"], row["base"], own, strength(own, uplifts, now), row["team"],
        skills_of(row["skills"]), shift_of(row["shift"]), row["whom"], row["notice"], away,
        _STATES[states[0][0]] if states else UnitState.FREE, tuple(uplifts), tuple(order), posts,
    )  # fmt: skip


_STATES = (UnitState.OUT, UnitState.ASKED, UnitState.PLANNED)


def _state(one: DeploymentView, sent: Sent) -> int:
    """Which of a unit's deployments tells how it stands: the one it is on, else one it is asked for, else the next."""
    if sent.waits:
        return 1
    return 0 if one.state is State.ON else 2
