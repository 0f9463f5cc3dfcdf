"""Addenda put sealed papers right without touching them: numbered, chained, on the first page."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from core.errors import Conflict, NotFound, Problem
from db import addenda, meetings
from db.meetings import Papers
from db.store import Store
from db.store.undo import undo
from db.store.verify import verify
from tests.db.files import rows_of

PAPER = "**OFFICIAL-SENSITIVE** For policing\n\n# Minutes\n\n- Chair: **X**\n\n## Data gaps\n\nNone known.\n"


@pytest.fixture
def number(store: Store) -> int:
    """A sealed meeting without a ranking."""
    held = meetings.open_meeting(store, "daily", "Chair", store.now().date())
    meetings.seal_meeting(store, held.id, lambda: Papers(PAPER, ""))
    return held.id


def test_they_are_numbered_chained_from_the_seal_and_each_an_entry_of_its_own(store: Store, number: int) -> None:
    assert addenda.add(store, number, " Six officers ", "eight were read out") == 1
    assert addenda.add(store, number, "Seven officers", "miscounted") == 2
    first, second = addenda.addenda(store, number)
    assert (first.what, first.why, first.by, first.at) == ("Six officers", "eight were read out", "tester", store.now())
    assert first.previous == meetings.meeting(store, number).seal
    assert second.previous == first.hash
    assert rows_of(store, "SELECT kind, meeting_id FROM journal WHERE kind = 'addendum'") == [("addendum", number)] * 2
    assert addenda.broken(store, meetings.meeting(store, number)) == []
    assert meetings.broken_seals(store) == []
    assert verify(store).fault is None


def test_the_same_addendum_is_not_taken_twice_running(store: Store, number: int) -> None:
    addenda.add(store, number, "Six officers", "eight were read out")
    with pytest.raises(Conflict, match="Addendum 1 says this already"):
        addenda.add(store, number, " Six officers", "eight were read out ")
    assert addenda.add(store, number, "Six officers", "nine were read out") == 2
    assert addenda.add(store, number, "Six officers", "eight were read out") == 3, "what was said between was wrong"
    assert len(addenda.addenda(store, number)) == 3


def test_the_paper_says_them_on_its_first_page_and_is_else_as_it_was_sealed(store: Store, number: int) -> None:
    addenda.add(store, number, "Six | officers", "# eight\nwere read out")
    added = addenda.addenda(store, number)
    paper = addenda.with_addenda(PAPER, added)
    head, _, rest = paper.partition("## Addenda after the seal")
    assert head == PAPER.partition("## Data gaps")[0]
    assert rest.endswith(PAPER.partition("## Data gaps")[2])
    assert "| 1 | Six \\| officers | \\# eight were read out | tester | 21/11/2026 09:00 |" in rest
    assert addenda.with_addenda("", added) == ""
    assert addenda.with_addenda(PAPER, []) == PAPER


def test_what_lacks_something_or_has_no_sealed_meeting_is_refused_and_nothing_is_written(
    store: Store, number: int
) -> None:
    open_one = meetings.open_meeting(store, "weekly", "Chair", store.now().date()).id
    before = len(rows_of(store, "SELECT id FROM journal"))
    for refused, meeting, what, why in (
        (Problem, number, " ", "why"),
        (Problem, number, "what", "\n"),
        (Conflict, open_one, "what", "why"),
        (NotFound, 99, "what", "why"),
    ):
        with pytest.raises(refused):
            addenda.add(store, meeting, what, why)
    assert len(rows_of(store, "SELECT id FROM journal")) == before
    addenda.add(store, number, "what", "why")
    with pytest.raises(Conflict, match="Nothing to undo"):
        undo(store)


def test_one_that_was_tampered_with_is_found(store: Store, number: int) -> None:
    addenda.add(store, number, "Six officers", "eight were read out")
    addenda.add(store, number, "Seven", "miscounted")
    with closing(sqlite3.connect(store.path)) as connection, connection:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute("UPDATE addendum SET what = 'Two'")
        connection.execute("DROP TRIGGER addendum_no_update")
        connection.execute("UPDATE addendum SET what = 'Two' WHERE number = 1")
    assert addenda.broken(store, meetings.meeting(store, number)) == [1]
    assert verify(store).fault is not None


def test_a_command_of_another_kind_cannot_add_to_a_sealed_meeting(store: Store, number: int) -> None:
    values = {"meeting_id": number, "at": "", "by": "", "folder": "", "files": 1}
    with pytest.raises(Conflict), store.change("Write", meeting=None) as writing:
        writing.insert("paper_copy", **values)
    with pytest.raises(Conflict), store.change("Write", kind="addendum", meeting=number) as writing:
        writing.insert("paper_copy", **values)
    with pytest.raises(Conflict), store.change("Write", kind="papers", meeting=number) as writing:
        writing.update("meeting", number, chair="Another")
