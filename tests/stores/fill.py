"""Fills one store through the commands of the program that is on the path, of whatever revision: see ``make.py``.

``python fill.py REVISION FOLDER`` leaves ``tasking.db`` in the folder, and the papers of its sealed meeting under
``papers``. Every moment is given, so that the same program writes the same rows and the same hashes again. What came
with a later revision is imported and decided only from that revision on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from core.days import day_of
from db import actions, bids, decisions, deployments, meetings, papers, rankings
from db.actions import Subject
from db.meetings import MeetingView
from db.store import HEAD, Store, make_store
from tui.main import app


def first(*places: str) -> Any:
    """What stands at the first of these places ("module:name") that the program on the path has; it has moved."""
    for place in places:
        module, name = place.split(":")
        try:
            return getattr(import_module(module), name)
        except (ModuleNotFoundError, AttributeError):
            continue
    sys.exit(f"The program on the path has none of {', '.join(places)}.")


import_file = first("db.loading.importing:import_file", "db.imports:import_file")
withdraw = first("db.loading.withdraw:withdraw", "db.withdraw:withdraw")
STATES = first("core.meetings:STATES", "db.meetings:STATES")
undo = first("db.store.undo:undo", "db.journal:undo")
redo = first("db.store.undo:redo", "db.journal:redo")


def because(command: Any, why: str) -> Any:
    """A command with the reason that it is given; a program that asks for none is given none."""
    return partial(command, why=why) if "why" in signature(command).parameters else command


def at(store: Store, item: str) -> AbstractContextManager[None]:
    """While it lasts, the meeting is at an item of its agenda; a program that knows no items stays where it is."""
    here: AbstractContextManager[None] = store.at(item) if hasattr(store, "at") else nullcontext()
    return here


WHO = "Insp T. Tester"
FILES = Path(__file__).parent / "files"
MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (16, 17, 18))
RECORDS = {
    "0001": ("reports-1", "ward-counts", "activity", "units-1"),
    "0002": ("markers", "census", "edition"),
    "0003": ("small-areas", "street"),
    "0005": ("ward-reference", "ward-panels", "unsafe-places", "patrols", "fly-tip-sites"),
    "0008": ("2026-10-metropolitan-stop-and-search", "lfr", "street-2", "lookup-years"),
    "0010": ("reports-of-the-night", "incidents", "units-4"),
}
"""The files that a store takes in first, by the revision that could read them first."""
WARD = Subject("ward", "E05009367", "Brownswood")


@dataclass
class Clock:
    """The time of the store: it stands until it is set."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def set(self, day: date, hour: int, minute: int = 0) -> None:
        """Set it to a time of a day, in UTC; London is on it in November."""
        self.moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)

    def pass_minute(self) -> None:
        """Let one minute go by."""
        self.moment += timedelta(minutes=1)


def fill(store: Store, clock: Clock) -> None:
    """Three days of work: records come in, a daily meeting is sealed, a weekly one is open, units come in."""
    _records(store, clock)
    _daily(store, clock)
    weekly = _weekly(store, clock)
    for first, decided in DECIDED.items():
        if first <= HEAD:
            decided(store, weekly)
            clock.pass_minute()
    _last(store, weekly, clock)


def _records(store: Store, clock: Clock) -> None:
    """Import everything, rank, revise some reports and rank again; take back a file that had changed a unit."""
    clock.set(MONDAY, 7)
    for name in (name for first, names in RECORDS.items() if first <= HEAD for name in names):
        _take(store, name)
        clock.pass_minute()
    meetings.run_for(store, day_of(MONDAY))
    clock.set(TUESDAY, 7)
    _take(store, "reports-2")
    clock.pass_minute()
    mistaken = _take(store, "units-2")
    clock.pass_minute()
    withdraw(store, mistaken)
    meetings.run_for(store, day_of(TUESDAY))


def _take(store: Store, name: str) -> int:
    """Import a file; gives the number of its batch."""
    batch = import_file(store, FILES / f"{name}.csv", today=store.now().date()).batch
    assert isinstance(batch, int)
    return batch


