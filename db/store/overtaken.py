"""What others did to a record while a form about it was open: it is kept, or the form is refused and told of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.days import london, moment_of, uk, uk_moment
from core.errors import Conflict

if TYPE_CHECKING:
    from sqlalchemy import Connection

Values = Mapping[str, Any]
Show = Callable[[str, object], str]
"""A column and its value to the words for the value."""

_CALLED = {
    "action": "Action {id}",
    "attendance": "{role}",
    "bid": "Bid {id}",
    "decision": "Decision {id}",
    "deployment": "{unit}",
    "deployment_record": "Deployment {id}",
    "fly_tip_site": "{place}",
    "fly_tip_step": "{issue}",
    "focus_item": "{words}",
    "incident_mark": "What was said of {ref}",
    "incident_series": "Series {id}",
    "membership": "The membership of {person_ref}",
    "priority_ward": "The priority ward {ward_code}",
    "setting": "{name}",
    "tension": "Tension note {id}",
}
_COLUMNS = {"due_at": "due", "ward_code": "ward", "review_on": "next review", "escalated_to": "waiting for"}
_BOOKKEEPING = frozenset(("meeting_id", "closed_meeting_id", "closed_at", "updated_at"))
_CLASHES = frozenset(("deployment_record", "deployment_unit"))
"""Tables of which a row that others added is said as a clash, with who sent whom where: a reason over-rules that."""
_SHOWN = 2
_LONGEST = 60


def called(table: str, row: Values | None) -> str:
    """What a row is called in a sentence: a place, unit or role by name, what someone worded by its number."""
    return _CALLED.get(table, f"This {table.replace('_', ' ')}").format(**(row or {"id": ""}))


def in_words(column: str, value: object) -> str:
    """A value of a column: days and moments as they are read in London, ``nothing`` where it is empty."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, int) and (column.endswith("_on") or column in ("since", "monday", "day")):
        return uk(value)
    if isinstance(value, str) and (column.endswith("_at") or column in ("starts", "ends")):
        return uk_moment(value)
    words = " ".join(str(value).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


class Overtaken(Conflict):
    """Someone else changed the same part of a record while a form about it was open, so that nothing was written."""

    def __init__(self, record: str, who: str, at: str, changed: Values, show: Show = in_words) -> None:
        """*changed*: the columns that both changed, with what they are now. *at*: when, as it is stored."""
        parts = [f"{_COLUMNS.get(c, c.replace('_', ' '))} is now {show(c, v)}" for c, v in changed.items()]
        more = f" and {len(parts) - _SHOWN} more" if len(parts) > _SHOWN else ""
        now = "; ".join(parts[:_SHOWN])
        super().__init__(
            f"{record} was changed by {who} at {london(moment_of(at)):%H:%M}: {now}{more}. "
            "Esc, then the same key, goes on with what you typed."
        )
        self._told = (record, who, at, changed)

    def shown(self, show: Show) -> Overtaken:
        """The same with the values in other words."""
        return Overtaken(*self._told, show)


@dataclass
class _ByOthers:
    """What others changed of a row: each column as it was before, and by which entry it was changed last."""

    before: dict[str, object] = field(default_factory=dict)
    by: dict[str, tuple[str, str]] = field(default_factory=dict)


class Others:
    """What other sittings changed since an entry of the journal, as the transaction that asks can see it."""

    def __init__(self, connection: Connection, since: int, sitting: int | None) -> None:
        """*sitting*: whose own changes are passed over."""
        self._rows: dict[tuple[str, int], _ByOthers] = {}
        query = (
            "SELECT who, entered_at, changes FROM journal WHERE id > :since AND kind <> 'clock' "
            "AND (:sitting IS NULL OR sitting IS NULL OR sitting <> :sitting) ORDER BY id"
        )
        for entry in connection.exec_driver_sql(query, {"since": since, "sitting": sitting}):
            for change in json.loads(entry.changes):
                self._note(change, (entry.who, entry.entered_at))

    def _note(self, change: Values, by: tuple[str, str]) -> None:
        if change["before"] is None and change["table"] in _CLASHES:
            return
        before, after = change["before"] or {}, change["after"] or {}
        row = self._rows.setdefault((change["table"], change["id"]), _ByOthers())
        for column, value in after.items():
            if before.get(column) != value:
                row.before.setdefault(column, before.get(column))
                row.by[column] = by

    def typed(self, table: str, row_id: int, values: Values) -> dict[str, Any]:
        """Of what a form holds, what was typed: a field that is as the form began is left as others made it."""
        row = self._rows.get((table, row_id), _ByOthers())
        return {
            column: value for column, value in values.items() if column not in row.before or row.before[column] != value
        }

    def refuse(self, table: str, row_id: int, stands: Values, values: Values) -> None:
        """Raise Overtaken where columns are to become something else than what others made them meanwhile."""
        row = self._rows.get((table, row_id))
        if row is None:
            return
        both = {
            column: stands[column]
            for column, value in values.items()
            if column in row.by and column not in _BOOKKEEPING and stands[column] not in (value, row.before[column])
        }
        if both:
            who, at = row.by[next(iter(both))]
            raise Overtaken(called(table, stands), who, at, both)


def last_changed(connection: Connection, table: str, row_id: int, since: int) -> tuple[str, str]:
    """Who changed a row last after an entry of the journal, and when as it is stored; empty where no entry says so."""
    query = "SELECT who, entered_at, changes FROM journal WHERE id > :since ORDER BY id DESC"
    for entry in connection.exec_driver_sql(query, {"since": since}):
        if any((change["table"], change["id"]) == (table, row_id) for change in json.loads(entry.changes)):
            return entry.who, entry.entered_at
    return "", ""
