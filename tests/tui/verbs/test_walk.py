"""Every verb that writes, walked by its declaration: what it says, what it refuses, what it asks a reason for.

Each is carried out on a record that it applies to and on one that it does not. A verb that is not here fails.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.screen import Screen

from core.applying import WHY, WHY_NEEDED, DoesNotApply
from core.composite_weights import default, typed
from core.days import LONDON, at_clock, day_of, london, uk
from core.deployments import parse_start
from core.due_times import parse_due
from core.errors import Problem, Refused
from core.incident_series import Proposed
from core.localities import Locality
from core.minutes import escaped
from core.particulars import UNKNOWN
from core.roles import NOT_YOURS, ROLES, Rights
from core.scope import scope_of
from core.text import list_name, with_article
from core.units import UnitState
from db import (
    actions,
    bids,
    decisions,
    deployments,
    fly_tips,
    focus,
    granting,
    incident_marks,
    meetings,
    memberships,
    officers,
    papers,
    tension,
    users,
)
from db.actions import Subject
from db.composite_weights import refuse_same, save_weights
from db.deploying import Clashing
from db.incident_marks import Mark
from db.incidents import Incident
from db.meetings import MeetingView
from db.record import deeds
from db.store import Store, open_store
from db.store.undo import redo, undo
from db.ward_map import current_wards, name_of
from tests.db.sending import deploy
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.keyboard import MovedClock
from tests.tui.people import top
from tests.tui.places import adopted, emptied, ranked
from tui.dialogs.field import Field, fault_of
from tui.dialogs.form import Form
from tui.documents import to_html
from tui.screens.rundown import RunDownPage
from tui.session import Session
from tui.verb import VERBS, Verb, Why, verb_named
from tui.verbs.context import RECIPIENT, VerbContext, function_of, typed_day
from tui.views.focus import ITEM, FocusRow
from tui.views.readback import ReadbackView
from tui.views.registers import RegisterRow
from tui.views.registry import view_named
from tui.views.source import Record

TODAY = day_of(AS_OF)
REASON = "the walk has a reason"


@dataclass
class Room:
    """A weekly meeting without a screen: what a verb asks is answered at once.

    why: what is typed wherever a reason is asked for. told: what was said. before: the journal when the last verb was
    pressed. meanwhile: what others do about what a form has just written and taken back, before it is saved again.
    filled: what else is typed, by the key of the field; none where the forms are saved as they are offered. rights: of
    who presses; what is prepared for it is done by who may.
    """

    session: Session
    why: str = REASON
    told: list[str] = field(default_factory=list)
    before: list[tuple[str, str]] = field(default_factory=list)
    meanwhile: Callable[[Room], None] | None = None
    filled: dict[str, str] | None = None
    rights: Rights | None = None
    typed: dict[str, str] = field(default_factory=dict)
    since: int = field(init=False)
    """The last entry of the journal as the meeting is taken over."""

    def __post_init__(self) -> None:
        [(self.since,)] = self.store.read.rows("SELECT MAX(id) FROM journal")

    @property
    def store(self) -> Store:
        """The store of the meeting."""
        return self.session.store

    def press(self, pressed: str, /, *records: Record, choose: object = None, **typed_in: str) -> None:
        """Carry a verb out on some records, its form filled with what is typed in."""
        self.before = _entries(self)

        def push(screen: Screen[Any], callback: Callable[[Any], None] | None) -> None:
            answer = choose if choose is not None and not isinstance(screen, Form) else True
            if isinstance(screen, Form):
                answer = self._fill(screen, typed_in)
            if callback is not None:
                callback(answer)

        context = VerbContext(self.session, records, "", push, lambda _page: None, self.told.append, self._done)
        with self.acting(), context.naming():
            function_of(verb_named(pressed))(context)

    @contextmanager
    def acting(self) -> Iterator[None]:
        """While it lasts, whoever presses is at the keyboard."""
        self.store.rights = self.rights
        try:
            yield
        finally:
            self.store.rights = None

    def _done(self, words: str, *, final: bool = False) -> None:  # noqa: ARG002 - as a screen is told
        self.told.append(words)

    def _fill(self, form: Form, typed_in: dict[str, str]) -> dict[str, str]:
        values = {}
        for asked in form._fields:
            values[asked.key] = typed_in.get(asked.key, self.why if asked.label == WHY else asked.value)
            if (
                self.filled is not None
                and asked.key not in typed_in
                and (asked.label != WHY or self.filled.get(asked.key))
            ):
                values[asked.key] = self.filled.get(asked.key, values[asked.key] or f"walked {asked.key}")
            if self.rights is not None:  # forms of a store with users ask to whom files go, and name users in full
                values[asked.key] = _as_user_types(asked, values[asked.key])
            if wrong := fault_of(asked, values[asked.key]):
                raise Problem(wrong)
        for check in [asked.check for asked in form._fields if asked.check is not None]:
            with suppress(Clashing):  # the form says it, and is saved once more
                check(values)
                continue
            check(values)
        form._save(values)
        self.typed = values
        if self.meanwhile is not None:
            self.meanwhile(self)
            self.before = _entries(self)
            form._save(values)
        return values


def _as_user_types(asked: Field, typed: str) -> str:
    if asked.key == RECIPIENT:
        return typed or "Supt Other"
    return next((one for one in asked.choices if asked.only and typed and one.startswith(f"{typed} (")), typed)


@pytest.fixture(scope="module")
def begun(london: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic London with the weekly meeting of the day open; copy it, do not write to it."""
    path = Path(shutil.copy(london, tmp_path_factory.mktemp("begun") / "begun.db"))
    with closing(open_store(path, CHAIR, MovedClock(at_clock(AS_OF, 9)))) as store:
        meetings.open_meeting(store, "weekly", CHAIR, AS_OF)
    return path


