"""Sealing: what is open is said, the papers are made of what the sealing reads, and it is all done or nothing is."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from core import templates
from core.anchors import Anchor, anchor_of
from core.days import london
from core.errors import Conflict, Problem
from core.scope import FORCE, scope_of
from db import actions, bids, granting, meeting_notes, meetings, papers, sealing
from db.actions import Subject
from db.meetings import MeetingView
from db.store import Store, open_store
from db.store.journal import last_entry
from db.store.verify import verify

WHO = Subject("ward", "E05009367", "Brownswood")


@pytest.fixture
def held(store: Store) -> MeetingView:
    """An open weekly meeting of an empty store."""
    return meetings.open_meeting(store, "weekly", "Chair", store.now().date())


def test_the_checklist_says_what_is_still_open(store: Store, held: MeetingView) -> None:
    late = store.now() - timedelta(hours=1)
    [number] = actions.raise_actions(store, [WHO], "Locate", "Team", late, meeting_id=held.id)
    bids.make_bid(store, "CE BCU", "CE", "Robbery", "8 officers", "Hackney", "Fri", meeting_id=held.id)
    meetings.note_time(store, held.id, "actions", 60)
    meeting_notes.park(store, held.id, [WHO, Subject("item", "bids", "Bids for resources")], item="actions")
    over = sealing.checklist(store, held, store.now(), at="close")
    assert over[:4] == [
        "Not called: BCU commander, Neighbourhoods, Investigation, Public protection, Intelligence, Council.",
        "Not visited: 1 Opening, 3 Performance, 4 People, 5 Places.",
        f"1 action overdue, neither closed, carried, escalated nor answered: {number}.",
        "1 bid not decided: CE BCU.",
    ]
    assert "2 parked and not taken up again: Brownswood, Bids for resources." in over
    meeting_notes.take_up(store, held.id, [WHO, Subject("item", "bids", "Bids for resources")])
    assert "Data gap: No records have been imported." in over
    for role in meetings.attendance(store, held.id):
        meetings.attend(store, role.id, "present", "", held.id)
    for item in held.agenda.items:
        meetings.note_time(store, held.id, item.key, 5)
    actions.close_actions(store, [number], "located", meeting_id=held.id)
    granting.decide_bid(store, 1, "deferred", "next week", held.id)
    assert all(line.startswith("Data gap:") for line in sealing.checklist(store, held, store.now()))


@pytest.mark.parametrize("scope", ["NW", "Brent"])
def test_the_checklist_and_the_minutes_of_a_place_have_the_actions_that_its_list_has(store: Store, scope: str) -> None:
    late = store.now() - timedelta(hours=1)
    asked = ["Elsewhere", "Handed over", "Its own"]
    of = ["force", "force", scope]
    _, handed, own = (
        number
        for words, whose in zip(asked, of, strict=True)
        for number in actions.raise_actions(store, [WHO], words, "Team", late, scope=whose)
    )
    actions.escalate(store, [handed], f"weekly {scope}", "It lies there")
    there = meetings.open_meeting(store, "weekly", "Chair", store.now().date(), scope=scope)
    listed = [action.id for action in actions.open_actions(store, store.now(), scope=scope_of(scope))]
    assert sorted(listed) == [handed, own]
    said = [line for line in sealing.checklist(store, there, store.now()) if "action" in line]
    assert said == [
        f"1 action overdue, neither closed, carried, escalated nor answered: {own}.",
        f"1 action escalated to this meeting and not answered: {handed}.",
    ]
    before = papers.minutes(store, there, store.now()).partition("Still open from before")[2].partition("##")[0]
    assert [words in before for words in asked] == [False, True, True]


def test_an_action_that_this_meeting_has_answered_is_dealt_with(store: Store, held: MeetingView) -> None:
    late = store.now() - timedelta(hours=1)
    [number] = actions.raise_actions(store, [WHO], "Locate", "Team", late)
    actions.escalate(store, [number], "weekly", "No officers")
    actions.answer(store, [number], "One from Friday", meeting_id=held.id)
    assert not any("overdue" in line for line in sealing.checklist(store, held, store.now()))


def test_what_the_chair_went_on_over_is_kept_and_in_the_minutes(store: Store, held: MeetingView) -> None:
    sealed = sealing.seal(store, held.id, ["Not called: Council."])
    assert (sealed.sealed_over, sealed.record_rule, sealed.by_older_rule) == (("Not called: Council.",), 2, False)
    told = "Who sealed it was told of all this and went on."
    assert f"## Open when it was sealed\n\n{told}\n\n- Not called: Council." in sealed.minutes


def test_papers_hold_what_another_program_did_up_to_the_seal_and_it_can_do_nothing_meanwhile(
    store: Store, held: MeetingView, tmp_path: Path
) -> None:
    refused = []

    def write(meeting: MeetingView, minutes: str, report: str) -> Sequence[Path]:
        with closing(sqlite3.connect(store.path, timeout=0)) as other:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            refused.append(meeting.id)
        path = tmp_path / "minutes.md"
        path.write_text(minutes)
        return [path]

    with open_store(store.path, "another", store.now) as other:
        actions.raise_actions(other, [WHO], "Of another window", "Team", store.now(), meeting_id=held.id)
    sealed = sealing.seal(store, held.id, write=write)
    assert refused == [held.id]
    assert "Of another window" in sealed.minutes == (tmp_path / "minutes.md").read_text()
    [copy] = meetings.paper_copies(store, held.id)
    assert (copy.folder, copy.files, copy.by) == (str(tmp_path), 1, "tester")


def test_papers_that_cannot_be_written_leave_the_meeting_open_and_nothing_behind(
    store: Store, held: MeetingView, tmp_path: Path
) -> None:
    left = tmp_path / "left.md"

    def fails(_meeting: MeetingView, _minutes: str, _report: str) -> Sequence[Path]:
        raise Problem("The folder cannot be written.")

    def seals_first(meeting: MeetingView, minutes: str, _report: str) -> Sequence[Path]:
        left.write_text(minutes)
        return [left]

    with pytest.raises(Problem, match="cannot be written"):
        sealing.seal(store, held.id, write=fails)
    assert meetings.meeting(store, held.id).sealed_at is None
    sealing.seal(store, held.id)
    with pytest.raises(Conflict, match="sealed"):
        sealing.seal(store, held.id, write=seals_first)
    assert not left.exists()
    assert verify(store).fault is None


def test_a_meeting_of_before_the_rule_says_so(store: Store, held: MeetingView) -> None:
    assert not held.by_older_rule
    sealing.seal(store, held.id)
    with store.change("As the program before left it", meeting=None) as writing:
        writing.connection.exec_driver_sql("UPDATE meeting SET record_rule = NULL")
    assert meetings.meeting(store, held.id).by_older_rule


def test_minutes_claim_nothing_that_the_meeting_did_not_do(store: Store, held: MeetingView) -> None:
    minutes = papers.minutes(store, held, store.now())
    assert "## What this meeting did\n\nNothing was decided, raised or changed." in minutes


@pytest.mark.parametrize("name", templates.shipped())
def test_every_sealed_paper_names_the_entry_that_it_was_sealed_at_with_its_hash(store: Store, name: str) -> None:
    scope = "CE" if templates.template(name).scope == "bcu" else FORCE
    opened = meetings.open_meeting(store, name, "Chair", store.now().date(), scope=scope)
    before = Anchor(*last_entry(store))
    sealed = sealing.seal(store, opened.id)
    for paper in filter(None, (sealed.minutes, sealed.report)):
        assert anchor_of(paper, "a paper") == before


def test_a_clock_that_stands_at_the_seal_is_said(store: Store, held: MeetingView) -> None:
    """The times of the agenda lack what went by since, and the paper says so."""
    said = f"The clock was stopped at {london(store.now()):%H:%M}: no item has the time since."
    assert said not in sealing.checklist(store, held, store.now())
    meeting_notes.pause(store, held.id)
    assert said in sealing.checklist(store, held, store.now())
    meeting_notes.pause(store, held.id)
    assert said not in sealing.checklist(store, held, store.now())
