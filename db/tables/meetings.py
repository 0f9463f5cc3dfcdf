"""What meetings leave behind: attendance, decisions, actions, 24-hour activity."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Meeting(SQLModel, table=True):
    """One meeting of a template, scope and day. ``agenda`` is the template as used (JSON).

    The texts are filled when it is sealed. ``record_rule`` says by which rule they were made, None for those of before
    there were rules; ``sealed_over`` is the checklist that the chair went on over (JSON list of sentences).
    """

    __tablename__ = "meeting"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    title: str
    chair: str
    as_of: str
    opened_at: str
    sealed_at: str | None = None
    run_id: int | None = Field(default=None, foreign_key="run.id")
    agenda: str
    minutes: str = ""
    report: str = ""
    seal: str = ""
    scope: str = Field(default="force", sa_column_kwargs={"server_default": "force"})
    record_rule: int | None = None
    sealed_over: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})


class Addendum(SQLModel, table=True):
    """A correction of a sealed meeting's papers: numbered within the meeting, only added to, chained from the seal."""

    __tablename__ = "addendum"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    number: int
    at: str
    by: str
    what: str
    why: str
    previous: str
    hash: str


class PaperCopy(SQLModel, table=True):
    """Where the papers of a sealed meeting were written, how many files, when and by whom."""

    __tablename__ = "paper_copy"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    at: str
    by: str
    folder: str
    files: int


class MeetingItem(SQLModel, table=True):
    """When the meeting came to an agenda item, and the seconds spent on it."""

    __tablename__ = "meeting_item"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    item: str
    seconds: int


class Attendance(SQLModel, table=True):
    """Who was there, for which role; ``state`` is present, deputy, absent."""

    __tablename__ = "attendance"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    role: str
    name: str
    state: str


class Decision(SQLModel, table=True):
    """A decision with its reason and the facts as shown when it was taken (JSON). Amended only by a new one.

    ``shown``: by which numbers what was shown is shown again (JSON: run, release, day). ``decided_by`` decided,
    ``written_by`` wrote it down. ``risk_until``, ``review_on`` and ``expected_on`` are days, ``2026-11-28``, or empty.
    """

    __tablename__ = "decision"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    item: str
    subject_kind: str
    subject_ref: str
    subject: str
    decision: str
    reason: str
    decided_by: str
    decided_at: str
    facts: str
    shown: str = Field(default="{}", sa_column_kwargs={"server_default": "{}"})
    threat: str = Field(default="", sa_column_kwargs={"server_default": ""})
    powers: str = Field(default="", sa_column_kwargs={"server_default": ""})
    options: str = Field(default="", sa_column_kwargs={"server_default": ""})
    dissent: str = Field(default="", sa_column_kwargs={"server_default": ""})
    review_on: str = Field(default="", sa_column_kwargs={"server_default": ""})
    risk: str = Field(default="", sa_column_kwargs={"server_default": ""})
    risk_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    risk_until: str = Field(default="", sa_column_kwargs={"server_default": ""})
    expected: str = Field(default="", sa_column_kwargs={"server_default": ""})
    expected_on: str = Field(default="", sa_column_kwargs={"server_default": ""})
    written_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    amends: int | None = None


class Action(SQLModel, table=True):
    """Something someone must do by a time. ``escalated_to``: the kind of meeting that must answer first, or empty.

    ``owner`` is a role, ``owner_name`` who holds it. ``source``: what it comes from. ``template``: the key of the
    template that it was raised by. ``evidence``: named when it was closed. ``expected_on``: a day, or empty.
    """

    __tablename__ = "action"
    __table_args__ = (Index("action_subject", "subject_kind", "subject_ref"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    meeting_kind: str
    item: str
    subject_kind: str
    subject_ref: str
    subject: str
    action: str
    owner: str
    set_at: str
    due_at: str
    status: str
    result: str = ""
    closed_at: str | None = None
    closed_by: str = ""
    closed_meeting_id: int | None = None
    scope: str = Field(default="force", sa_column_kwargs={"server_default": "force"})
    escalated_to: str = Field(default="", sa_column_kwargs={"server_default": ""})
    owner_name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    source: str = Field(default="", sa_column_kwargs={"server_default": ""})
    partner: str = Field(default="", sa_column_kwargs={"server_default": ""})
    priority: str = Field(default="", sa_column_kwargs={"server_default": ""})
    template: str = Field(default="", sa_column_kwargs={"server_default": ""})
    evidence: str = Field(default="", sa_column_kwargs={"server_default": ""})
    expected: str = Field(default="", sa_column_kwargs={"server_default": ""})
    expected_on: str = Field(default="", sa_column_kwargs={"server_default": ""})


class ActionUpdate(SQLModel, table=True):
    """What was said about an action: entered when (``at``) and by whom, decided when, and of which kind.

    ``kind`` is carried, escalated, answered, taken back, edited, closed, or update for words alone.
    """

    __tablename__ = "action_update"

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    at: str
    by: str
    words: str
    kind: str = Field(default="", sa_column_kwargs={"server_default": ""})
    decided_at: str | None = None


class MeetingNote(SQLModel, table=True):
    """What is noted of a meeting itself; ``kind`` is quorum, handover, pause, parked or read.

    ``subject_*``: the record that is parked, or the change that was read back (its table and its row); its ``words``
    are then the number of its journal entry. ``ended_at``: when a pause ended or what was parked was taken up again.
    """

    __tablename__ = "meeting_note"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    kind: str
    at: str
    by: str
    item: str
    subject_kind: str
    subject_ref: str
    subject: str
    words: str
    ended_at: str | None = None


class Activity(SQLModel, table=True):
    """One count of the previous 24 hours: a measure, a BCU, a day number."""

    __tablename__ = "activity"
    __table_args__ = (Index("activity_day", "day", "bcu", "measure"),)

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id")
    line: int
    day: int
    bcu: str
    measure: str
    count: int
    replaced_by: int | None = Field(default=None, foreign_key="batch.id")
