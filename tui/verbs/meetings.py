"""Verbs on the meeting itself: roll-call, seal, papers, addenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from core.errors import Conflict, Problem
from core.meetings import NOT_CALLED_WORDS, STATES, next_state
from core.text import counted, named
from db import addenda, meetings, sealing, users
from db.actions import Subject
from db.meetings import MeetingView
from db.store import Store
from db.store.owned import OnRecord
from db.store.viewings import export as on_record
from tui.dialogs.confirm import Confirm
from tui.dialogs.field import SHORT, Field, Values, why_field
from tui.documents import FORMS, papers_of, write_documents
from tui.opening import Open
from tui.verbs.context import PLAIN, RECIPIENT, VerbContext, recipient_fields
from tui.views.source import Record


def call(context: VerbContext) -> None:
    """Present, deputy, absent, not called: what comes next for the first role is noted for all of them."""
    meeting = context.session.meeting
    if meeting is None:
        return
    roles = {record.subject.ref for record in context.records}
    called = [one for one in meetings.attendance(context.session.store, meeting.id) if one.role in roles]
    if not called:
        raise Conflict("This role is not called in this meeting. Refresh with ctrl+r.")
    state = next_state(called[0].state)

    def change() -> str:
        meetings.call(context.session.store, [one.id for one in called], state, meeting.id)
        return f"{context.about}: {state or NOT_CALLED_WORDS}"

    context.make(change)


def all_present(context: VerbContext) -> None:
    """Note everyone present who has not been called, in one change."""
    meeting = context.session.meeting
    if meeting is None:
        return
    waiting = [one for one in meetings.attendance(context.session.store, meeting.id) if not one.state]
    if not waiting:
        raise Problem("Everyone has been called. x changes the role under the cursor.", "Nothing to call")

    def change() -> str:
        meetings.call(context.session.store, [one.id for one in waiting], STATES[0], meeting.id)
        return f"All present: {named([one.role for one in waiting])}"

    context.make(change)


def name(context: VerbContext) -> None:
    """Write who is there for a role."""
    meeting = context.session.meeting
    if meeting is None:
        return
    role = context.record.subject.ref
    called = next(present for present in meetings.attendance(context.session.store, meeting.id) if present.role == role)

    def save(values: Values) -> str:
        meetings.attend(context.session.store, called.id, values["state"], values["name"], meeting.id)
        if role == meetings.CHAIR:
            context.session.chair_is(values["name"])
        return f"{role}: {values['name']}, {values['state']}"

    chairs = users.chairs(context.session.store) if role == meetings.CHAIR else []
    fields = [
        Field(
            "name",
            "Name",
            "" if context.session.chair_unnamed and role == meetings.CHAIR else called.name,
            choices=chairs,
            only=bool(chairs),
            holds=PLAIN,
            longest=SHORT,
        ),
        Field("state", "State", called.state or "present", choices=STATES, only=True),
    ]
    context.ask(f"Roll-call: {role}", fields, save)


def seal(context: VerbContext) -> None:
    """Say what is still open, ask for a folder, then once more; then write the papers and seal the meeting for good."""
    session = context.session
    meeting = session.meeting
    if meeting is None or meeting.sealed_at is not None:
        raise Problem("There is no open meeting to seal.")
    meeting = meetings.meeting(session.store, meeting.id)
    over = sealing.checklist(session.store, meeting, session.now(), context.item)

    kept_in_store, recipient = session.store.encrypted, ""

    def choose(values: Values) -> None:
        nonlocal kept_in_store, recipient
        kept_in_store, recipient = not values["folder"], values.get(RECIPIENT, "")
        if kept_in_store:
            return
        folder = Path(values["folder"]).expanduser()
        if folder.exists() and not folder.is_dir():
            raise Problem(f"{folder} is a file. Choose a folder.")
        session.folder = folder

    def sure(answer: bool | None) -> None:
        if answer:
            context.make(partial(_seal, context, meeting, over, None if kept_in_store else recipient), final=True)

    def confirm(values: Values | None) -> None:
        if values is not None:
            question = f"Seal {_called(meeting)}? It cannot be changed after."
            context.push(Confirm(question, over, "Still open, and written into the papers:"), sure)

    label, folder = "Folder for the minutes and the report", str(session.folder)
    fields = [Field("folder", label, folder, holds=PLAIN)]
    if kept_in_store:  # a file in the clear is written on request alone
        hint = "blank: minutes and report stay in the encrypted store; a folder: files in the clear, too"
        fields = [Field("folder", "Folder for papers", needed=False, holds=PLAIN, hint=hint)]
    fields += [
        replace(field, needed=False, check=partial(_refuse_unnamed, session.store))
        for field in recipient_fields(session.store)
    ]
    context.push(context.form("Seal the meeting", fields, choose), confirm)


def _refuse_unnamed(store: Store, values: Values) -> None:
    """Raise Problem where files are asked for, a store has users and it is not said to whom they go."""
    if store.rights is not None and values["folder"] and not values[RECIPIENT]:
        raise Problem("The record says to whom papers go that are written as files: name them, or yourself.")


def _seal(context: VerbContext, meeting: MeetingView, over: Sequence[str], recipient: str | None) -> str:
    """Seal on papers that are written in the same moment: a folder that cannot be written leaves the meeting open.

    recipient: to whom they go, empty where nobody is to be named; None where no files are written.
    """
    session = context.session
    session.clock.write()  # so that the minutes have it, with what the forms before the seal took
    write = None
    if recipient is not None:
        allowed = on_record(session.store, f"the papers of meeting {meeting.id}", "", session.folder, recipient)
        write = partial(_write, session.folder, allowed)
    session.meeting = sealing.seal(session.store, meeting.id, over, write)
    if write is None:
        return "Sealed. The papers are kept in the encrypted store, and written as files on request"
    files = sum(copy.files for copy in meetings.paper_copies(session.store, meeting.id))
    return f"Sealed. {counted(files, 'file')} in {session.folder}"


def _write(folder: Path, allowed: OnRecord, meeting: MeetingView, minutes: str, report: str) -> list[Path]:
    return write_documents(folder, papers_of(meeting, minutes, report), allowed)


def read_papers(context: VerbContext) -> None:
    """Read the papers of this meeting inside the room: as it was sealed, or as they would be now."""
    meeting = context.session.meeting
    if meeting is None:
        raise Problem("No meeting is held here. 'tasking open' opens one.")
    context.show(Open("meeting", (Record(Subject("meeting", str(meeting.id), meeting.title)),)))


def read_papers_held(context: VerbContext) -> None:
    """Read the papers of an earlier meeting inside the room."""
    context.show(Open("meeting", (context.record,)))


def export(context: VerbContext) -> None:
    """Write the papers of a sealed meeting into a folder, with its addenda."""
    store = context.session.store
    meeting = meetings.meeting(store, int(context.record.subject.ref))
    if meeting.sealed_at is None:
        raise Problem("This meeting is not sealed yet: its papers are written when it is. S at read-back seals it.")

    def save(values: Values) -> str:
        folder = Path(values["folder"]).expanduser()
        added = addenda.addenda(store, meeting.id)
        minutes, report = (addenda.with_addenda(paper, added) for paper in (meeting.minutes, meeting.report))
        files = len(papers_of(meeting, minutes, report)) * FORMS
        recipient = values.get(RECIPIENT, "")
        allowed = on_record(store, f"the papers of meeting {meeting.id}", "", folder, recipient)
        write = partial(_write, folder, allowed, meeting, minutes, report)
        meetings.write_copy(store, meeting.id, str(folder), files, write, recipient)
        return f"{_called(meeting)}: {counted(files, 'file')} written to {folder}"

    fields = [Field("folder", "Folder", str(context.session.folder), holds=PLAIN), *recipient_fields(store)]
    context.ask("Write the papers", fields, save, final=True)


def add_addendum(context: VerbContext) -> None:
    """Put an error in sealed papers right: what, and why; the papers say it on their first page."""
    store = context.session.store
    meeting = meetings.meeting(store, int(context.record.subject.ref))
    if meeting.sealed_at is None:
        raise Problem("This meeting is not sealed: put the record itself right.")

    def save(values: Values) -> str:
        number = addenda.add(store, meeting.id, values["what"], values["reason"])
        return f"Addendum {number} to {_called(meeting)}"

    fields = [Field("what", "What is put right, as it ought to have been"), why_field(hint="why the papers were wrong")]
    context.ask(f"Addendum to {_called(meeting)}", fields, save, final=True)


def _called(meeting: MeetingView) -> str:
    return f"{meeting.title} of {meeting.as_of:%d/%m/%Y}"
