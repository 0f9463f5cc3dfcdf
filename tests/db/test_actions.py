"""The register: one table of both meetings, counted as it is listed; actions escalated to the other meeting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import Conflict, Problem
from core.meetings import other_meeting
from core.templates import agendas
from db import actions, meetings, papers
from db.actions import Subject, counted_in, counts, open_actions
from db.meetings import Papers
from db.store import Store
from db.store.undo import redo, undo
from db.store.verify import verify

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
WHO = Subject("person", "P1", "Testcase, Al")
KINDS: tuple[str | None, ...] = (None, "daily", "weekly")


def _raise(store: Store, kind: str = "daily", hours: float = 10, meeting: int | None = None) -> int:
    due = NOW + timedelta(hours=hours)
    return actions.raise_actions(store, [WHO], "Locate", "Team", due, kind=kind, meeting_id=meeting)[0]


def _words(store: Store, number: int) -> list[str]:
    return [words for _, _, words in actions.updates(store, number)]


def test_what_is_counted_is_what_is_listed_at_every_moment_in_every_meeting(store: Store) -> None:
    """The letters of DOMAIN.md section 7: amber a day before for a daily, three days before for a weekly meeting."""
    for kind in ("daily", "weekly"):
        for hours in (-30, -1, 0, 1, 23, 24, 25, 71, 72, 73, 200):
            _raise(store, kind, hours)
    actions.escalate(store, [1, 12], "weekly", "beyond us")
    actions.close_actions(store, [2, 13], "located")
    for of in KINDS:
        for seconds in (0, 0.5, -0.5, 3600, 24 * 3600, 24 * 3600 + 0.5, 72 * 3600, -72 * 3600):
            now = NOW + timedelta(seconds=seconds)
            assert counts(store, now, of) == counted_in(open_actions(store, now, of)), (of, seconds)
    assert counts(store, NOW).open == 20
    assert counts(store, NOW, "daily").open == 10
    assert counts(store, NOW, "weekly").open == 11, "its own, and what waits for its answer"


def test_the_report_lists_as_due_and_overdue_what_the_head_counts(store: Store) -> None:
    meeting = meetings.open_meeting(store, "daily", "Chair", date(2026, 11, 21))
    for of, hours in ((None, -3), (None, 100), (meeting.id, 5), (meeting.id, 100)):
        _raise(store, "daily", hours, of)
    urgent = papers.report(store, meeting, NOW).split("Actions due and overdue")[1].split("\n## ")[0]
    assert [line.split("|")[2].strip() for line in urgent.splitlines() if "Locate" in line] == ["overdue", "due"]
    head = counts(store, NOW)
    assert (head.overdue, head.due) == (1, 1)


def test_an_action_has_the_scope_of_its_meeting(store: Store) -> None:
    meeting = meetings.open_meeting(store, "daily", "Chair", date(2026, 11, 21), scope="CE")
    numbers = _raise(store), _raise(store, meeting=meeting.id)
    assert [actions.action(store, number, NOW).scope for number in numbers] == ["force", "CE"]


def test_every_meeting_has_another_to_escalate_to() -> None:
    assert {kind: other_meeting(kind) for kind in ("daily", "weekly")} == {"daily": "weekly", "weekly": "daily"}
    assert all(other_meeting(kind) in agendas() and other_meeting(kind) != kind for kind in agendas())


def test_an_escalated_action_waits_for_the_other_meeting_and_comes_back_with_its_answer(store: Store) -> None:
    number = _raise(store)
    assert (actions.action(store, number, NOW).state, open_actions(store, NOW, "weekly")) == ("open", [])
    actions.escalate(store, [number], "weekly", " no unit is free ")
    waits = actions.action(store, number, NOW)
    assert (waits.escalated_to, waits.state) == ("weekly", "open, escalated to weekly")
    assert waits.escalation == "escalated to weekly: no unit is free"
    assert [one.id for one in open_actions(store, NOW, "weekly")] == [number]
    actions.carry_actions(store, [number], NOW + timedelta(days=2), "until the weekly")
    assert actions.action(store, number, NOW).escalation == waits.escalation, "the reason stays beside it"
    actions.answer(store, [number], "one from Friday")
    back = actions.action(store, number, NOW)
    assert (back.escalated_to, back.escalation, back.answered) == ("", "", "answered by weekly: one from Friday")
    assert back.state == "open, answered by weekly"
    assert open_actions(store, NOW, "weekly") == []
    assert [words for words in _words(store, number) if not words.startswith("carried")] == [
        "answered by weekly: one from Friday",
        "escalated to weekly: no unit is free",
    ]
    actions.carry_actions(store, [number], NOW + timedelta(days=3), "Friday")
    assert actions.action(store, number, NOW).answered == "", "until something is done about it"
    assert verify(store).fault is None


def test_an_escalation_and_its_answer_are_undone_and_done_again(store: Store) -> None:
    number = _raise(store)
    actions.escalate(store, [number], "weekly", "no unit is free")
    actions.answer(store, [number], "one from Friday")
    states = []
    for reverse in (undo, undo, redo, redo):
        reverse(store)
        states.append(actions.action(store, number, NOW).state)
    assert states == ["open, escalated to weekly", "open", "open, escalated to weekly", "open, answered by weekly"]
    assert len(_words(store, number)) == 2


def test_an_escalated_action_may_be_closed_and_then_waits_for_no_one(store: Store) -> None:
    number = _raise(store)
    actions.escalate(store, [number], "weekly", "no unit is free")
    actions.close_actions(store, [number], "arrested")
    closed = actions.action(store, number, NOW)
    assert (closed.status, closed.escalated_to, closed.state) == ("done", "", "done")
    assert open_actions(store, NOW, "weekly") == []
    undo(store)
    assert actions.action(store, number, NOW).escalated_to == "weekly"


def test_what_does_not_apply_is_refused_and_writes_nothing(store: Store) -> None:
    closed, waiting, plain = _raise(store), _raise(store), _raise(store)
    actions.close_actions(store, [closed], "located")
    actions.escalate(store, [waiting], "weekly", "no unit is free")
    before = store.read.rows("SELECT COUNT(*) FROM journal")[0][0]
    with pytest.raises(Problem, match="Why is needed"):
        actions.escalate(store, [plain], "weekly", "  ")
    with pytest.raises(Problem, match="Why is needed"):
        actions.answer(store, [waiting], "")
    with pytest.raises(Conflict, match="is closed"):
        actions.escalate(store, [plain, closed], "weekly", "x")
    with pytest.raises(Conflict, match=f"Action {waiting} waits for the weekly meeting"):
        actions.escalate(store, [plain, waiting], "weekly", "x")
    with pytest.raises(Conflict, match="is closed"):
        actions.answer(store, [waiting, closed], "x")
    with pytest.raises(Conflict, match=f"Action {plain} waits for no answer"):
        actions.answer(store, [waiting, plain], "x")
    assert store.read.rows("SELECT COUNT(*) FROM journal")[0][0] == before
    assert actions.action(store, plain, NOW).state == "open"


def test_an_action_of_a_sealed_meeting_is_escalated_and_answered_in_later_ones(store: Store) -> None:
    first = meetings.open_meeting(store, "daily", "Chair", date(2026, 11, 20)).id
    number = _raise(store, meeting=first)
    meetings.seal_meeting(store, first, lambda: Papers("minutes", "report"))
    daily = meetings.open_meeting(store, "daily", "Chair", date(2026, 11, 21)).id
    actions.escalate(store, [number], "weekly", "no unit is free", meeting_id=daily)
    meetings.seal_meeting(store, daily, lambda: Papers("minutes", "report"))
    weekly = meetings.open_meeting(store, "weekly", "Chair", date(2026, 11, 21)).id
    actions.answer(store, [number], "one from Friday", meeting_id=weekly)
    assert actions.action(store, number, NOW).state == "open, answered by weekly"
    with pytest.raises(Conflict, match="sealed"):
        actions.escalate(store, [number], "weekly", "again", meeting_id=daily)