@pytest.fixture
def room(begun: Path, moved: MovedClock, tmp_path: Path) -> Iterator[Room]:
    """The weekly meeting of the day."""
    with closing(open_store(Path(shutil.copy(begun, tmp_path)), CHAIR, moved)) as store:
        session = Session(store, CHAIR, AS_OF, "weekly", moved, tmp_path / "papers")
        session.meeting = meetings.of_day(store, "weekly", AS_OF)
        yield Room(session)


Does = Callable[[Room], str]
"""Carries a verb out; gives the label or number of the record that the message must name."""


@dataclass(frozen=True)
class Case:
    """How a verb is carried out where it applies, and where not; None where there is no such record: then say why."""

    applies: Does
    refused: Does | None
    always: str = ""


def record(kind: str, ref: object, label: str, detail: object = None) -> Record:
    return Record(Subject(kind, str(ref), label), detail=detail)


def person(room: Room, place: int = 0, detail: object = None) -> Record:
    one = top(room.store)[place]
    return record("person", one.person, list_name(one.surname, one.forenames), detail)


def action(room: Room) -> Record:
    one = min(actions.open_actions(room.store, room.session.now()), key=lambda one: one.id)
    return record("action", one.id, one.action)


def own(room: Room) -> Record:
    """An action that the meeting of the room raised itself, which alone it asks the other meeting about."""
    session = room.session
    every = actions.open_actions(room.store, session.now(), session.kind)
    one = min((one for one in every if one.kind == session.kind), key=lambda one: one.id)
    return record("action", one.id, one.action)


def closed(room: Room) -> Record:
    one = action(room)
    actions.close_actions(room.store, [int(one.subject.ref)], "found")
    return one


def unit(room: Room, state: UnitState) -> Record:
    one = next(one for one in deployments.units(room.store) if one.state is state)
    return record("unit", one.unit, one.unit)


def asked_for(room: Room) -> Record:
    """A unit that is not ours to send, and is asked for."""
    asked = record("unit", "POU walked", "POU walked")
    if any(unit.unit == asked.subject.ref for unit in deployments.units(room.store)):
        return asked
    with room.store.change("Units", kind="import", meeting=None) as writing:
        number = writing.insert(
            "deployment", unit="POU walked", base="south", officers=9, ward_code="", tactic="", status="free",
            whom="POU control room",
        )  # fmt: skip
    now = room.session.now()
    deploy(room.store, number, "E05013806", "manhunt", now, now + timedelta(hours=4))
    return asked


_GIVEN = "as it asks"


def given(room: Room) -> Record:
    """A bid that was given something, the same one where it is asked for again."""
    query = "SELECT id, requester, resource FROM bid WHERE reason = :reason"
    for number, requester, resource in room.store.read.rows(query, reason=_GIVEN):
        return record("bid", number, f"{requester}: {resource}")
    found = bid(room)
    granting.decide_bid(room.store, int(found.subject.ref), "granted", _GIVEN, room.session.meeting_id)
    return found


def bid(room: Room) -> Record:
    one = min((one for one in bids.bids(room.store) if not one.outcome), key=lambda one: one.id)
    return record("bid", one.id, f"{one.requester}: {one.resource}")


def member(room: Room, *, left: bool = False) -> Record:
    one = memberships.members(room.store)[0]
    if left:
        memberships.leave(room.store, [one.id], on=TODAY, reason="moved", by=CHAIR)
    return record("person", one.person, "TESTCASE, Member", RegisterRow(group=one.cohort, entry=one.id))


def ward(room: Room, *, priority: bool = False) -> Record:
    weighed = ranked(emptied(room.store, "priority_ward"))[0]
    entry = adopted(room.store, weighed) if priority else None
    return record("ward", weighed.ward.ward_code, weighed.ward.ward, RegisterRow(entry=entry))


def dropped(room: Room) -> Record:
    one = ward(room, priority=True)
    room.press("drop_ward", one)
    return one