def _daily(store: Store, clock: Clock) -> None:
    """Hold a daily meeting and seal it."""
    clock.set(TUESDAY, 9)
    meeting = meetings.open_meeting(store, "daily", WHO, TUESDAY)
    for place, present in enumerate(meetings.attendance(store, meeting.id)):
        state = STATES[place % 3]
        meetings.attend(store, present.id, state, f"Insp {present.role} Example", meeting.id)
    done, carried, edited, _ = (_raise(store, subject, meeting, clock) for subject in (*_named(store, meeting), WARD))
    clock.pass_minute()
    actions.close_actions(store, [done], "arrested, in custody", meeting_id=meeting.id)
    later = clock() + timedelta(days=2)
    with at(store, _people(meeting)):
        actions.carry_actions(store, [carried], later, "not traced yet", meeting_id=meeting.id)
    actions.edit_action(store, edited, "Check bail conditions and curfew", "BCU duty", later)
    _decide(store, meeting)
    units = {unit.unit: unit.id for unit in deployments.units(store)}
    until = clock() + timedelta(hours=8)
    deploy = first("db.deploying:deploy", "db.deployments:deploy", "tests.db.sending:deploy")
    stand_down = first("db.deploying:stand_down", "db.deployments:stand_down")
    deploy(store, units["VCTF North 1"], WARD.ref, "knife arch", clock(), until)
    because(stand_down, "night shift is over")(store, [units["VCTF North 2"]])
    meetings.note_time(store, meeting.id, "actions", 170)
    meetings.note_time(store, meeting.id, _people(meeting), 205)
    clock.set(TUESDAY, 9, 15)
    _seal(store, meeting, clock())


def _seal(store: Store, meeting: MeetingView, now: datetime) -> None:
    """Seal a meeting on its papers, as the program of the revision does it."""
    if HEAD >= "0007":
        from db.sealing import seal

        seal(store, meeting.id)
        return
    written: Any = (papers.minutes(store, meeting, now), papers.report(store, meeting, now))
    meetings.seal_meeting(store, meeting.id, *written)


def _people(meeting: MeetingView) -> str:
    """The key of the agenda item on named suspects, which was called otherwise at first."""
    return next(item.key for item in meeting.agenda.items if item.key in ("offenders", "suspects"))


def _named(store: Store, meeting: MeetingView) -> list[Subject]:
    """The three highest of the meeting's ranking."""
    assert meeting.run_id is not None
    return [Subject("person", one.person, one.name) for one in rankings.entries(store, meeting.run_id, 3)]


def _raise(store: Store, subject: Subject, meeting: MeetingView, clock: Clock) -> int:
    """Raise an action for the next day; gives its number."""
    due = clock() + timedelta(days=1)
    [number] = actions.raise_actions(
        store, [subject], "Locate and report back", "Intelligence", due, meeting_id=meeting.id, kind=meeting.kind,
        item=_people(meeting),
    )  # fmt: skip
    return number


def _decide(store: Store, meeting: MeetingView) -> None:
    """Decide on the two highest, on the facts as shown."""
    about = [(subject, {"rank": str(rank)}) for rank, subject in enumerate(_named(store, meeting)[:2], 1)]
    words, reason = "Adopted as a priority for this week", "Highest harm | among those at large"
    decisions.decide(store, about, words, reason, decided_by=WHO, meeting_id=meeting.id, item=_people(meeting))


def _weekly(store: Store, clock: Clock) -> MeetingView:
    """Open a weekly meeting: a bid is decided, one action taken back, another taken back and raised again."""
    clock.set(WEDNESDAY, 13)
    for bcu, problem in (("CE", "Robbery near stations"), ("SA", "Two wanted for stalking")):
        bids.make_bid(store, f"{bcu} BCU", bcu, problem, "Knife arch, 8 officers", "Example Road", "Fri")
    clock.set(WEDNESDAY, 14)
    meeting = meetings.open_meeting(store, "weekly", WHO, WEDNESDAY)
    decide_bid = first("db.granting:decide_bid", "db.bids:decide_bid")
    decide_bid(store, 1, "part", "four officers, Friday only", meeting.id)
    highest, second, _ = _named(store, meeting)
    _raise(store, highest, meeting, clock)
    undo(store)
    clock.pass_minute()
    _raise(store, second, meeting, clock)
    undo(store)
    redo(store)
    meetings.note_time(store, meeting.id, "bids", 340)
    clock.pass_minute()
    return meeting


