"""Builds the synthetic London: made-up records through the same import as real ones, and three weeks of meetings."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from core import demo
from core.days import at_clock, day_of, years_before
from core.demo.markers import Marked
from core.demo.words import ADOPTED, BIDS, CHOICES, LEFT, TASKS, Task
from core.focus_model import default
from core.geography import current_wards
from core.text import counted
from db import actions, bids, decisions, meetings, memberships, rankings, sealing, wards
from db.actions import Subject
from db.demo_places import decide_places
from db.loading.importing import import_file
from db.meetings import MeetingView
from db.memberships import Proposal
from db.rankings import Ranked
from db.store import Store, make_store
from db.store.gc_pause import gc_paused
from db.store.rows import from_row

Step = Callable[[str, float], None]
"""Called with what is being done and the share done so far, 0 to 1."""

CHAIR = "Det Supt A. Chair"
SUSPECTS = 35_000
"""Named suspects a year, as published (DOMAIN.md section 2)."""
GROWN = 18
_FORGOTTEN = timedelta(days=5)
"""How long an action is overdue before the meeting closes it after all."""
_HELD = {"remand": "held", "serving": "held", "recalled": "held"}
_TASKS = {task.words: task for tasks in TASKS.values() for task in tasks}
T = TypeVar("T")


def build(path: Path, as_of: date, step: Step, seed: int = 1, suspects: int = SUSPECTS) -> Store:
    """Make a store of a synthetic London as it stands on the morning of *as_of*; gives it open.

    The same seed and day give the same records. step: told what is being done, for a progress bar.
    """
    with gc_paused():
        return _build(path, as_of, step, seed, suspects)


def _build(path: Path, as_of: date, step: Step, seed: int, suspects: int) -> Store:
    clock = _Clock(at_clock(as_of, 7, 30))
    with ExitStack() as unless_built:
        store = unless_built.enter_context(make_store(path, CHAIR, clock))
        _fill(store, clock, as_of, step, seed, suspects)
        unless_built.pop_all()
    return store


def _fill(store: Store, clock: _Clock, as_of: date, step: Step, seed: int, suspects: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for share, file in _files(Path(folder), as_of, seed, suspects, step):
            step(f"Importing {file.name}", share)
            import_file(store, file, today=as_of)
        step("Importing markers.csv", 0.49)
        import_file(store, _markers(Path(folder), store, as_of, seed), today=as_of)
    _make_bids(store)
    days = _days_before(as_of)
    for number, day in enumerate(days):
        step(f"Holding the meetings of {day:%d/%m/%Y}", 0.5 + 0.5 * number / len(days))
        _hold(store, clock, "daily", day, 9)
        if day.weekday() == 2:
            _hold(store, clock, "weekly", day, 14)
    clock.moment = at_clock(as_of, 7, 30)
    step("Ready", 1.0)


@dataclass
class _Clock:
    """The time of the demo: it stands until it is moved."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment


def _files(folder: Path, as_of: date, seed: int, suspects: int, step: Step) -> Iterator[tuple[float, Path]]:
    """Write the extracts of the demo, one after the other, each with the share of the work done before it."""
    places = current_wards()
    last_month = (as_of.replace(day=1) - timedelta(days=1)).replace(day=1)
    step("Writing crime reports", 0.0)
    yield (
        0.2,
        _write(folder / "crime-reports.csv", demo.EXTRACT_HEADER, demo.crime_reports(places, as_of, seed, suspects)),
    )
    header = demo.ward_release_header(last_month)
    yield 0.4, _write(folder / "ward-counts.csv", header, demo.ward_release(places, last_month, seed))
    yield from _ward_records(folder, as_of, seed)
    yield 0.45, _write(folder / "activity.csv", demo.ACTIVITY_HEADER, demo.activity(places, as_of, seed))
    yield 0.48, _write(folder / "deployments.csv", demo.DEPLOYMENTS_HEADER, demo.deployments(places, as_of, seed))