def week(room: Room) -> focus.WeekView:
    model = focus.model_of(room.store)
    return focus.week_of(room.store, TODAY) or focus.week(room.store, focus.propose(room.store, model, TODAY))


def item(room: Room, state: str = "offered") -> Record:
    emptied(room.store, "focus_comment", "focus_item", "focus_week")
    of = week(room)
    one = next(one for one in of.items if one.planned)
    if state == "agreed":
        focus.agree(room.store, [one.id], by=CHAIR, meeting_id=room.session.meeting_id)
    if state == "left out":
        focus.leave_out(room.store, [one.id], "no premises")
    return record(ITEM, one.id, one.words, FocusRow(of.monday))


def no_week(room: Room) -> Record:
    return record("focus measure", "fpns", "FPNs", FocusRow(TODAY + 70 - (TODAY + 6) % 7))


def site(room: Room, *, open_now: bool = True) -> Record:
    one = next(one for one in fly_tips.sites(room.store, TODAY) if one.closed_on is None)
    if not open_now:
        fly_tips.close_site(room.store, [one.id], TODAY, "gated")
    return record("site", one.id, one.place)


STABBING = Incident(
    ref="2601901/26",
    kind="stabbing",
    counts=frozenset({"stabbing", "knife-crime"}),
    day=day_of(AS_OF),
    minute=UNKNOWN,
    ward_code="E05009367",
    place=Locality("CE", "Hackney"),
    victim_age=UNKNOWN,
    victim_sex="",
    injury="",
    weapon="knife",
    suspect="unknown",
    owner="",
    late=False,
    changed_from="",
    sources=(),
    mark=Mark("2601901/26"),
)


def incident(room: Room, *, declared: bool = False, placed: bool = True) -> Record:
    found = record(
        "incident", STABBING.ref, f"Stabbing {STABBING.ref}", STABBING if placed else replace(STABBING, ward_code="")
    )
    if declared:
        incident_marks.declare_critical(room.store, found.subject, "not told", by=CHAIR)
    return found


def note(room: Room, *, ended: bool = False) -> Record:
    number = tension.raise_tension(
        room.store, ward_code="E05009367", community="", sort="evidenced", level="3", reason="Talk of revenge",
        review_at=room.session.now(),
    )  # fmt: skip
    if ended:
        tension.end_tension(room.store, number, "quiet")
    return record("tension", number, f"Tension note {number}")


def series(_room: Room) -> Record:
    return record("series", "A|B", "A, B", Proposed(("A", "B"), "one report names the other"))


def _tension(room: Room) -> str:
    room.press("tension", ward="bromley north", community="Example group", sort="evidenced", level="4")
    return "Example group"


def _tension_of_nothing(room: Room) -> str:
    room.press("tension", ward="", community="", sort="evidenced", level="4")
    return ""


def _sent(room: Room) -> str:
    unit = _out_now(room)
    room.press("send", incident(room), unit=unit.subject.ref, tactic="weapon sweep", until="23:00")
    return unit.subject.label


def step(room: Room, *, done: bool = False) -> Record:
    of = int(site(room).subject.ref)
    [number] = fly_tips.plan(room.store, [of], "littering", "Patrol", "Ward team", TODAY)
    if done:
        fly_tips.finish_step(room.store, [number], TODAY, "patrolled")
    return record("step", number, "littering")


def meeting(room: Room, *, sealed: bool = True) -> Record:
    held = next(one for one in meetings.meetings(room.store) if (one.sealed_at is not None) == sealed)
    return record("meeting", held.id, f"{held.title} of {held.as_of:%d/%m/%Y}")


def post(room: Room) -> Record:
    _place(room)
    placement = officers.placement(room.store)
    assert placement is not None
    limits = placement.limits
    code = next(one.ward_code for one in placement.posts.values() if limits.floor < one.posts < limits.cap)
    name = next(one.ward.ward for one in ranked(room.store) if one.ward.ward_code == code)
    return record("ward", code, name)


def on(make: Callable[..., Record], verb: str, /, **typed_in: str) -> Does:
    """A verb on one record that is made."""

    def does(room: Room) -> str:
        one = make(room)
        room.press(verb, one, **typed_in)
        return one.subject.label

    return does


def numbered(make: Callable[..., Record], name: str, **typed_in: str) -> Does:
    """A verb on one action, which is named by its number."""

    def does(room: Room) -> str:
        one = make(room)
        room.press(name, one, **typed_in)
        return f"Action {one.subject.ref}"

    return does


def twice(does: Does) -> Does:
    """A verb carried out again on what it has just been done to."""

    def again(room: Room) -> str:
        does(room)
        room.told.clear()
        return does(room)

    return again


def part(make: Callable[..., Record], **state: Any) -> Callable[[Room], Record]:
    return lambda room: make(room, **state)


