"""Three weeks of random meetings below the screen: no action is lost, none closes without a result, answers arrive."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from core.errors import Conflict, Problem
from db import actions, meetings
from db.actions import Subject
from db.meetings import MeetingView, Papers
from db.store import Store, make_store
from db.store.verify import verify

FIRST = datetime(2026, 11, 2, 9, tzinfo=UTC)
"""A Monday."""
_DAYS, _WEEKLY = 21, 2
_KINDS = ("daily", "weekly")


@dataclass
class _Clock:
    now: datetime = FIRST

    def __call__(self) -> datetime:
        return self.now


@dataclass
class _Weeks:
    """Meetings by turns, each doing something at random; what must hold is looked at after each."""

    store: Store
    clock: _Clock
    chance: Random
    raised: set[int] = field(default_factory=set)
    waits: dict[int, str] = field(default_factory=dict)
    """Actions that were escalated and not answered, with the meeting that asked."""
    answered: dict[int, str] = field(default_factory=dict)
    """Actions of which nothing was done since they were answered, with the meeting that answered."""

    def hold(self, kind: str) -> None:
        """Open a meeting, let it do a few things, seal it."""
        held = meetings.open_meeting(self.store, kind, "Chair", self.clock.now.date())
        for number in actions.escalate_by_rule(self.store, meeting_id=held.id, scope="force"):
            self.waits[number] = actions.action(self.store, number, self.clock.now).kind
            self.answered.pop(number, None)
        for _ in range(self.chance.randrange(4)):
            self.clock.now += timedelta(minutes=1)
            self._do(held)
        self.look()
        meetings.seal_meeting(self.store, held.id, lambda: Papers("minutes", "report"))

    def _do(self, held: MeetingView) -> None:
        known = actions.open_actions(self.store, self.clock.now, held.kind)
        to_and_fro = (self._escalate, self._answer, self._take_back)
        deed = self.chance.choice((self._raise, self._close, self._carry, self._update, *to_and_fro))
        if deed == self._raise or not known:
            self._raise(held)
        else:
            deed(held, self.chance.choice(known).id)

    def _raise(self, held: MeetingView, _: int = 0) -> None:
        about = Subject("person", f"P{len(self.raised)}", "Testcase, Al")
        due = self.clock.now + timedelta(hours=self.chance.randrange(1, 60) + 0.5)
        [number] = actions.raise_actions(
            self.store, [about], "Locate", "Intelligence", due, meeting_id=held.id, kind=held.kind
        )
        self.raised.add(number)

    def _close(self, held: MeetingView, number: int) -> None:
        result = self.chance.choice(("", "done", "Completed, thanks", "arrested at 06:10, remanded"))
        try:
            actions.close_actions(self.store, [number], result, meeting_id=held.id)
        except Problem:
            assert not result.startswith("arrested")
            return
        assert result.startswith("arrested"), "no close without a result"
        self.waits.pop(number, None)
        self.answered.pop(number, None)

    def _carry(self, held: MeetingView, number: int) -> None:
        later = max(self.clock.now, actions.action(self.store, number, self.clock.now).due_at)
        due = later + timedelta(days=self.chance.randrange(1, 4), seconds=1)
        actions.carry_actions(self.store, [number], due, "not at home", meeting_id=held.id)
        self.answered.pop(number, None)

    def _update(self, held: MeetingView, number: int) -> None:
        actions.update_actions(self.store, [number], "seen at his mother's", meeting_id=held.id)
        self.answered.pop(number, None)

    def _escalate(self, held: MeetingView, number: int) -> None:
        other = _KINDS[1 - _KINDS.index(held.kind)]
        try:
            actions.escalate(self.store, [number], other, "no unit before Friday", meeting_id=held.id)
        except Conflict:
            assert number in self.waits
            return
        self.waits[number] = held.kind
        self.answered.pop(number, None)

    def _answer(self, held: MeetingView, number: int) -> None:
        if actions.action(self.store, number, self.clock.now).escalated_to != held.kind:
            return
        actions.answer(self.store, [number], "one unit from Friday", meeting_id=held.id)
        del self.waits[number]
        self.answered[number] = held.kind

    def _take_back(self, held: MeetingView, number: int) -> None:
        if self.waits.get(number) != held.kind:
            return
        actions.take_back(self.store, [number], "the DI has a date", meeting_id=held.id)
        del self.waits[number]

    def look(self) -> None:
        """What must hold at any moment."""
        now = self.clock.now
        every = {one.id: one for one in actions.every_action(self.store, now)}
        assert every.keys() == self.raised
        lists = {kind: {one.id for one in actions.open_actions(self.store, now, kind)} for kind in _KINDS}
        whole = {one.id for one in actions.open_actions(self.store, now)}
        for number, one in every.items():
            if one.status != "open":
                assert one.result, "none closes without a result"
                assert number not in whole
                continue
            assert number in whole
            assert number in lists[one.kind], "in the register of the meeting that raised it"
            assert (one.escalated_to != "") == (number in self.waits)
            assert not one.escalated_to or number in lists[one.escalated_to], "where it waits for an answer"
            if number in self.answered:
                assert one.answered.startswith(f"answered by {self.answered[number]}: one unit"), "the answer arrived"


@settings(max_examples=max(3, settings().max_examples // 4), phases=[Phase.explicit, Phase.generate])
@given(seed=st.integers(0, 2**32 - 1))
def test_every_action_is_followed_from_raise_to_result_through_three_weeks(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = _Clock()
        with make_store(Path(folder) / "weeks.db", "Chair", clock) as store:
            store.synced = False
            weeks = _Weeks(store, clock, Random(seed))
            for day in range(_DAYS):
                clock.now = FIRST + timedelta(days=day)
                weeks.hold("daily")
                if day % 7 == _WEEKLY:
                    clock.now = FIRST + timedelta(days=day, hours=5)
                    weeks.hold("weekly")
            assert verify(store).fault is None
