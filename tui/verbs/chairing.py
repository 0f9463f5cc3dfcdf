"""Verbs of whoever chairs: quorum, hand over, pause, park, read back, chase a return."""

from __future__ import annotations

from core.action_rules import template_named
from core.days import uk
from core.due_times import parse_due
from core.errors import Problem
from core.meetings import THERE
from core.text import counted, named
from db import actions, activity, meeting_notes, meetings, users
from db.actions import Subject
from db.meetings import MeetingView
from db.owners import known_owners
from db.store import Store
from tui.dialogs.field import Field, Values, why_field
from tui.opening import Open
from tui.verbs.actions import details_of, raise_on
from tui.verbs.context import PLAIN, VerbContext
from tui.views.readback import Told
from tui.views.source import Record, details


def _held(context: VerbContext) -> MeetingView:
    """The meeting that is held here. Raises Problem where none is."""
    if context.session.meeting is None:
        raise Problem("No meeting is held here. 'tasking open' opens one.")
    return context.session.meeting


def hand_over(context: VerbContext) -> None:
    """Ask who chairs from now on, and why."""
    session, meeting = context.session, _held(context)

    def save(values: Values) -> str:
        meeting_notes.hand_over(session.store, meeting.id, values["name"], values["reason"])
        session.goes_by(meetings.meeting(session.store, meeting.id))
        session.chair = session.meeting.chair if session.meeting else session.chair
        session.chair_is(session.chair)
        return f"The chair is handed over to {session.chair}"

    among = users.chairs(session.store)
    names = among or [owner.name for owner in known_owners(session.store)]
    fields = [Field("name", "Who chairs from now on", choices=names, only=bool(among), holds=PLAIN), why_field()]
    context.ask("Hand over the chair", fields, save)


def live_minutes(context: VerbContext) -> None:
    """Look at the minutes as they stand now, and go on where one was."""
    meeting = _held(context)
    context.show(Open("so_far", (Record(Subject("meeting", str(meeting.id), meeting.title)),)))


def pause(context: VerbContext) -> None:
    """Stop the clock of the meeting; where it stands, let it go on."""
    session, meeting = context.session, _held(context)

    def change() -> str:
        session.clock.write()
        meeting_notes.pause(session.store, meeting.id)
        session.clock.as_stored()
        return "The clock is stopped: the same key lets it go on" if session.clock.paused else "The clock goes on"

    context.make(change)


def park(context: VerbContext) -> None:
    """Put the records aside until read-back; those that are parked already are taken up again."""
    session, meeting = context.session, _held(context)
    about = list(dict.fromkeys(record.subject for record in context.records))
    aside = {note.subject for note in meeting_notes.parked(session.store, meeting.id)}
    if all(subject in aside for subject in about):

        def take_up() -> str:
            meeting_notes.take_up(session.store, meeting.id, about)
            return f"{context.about} taken up again"

        context.make(take_up)
        return

    def change() -> str:
        meeting_notes.park(session.store, meeting.id, about, item=context.item)
        return f"{context.about} parked: it comes back before read-back"

    context.make(change)


def park_item(context: VerbContext) -> None:
    """Put the item of the agenda aside until read-back; where it is parked, take it up again."""
    session, meeting = context.session, _held(context)
    key = context.item or session.item
    item = next((one for one in meeting.agenda.items if one.key == key), meeting.agenda.items[0])
    subject = Subject("item", item.key, item.title)
    parked = subject in {note.subject for note in meeting_notes.parked(session.store, meeting.id)}

    def change() -> str:
        if parked:
            meeting_notes.take_up(session.store, meeting.id, [subject])
            return f"{item.title} taken up again"
        meeting_notes.park(session.store, meeting.id, [subject], item=item.key)
        return f"{item.title} parked: it comes back before read-back"

    context.make(change)


def tick(context: VerbContext) -> None:
    """Note that the lines were read back."""
    session, meeting = context.session, _held(context)
    lines = details(context.records, Told)

    def change() -> str:
        meeting_notes.tick(session.store, meeting.id, [(one.table, one.row_id, one.entry) for one in lines])
        return f"Read back: {context.about}"

    context.make(change)


def quorum(context: VerbContext) -> None:
    """Ask why the meeting goes on without a quorum, and note it."""
    session, meeting = context.session, _held(context)
    words = quorum_short(context.session.store, meeting)
    if not words:
        raise Problem("There is a quorum, or the template asks for none.", "Quorum")

    def save(values: Values) -> str:
        meeting_notes.note_quorum(session.store, meeting.id, words, values["reason"])
        return f"Noted that the meeting goes on without a quorum: {words}"

    context.ask(f"No quorum: {words}", [why_field()], save)


def quorum_short(store: Store, meeting: MeetingView) -> str:
    """How many are there, where those are fewer than the quorum; empty where they are enough, or none is asked for."""
    called = meetings.attendance(store, meeting.id)
    there = sum(one.state in THERE for one in called)
    if there >= meeting.agenda.quorum:
        return ""
    return f"{there} of {counted(len(called), 'role')} there, and the quorum is {meeting.agenda.quorum}"


def goes_on_without(store: Store, meeting: MeetingView) -> str:
    """Note, once, that the chair goes on though all were called and too few are there; gives what is to be said."""
    if any(not one.state for one in meetings.attendance(store, meeting.id)):
        return ""
    words = quorum_short(store, meeting)
    if not words or meeting_notes.notes(store, meeting.id, meeting_notes.QUORUM):
        return ""
    meeting_notes.note_quorum(store, meeting.id, words, "the chair goes on")
    return f"{words}: noted that the chair goes on. Q notes why, u takes it back."


def chase(context: VerbContext) -> None:
    """Raise one action for each BCU whose 24-hour return is missing, at once, from the template."""
    session, meeting = context.session, _held(context)
    template = template_named("chase-return")
    missing = activity.of_meeting(session.store, meeting.as_of, meeting.scope).missing
    open_now = {one.subject for one in actions.open_actions(session.store, session.now())}
    wanted = [
        (Subject("return", f"{bcu} {day}", f"{bcu}, return of {uk(day)}"), template.text.format(about=bcu, day=uk(day)))
        for day, silent in missing.items()
        for bcu in silent
    ]
    wanted = [(subject, words) for subject, words in wanted if subject not in open_now]
    if not wanted:
        raise Problem("No 24-hour return is missing, or each is chased already.", "Nothing to chase")

    def change() -> str:
        due = parse_due(template.due, session.now())
        words = {subject.ref: words for subject, words in wanted}
        about = [subject for subject, _ in wanted]
        numbers = raise_on(context, about, template.title, template.owner, due, details_of(template), words)
        return f"Action {named([str(number) for number in numbers])} raised on {named([s.label for s, _ in wanted])}"

    context.make(change)
