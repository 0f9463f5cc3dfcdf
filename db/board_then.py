"""The board as it was at a moment that has passed: by what had been decided and entered until then, and nothing since.

Rule: every row of units and deployments stands as the last entry of the journal by that moment left it. So an end that
was changed later, a unit that left later, or an answer that came later is not known yet. Before the first entry that
names a unit every unit stands as its own first entry says, as nothing else is known: there its history begins.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from core.days import stamp
from core.roles import May
from core.units import TASK_FORCE
from db.deployments import KEPT_ON, Board, deployments_of, units_of
from db.store import Store
from db.store.engine import Row
from db.ward_map import ward_map

Values = dict[str, Any]
Change = Mapping[str, Any]
_UNIT, _RECORD, _LINK, _UPLIFT, _PLAN, _POST = (
    "deployment", "deployment_record", "deployment_unit", "uplift", "officer_plan", "officer_post",
)  # fmt: skip
_TABLES = (_UNIT, _RECORD, _LINK, _UPLIFT, _PLAN, _POST)
_GAINED: Mapping[str, Any] = {
    "team": TASK_FORCE, "skills": "", "shift": "", "whom": "", "notice": "", "away_from": None, "away_until": None,
    "away_why": "",
}  # fmt: skip
"""What an entry of an earlier version does not say of a unit."""


def board_then(store: Store, then: datetime, *, kept: timedelta = KEPT_ON) -> Board:
    """The board at a moment that has passed. kept: how long ended deployments are still on it.

    It is read from the journal: raises Refused where that is kept from the user of the store.
    """
    if store.rights is not None:
        store.rights.require(May.NAMES, "The board of a moment that has passed")
    held = _rows(store, then, kept)
    since = stamp(then - kept)
    records = [row for row in held[_RECORD].values() if row["over_at"] is None or row["over_at"] >= since]
    records.sort(key=lambda row: (row["starts"] or "", row["id"]))
    named = {number: unit["unit"] for number, unit in held[_UNIT].items()}
    links = [{**row, "unit": named[row["unit_id"]]} for _, row in sorted(held[_LINK].items())]
    deployments = tuple(deployments_of(records, links, ward_map(store), then))
    plan = max(held[_PLAN], default=None)
    posts = [row for row in held[_POST].values() if row["plan_id"] == plan]
    units = units_of(held[_UNIT].values(), held[_UPLIFT].values(), posts, deployments, then)
    return Board(then, units, deployments)


def _rows(store: Store, then: datetime, kept: timedelta) -> dict[str, dict[int, Values]]:
    """The rows of every table by their numbers, as they were: today's, with what was written since taken back."""
    since = list(_since(store, then))
    today = _today(store, stamp(then - kept), since)
    held = _taken_back(today, since, set())
    return held if held[_UNIT] or told_by(store, then) else _taken_back(today, since, set(today[_UNIT]))


def _today(store: Store, over_since: str, since: Iterable[Sequence[Change]]) -> dict[str, dict[int, Values]]:
    """Today's rows. Of deployments only those that were not over, or that something was written of since: no other is
    shown, and there may be many."""
    written = json.dumps(sorted({one["id"] for changes in since for one in changes if one["table"] == _RECORD}))
    some = "(over_at IS NULL OR over_at >= :since OR id IN (SELECT value FROM json_each(:written)))"
    only = {_RECORD: f" WHERE {some}", _LINK: f" WHERE deployment_id IN (SELECT id FROM {_RECORD} WHERE {some})"}  # noqa: S608 - own names
    found: dict[str, dict[int, Values]] = {}
    for table in _TABLES:
        asked = {"since": over_since, "written": written} if table in only else {}
        rows = store.read.rows(f"SELECT * FROM {table}{only.get(table, '')}", **asked)  # noqa: S608 - own names
        found[table] = {row["id"]: dict(row) for row in rows}
    return found


def _taken_back(
    today: Mapping[str, Mapping[int, Values]], since: Iterable[Sequence[Change]], begun: Collection[int]
) -> dict[str, dict[int, Values]]:
    """Rows without what some entries wrote. begun: units that stand as their first entry says, whenever it was."""
    held = {table: dict(rows) for table, rows in today.items()}
    seen: set[tuple[str, int]] = set()
    for changes in since:
        new = {
            change["id"] for change in changes
            if change["table"] == _UNIT and change["before"] is None and (_UNIT, change["id"]) not in seen
        }  # fmt: skip
        for change in changes:
            table, number = change["table"], change["id"]
            if table not in held or (table, number) in seen or change["before"] == {}:
                continue  # what an upgrade gave a row says nothing anew
            seen.add((table, number))
            before = change["after"] if _is_of(change, new.intersection(begun), changes) else change["before"]
            if before is None:
                held[table].pop(number, None)
            else:
                held[table][number] = {**(_GAINED if table == _UNIT else {}), **before}
    return held


def _since(store: Store, then: datetime) -> Iterator[list[Change]]:
    """The changes of every entry since a moment that tells of units, the earliest first."""
    told = " OR ".join(f"instr(changes, :{table}) > 0" for table in _TABLES)
    marks = {table: _mark(table) for table in _TABLES}
    query = f"SELECT changes FROM journal WHERE entered_at > :then AND ({told}) ORDER BY id"  # noqa: S608 - own names
    rows: list[Row] = store.read.rows(query, then=stamp(then), **marks)
    return (json.loads(row["changes"]) for row in rows)


def told_by(store: Store, then: datetime) -> bool:
    """Whether any entry by a moment tells of a unit; else a board of it has each unit as it was first entered."""
    query = "SELECT 1 FROM journal WHERE entered_at <= :then AND instr(changes, :mark) > 0 LIMIT 1"
    return bool(store.read.rows(query, then=stamp(then), mark=_mark(_UNIT)))


def _mark(table: str) -> str:
    """How the journal writes that a change is of a table."""
    return f'"table":"{table}"'


def _is_of(change: Change, first: Collection[int], changes: Sequence[Change]) -> bool:
    """Whether a change adds one of some units, or what its file says that it is on."""
    row = change["after"]
    if change["before"] is not None or row is None or not first:
        return False
    if change["table"] == _LINK:
        made = (one for one in changes if one["table"] == _RECORD and one["id"] == row["deployment_id"])
        return any(_is_of(one, first, ()) for one in made)
    return {_UNIT: change["id"], _RECORD: row.get("from_unit")}.get(change["table"]) in first
