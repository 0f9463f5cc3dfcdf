"""What a change of a record is in the words of the minutes: one describer for every table that a meeting writes.

A describer is given one change of one entry of the journal and says what was done, about whom, in which words, why and
by whom. :data:`DESCRIBED` holds those of people, actions, decisions and the roll-call; ``db/record_places.py`` holds
those of places, ``db/record_deployments.py`` those of units, ``db/record_bids.py`` those of bids. To let a meeting
write a new table, give it one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from core.cohorts import COHORTS
from core.days import uk, uk_moment
from core.decisions import DAYS, LABELS
from core.registers import MEMBERSHIP
from core.text import list_name
from db.action_updates import BY_RULE, TAKEN_BACK
from db.store import Store
from db.store.rows import lookup
from db.subjects import Subject
from db.ward_map import name_of

Values = Mapping[str, Any]
ANSWERED = "answered"
"""What the answer of an escalation is called."""


@dataclass(frozen=True)
class Words:
    """What one change was. what: one or two words for its kind. why and by: empty where nothing of it was written.

    view: what shows it, where that is not what shows its table.
    """

    what: str
    about: Subject
    words: str
    why: str = ""
    by: str = ""
    view: str = ""


@dataclass(frozen=True)
class Change:
    """One change of one row, as a journal entry holds it; *before* or *after* is None where there was no row.

    beside: the other changes of the same entry. who: who made the entry; entry: what the entry says of itself; at: when
    it was made, as it is stored.
    """

    table: str
    id: int
    before: Values | None
    after: Values | None
    beside: Sequence[Change]
    who: str
    entry: str
    at: str = ""

    @property
    def row(self) -> Values:
        """The row as the change left it, or as it was when it was taken out."""
        return self.after if self.after is not None else self.before or {}

    @property
    def was(self) -> Values:
        """The row before; empty where it was added."""
        return self.before or {}

    @property
    def added(self) -> bool:
        """Whether the row was added."""
        return self.before is None

    @property
    def changed(self) -> set[str]:
        """The columns whose value is another."""
        return {column for column, value in self.row.items() if self.was.get(column) != value}


class Names:
    """What records are called, asked of the store once for every name."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @cached_property
    def _people(self) -> dict[str, str]:
        rows = self.store.read.rows(
            "SELECT p.ref, v.surname, v.forenames FROM person p JOIN person_version v ON v.id = p.version_id "
            "WHERE p.ref IN (SELECT person_ref FROM membership)"
        )
        return {row["ref"]: list_name(row["surname"], row["forenames"]) for row in rows}

    def person(self, ref: str) -> Subject:
        """A person who is or was in a cohort."""
        return Subject("person", ref, self._people.get(ref) or ref)

    def ward(self, code: str) -> Subject:
        """A ward."""
        return Subject("ward", code, name_of(self.store, code))

    def column(self, table: str, column: str, row_id: int) -> Any:
        """A column of a row as it stands; empty where the row is gone. The names come from the code."""
        return lookup(self.store.read.rows(f"SELECT id, {column} FROM {table} WHERE id = :id", id=row_id)).get(  # noqa: S608
            row_id, ""
        )


Describe = Callable[[Names, Change], Words | None]
"""Gives None for a change that another of the same entry tells of."""


@dataclass(frozen=True)
class Described:
    """How changes of a table are told. view: what shows the table, and so at which item of the agenda it is told.

    only_last: a row that was changed again and again is told once, from what it was first to what it is.
    """

    view: str
    words: Describe
    only_last: bool = False


def told_with_another(_names: Names, _change: Change) -> None:
    """For a row that is only written beside another, which tells of it."""


def when(moment: str | None) -> str:
    """A stored moment in London's time."""
    return uk_moment(moment) if moment else "no time"


def unsaid(change: Change) -> Words:
    """A change that no describer knows: column by column, so that nothing is left out."""
    columns = "; ".join(f"{column}: {change.was.get(column)} to {change.row[column]}" for column in change.changed)
    state = "taken out" if change.after is None else columns
    return Words("changed", Subject(change.table, str(change.id), change.table.replace("_", " ")), state)


