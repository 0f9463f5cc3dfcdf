"""Verbs on the meeting itself: roll-call, seal, papers."""

from __future__ import annotations

from pathlib import Path

from core.errors import Conflict, Problem
from core.meetings import NOT_CALLED_WORDS, STATES, next_state
from db import meetings, papers
from tui.dialogs.confirm import Confirm
from tui.dialogs.form import Field, Form, Values
from tui.documents import papers_of, write_documents
from tui.verbs.context import VerbContext


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
    meetings.call(context.session.store, [one.id for one in called], state, meeting.id)
    context.done(f"{context.about}: {state or NOT_CALLED_WORDS}")


def name(context: VerbContext) -> None:
    """Write who is there for a role."""
    meeting = context.session.meeting
    if meeting is None:
        return
    role = context.record.subject.ref
    called = next(present for present in meetings.attendance(context.session.store, meeting.id) if present.role == role)

    def save(values: Values) -> str:
        meetings.attend(context.session.store, called.id, values["state"], values["name"], meeting.id)
        return f"{role}: {values['name']}, {values['state']}"

    fields = [
        Field("name", "Name", called.name),
        Field("state", "State", called.state or "present", choices=STATES, only=True),
    ]
    context.ask(f"Roll-call: {role}", fields, save)


def seal(context: VerbContext) -> None:
    """Ask for a folder, then once more, then write the papers and seal the meeting for good."""
    session = context.session
    meeting = session.meeting
    if meeting is None or meeting.sealed_at is not None:
        raise Problem("There is no open meeting to seal.")

    def choose(values: Values) -> None:
        folder = Path(values["folder"]).expanduser()
        if folder.exists() and not folder.is_dir():
            raise Problem(f"{folder} is a file. Choose a folder.")
        session.folder = folder

    def sure(answer: bool | None) -> None:
        if answer:
            context.done(_seal(context), final=True)

    def confirm(values: Values | None) -> None:
        if values is not None:
            question = f"Seal {meeting.title} of {meeting.as_of:%d/%m/%Y}? It cannot be changed after."
            context.push(Confirm(question), sure)

    fields = [Field("folder", "Folder for the minutes and the report", str(session.folder))]
    context.push(Form("Seal the meeting", fields, choose, session.drafts), confirm)


def _seal(context: VerbContext) -> str:
    """Write the papers first, so that a folder that cannot be written leaves the meeting open; then seal."""
    session = context.session
    assert session.meeting is not None  # noqa: S101 - sealing is only asked for inside a meeting
    number, now = session.meeting.id, session.now()
    minutes = papers.minutes(session.store, session.meeting, now)
    report = papers.report(session.store, session.meeting, now)
    draft = papers_of(session.meeting, minutes, report)
    written = write_documents(session.folder, draft)
    meetings.seal_meeting(session.store, number, minutes, report)
    session.meeting = meetings.meeting(session.store, number)
    return f"Sealed. {len(written)} files in {session.folder}"


def export(context: VerbContext) -> None:
    """Write the papers of a sealed meeting into a folder."""
    meeting = meetings.meeting(context.session.store, int(context.record.subject.ref))
    if meeting.sealed_at is None:
        raise Problem("This meeting is not sealed yet, so it has no papers.")

    def save(values: Values) -> str:
        folder = Path(values["folder"]).expanduser()
        written = write_documents(folder, papers_of(meeting, meeting.minutes, meeting.report))
        return f"{len(written)} files written to {folder}"

    context.ask("Write the papers", [Field("folder", "Folder", str(context.session.folder))], save, final=True)
