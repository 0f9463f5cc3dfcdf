"""Builds the synthetic London: made-up records through the same import as real ones, and three weeks of meetings.

The store lives through its days: each morning brings the files of that day, each meeting sees what had come in by then.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from core.days import at_clock, day_of
from core.demo.reports import USUAL_POOL
from core.meetings import Agenda
from core.scope import FORCE
from db import meetings, rankings, sealing
from db.demo_beside import written_beside
from db.demo_bids import PastBids
from db.demo_files import Delivered, ranks_anew
from db.demo_loop import hear_what_came, put_aside
from db.demo_night import decide_night
from db.demo_people import Register, item_of
from db.demo_places import decide_places, report_places
from db.demo_tension import note_tension
from db.demo_units import PastUnits
from db.loading.importing import import_file
from db.store import Store, make_store
from db.store.gc_pause import gc_paused

Step = Callable[[str, float], None]
"""Called with what is being done and the share done so far, 0 to 1."""

CHAIR = "Det Supt A. Chair"
SUSPECTS = USUAL_POOL
_TASK_FORCE = "task-force"
"""The Task Force's own meeting, which opens on the night; before the daily of the whole force."""
_BCUS = ("NW", "SE")
"""The BCUs that hold a daily meeting of their own, after those."""
_WEEKLY = 2
"""The weekday of the weekly meeting: Wednesday."""
_FIRST_FILES = 0.3
"""The share of the work that is done once the files of the first morning are in."""
_BEFORE = {"ward-counts.csv": 0.0, "other-units.csv": 0.1, "crime-reports.csv": 0.4, "markers.csv": 0.9}
"""The share of the time for those files that has gone before one of them is imported, for the progress bar."""


def build(
    path: Path, as_of: date, step: Step, seed: int = 1, suspects: int = SUSPECTS, *, beside: bool = False
) -> Store:
    """Make a store of a synthetic London as it stands on the morning of *as_of*; gives it open.

    The same seed and day give the same records. step: told what is being done, for a progress bar. beside: whether a
    process of its own writes the files meanwhile. Changes do not wait for the disk: whoever keeps the file has it
    written through. Raises Problem where the files cannot be written.
    """
    with gc_paused():
        return _build(path, as_of, step, seed, suspects, beside=beside)


def _build(path: Path, as_of: date, step: Step, seed: int, suspects: int, *, beside: bool) -> Store:
    days = _days_before(as_of)
    clock = _Clock(at_clock(days[0], 7, 30))
    with ExitStack() as unless_built, ExitStack() as while_built:
        folder = Path(while_built.enter_context(tempfile.TemporaryDirectory()))
        asked = Delivered(folder, days[0], as_of, seed, suspects)
        files = while_built.enter_context(written_beside(asked)) if beside else asked.files()
        step("Making the store", 0.0)
        store = unless_built.enter_context(make_store(path, CHAIR, clock))
        store.synced = False
        _live(
            _Room(store, clock, PastBids(store, days[0], as_of, seed), Register(store, CHAIR), PastUnits(store, seed)),
            files,
            [*days, as_of],
            step,
        )
        unless_built.pop_all()
    return store


