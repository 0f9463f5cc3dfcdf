"""Who chaired a week ago says within three minutes what was promised then and since, and what became of it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

from core.days import LONDON, at_clock
from core.decisions import Rationale
from db import actions, decisions, meetings
from db.actions import Details, Subject
from db.meetings import MeetingView, Papers
from db.store import Store, open_store
from tests.journeys.terminal import DAY
from tests.journeys.test_practised_daily import Counted

CHAIR, OTHER = "Det Supt Vale", "DI Other"
BACK = DAY + timedelta(days=7)
MOST = 10
"""Keys from the first screen to the last answer."""
_LONGEST = 180.0
AYE, BEE, CEE = (Subject("person", f"P{name}", f"{name}, Al") for name in ("AYE", "BEE", "CEE"))


class _Clock:
    """Ten in the morning of a day that is moved on."""

    day = DAY

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=LONDON)


def _open(store: Store, chair: str, day: int) -> MeetingView:
    run = meetings.meetings(store, "daily")[0].run_id
    return meetings.open_meeting(store, "daily", chair, DAY + timedelta(days=day), run_id=run)


def _raise(store: Store, held: MeetingView, about: Subject, words: str, hours: int, expected: str = "") -> int:
    details = Details(expected=expected, expected_on=f"{BACK}" if expected else "")
    due = store.now() + timedelta(hours=hours)
    return actions.raise_actions(store, [about], words, "Ward team", due, meeting_id=held.id, details=details)[0]


def _seal(store: Store, held: MeetingView) -> None:
    meetings.seal_meeting(store, held.id, lambda: Papers("minutes", "report"))


def _hold_a_week(path: Path) -> None:
    """Her own daily, then one a day by another, who closes one of her actions and carries another."""
    clock = _Clock()
    with open_store(path, CHAIR, clock) as store:
        held = _open(store, CHAIR, 0)
        closed = _raise(store, held, AYE, "Arrest at home", 24)
        carried = _raise(store, held, BEE, "Visit at work", 24, expected="two arrests")
        wait = Rationale(review_on=f"{BACK}")
        decisions.decide(
            store, [(CEE, {})], "Wait for DNA", "lab", decided_by=CHAIR, meeting_id=held.id, rationale=wait
        )
        _seal(store, held)
        for day in range(1, 7):
            clock.day = DAY + timedelta(days=day)
            held = _open(store, OTHER, day)
            if day == 1:
                actions.close_actions(store, [closed], "remanded at court", meeting_id=held.id)
            if day in (2, 4):
                due = at_clock(clock.day + timedelta(days=2), 9)
                actions.carry_actions(store, [carried], due, "off sick", meeting_id=held.id)
            if day == 6:
                _raise(store, held, CEE, "Chase the lab", 48)
            _seal(store, held)


def test_who_comes_back_after_a_week_says_what_was_promised_and_what_became_of_it(store: Path) -> None:
    _hold_a_week(store)
    began = time.monotonic()
    with Counted.meeting(store, "--chair", CHAIR, day=BACK, at="09:30", folder=store.parent) as room:
        assert isinstance(room, Counted)
        room.wait_for("1/6: Opening", CHAIR)
        room.press("tab")
        said = f"Said in 7 meetings, since you last chaired on {DAY:%d/%m/%Y}"
        shown = room.wait_for(said, "promises: 1 kept, 6 not kept")
        assert shown.index("Arrest") < shown.index("Visit") < shown.index("Wait for DNA"), "hers first, as she said it"
        room.wait_row("✓", f"{DAY:%d/%m}", "AYE, Al", "done: remanded")
        for about, answers in (
            ("AYE", ("done: remanded at court", "Arrest at home")),
            ("BEE", ("open, overdue, due 27/11 09:00, carried 2x", "expected two arrests by 28/11")),
            ("CEE", ("due: review 28/11", "Wait for DNA")),
            ("CEE", ("open, due 29/11 10:00", "Chase the lab")),
        ):
            room.wait_row("▸", about)
            told = " ".join(room.wait_for(answers[0].split()[0]).split())
            assert all(one in told for one in answers), told
            room.press("j")
        assert room.keys <= MOST, room.keys
    assert time.monotonic() - began < _LONGEST