def _out_now(room: Room) -> Record:
    now = room.session.now()
    sent = next(
        one for one in deployments.units(room.store) if one.ends and one.starts and one.starts <= now < one.ends
    )
    return record("unit", sent.unit, sent.unit)


def _deploy(room: Room) -> str:
    one = _out_now(room)
    room.press("deploy", one, ward="bromley north", tactic="knife arch", until="23:00")
    return one.subject.label


def _edit(room: Room) -> str:
    one = action(room)
    room.press("edit", one)
    return ""


def _outcome(room: Room) -> str:
    one = bid(room)
    sent = {"units": unit(room, UnitState.FREE).subject.ref, "tactic": "weapon sweep", "officers": ""}
    times = {"from": "21/11/2026 18:00", "until": "22/11/2026 02:00"}
    room.press("outcome", one, outcome="part", ward="bromley north", **sent, **times)
    return one.subject.label


def _bid(room: Room) -> str:
    asked = {"problem": "Knives", "resource": "Arch", "place": "Clapham", "starts": "Fri", "ward": "bromley north"}
    room.press("bid", requester="SW BCU", bcu="SW", **asked)
    return "SW BCU"


def _adopt(room: Room) -> str:
    one = person(room)
    emptied(room.store, "membership")
    room.press("adopt", one, choose="v100")
    return one.subject.label


def _adopted(room: Room) -> str:
    one = person(room)
    emptied(room.store, "membership")
    room.press("adopt", one, choose="v100")
    room.press("adopt", one, choose="v100")
    return one.subject.label


def _seal(room: Room) -> str:
    room.press("seal")
    return "Sealed"


def _place(room: Room) -> str:
    room.press("place", total="300", basis="harm", among="all", floor="0", cap="4")
    return "300"


def _weights(room: Room) -> str:
    parts = {key: f"{weight:g}" for key, weight in default().parts.items()}
    room.before = _entries(room)
    weights = typed("walked", {**parts, "harm": "77"})
    refuse_same(room.store, weights)
    with room.acting():
        save_weights(room.store, weights, meeting_id=room.session.meeting_id)
    room.told.append("Weights of the ward composite put in force")
    return "Weights of the ward composite"


def _propose(room: Room) -> str:
    emptied(room.store, "focus_comment", "focus_item", "focus_week")
    room.press("propose_focus")
    return next(one.ward for one in focus.weeks(room.store))


def _propose_taken(room: Room) -> str:
    room.press("propose_focus", day=uk(week(room).monday))
    return ""


def _comment(room: Room) -> str:
    one = item(room)
    room.press("comment", one, councillor="Cllr Example", words="More patrols")
    return week(room).ward


def _letter(room: Room) -> str:
    room.press("letter", item(room), summary="Quiet week")
    return week(room).ward


def _reading(room: Room) -> str:
    room.press("reading", value="12")
    return next(one.title for one in focus.model_of(room.store).measures if not one.option)


def _site(room: Room) -> str:
    room.press("site", place="Arch 12, rear", ward="bromley north", reports="3")
    return "Arch 12, rear"


def _plan(make: Callable[[Room], Record]) -> Does:
    def does(room: Room) -> str:
        one = make(room)
        from core.fly_tips import ISSUES

        room.press("plan", one, choose=ISSUES[0], owner="Ward team")
        return one.subject.label

    return does


def decided(room: Room) -> Record:
    """A decision of another day."""
    one = person(room)
    [number] = decisions.decide(room.store, [(one.subject, {})], "Visit first", "harm", decided_by=CHAIR)
    return record("decision", number, "Visit first")


def _quorum(room: Room, *, there: bool = False) -> str:
    held = room.session.meeting_id
    assert held is not None
    if there:
        meetings.call(room.store, [one.id for one in meetings.attendance(room.store, held)[1:]], "present", held)
    room.press("quorum")
    return "quorum"


def _chase(room: Room) -> str:
    room.press("chase")
    return "return of"


def _amend(room: Room) -> str:
    room.press("amend", decided(room), decision="Wait")
    return "amended"


def _sentence(room: Room) -> str:
    emptied(room.store, "membership")
    one = person(room)
    room.press("sentence", one, action="Visit", owner="Ward team")
    return one.subject.label


def _tick(room: Room) -> str:
    held = room.session.meeting
    assert held is not None
    if not deeds(room.store, held):
        room.press("call", record("role", "Council", "Council"))
    read_back, _ = ReadbackView(room.session, "close").read()
    [key, *_] = read_back.order(None, False, "")
    room.press("tick", read_back.record(key))
    return "Read back"


def _hand_over(room: Room) -> str:
    room.press("hand_over", name="DI D. Eputy")
    return "DI D. Eputy"


def _pause(room: Room) -> str:
    room.press("pause")
    return "The clock"