def _methods(store: Store, weekly: MeetingView) -> None:
    """Rank by recency, frequency and gravity, too; adopt people into a cohort."""
    from db.runs import make_run

    request = first("db.scoring:RankingRequest", "db.scoring:Asked")
    make_run(store, request(day_of(WEDNESDAY), method="rfg"))
    _cohort(store, weekly)


def _cohort(store: Store, weekly: MeetingView) -> None:
    """Adopt three people into a cohort; one is kept at a review, one leaves."""
    from db import memberships
    from db.memberships import Proposal

    today = day_of(WEDNESDAY)
    given = [Proposal(one.ref, f"rank {rank}", {"rank": rank}) for rank, one in enumerate(_named(store, weekly), 1)]
    _, kept, left = memberships.adopt(
        store, "v100", given, since=today, reason="Highest harm", adopted_by=WHO, review_on=today + 14,
        meeting_id=weekly.id,
    )  # fmt: skip
    memberships.review(store, [kept], today + 28, "Charged, no change", meeting_id=weekly.id)
    memberships.leave(store, [left], on=today, reason="Sentenced", by=WHO, meeting_id=weekly.id)


def _priority_wards(store: Store, weekly: MeetingView) -> None:
    """Adopt three wards as priorities; one is kept at a review, one is dropped."""
    from core.composite_weights import default
    from db import composite, priority_wards

    today = day_of(WEDNESDAY)
    given = priority_wards.proposals(store, composite.parts(store), default(), 3)
    _, kept, dropped = priority_wards.adopt(
        store, given, since=today, reason="High on every part", adopted_by=WHO, review_on=today + 14,
        meeting_id=weekly.id,
    )  # fmt: skip
    priority_wards.review(store, [kept], on=today, review_on=today + 28, reason="Rising", meeting_id=weekly.id)
    priority_wards.drop(store, [dropped], on=today, reason="Plan is done", by=WHO, meeting_id=weekly.id)


def _places(store: Store, weekly: MeetingView) -> None:
    """Place extra officers, run a focus week, work on fly-tip sites."""
    _officers(store, weekly)
    _focus(store, weekly)
    _fly_tips(store, weekly)


def _officers(store: Store, weekly: MeetingView) -> None:
    from core.composite_weights import default
    from db import composite, officers

    placed = officers.proposed(composite.parts(store), default(), "harm", total=6, first=3)
    officers.keep(store, placed, WHO, weekly.id)
    officers.move(store, min(placed.placed, key=lambda code: (placed.placed[code].posts, code)), 1, weekly.id)


def _focus(store: Store, weekly: MeetingView) -> None:
    from db import focus, focus_comments, focus_measures

    model, today = focus.model_of(store), day_of(WEDNESDAY)
    week = focus.week(store, focus.propose(store, model, today, meeting_id=weekly.id))
    changed, agreed, left_out, *_ = (item.id for item in week.items if item.planned)
    focus.change_item(store, changed, 2, "Visit both ends of the parade", meeting_id=weekly.id)
    focus.agree(store, [changed, agreed], by=WHO, meeting_id=weekly.id)
    because(focus.leave_out, "no premises this week")(store, [left_out], meeting_id=weekly.id)
    focus.record(store, agreed, 1, "rain stopped it", meeting_id=weekly.id)
    focus.summarise(store, week.id, "Most visits were made.", meeting_id=weekly.id)
    focus_comments.comment(
        store, ward_code=week.ward_code, week_id=week.id, councillor="Cllr D. Example", words="More in the evening",
        nominates="garages behind the parade", meeting_id=weekly.id,
    )  # fmt: skip
    stock = next(one for one in model.measures if not one.option)
    focus_measures.read_measure(store, stock, today, 128, WHO, meeting_id=weekly.id)


def _fly_tips(store: Store, weekly: MeetingView) -> None:
    from db import fly_tips

    today = day_of(WEDNESDAY)
    given, closed, *_ = (site.id for site in fly_tips.sites(store, today))
    added = fly_tips.add_site(store, "Example Yard", "E05013546", 4, today - 20, meeting_id=weekly.id)
    steps = fly_tips.plan(store, [given, added], "littering", "Patrols", "Ward team", today + 10, meeting_id=weekly.id)
    fly_tips.finish_step(store, steps[:1], today, "two penalties", meeting_id=weekly.id)
    fly_tips.check(store, [given, added], today, "Enforcement team", "evidence", "a label", meeting_id=weekly.id)
    fly_tips.close_site(store, [closed], today, "gated", meeting_id=weekly.id)