@dataclass
class _Clock:
    """The time of the demo: it stands until it is moved."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class _Room:
    """Where the meetings are held, with what waits for them."""

    store: Store
    clock: _Clock
    bids: PastBids
    register: Register
    units: PastUnits


def _live(room: _Room, files: Iterator[Path | None], days: list[date], step: Step) -> None:
    """Go through the days: files in the morning, meetings, bids in the afternoon; the last ends with its morning."""
    for path in _of_a_morning(files):
        if path.name in _BEFORE:
            step(f"Importing {path.name}", _FIRST_FILES * _BEFORE[path.name])
        import_file(room.store, path)
    room.units.at_first(days[0])
    for number, day in enumerate(days):
        step(f"Holding the meetings of {day:%d/%m/%Y}", _FIRST_FILES + (1 - _FIRST_FILES) * number / len(days))
        room.clock.moment = at_clock(day, 7, 30)
        for path in _of_a_morning(files) if number else ():
            import_file(room.store, path)
        if day < days[-1]:
            _hold(room, _TASK_FORCE, at_clock(day, 8))
            _hold(room, "daily", at_clock(day, 9))
            for number_of, bcu in enumerate(_BCUS):
                _hold(room, "bcu-daily", at_clock(day, 10, 30 * number_of), bcu)
            if day.weekday() == _WEEKLY:
                report_places(room.store, day_of(day), partial(_after_eleven, room.clock, day))
                _hold(room, "weekly", at_clock(day, 14))
            room.clock.moment = at_clock(day, 16)
        room.bids.raise_on(day)
    step("Ready", 1.0)


def _of_a_morning(files: Iterator[Path | None]) -> Iterator[Path]:
    """The files of the next morning; those of an earlier one are taken by then."""
    for path in files:
        if path is None:
            return
        yield path


def _after_eleven(clock: _Clock, day: date, minutes: int) -> None:
    clock.moment = at_clock(day, 11) + timedelta(minutes=minutes)


def times_of(agenda: Agenda, turn: int) -> list[int]:
    """How many seconds each item of a meeting took: some over and some under their time, all of them within its time.

    What they are over together is taken from the longest.
    """
    swings = [7 * ((turn + number) % 9) - 20 for number, _ in enumerate(agenda.items)]
    longest = max(range(len(swings)), key=lambda number: agenda.items[number].minutes)
    swings[longest] -= max(0, sum(swings))
    return [item.minutes * 60 + swing for item, swing in zip(agenda.items, swings, strict=True)]


def _days_before(as_of: date) -> list[date]:
    """The days of the three weeks before; the daily meeting is held on every one, weekends as well."""
    return [as_of - timedelta(days=back) for back in range(21, 0, -1)]


def _run_before(store: Store, kind: str, day: date) -> int | None:
    """The latest ranking, on the days between two rankings; of the Task Force, that of its own pool."""
    if ranks_anew(day):
        return None
    if kind == _TASK_FORCE:
        held = meetings.last_held(store, kind, day)
        return None if held is None else held.run_id
    latest = rankings.latest_run(store)
    return None if latest is None else latest.id


def _hold(room: _Room, kind: str, began: datetime, scope: str = FORCE) -> None:
    """Hold one meeting of the past: close what was due, raise what is to be done, decide, seal."""
    store, clock, day = room.store, room.clock, began.date()
    clock.moment = began
    meeting = meetings.open_meeting(store, kind, CHAIR, day, _run_before(store, kind, day), scope)
    with store.at(item_of(meeting, "attendance")):
        for present in meetings.attendance(store, meeting.id):
            if not present.state:
                meetings.attend(store, present.id, "present", present.name or f"{present.role} lead", meeting.id)
    clock.moment = began + timedelta(minutes=len(meeting.agenda.items) - 1)
    with store.at(item_of(meeting, "actions")):
        room.register.settle_due(meeting, clock.moment)
        if kind == "daily" and scope == FORCE:
            hear_what_came(store, meeting, CHAIR)
    if kind == "daily" and scope == FORCE:
        put_aside(store, meeting, day)
    if kind == _TASK_FORCE:
        with store.at(item_of(meeting, "night")):
            room.register.raise_of_night(meeting, decide_night(store, meeting, clock.moment, CHAIR), clock.moment)
    elif scope == FORCE:
        room.register.raise_new(meeting, clock.moment)
    else:
        room.register.raise_of_scope(meeting, clock.moment)
        with store.at(item_of(meeting, "tension")):
            note_tension(store, meeting, day, _BCUS.index(scope), clock.moment)
    if kind == "daily" and scope == FORCE:
        with store.at(item_of(meeting, "deployments")):
            room.units.decide(meeting, day)
    if kind == "weekly":
        with store.at(item_of(meeting, "priority")):
            decide_places(store, meeting, CHAIR)
        with store.at(item_of(meeting, "bids")):
            room.bids.settle(meeting, clock.moment)
    clock.moment = began + timedelta(minutes=meeting.agenda.minutes)
    for item, seconds in zip(meeting.agenda.items, times_of(meeting.agenda, day_of(day)), strict=True):
        meetings.note_time(store, meeting.id, item.key, seconds)
    sealing.seal(store, meeting.id, sealing.checklist(store, meeting, clock.moment))