def _park_item(room: Room) -> str:
    room.press("park_item")
    held = room.session.meeting
    assert held is not None
    return next((one.title for one in held.agenda.items if one.key == room.session.item), "Opening")


def out(room: Room) -> Record:
    return unit(room, UnitState.OUT)


def free(room: Room) -> Record:
    return unit(room, UnitState.FREE)


CASES: dict[str, Case] = {
    "rationale": Case(on(person, "rationale", decision="Visit"), None, "anything can be decided on"),
    "amend": Case(_amend, on(person, "amend", decision="Wait")),
    "sentence": Case(_sentence, on(ward, "sentence", cohort="v100", reason=REASON)),
    "update": Case(numbered(action, "update", words="seen"), numbered(closed, "update", words="seen")),
    "no_action": Case(on(person, "no_action"), None, "anything can be left as it is"),
    "defer": Case(on(person, "defer"), None, "anything can be deferred"),
    "four_owners": Case(on(person, "four_owners"), on(ward, "four_owners")),
    "quorum": Case(_quorum, lambda room: _quorum(room, there=True)),
    "chase": Case(_chase, twice(_chase)),
    "tick": Case(_tick, twice(_tick)),
    "hand_over": Case(_hand_over, twice(_hand_over)),
    "pause": Case(_pause, None, "the same key stops it and lets it go on"),
    "park": Case(on(person, "park"), None, "what is parked is taken up again"),
    "park_item": Case(_park_item, None, "what is parked is taken up again"),
    "action": Case(
        on(person, "action", action="Locate", owner="Ward team", due="+24h"), None, "anything can have an action"
    ),
    "decision": Case(on(person, "decision", decision="Visit"), None, "anything can be decided on"),
    "close": Case(numbered(action, "close", result=REASON), numbered(closed, "close", result=REASON)),
    "carry": Case(numbered(action, "carry", due="+3d"), twice(numbered(action, "carry", due="31/12/2026"))),
    "escalate": Case(numbered(own, "escalate"), numbered(closed, "escalate")),
    "edit": Case(numbered(action, "edit", action="Other words"), _edit),
    "deploy": Case(_deploy, twice(_deploy)),
    "free": Case(on(out, "free"), on(free, "free")),
    "change_deployment": Case(
        on(out, "change_deployment", objective="Fewer knives"), on(free, "change_deployment", objective="Fewer knives")
    ),
    "answer_asked": Case(on(asked_for, "answer_asked", answer="agreed"), on(free, "answer_asked", answer="agreed")),
    "uplift": Case(on(free, "uplift", officers="6", whom="SW BCU"), on(free, "uplift", officers="none", whom="SW")),
    "away": Case(on(free, "away"), None, "any unit can be away"),
    "score": Case(on(bid, "score", q0="3"), twice(on(bid, "score", q0="3"))),
    "result": Case(on(given, "result", result="Four arrests"), on(bid, "result", result="Four arrests")),
    "outcome": Case(_outcome, on(given, "outcome", outcome="part", reason="two of four")),
    "bid": Case(_bid, twice(_bid)),
    "all_present": Case(
        on(lambda _: record("role", "BCU commander", "BCU commander"), "all_present"), None, "it takes whoever waits"
    ),
    "call": Case(
        on(lambda _: record("role", "Council", "Council"), "call"), on(lambda _: record("role", "None", "None"), "call")
    ),
    "name": Case(
        on(lambda _: record("role", "Council", "Council"), "name", name="Cllr Example"),
        twice(on(lambda _: record("role", "Council", "Council"), "name", name="Cllr Example")),
    ),
    "seal": Case(_seal, twice(_seal)),
    "export": Case(on(meeting, "export"), on(part(meeting, sealed=False), "export")),
    "addendum": Case(
        on(meeting, "addendum", what="Six officers"), on(part(meeting, sealed=False), "addendum", what="Six officers")
    ),
    "adopt": Case(_adopt, _adopted),
    "leave": Case(on(member, "leave"), on(part(member, left=True), "leave")),
    "review": Case(on(member, "review"), on(part(member, left=True), "review")),
    "adopt_ward": Case(on(ward, "adopt_ward"), on(part(ward, priority=True), "adopt_ward")),
    "drop_ward": Case(on(part(ward, priority=True), "drop_ward"), on(dropped, "drop_ward")),
    "review_ward": Case(on(part(ward, priority=True), "review_ward"), on(dropped, "review_ward")),
    "weights": Case(_weights, twice(_weights)),
    "place": Case(_place, twice(_place)),
    "more_officers": Case(on(post, "more_officers"), on(lambda _: record("ward", "E0", "E0"), "more_officers")),
    "fewer_officers": Case(on(post, "fewer_officers"), on(lambda _: record("ward", "E0", "E0"), "fewer_officers")),
    "propose_focus": Case(_propose, _propose_taken),
    "agree_item": Case(on(item, "agree_item"), on(part(item, state="agreed"), "agree_item")),
    "done_item": Case(on(part(item, state="agreed"), "done_item", done="3"), on(item, "done_item", done="3")),
    "edit_item": Case(on(item, "edit_item", planned="77"), on(item, "edit_item")),
    "leave_out": Case(on(item, "leave_out"), on(part(item, state="left out"), "leave_out")),
    "comment": Case(_comment, on(no_week, "comment", councillor="Cllr Example", words="More patrols")),
    "reading": Case(_reading, None, "a later reading of a day takes the place of the one before"),
    "letter": Case(_letter, on(no_week, "letter", summary="Quiet week")),
    "site": Case(_site, twice(_site)),
    "check": Case(
        on(site, "check", found="clear", by="Ward team"),
        on(part(site, open_now=False), "check", found="clear", by="Ward team"),
    ),
    "plan": Case(_plan(site), _plan(part(site, open_now=False))),
    "close_site": Case(on(site, "close_site"), on(part(site, open_now=False), "close_site")),
    "own": Case(on(incident, "own", owner="CE duty inspector"), on(note, "own", owner="CE duty inspector")),
    "critical": Case(on(incident, "critical"), on(part(incident, declared=True), "critical")),
    "tension": Case(_tension, _tension_of_nothing),
    "end_tension": Case(on(note, "end_tension"), on(part(note, ended=True), "end_tension")),
    "accept_series": Case(on(series, "accept_series"), on(incident, "accept_series")),
    "send": Case(_sent, on(part(incident, placed=False), "send", tactic="weapon sweep")),
    "finish_step": Case(on(step, "finish_step", result="patrolled"), on(part(step, done=True), "finish_step")),
}
NOT_UNDONE = {"seal", "letter", "export", "addendum", "tick"}
"""Verbs that close the meeting, come after its seal, or note what is in the record and no decision."""
WRITING = [verb for verb in VERBS if not verb.reads]
EACH = pytest.mark.parametrize("verb", WRITING, ids=lambda verb: verb.name)
ASKS_WHY = pytest.mark.parametrize(
    "verb", [verb for verb in VERBS if verb.why is not Why.NO], ids=lambda verb: verb.name
)
IN_TURN = pytest.mark.in_turn("verb", 3)
"""What forms do is tried with every other verb, by each test with the others; with --whole with all."""