def _settings(store: Store, weekly: MeetingView) -> None:
    """Put weights of the composite in force."""
    from core.composite_weights import typed

    save_weights = first("db.composite_weights:save_weights")
    save_weights(store, typed("Example weights", {"harm": "60", "rate": "40"}), meeting_id=weekly.id)


def _after_the_seal(store: Store, weekly: MeetingView) -> None:
    """Put right what the sealed meeting's papers say, and note that they were written."""
    from db import addenda

    daily = next(held.id for held in meetings.meetings(store) if held.id != weekly.id)
    addenda.add(store, daily, "VCTF North 1 had 8 officers", "six were read out")
    meetings.write_copy(store, daily, "papers", 4)


def _at_items(store: Store, weekly: MeetingView) -> None:
    """Edit an action at a later item, take that back and do it again at another."""
    [number] = (action.id for action in actions.raised_in(store, weekly.id, store.now()))
    due = store.now() + timedelta(days=3)
    with at(store, "bids"):
        actions.edit_action(store, number, "Locate, with four officers", "Intelligence", due, meeting_id=weekly.id)
    with at(store, "places"):
        undo(store)
        redo(store)


def _night(store: Store, weekly: MeetingView) -> None:
    """Give incidents an owner, declare one critical, accept a series, note tension and end it."""
    from db import incident_marks, incident_series, tension

    stabbed = Subject("incident", "2601901/26", "Stabbing 2601901/26")
    incident_marks.give_owner(store, [stabbed], "CE duty inspector", meeting_id=weekly.id)
    incident_marks.declare_critical(store, stabbed, "The family was not told for hours", by=WHO, meeting_id=weekly.id)
    incident_series.accept_series(
        store, ["2601901/26", "2601902/26"], "one report names the other", accepted_by=WHO, meeting_id=weekly.id
    )
    later = store.now() + timedelta(days=2)
    stands, ended = (
        tension.raise_tension(
            store, ward_code=WARD.ref, community="", sort=sort, level="3", reason="Talk of revenge", review_at=later,
            meeting_id=weekly.id,
        )
        for sort in ("evidenced", "potential")
    )  # fmt: skip
    assert stands != ended
    tension.end_tension(store, ended, "Nothing came of it", meeting_id=weekly.id)


def _loop(store: Store, weekly: MeetingView) -> None:
    """Promises with all that they say: an update, an expectation, an accepted risk; notes of the meeting."""
    from core.decisions import Rationale
    from db import decisions, meeting_notes

    details = first("db.actions:Details")(
        "DS B. Officer", "MATAC referral", "Probation", "high", "arrest", "two arrests", "2026-11-20"
    )
    due = store.now() + timedelta(days=2)
    [number] = actions.raise_actions(
        store, [WARD], "Locate and arrest", "Intelligence", due, meeting_id=weekly.id, kind="weekly", details=details
    )
    actions.update_actions(
        store, [number], "seen at an address", decided_at=store.now() - timedelta(hours=2), meeting_id=weekly.id
    )
    said = Rationale(
        "retaliation likely", "section 60 considered", "wait; deploy", "one officer would wait", "2026-11-25",
        "no patrol at night", "Supt E. Xample", "2026-11-21", "no shots", "2026-11-20", {"day": "2026-11-18"},
    )  # fmt: skip
    [old] = decisions.decide(
        store, [(WARD, {"rank": "1"})], "Deploy", "hot", decided_by=WHO, meeting_id=weekly.id, rationale=said
    )
    decisions.decide(
        store, [(WARD, {"rank": "1"})], "Deploy from Friday", "crew is late", decided_by="Supt E. Xample",
        meeting_id=weekly.id, amends=old,
    )  # fmt: skip
    meeting_notes.note_quorum(store, weekly.id, "2 of 4", "the commander decided")
    meeting_notes.park(store, weekly.id, [WARD], "waits for the map")
    meeting_notes.hand_over(store, weekly.id, "DI D. Eputy", "called away")
    meeting_notes.pause(store, weekly.id, "alarm")
    meeting_notes.pause(store, weekly.id)
    meeting_notes.tick(store, weekly.id, [("action", number, store.last_entry())])


def _night_and_loop(store: Store, weekly: MeetingView) -> None:
    """What a night brings, and what comes of promises."""
    _night(store, weekly)
    _loop(store, weekly)


