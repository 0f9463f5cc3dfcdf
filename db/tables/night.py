"""What happened, beside crime reports; and what meetings said of it: owners, critical incidents, series, tension."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class Incident(SQLModel, table=True):
    """An incident that is not, or not yet, a crime report. ``replaced_by`` is the batch that holds it anew.

    ``minute`` is that of the day, ``victim_age`` in years; both are -1 where the file does not say, words are empty.
    """

    __tablename__ = "incident"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    line: int
    ref: str = Field(index=True)
    kind: str
    day: int = Field(index=True)
    minute: int
    ward_code: str
    victim_age: int
    injury: str
    suspect_state: str
    owner: str
    note: str
    replaced_by: int | None = None


class IncidentMark(SQLModel, table=True):
    """What meetings said of an incident: who owns it, and who declared it a critical incident, when and why.

    ``meeting_id`` is the meeting that last gave it an owner. A critical incident is declared, never computed.
    """

    __tablename__ = "incident_mark"

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(unique=True)
    label: str
    owner: str = ""
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    critical_by: str = ""
    critical_at: str | None = None
    critical_reason: str = ""
    critical_meeting_id: int | None = None


class IncidentSeries(SQLModel, table=True):
    """Incidents that a person accepted as a series, with the reason it was proposed for. ``refs`` is a JSON list."""

    __tablename__ = "incident_series"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    refs: str
    reason: str
    accepted_by: str
    accepted_at: str


class Tension(SQLModel, table=True):
    """A note of tension in a ward or a group: experienced, evidenced or potential, at a level of 1 to 6.

    It stands until it is ended; ``review_at`` says when it is to be looked at again.
    """

    __tablename__ = "tension"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    scope: str
    ward_code: str
    community: str
    sort: str
    level: int
    reason: str
    author: str
    raised_at: str
    review_at: str
    ended_at: str | None = None
    ended_by: str = ""
    ended_reason: str = ""
    ended_meeting_id: int | None = None