def _ward_records(folder: Path, as_of: date, seed: int) -> Iterator[tuple[float, Path]]:
    """What is said and done about wards besides the counts."""
    places = current_wards()
    yield 0.41, _write(folder / "ward-panels.csv", demo.PANEL_HEADER, demo.ward_panels(places, as_of, seed))
    yield 0.42, _write(folder / "unsafe-places.csv", demo.UNSAFE_HEADER, demo.unsafe_places(places, as_of, seed))
    yield 0.43, _write(folder / "patrols.csv", demo.PATROLS_HEADER, demo.patrols(places, as_of, seed))
    council = [ward for ward in places if ward.borough == default().borough]
    yield 0.44, _write(folder / "fly-tip-sites.csv", demo.FLY_TIPS_HEADER, demo.fly_tips(council, as_of, seed))


def _markers(folder: Path, store: Store, as_of: date, seed: int) -> Path:
    """Markers of the people whom the crime reports name."""
    query = (
        "SELECT p.ref, v.status, COALESCE(v.born_on, 0) AS born, COALESCE(MAX(COALESCE(r.committed_to, "
        "r.committed_from)), 0) AS busy FROM person p JOIN person_version v ON v.id = p.version_id "
        "LEFT JOIN report_row r ON r.person_id = p.id GROUP BY p.id ORDER BY p.ref"
    )
    people = [from_row(Marked, row) for row in store.read.rows(query)]
    rows = demo.markers(people, as_of, seed)
    return _write(folder / "markers.csv", demo.MARKERS_HEADER, rows)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def _days_before(as_of: date) -> list[date]:
    """The days of the three weeks before; the daily meeting is held on every one, weekends as well."""
    return [as_of - timedelta(days=back) for back in range(21, 0, -1)]


def _run_before(store: Store, day: date) -> int | None:
    """The latest ranking, on the days between two rankings: it is made anew on Mondays, Wednesdays and Fridays."""
    latest = rankings.latest_run(store)
    return latest.id if latest is not None and day.weekday() in (1, 3, 5, 6) else None


def _hold(store: Store, clock: _Clock, kind: str, day: date, hour: int) -> None:
    """Hold one meeting of the past: close what was due, raise what was found, decide, seal."""
    began = clock.moment = at_clock(day, hour)
    meeting = meetings.open_meeting(store, kind, CHAIR, day, _run_before(store, day))
    for present in meetings.attendance(store, meeting.id):
        if not present.state:
            meetings.attend(store, present.id, "present", present.name or f"{present.role} lead", meeting.id)
    for number, item in enumerate(meeting.agenda.items):
        clock.moment = began + timedelta(minutes=number)
        meetings.note_time(store, meeting.id, item.key, item.minutes * 60 - 20 + 7 * ((day_of(day) + number) % 9))
    _settle_due(store, meeting, clock.moment)
    _raise_new(store, meeting, clock.moment)
    if kind == "weekly":
        decide_places(store, meeting, CHAIR, clock.moment)
        _settle_bids(store, meeting)
    clock.moment = began + timedelta(minutes=meeting.agenda.minutes)
    sealing.seal(store, meeting.id, sealing.checklist(store, meeting, clock.moment))


def _settle_due(store: Store, meeting: MeetingView, now: datetime) -> None:
    """Close most of what is due, each with what came of it, carry some, leave some overdue."""
    for action in actions.open_actions(store, now, meeting.kind):
        if action.due_at > now + timedelta(hours=2):
            continue
        task = _TASKS[action.action]
        if action.id % 7 == 3:
            due = now + timedelta(days=2)
            actions.carry_actions(store, [action.id], due, _nth(task.delays, action.id), meeting_id=meeting.id)
        elif action.id % 7 != 5 or action.due_at < now - _FORGOTTEN:
            actions.close_actions(store, [action.id], _nth(task.results, action.id), meeting_id=meeting.id)