def _entries(room: Room) -> list[tuple[str, str]]:
    """What was done in a room since it was taken over."""
    query = "SELECT what, changes FROM journal WHERE id > :since AND kind IN ('command', 'seal', 'addendum', 'papers')"
    return [(row["what"], row["changes"]) for row in room.store.read.rows(f"{query} ORDER BY id", since=room.since)]


def test_every_verb_that_writes_is_walked() -> None:
    assert {verb.name for verb in WRITING} == set(CASES)
    assert all(case.refused or case.always for case in CASES.values())


@EACH
def test_what_is_done_names_the_record_stands_in_read_back_and_papers_and_is_told_where_it_was_pressed_until_undone(
    verb: Verb, room: Room
) -> None:
    item = room.session.item = _offered_last(verb, room)
    label = CASES[verb.name].applies(room)
    assert label in room.told[-1]
    if verb.name in NOT_UNDONE:
        return
    what, _ = _entries(room)[-1]
    assert verb.name in ("leave", "review") or label in what, what
    held = room.session.meeting
    assert held is not None
    [number] = room.store.read.rows("SELECT MAX(id) FROM journal WHERE kind = 'command'")[0]
    _stands_in_read_back_and_papers(room, held, number)
    for go_to in (held.agenda.items[0], held.agenda.items[2]):
        assert {deed.item.key for deed in deeds(room.store, held) if deed.entry == number} == {item}
        room.session.item = go_to.key
        assert undo(room.store) == what
        assert not any(deed.entry == number for deed in deeds(room.store, held))
        redo(room.store)


def _stands_in_read_back_and_papers(room: Room, held: MeetingView, number: int) -> None:
    told = [deed.words for deed in deeds(room.store, held) if deed.entry == number]
    assert told, "it is not in the record of the meeting"
    read_back, _ = ReadbackView(room.session, "close").read()
    keys = read_back.order(None, False, "")
    rows = [" ".join(map(str, read_back.cells([key])[0])) for key in keys]
    lines = [read_back.record(key).made_of for key in keys]
    markdown = papers.minutes(room.store, held, room.session.now())
    page = html.unescape(re.sub(r"<[^>]+>", "", to_html(markdown, "Minutes")))
    for words in told:
        parts = (words.what, words.about.label, words.words, words.why, words.by)
        assert any(all(part in line for part in parts) for line in lines), "the line below the list is the deed itself"
        assert any(all(part in row for part in (words.what, words.words, words.why)) for row in rows)
        for part in parts:
            assert escaped(part) in markdown
            assert part in page


