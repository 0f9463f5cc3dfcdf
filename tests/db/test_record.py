"""The record of a meeting: whatever its commands left standing is in it, and nothing else."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta

import pytest

from core.minutes import escaped
from db import actions, addenda, deploying, meetings, papers
from db.meetings import Papers
from db.record import TOLD, Deed, deeds
from db.store import Store, open_store
from db.store.history import entries
from db.store.sealed import AFTER, PARTS
from db.store.undo import redo, undo
from db.store.verify import verify
from tests.db.sending import deploy
from tests.db.test_sealed import NOW, WEEKLY, WHO, WRITES, store

__all__ = ["store"]
_NOT_TOLD = {"meeting_item", *AFTER.values()}
"""The clock of a meeting, and what comes after its seal; who chairs is told beside the roll-call."""


def _record(store: Store) -> list[Deed]:
    return deeds(store, meetings.meeting(store, WEEKLY))


def _in_papers(store: Store, deed: Deed) -> bool:
    text = papers.minutes(store, meetings.meeting(store, WEEKLY), NOW)
    return all(escaped(part) in text for part in (deed.words.what, deed.words.words, deed.words.why, deed.words.by))


@pytest.mark.parametrize("name", WRITES)
def test_what_every_command_did_is_in_record_and_minutes_until_it_is_undone(store: Store, name: str) -> None:
    before = _record(store)
    WRITES[name](store, WEEKLY)
    after = _record(store)
    assert after != before, f"{name} is not in the record: give its table a describer in db/record_words.py"
    done = [deed for deed in after if deed not in before]
    assert all(_in_papers(store, deed) for deed in done)
    undo(store)
    assert _record(store) == before
    redo(store)
    assert _record(store) == after


@pytest.mark.parametrize("name", WRITES)
def test_every_change_of_a_command_has_words_of_its_own(store: Store, name: str) -> None:
    WRITES[name](store, WEEKLY)
    [row] = store.read.rows("SELECT changes FROM journal ORDER BY id DESC LIMIT 1")
    assert {change["table"] for change in json.loads(row["changes"])} <= set(TOLD)
    assert all(deed.words.what != "changed" for deed in _record(store))


@pytest.mark.parametrize("name", WRITES)
def test_a_change_is_told_although_what_it_refers_to_is_gone(store: Store, name: str) -> None:
    WRITES[name](store, WEEKLY)
    [row] = store.read.rows("SELECT changes FROM journal ORDER BY id DESC LIMIT 1")
    with closing(sqlite3.connect(store.path)) as other, other:
        for change in json.loads(row["changes"]):
            for key in other.execute(f"PRAGMA foreign_key_list({change['table']})").fetchall():
                of, column = key[2], key[3]
                number = other.execute(f"SELECT {column} FROM {change['table']} WHERE id = ?", [change["id"]])  # noqa: S608
                for (referred,) in number.fetchall():
                    with suppress(sqlite3.IntegrityError):  # some may never be taken out
                        if of != "meeting":
                            other.execute(f"DELETE FROM {of} WHERE id = ?", [referred])  # noqa: S608
    assert _record(store)


def test_every_table_that_belongs_to_a_meeting_is_told() -> None:
    assert set(PARTS) - set(TOLD) == _NOT_TOLD


def test_another_meeting_and_work_outside_meetings_are_not_in_it(store: Store) -> None:
    before = _record(store)
    for meeting in (None, meetings.open_meeting(store, "daily", "Chair", NOW.date()).id):
        actions.raise_actions(store, [WHO], "Locate", "Team", NOW, meeting_id=meeting)
    assert _record(store) == before


def test_a_carried_action_says_from_when_to_when_and_why(store: Store) -> None:
    [number] = actions.raise_actions(store, [WHO], "Locate", "Team", NOW, meeting_id=WEEKLY)
    actions.carry_actions(store, [number], NOW + timedelta(days=1), "Officer off sick", meeting_id=WEEKLY)
    carried = next(
        deed.words for deed in _record(store) if deed.words.what == "carried" and str(number) in deed.words.words
    )
    assert carried.words == f"{number}: Locate; from 18/11/2026 15:00 to 19/11/2026 15:00"
    assert (carried.why, carried.by, carried.about) == ("Officer off sick", store.who, WHO)


def test_a_role_that_is_called_again_and_again_is_told_once_and_not_at_all_where_nothing_came_of_it(
    store: Store,
) -> None:
    role = meetings.attendance(store, WEEKLY)[-1]
    before = _record(store)
    meetings.attend(store, role.id, "deputy", "Insp X", WEEKLY)
    meetings.attend(store, role.id, "absent", "", WEEKLY)
    [told] = [deed for deed in _record(store) if deed not in before]
    assert (told.words.what, told.words.about.label, told.words.words) == ("roll-call", role.role, "absent")
    meetings.attend(store, role.id, role.state, role.name, WEEKLY)
    assert all(deed.row_id != role.id for deed in _record(store) if deed.table == "attendance")


def _told(store: Store, done: list[Deed]) -> list[tuple[int, str, str]]:
    return [(deed.number, deed.item.key, deed.words.what) for deed in _record(store) if deed not in done]


@pytest.mark.parametrize("name", WRITES)
def test_every_command_is_told_at_the_item_it_was_done_at_also_when_it_is_done_again_at_another(
    store: Store, name: str
) -> None:
    with store.at("performance"):
        WRITES[name](store, WEEKLY)
    [(last,)] = store.read.rows("SELECT MAX(id) FROM journal")
    with store.at("bids"):
        undo(store)
    with store.at("close"):
        redo(store)
    told = [deed for deed in _record(store) if deed.entry == last]
    assert told
    assert {deed.item.key for deed in told} == {"performance"}
    items = store.read.rows("SELECT item FROM journal WHERE id >= :last ORDER BY id", last=last)
    assert [row["item"] for row in items] == ["performance", "bids", "close"]


def test_what_is_done_at_an_item_is_told_there_after_what_was_done_before(store: Store) -> None:
    before = _record(store)
    with store.at("performance"):
        [number] = actions.raise_actions(store, [WHO], "Locate", "Team", NOW, meeting_id=WEEKLY, item="performance")
    with store.at("places"):
        deploy(store, 1, "E05013806", "weapon sweep", NOW, NOW + timedelta(hours=8), meeting_id=WEEKLY)
    with store.at("bids"):
        actions.edit_action(store, number, "Arrest", "Team", NOW, meeting_id=WEEKLY)
    assert _told(store, before) == [
        (3, "performance", "action"), (5, "places", "deployed"), (6, "bids", "edited"),
    ]  # fmt: skip


def test_a_role_that_is_called_at_two_items_is_told_at_the_later(store: Store) -> None:
    role, before = meetings.attendance(store, WEEKLY)[-1], _record(store)
    for item, state in (("opening", "deputy"), ("places", "absent")):
        with store.at(item):
            meetings.attend(store, role.id, state, "", WEEKLY)
    assert _told(store, before) == [(5, "places", "roll-call")]


def test_what_names_no_item_of_the_agenda_is_told_where_its_table_is_shown(store: Store) -> None:
    before = _record(store)
    deploying.stand_down(store, [2], "night shift is over", meeting_id=WEEKLY)
    with store.at("no item of it"):
        actions.raise_actions(store, [WHO], "Locate", "Team", NOW, meeting_id=WEEKLY)
    actions.raise_actions(store, [WHO], "Locate", "Team", NOW, meeting_id=WEEKLY, item="suspects")
    assert _told(store, before) == [(2, "actions", "action"), (4, "suspects", "action"), (6, "bids", "stood down")]


def test_an_entry_names_the_item_of_its_own_window_and_none_outside_the_agenda(store: Store) -> None:
    with open_store(store.path, "another", lambda: NOW) as other, store.at("places"), other.at("bids"):
        for window, meeting in ((store, WEEKLY), (other, WEEKLY), (store, None)):
            actions.raise_actions(window, [WHO], "Locate", "Team", NOW, meeting_id=meeting)
        meetings.note_time(store, WEEKLY, "actions", 20)
        opened = meetings.open_meeting(store, "daily", "Chair", NOW.date())
        meetings.seal_meeting(store, WEEKLY, lambda: Papers("minutes", ""))
        addenda.add(store, WEEKLY, "Two officers", "three were read out")
        meetings.write_copy(store, WEEKLY, "papers", 2)
    assert [(one.kind, one.meeting, one.item) for one in entries(store) if one.kind != "run"][-8:] == [
        ("command", WEEKLY, "places"), ("command", WEEKLY, "bids"), ("command", None, None),
        ("clock", WEEKLY, "actions"), ("meeting", opened.id, None), ("seal", WEEKLY, "places"),
        ("addendum", WEEKLY, None), ("papers", WEEKLY, None),
    ]  # fmt: skip
    assert verify(store).fault is None


def test_it_stands_in_the_order_of_the_agenda(store: Store) -> None:
    for name in reversed(list(WRITES)):
        WRITES[name](store, WEEKLY) if name.startswith(("bids", "decisions", "deploying.task", "meetings")) else None
    record = _record(store)
    assert [deed.number for deed in record] == sorted(deed.number for deed in record)
    assert {"opening", "bids"} <= {deed.item.key for deed in record}


def test_a_review_that_keeps_the_day_that_stands_is_one_deed(store: Store) -> None:
    WRITES["memberships.review"](store, WEEKLY)
    before = _record(store)
    WRITES["memberships.review"](store, WEEKLY)
    assert [deed.words.what for deed in _record(store) if deed not in before] == ["reviewed"]


def test_the_reason_of_a_unit_that_leaves_no_ward_is_told_too(store: Store) -> None:
    deploying.stand_down(store, [2], "Back", meeting_id=WEEKLY)
    until = NOW + timedelta(hours=8)
    deploy(store, 2, "E05013806", "weapon sweep", NOW, until, why="Two stabbings", meeting_id=WEEKLY)
    sent = [deed for deed in _record(store) if deed.words.what == "deployed"]
    assert [deed.words.why for deed in sent][-1] == "Two stabbings"
    assert all(_in_papers(store, deed) for deed in sent)
