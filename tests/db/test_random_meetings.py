"""Random meetings over three weeks: no action is in no list, none closes without a result, every answer arrives.

The rules of DOMAIN.md section 7, walked below the screen on a real store by Hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.action_rules import says_nothing
from core.errors import Problem
from core.scope import WHOLE_FORCE
from db import actions, meetings
from db.actions import Subject
from db.loop import loop
from db.meetings import Papers
from db.store import open_store
from db.store.undo import undo
from db.store.verify import verify

BEGIN = datetime(2026, 11, 2, 9, tzinfo=UTC)
WHO = Subject("person", "P1", "Testcase, Al")
_DEEDS = ("raise", "raise", "carry", "carry", "close", "close empty", "escalate", "answer", "update", "undo")
DAYS = st.lists(
    st.tuples(
        st.sampled_from(("daily", "weekly")),
        st.lists(st.tuples(st.sampled_from(_DEEDS), st.integers(0, 5)), max_size=5),
    ),
    min_size=2, max_size=12,
)  # fmt: skip
"""Meetings, one a day or every other: their kind, and what is done in each to which open action."""


class _Weeks:
    """A store with its clock, and what must be so whatever is done."""

    def __init__(self, path: Path, blank: bytes) -> None:
        path.write_bytes(blank)
        self.moment = BEGIN
        self.store = open_store(path, "Insp T. Tester", lambda: self.moment)
        self.answers: dict[int, str] = {}

    def hold(self, kind: str, deeds: list[tuple[str, int]]) -> None:
        """Hold one meeting: what the rule escalates, what is done, the seal."""
        held = meetings.open_meeting(self.store, kind, "Chair", self.moment.date())
        actions.escalate_by_rule(self.store, meeting_id=held.id, scope=held.scope)
        for deed, number in deeds:
            with suppress(Problem):
                self._do(deed, number, held.id, kind)
            self.moment += timedelta(minutes=1)
        meetings.seal_meeting(self.store, held.id, lambda: Papers("minutes", "report"))
        self.moment += timedelta(days=1)

    def _do(self, deed: str, number: int, meeting: int, kind: str) -> None:
        store, now = self.store, self.moment
        if deed == "raise":
            actions.raise_actions(
                store, [WHO], "Locate", "Ward team", now + timedelta(hours=20), meeting_id=meeting, kind=kind
            )
            return
        if deed == "undo":
            undo(store)
            return
        waiting = actions.open_actions(store, now)
        one = waiting[number % len(waiting)] if waiting else None
        if one is None:
            return
        later = now + timedelta(days=1)
        does: dict[str, Callable[[], object]] = {
            "carry": lambda: actions.carry_actions(store, [one.id], later, "not at home", meeting_id=meeting),
            "close": lambda: actions.close_actions(store, [one.id], "arrested", meeting_id=meeting),
            "close empty": lambda: actions.close_actions(store, [one.id], "done", meeting_id=meeting),
            "escalate": lambda: actions.escalate(store, [one.id], "weekly", "no unit", meeting_id=meeting),
            "answer": lambda: actions.answer(store, [one.id], f"answer {one.id}", meeting_id=meeting),
            "update": lambda: actions.update_actions(store, [one.id], "seen", meeting_id=meeting),
        }
        does[deed]()

    def check(self) -> None:
        """No action is in no list, none is closed without a result, what was answered is told to its meeting."""
        store, now = self.store, self.moment
        every = actions.every_action(store, now)
        listed = {one.id for kind in ("daily", "weekly") for one in actions.open_actions(store, now, kind)}
        assert {one.id for one in every if one.status == "open"} == listed
        assert all(one.result and not says_nothing(one.result) for one in every if one.status != "open")
        for one in every:
            said = [words for _, _, words in actions.updates(store, one.id)]
            if said and said[0].startswith("answered by") and one.status == "open":
                assert one.answered == said[0]
                assert one.id in {other.id for other in actions.open_actions(store, now, one.kind)}
            if one.escalated_to:
                assert one.id in {other.id for other in actions.open_actions(store, now, one.escalated_to)}
                assert one.escalation
        found = loop(store, WHOLE_FORCE, now.date(), now, 4)
        assert sum(week.raised for week in found.weeks) == len(every)
        assert sum(week.closed for week in found.weeks) == sum(one.status == "done" for one in every)
        assert sum(week.carried for week in found.weeks) == sum(one.carried for one in every)
        assert sum(one.open for one in found.owners) == sum(one.status == "open" for one in every)


@settings(
    max_examples=settings().max_examples // 2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(days=DAYS)
def test_what_is_promised_is_followed_to_its_result(blank: Path, days: list[tuple[str, list[tuple[str, int]]]]) -> None:
    with TemporaryDirectory() as folder:
        weeks = _Weeks(Path(folder) / "tasking.db", blank.read_bytes())
        for kind, deeds in days:
            weeks.hold(kind, deeds)
            weeks.check()
        assert verify(weeks.store).fault is None
        weeks.store.close()