def _offered_last(verb: Verb, room: Room) -> str:
    """The last item of the agenda with a list that offers a verb; the last of all where only pages offer it."""
    held = room.session.meeting
    assert held is not None
    offering = [one.key for one in held.agenda.items if any(_offers(name, verb) for name in one.views)]
    return (offering or [held.agenda.items[-1].key])[-1]


def _offers(view: str, verb: Verb) -> bool:
    bound = view_named(view).BINDINGS
    return any(isinstance(one, Binding) and one.id == verb.known_as for one in bound)


def test_verbs_are_offered_at_more_than_one_item(room: Room) -> None:
    assert _offered_last(verb_named("deploy"), room) == "bids"
    assert {_offered_last(verb_named(name), room) for name in ("edit", "action", "decision")} == {"close"}


@EACH
def test_where_it_does_not_apply_it_says_so_and_writes_nothing(verb: Verb, room: Room) -> None:
    refused = CASES[verb.name].refused
    if refused is None:
        return
    with pytest.raises(Problem) as problem:
        refused(room)
    assert problem.value.sentence
    assert _entries(room) == room.before


@IN_TURN
@pytest.mark.parametrize("verb", WRITING, ids=lambda verb: verb.name)
def test_a_verb_writes_for_whose_role_may_and_for_no_other(verb: Verb, room: Room) -> None:
    users.add(room.store, "d.eputy", "deputy", "DI D. Eputy")
    for role in sorted(ROLES.values(), key=lambda role: verb.needs in role.may):
        room.rights = Rights(role.key, "", role)
        if verb.needs in role.may:
            CASES[verb.name].applies(room)
            assert len(_entries(room)) > len(room.before), role.key
            return  # it is done; the other roles that may are asked no less by the store
        with pytest.raises(Refused, match=f"is not for {with_article(role.key)}") as refused:
            CASES[verb.name].applies(room)
        assert refused.value.title == NOT_YOURS
        assert _entries(room) == room.before, role.key


def test_no_role_is_without_a_verb_that_it_may_and_one_that_it_may_not() -> None:
    for role in ROLES.values():
        assert {verb.name for verb in VERBS if verb.needs in role.may} >= {"why", "papers"}
    assert {verb.name for verb in VERBS if verb.chairs} == {"seal", "hand_over"}


@IN_TURN
@ASKS_WHY
def test_a_reason_is_needed_everywhere_alike_and_kept(verb: Verb, room: Room) -> None:
    CASES[verb.name].applies(room)
    last = _entries(room)[-1]
    assert REASON in last[0] or REASON in last[1]
    if verb.name not in NOT_UNDONE:
        undo(room.store)
    room.why = " "
    with pytest.raises(Problem) as problem:
        CASES[verb.name].applies(room)
    assert problem.value.sentence == WHY_NEEDED
    assert _entries(room) == room.before


_CHOICES = {"status", "state", "outcome", "tactic", "cohort"}
"""Columns whose values the rules know: another's word there is refused by the rule itself."""
_MOMENTS = ("_at", "meeting_id", "starts", "ends")
_ASKING = [verb for verb in WRITING if verb.asks and verb.name not in {*NOT_UNDONE, "weights"}]


def _by_another(room: Room) -> None:
    """Take back what a form has written, and let another window change the same columns."""
    changes = json.loads(_entries(room)[-1][1])
    undo(room.store)
    with open_store(room.store.path, "Supt Other", room.session.now) as other, other.change("X", meeting=None) as write:
        for change in changes:
            before, after = change["before"] or {}, change["after"] or {}
            columns = {c for c in after if before and after[c] != before[c]} - _CHOICES
            if values := {
                c: _another(after[c], before[c])
                for c in columns
                if not c.endswith(("_at", "meeting_id", "starts", "ends"))
            }:
                write.update(change["table"], change["id"], **values)
        written = bool(write.changes)
    if not written:
        pytest.skip("only adds to the record, or is refused by the rule of its state")


def _another(after: object, before: object) -> object:
    if isinstance(after, int) or isinstance(before, int):
        return max(one for one in (after, before) if isinstance(one, int)) + 1
    return f"{after} by another"


@IN_TURN
@pytest.mark.parametrize("verb", _ASKING, ids=lambda verb: verb.name)
def test_a_form_does_not_write_over_what_another_window_wrote_and_says_who_did(verb: Verb, room: Room) -> None:
    room.meanwhile = _by_another
    with pytest.raises(Problem) as refused:
        CASES[verb.name].applies(room)
    by_rule = isinstance(refused.value, DoesNotApply)
    assert by_rule or "was changed by Supt Other at 09:00" in refused.value.sentence
    assert _entries(room) == room.before