def _action(_names: Names, change: Change) -> Words:
    row = change.row
    about = Subject(row["subject_kind"], row["subject_ref"], row["subject"])
    if change.added:
        return Words("action", about, f"{change.id}: {row['action']}; {_terms(row)}", by=change.who)
    named, said = f"{change.id}: {row['action']}", _words_of_update(change)
    if "status" in change.changed:
        given = f"; evidence: {row['evidence']}" if row.get("evidence") else ""
        return Words("closed", about, f"{named}; {row['status']}{given}", row["result"], row["closed_by"])
    if "escalated_to" in change.changed:
        if row["escalated_to"]:
            by = "the rule" if said.startswith(BY_RULE) else change.who
            words = f"{named}; to the {row['escalated_to']} meeting"
            return Words("escalated", about, words, said.removeprefix(BY_RULE), by)
        asked = f"the {change.was['escalated_to']} meeting"
        if _update(change).startswith(TAKEN_BACK):
            return Words("taken back", about, f"{named}; from {asked}", said, change.who)
        return Words(ANSWERED, about, f"{named}; by {asked}", said, change.who)
    if change.changed == {"due_at"} and "edited" not in _update(change):
        words = f"{named}; from {when(change.was['due_at'])} to {when(row['due_at'])}"
        return Words("carried", about, words, said, change.who)
    was = f"{change.was['action']}; {_terms(change.was)}"
    return Words("edited", about, f"{named}; {_terms(row)}; was: {was}", by=change.who)


def _terms(row: Values) -> str:
    """Who must do an action by when, and whatever else it says."""
    name, rest = row.get("owner_name"), _expected(row)
    owner = f"{row['owner']} ({name})" if name else row["owner"]
    partner = f", with {row['partner']}" if row.get("partner") else ""
    priority = f", {row['priority']} priority" if row.get("priority") not in (None, "", "normal") else ""
    source = f", from {row['source']}" if row.get("source") not in (None, "", row["subject_kind"], "meeting") else ""
    return f"{owner}{partner}, due {when(row['due_at'])}{priority}{source}{rest}"


def _expected(row: Values) -> str:
    return f"; expected by {_day(row['expected_on'])}: {row['expected']}" if row.get("expected") else ""


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else "no day"


def _action_update(names: Names, change: Change) -> Words | None:
    """Words alone are told by themselves; what was done to an action is told with the action."""
    row = change.row
    if row.get("kind") != "update":
        return None
    action = next(iter(names.store.read.rows(_ACTION, id=row["action_id"])), None)
    if action is None:
        return unsaid(change)
    about = Subject(action["subject_kind"], action["subject_ref"], action["subject"])
    so = f", as of {when(row['decided_at'])}" if row["decided_at"] else ""
    return Words("update", about, f"{row['action_id']}: {action['action']}{so}", row["words"], row["by"])


_ACTION = "SELECT action, subject_kind, subject_ref, subject FROM action WHERE id = :id"


def _update(change: Change) -> str:
    """The words that were written beside a change of an action."""
    return next((c.row["words"] for c in change.beside if c.table == "action_update" and c.added), "")


def _words_of_update(change: Change) -> str:
    return str(_update(change).partition(": ")[2])


def _decision(_names: Names, change: Change) -> Words:
    row = change.row
    shown = "; ".join(f"{name} {value}" for name, value in json.loads(row["facts"]).items())
    about = Subject(row["subject_kind"], row["subject_ref"], row["subject"])
    amends = f"in place of decision {row['amends']}" if row.get("amends") else ""
    said = [row["decision"], amends, f"as shown: {shown}" if shown else "", *_rationale(row)]
    return Words("decision", about, "; ".join(part for part in said if part), row["reason"], row["decided_by"])


def _rationale(row: Values) -> list[str]:
    """The rest of a decision's long form, part by part; days as a meeting writes them."""
    told = {LABELS[name]: _day(row[name]) if name in DAYS else row[name] for name in LABELS if row.get(name)}
    return [f"{label}: {value}" for label, value in told.items()]


_NOTED = {
    "quorum": "no quorum", "handover": "chair", "pause": "paused", "parked": "parked",
}  # fmt: skip


