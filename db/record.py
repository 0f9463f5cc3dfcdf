"""The record of a meeting: what its commands left standing, over all its sittings, in the order of its agenda.

This is the one source of read-back and minutes. It is read from the journal: what was undone is not in it, nor are the
clock, the opening, rankings that were made, and whatever other meetings or imports did at the same time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.days import moment_of, stamp
from core.journal import proven_meeting
from core.meetings import Agenda, Item
from db.meetings import MeetingView
from db.record_bids import BIDS
from db.record_deployments import DEPLOYMENTS
from db.record_night import NIGHT
from db.record_places import PLACES
from db.record_words import DESCRIBED, Change, Described, Names, Words, unsaid
from db.store import Store
from db.store.engine import Row

TOLD: Mapping[str, Described] = {**DESCRIBED, **PLACES, **NIGHT, **BIDS, **DEPLOYMENTS}
"""How the changes of every table that a meeting writes are told."""
_HELD = 4
"""Meetings of which what was done is held in memory: the one that is held, and those that it goes on from."""


@dataclass(frozen=True)
class Deed:
    """One thing that a meeting did. entry: the journal entry. number: the place of its item on the agenda, from 1."""

    entry: int
    at: datetime
    table: str
    row_id: int
    number: int
    item: Item
    words: Words


def deeds(store: Store, meeting: MeetingView) -> list[Deed]:
    """Everything that the commands of a meeting left standing, in the order of its agenda, then as it was done.

    Remembered until anything is written: of a seal checklist, minutes and report ask.
    """
    version = (meeting, store.last_entry())
    return list(store.remember(("deeds", meeting.id % _HELD), version, lambda: _deeds(store, meeting)))


def _deeds(store: Store, meeting: MeetingView) -> list[Deed]:
    names = Names(store)
    made = [deed for entry, change in _standing(store, meeting.id) if (deed := _deed(meeting, names, entry, change))]
    return sorted(made, key=lambda deed: (deed.number, deed.entry))


def reversed_last(store: Store) -> list[Words]:
    """What the command did that the latest entry of this sitting undid or did again; nothing where it did neither."""
    columns = "SELECT id, who, entered_at, what, changes, undoes FROM journal"
    query = f"{columns} WHERE sitting = :sitting ORDER BY id DESC LIMIT 1"
    by_id = f"{columns} WHERE id = :id"
    entries = store.read.rows(query, sitting=store.sitting)
    if not entries or entries[0]["undoes"] is None:
        return []
    while entries[0]["undoes"] is not None:
        entries = store.read.rows(by_id, id=entries[0]["undoes"])
    names = Names(store)
    return [words for change in _changes(entries[0]) if (words := _words(names, change)) is not None]


def not_known(store: Store, meeting: MeetingView) -> int:
    """How many commands were made while a meeting was open, by an older version that did not say in which meeting."""
    until = stamp(meeting.sealed_at or store.now())
    rows = store.read.rows(
        "SELECT changes FROM journal WHERE rule = 1 AND kind = 'command' AND entered_at BETWEEN :since AND :until",
        since=stamp(meeting.opened_at),
        until=until,
    )
    return sum(proven_meeting(json.loads(row["changes"])) is None for row in rows)


def _standing(store: Store, meeting_id: int) -> Iterator[tuple[Row, Change]]:
    """The changes that stand, each with its entry; a row that is told once only by its last entry."""
    once: dict[tuple[str, int], tuple[Row, Change]] = {}
    for entry in _left_standing(_entries(store, meeting_id)):
        for change in _changes(entry):
            told = TOLD.get(change.table)
            if told is None or not told.only_last:
                yield entry, change
                continue
            first = once.get((change.table, change.id))
            once[change.table, change.id] = (entry, replace(change, before=first[1].before) if first else change)
    yield from ((entry, change) for entry, change in once.values() if change.changed)


def _entries(store: Store, meeting_id: int) -> list[Row]:
    """The commands of a meeting with those that undid and redid them; of old entries, those the journal proves."""
    rows = store.read.rows(
        "SELECT id, who, entered_at, what, changes, undoes, rule, meeting_id, item FROM journal "
        "WHERE kind = 'command' AND (meeting_id = :meeting OR rule = 1) ORDER BY id",
        meeting=meeting_id,
    )
    return [row for row in rows if row["rule"] > 1 or proven_meeting(json.loads(row["changes"])) == meeting_id]


def _left_standing(entries: Iterable[Row]) -> Iterator[Row]:
    """The commands that were not undone, or were done again after."""
    commands: dict[int, Row] = {}
    stands: dict[int, bool] = {}
    origin: dict[int, int] = {}
    for entry in entries:
        number, undoes = entry["id"], entry["undoes"]
        if undoes is None:
            commands[number], stands[number], origin[number] = entry, True, number
        elif undoes in origin:
            command = origin[number] = origin[undoes]
            stands[command] = not stands[command]
    return (entry for number, entry in commands.items() if stands[number])


def _changes(entry: Row) -> list[Change]:
    beside: list[Change] = []
    for change in json.loads(entry["changes"]):
        fields: dict[str, Any] = {key: change[key] for key in ("table", "id", "before", "after")}
        beside.append(Change(**fields, beside=beside, who=entry["who"], entry=entry["what"], at=entry["entered_at"]))
    return beside


def _deed(meeting: MeetingView, names: Names, entry: Row, change: Change) -> Deed | None:
    """What a change did, in words; None where it is told beside another, or left a row as it was."""
    words = None if change.before == change.after else _words(names, change)
    if words is None:
        return None
    shown_by = words.view or (TOLD[change.table].view if change.table in TOLD else "")
    number, item = _at(meeting.agenda, entry["item"], change, shown_by)
    at = moment_of(entry["entered_at"])
    return Deed(entry["id"], at, change.table, change.id, number, item, words)


def _words(names: Names, change: Change) -> Words | None:
    told = TOLD.get(change.table)
    words = unsaid(change) if told is None or change.after is None else told.words(names, change)
    return words if words is None else replace(words, by=_hands(words.by, change.who))


def _hands(by: str, who: str) -> str:
    """By whom it was done, and who wrote it down where that is somebody else."""
    return by if by in ("", who) else f"{by}, written down by {who}"


def _at(agenda: Agenda, made_at: str | None, change: Change, view: str) -> tuple[int, Item]:
    """The item of the agenda at which a change is told: where it was made, else the first that shows its table.

    made_at: the item that the entry names. Where it names none (it is of an older version, or was made on the command
    line), a row that was added may.
    """
    items = list(enumerate(agenda.items, 1))
    key = made_at or (change.row.get("item") if change.added else None)
    fitting = [(number, item) for number, item in items if item.key == key]
    return (fitting or [(number, item) for number, item in items if view in item.views] or items[-1:])[0]