_TYPED = {
    "by": "PCSO Walked", "adopted_by": "DCI Walked", "since": "01/11/2026", "first": "5", "exploited": "yes",
    "review_on": "21/12/2026", "risk_until": "22/12/2026", "expected_on": "23/12/2026", "decided": "20/11/2026 09:00",
    "priority": "low", "cohort": "v100",
    "dose": "3 x 20", "vehicles": "4", "authority": "", "officers": "6", "skills": "search", "tactic": "weapon sweep",
    "from": "21/11/2026 18:00", "until": "22/11/2026 02:00", "result": "", **{f"q{nth}": "3" for nth in range(10)},
}  # fmt: skip
"""What is typed where words of any kind will not do, or where another name than that of who types tells more."""


@IN_TURN
@pytest.mark.parametrize("verb", _ASKING, ids=lambda verb: verb.name)
def test_every_field_that_was_filled_stands_in_the_record(verb: Verb, room: Room) -> None:
    areas = focus.model_of(room.store).areas.values()
    names = Counter(ward.name for ward in current_wards(room.store))
    codes = [code for codes in areas for code in codes if names[name_of(room.store, code)] == 1]
    here, there = (name_of(room.store, code) for code in codes[:2])
    room.filled = {**_TYPED, "ward": here, "compared": there, "unit": free(room).subject.ref}
    CASES[verb.name].applies(room)
    held = room.session.meeting
    assert held is not None
    [number] = room.store.read.rows("SELECT MAX(id) FROM journal WHERE kind = 'command'")[0]
    told = [deed.words for deed in deeds(room.store, held) if deed.entry == number]
    text = " ".join(f"{one.what} {one.about.label} {one.words} {one.why} {one.by}" for one in told).casefold()
    missing = {key: value for key, value in room.typed.items() if not _stands(value, text, room)}
    assert not missing, text


def _stands(value: str, text: str, room: Room) -> bool:
    """Whether what was typed stands in a text: as it is, or as the day or the moment that it means."""
    forms = [value.casefold(), value.partition(",")[0].casefold()]
    with suppress(Problem):
        forms.append(f"{london(parse_start(value, room.session.now())):%d/%m/%Y %H:%M}")
    with suppress(Problem):
        forms.append(uk(typed_day(value, room.session)))
    with suppress(Problem):
        forms.append(f"{london(parse_due(value, room.session.now())):%d/%m/%Y %H:%M}")
    return not value or any(form in text for form in forms)


def test_what_is_expected_is_refused_where_nothing_is_said_that_takes_it(room: Room) -> None:
    emptied(room.store, "membership")
    with pytest.raises(Problem, match="goes with an action or a decision"):
        room.press("sentence", person(room), cohort="v100", reason=REASON, expected="two arrests", expected_on="+3d")
    assert _entries(room) == room.before
    one = person(room)
    room.press("sentence", one, decision="Wait", reason=REASON, expected="two arrests", expected_on="+3d")
    assert decisions.about(room.store, one.subject)[0].rationale.expected == "two arrests"


def test_a_unit_goes_with_the_rest_of_a_sentence_and_is_undone_with_it(room: Room) -> None:
    one, sent = ward(room), free(room).subject.ref
    known = actions.about(room.store, one.subject, room.session.now())
    room.press("sentence", one, action="Visit", owner="Ward team", unit=sent, decision="Stay", reason=REASON)
    there = {unit.unit: unit.ward_code for unit in deployments.units(room.store, room.session.now())}
    assert (there[sent], len(_entries(room))) == (one.subject.ref, len(room.before) + 1)
    with pytest.raises(Problem, match="To the ward is needed"):
        room.press("sentence", person(room), unit=sent, reason=REASON)
    undo(room.store)
    assert actions.about(room.store, one.subject, room.session.now()) == known
    there = {unit.unit: unit.ward_code for unit in deployments.units(room.store, room.session.now())}
    assert there[sent] == ""


def test_outside_a_meeting_every_way_to_raise_an_action_raises_it_in_the_scope_of_the_room(room: Room) -> None:
    room.session.meeting, room.session.scope = None, scope_of("NW")
    known = {one.id for one in actions.open_actions(room.store, room.session.now())}
    room.press("action", person(room), action="Visit", owner="Ward team")
    room.press("sentence", person(room, 1), action="Visit", owner="Ward team")
    room.press("four_owners", person(room, 2))
    made = [one.scope for one in actions.open_actions(room.store, room.session.now()) if one.id not in known]
    assert made == ["NW"] * 6


def test_a_run_down_says_days_in_london_and_as_they_are_written_elsewhere(room: Room) -> None:
    one = person(room)
    due = datetime(2027, 7, 1, 0, 30, tzinfo=LONDON)
    actions.raise_actions(room.store, [one.subject], "Visit", "Ward team", due)
    room.press("defer", one, day="01/07/2027")
    page = RunDownPage(room.session, [one])
    said = str(page.sentences(page.read()))
    assert "open, due 01/07" in said
    assert "review 01/07/2027" in said