def _meeting_note(_names: Names, change: Change) -> Words | None:
    row = change.row
    if row["kind"] not in _NOTED:
        return None
    told, about = _NOTED[row["kind"]], Subject(row["subject_kind"], row["subject_ref"], row["subject"])
    if row["kind"] == "pause":
        about = about._replace(label="the clock")
    if not change.added and row["ended_at"]:
        what = "went on" if row["kind"] == "pause" else "taken up"
        return Words(what, about, f"{_STANDS.get(row['kind'], told)} since {when(row['at'])}", by=change.who)
    words, why = _noted(row)
    return Words(told, about, words, why, by=change.who)


_STANDS = {"pause": "stopped", "parked": "put aside"}


def _noted(row: Values) -> tuple[str, str]:
    """What a note of the meeting says, and the reason that was given for it; one of an earlier version holds both."""
    if row["kind"] == "handover" and row["subject_ref"] != row["subject"]:
        return f"from {row['subject_ref']}", row["words"]
    if row["kind"] == "quorum":
        short, _, why = row["words"].partition(": ")
        return short, why
    stands = {"pause": f"stopped at {when(row['at'])}", "parked": "put aside until read-back"}.get(row["kind"], "")
    return ("; ".join(part for part in (stands, row["words"]) if part)), ""


def _membership(names: Names, change: Change) -> Words | None:
    row = change.row
    cohort = COHORTS[row["cohort"]].title if row["cohort"] in COHORTS else row["cohort"]
    about = names.person(row["person_ref"])
    if change.added:
        words = f"into {cohort} {_time(row)}; proposed by {row['proposed_by']}"
        return Words("adopted", about, words, row["reason"], row["adopted_by"])
    if "left_on" in change.changed:
        words = f"left {cohort} on {uk(row['left_on'])}, in it since {uk(row['since'])}"
        return Words("left", about, words, row["left_reason"], row["left_by"])
    return None if change.changed == {"review_on"} else unsaid(change)


def _priority_ward(names: Names, change: Change) -> Words | None:
    row = change.row
    about = names.ward(row["ward_code"])
    if change.added:
        words = f"priority ward {_time(row)}; proposed by {row['proposed_by']}"
        return Words("adopted", about, words, row["reason"], row["adopted_by"])
    if "dropped_on" in change.changed:
        words = f"no priority ward any longer; one since {uk(row['since'])}"
        return Words("dropped", about, words, row["dropped_reason"], row["dropped_by"])
    return None if change.changed == {"review_on"} else unsaid(change)


def _time(row: Values) -> str:
    return f"since {uk(row['since'])} until review on {uk(row['review_on'])}"


def _review(names: Names, change: Change) -> Words:
    row = change.row
    entry = next(c.row for c in change.beside if c.table == row["subject"] and c.id == row["subject_id"])
    person = row["subject"] == MEMBERSHIP.key
    about = names.person(entry["person_ref"]) if person else names.ward(entry["ward_code"])
    kept = COHORTS[entry["cohort"]].title if person and entry["cohort"] in COHORTS else "priority ward"
    words = f"{kept}: next review on {uk(row['review_on'])}; adopted by {entry['adopted_by']}: {entry['reason']}"
    return Words("reviewed", about, words, row["words"], row["reviewed_by"], view="" if person else "priority")


def _attendance(_names: Names, change: Change) -> Words | None:
    row = change.row
    if any(one.table == "meeting_note" and one.row["kind"] == "handover" for one in change.beside):
        return None  # the line of who chairs from then on says it
    state = row["state"] or "not called"
    words = f"{state}: {row['name']}" if row["name"] else state
    return Words("roll-call", Subject("role", row["role"], row["role"]), words, by=change.who)


DESCRIBED: Mapping[str, Described] = {
    "action": Described("actions", _action),
    "action_update": Described("actions", _action_update),
    "decision": Described("readback", _decision),
    "membership": Described("cohorts", _membership),
    "priority_ward": Described("priority", _priority_ward),
    "review": Described("cohorts", _review),
    "attendance": Described("attendance", _attendance, only_last=True),
    "meeting": Described("attendance", told_with_another),  # who chairs is told by the note beside it
    "meeting_note": Described("attendance", _meeting_note),
}
"""Every table that meetings write, but for those of places, units and bids."""