def _units(store: Store, weekly: MeetingView) -> None:
    """Send two units together over a clash, one of them asked for; lend officers; score a bid; one unit is away."""
    from core.deployments import Dose
    from db import deployment_changes
    from db.deploying import Draft, against, task

    numbers = {unit.unit: unit.id for unit in deployments.units(store)}
    starts, ends = store.now(), store.now() + timedelta(hours=8)
    units = (numbers["VCTF North 2"], numbers["POU 1"])
    draft = Draft(
        units, "E05013806", "convoy", starts, ends, place="Example Road", objective="Fewer robberies", dose=Dose(4, 15),
        measure="robbery", measure_until=ends, end_test="two nights without one", legacy="a plan of patrols",
    )  # fmt: skip
    shown = [clash.key for clash in against(store, draft, starts)]
    number = task(store, draft, why="the size is known at 18:00", accepted=shown, meeting_id=weekly.id)
    terms = deployment_changes.Terms(
        "Fewer robberies", "robbery of personal property", ends, draft.end_test, draft.legacy, draft.dose, None, ""
    )
    deployment_changes.change(store, number, terms, "as it is published", meeting_id=weekly.id)
    north, south = numbers["VCTF North 1"], numbers["VCTF South 2"]
    deployment_changes.lend(store, north, 4, "NW BCU", starts, ends, "daily uplift", meeting_id=weekly.id)
    deployment_changes.set_away(store, [south], starts, ends, "training day", meeting_id=weekly.id)
    bids.score_bid(store, 2, {"physical": 3, "likelihood": 2}, "medium", meeting_id=weekly.id)


def _night_loop_and_units(store: Store, weekly: MeetingView) -> None:
    _night_and_loop(store, weekly)
    _units(store, weekly)


def _trust(store: Store, weekly: MeetingView) -> None:
    """The store has users from here on; one of them has looked at something, and a cohort is kept to another."""
    from core.days import stamp
    from core.roles import ROLES, Rights
    from db import users
    from db.store import access, viewings

    access.machine_user = lambda: KEEPER
    users.add(store, "an.alyst", "analyst")
    store.rights = Rights(KEEPER, "", ROLES["owner"])
    users.add(store, "n.other", "chair", "DI N. Other")
    users.add(store, "x", "deputy", "Insp X")
    viewings.record(store, viewings.Shown("list", "cohort", how="Weekly tasking"))
    with store.change("Restrict cohort mappa", meeting=None, kind="users") as writing:
        at = stamp(store.now())
        writing.insert("restriction", cohort="mappa", login=KEEPER, set_at=at, set_by=KEEPER)


KEEPER = "keeper"
"""Whom the tests are, as the operating system has it (``tests/conftest.py``)."""


Decided = Callable[[Store, MeetingView], None]
DECIDED: dict[str, Decided] = {
    "0002": _methods,
    "0004": _priority_wards,
    "0005": _places,
    "0006": _settings,
    "0007": _after_the_seal,
    "0009": _at_items,
    "0010": _night_loop_and_units,
    "0011": _trust,
}
"""What the weekly meeting decides, by the revision that brought it."""


def _last(store: Store, weekly: MeetingView, clock: Clock) -> None:
    """The latest batch changes a unit and adds one; after it stand two commands that can be taken back."""
    clock.set(WEDNESDAY, 14, 30)
    _take(store, "units-3")
    clock.pass_minute()
    number = _raise(store, WARD, weekly, clock)
    clock.pass_minute()
    actions.carry_actions(store, [number], clock() + timedelta(days=7), "to the next meeting", meeting_id=weekly.id)


def _main(revision: str, folder: Path) -> None:
    if revision != HEAD:
        sys.exit(f"The program on the path writes revision {HEAD}, not {revision}. See COMMITS in make.py.")
    clock = Clock(datetime(2026, 11, 16, tzinfo=UTC))
    path = folder / "tasking.db"
    store = make_store(path, WHO, clock)
    fill(store, clock)
    store.close()
    words = ["minutes", "1", "--store", str(path), "--to", str(folder / "papers")]
    if HEAD >= "0011":  # a store with users records to whom its papers go
        words += ["--recipient", WHO]
    CliRunner().invoke(app, words, catch_exceptions=False)


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]))