def _raise_new(store: Store, meeting: MeetingView, now: datetime) -> None:
    """Two actions on people near the head of the list, one on a ward, and a decision."""
    if meeting.run_id is None:
        return
    day = day_of(meeting.as_of)
    top = rankings.entries(store, meeting.run_id, 40)
    for nth in range(2):
        person = top[(day * 7 + nth * 11) % len(top)]
        task = _nth(TASKS[_standing(store, person, day)], day // 2 + nth)
        _raise(store, meeting, Subject("person", person.person, person.name), task, now + timedelta(days=1 + day % 3))
    _adopt(store, meeting, top)
    _decide(store, meeting, top[day % len(top)])
    ward = wards.ranking(store).table.entries[day % 12]
    task = _nth(TASKS["ward"], day + day // 12)
    _raise(store, meeting, Subject("ward", ward.ward_code, ward.ward), task, now + timedelta(days=1), "next")


def _raise(
    store: Store, meeting: MeetingView, subject: Subject, task: Task, due: datetime, item: str = "suspects"
) -> None:
    words, owner = task.words, task.owner
    actions.raise_actions(store, [subject], words, owner, due, meeting_id=meeting.id, kind=meeting.kind, item=item)


def _decide(store: Store, meeting: MeetingView, person: Ranked) -> None:
    day = day_of(meeting.as_of)
    choice = _nth(CHOICES[_standing(store, person, day)], day + (meeting.kind == "weekly"))
    facts = {"rank": str(person.rank), "score": f"{person.score:,g} d", "allegations": str(person.allegations)}
    decisions.decide(
        store,
        [(Subject("person", person.person, person.name), facts)],
        choice.decision,
        choice.reason,
        decided_by=CHAIR,
        meeting_id=meeting.id,
        item="suspects",
    )


def _standing(store: Store, person: Ranked, day: int) -> str:
    """Which tasks and choices fit someone: a child's, or those of where they stand."""
    query = "SELECT v.born_on FROM person p JOIN person_version v ON v.id = p.version_id WHERE p.ref = :ref"
    born = store.read.rows(query, ref=person.person)[0]["born_on"]
    if born is not None and born > years_before(day, GROWN):
        return "child"
    return person.status if person.status in TASKS else _HELD.get(person.status, "at large")


def _adopt(store: Store, meeting: MeetingView, top: list[Ranked]) -> None:
    """Adopt some of the highest into V100: a rank proposes, the chair adopts. The weekly also lets someone go."""
    day, run = day_of(meeting.as_of), meeting.run_id
    members = memberships.members(store, "v100")
    inside = {member.person for member in members}
    for nth, one in enumerate([one for one in top if one.person not in inside][:2]):
        words = _nth(ADOPTED, day + nth + one.position).format(
            reports=counted(one.allegations, "report"),
            victims=counted(one.victims, "victim"),
            offence=one.largest_offence or "not weighed",
            place=one.borough,
        )
        memberships.adopt(
            store,
            "v100",
            [Proposal(one.person, f"rank {one.rank} in run {run}", {"rank": one.rank, "run": run})],
            since=day,
            reason=words,
            adopted_by=CHAIR,
            review_on=day + (14 if day % 2 else 31),
            meeting_id=meeting.id,
        )
    held = {one.person for one in top if one.status in _HELD}
    going = [member for member in members if member.person in held]
    if meeting.kind == "weekly" and going:
        memberships.leave(store, [going[0].id], on=day, reason=_nth(LEFT, day // 7), by=CHAIR, meeting_id=meeting.id)


def _nth(items: Sequence[T], number: int) -> T:
    """Go round *items*, so that each is used."""
    return items[number % len(items)]


def _settle_bids(store: Store, meeting: MeetingView) -> None:
    """Two bids of the week, each with its outcome and why."""
    week = day_of(meeting.as_of) // 7
    for nth in range(2):
        bid = _nth(BIDS, 2 * week + nth)
        number = bids.make_bid(store, *bid[:6], meeting_id=meeting.id)
        bids.decide_bid(store, number, bid.outcome, bid.reason, meeting.id)


def _make_bids(store: Store) -> None:
    """Three bids that wait for the weekly meeting."""
    bids.make_bid(
        store, "CE BCU", "CE", "Knife-point robbery near stations", "Knife arch, 8 officers", "Hackney", "Fri"
    )
    bids.make_bid(store, "SA BCU", "SA", "Two wanted for stalking", "Surveillance, 3 days", "Croydon", "Mon to Wed")
    bids.make_bid(
        store, "NA BCU", "NA", "Retaliation risk after stabbing", "High-visibility unit", "Enfield", "tonight"
    )
