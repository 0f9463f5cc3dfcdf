"""Units, where they are sent, what they receive and lend, and the bids for them."""

from __future__ import annotations

from typing import Any

from sqlmodel import Field, SQLModel

from core.units import TASK_FORCE


def _empty() -> Any:
    """A column of words that rows of before have empty."""
    return Field(default="", sa_column_kwargs={"server_default": ""})


class Unit(SQLModel, table=True):
    """One unit: its team, base and own officers, what it can do, whom to ask for it where it is not ours to send.

    The table has the name by which the journals of earlier versions know it: then a row was where the unit is, too.
    ``ward_code`` to ``status`` (free, deployed, stood down) are still what the last file said of it, at ``line`` of
    ``batch_id``; where it is sent stands in the records of deployments. ``skills`` is empty where they are not known.
    """

    __tablename__ = "deployment"

    id: int | None = Field(default=None, primary_key=True)
    unit: str = Field(unique=True)
    base: str
    officers: int
    ward_code: str
    tactic: str
    starts: str | None
    ends: str | None
    status: str
    batch_id: int | None = None
    line: int | None = None
    team: str = Field(default=TASK_FORCE, sa_column_kwargs={"server_default": TASK_FORCE})
    skills: str = _empty()
    shift: str = _empty()
    whom: str = _empty()
    notice: str = _empty()
    away_from: str | None = None
    away_until: str | None = None
    away_why: str = _empty()


class Deployment(SQLModel, table=True):
    """One deployment: where, doing what, from when until when, to what end, and how it came to stand.

    ``over_at`` is when it is over: its end, or earlier where it was stopped; empty where no end is known. ``place``
    names a site or streets of the ward. ``compared`` are ward codes with spaces between, ``authority`` is JSON.
    ``decided_at`` is empty where it is not known, as of what a file says. ``from_unit`` is the row of the unit that it
    came from, where a file or an earlier version made it. ``measure_by``: who fixed the measure, empty for the rule.
    """

    __tablename__ = "deployment_record"

    id: int | None = Field(default=None, primary_key=True)
    ward_code: str
    place: str
    tactic: str
    starts: str | None
    ends: str | None
    over_at: str | None = Field(index=True)
    objective: str
    measure: str
    compared: str
    measure_until: str | None
    measure_by: str
    end_test: str
    legacy: str
    visits: int | None
    minutes: int | None
    vehicles: int | None
    authority: str
    why: str
    overruled: str
    decided_at: str | None
    entered_at: str
    decided_by: str
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    bid_id: int | None
    stopped_at: str | None
    stopped_why: str
    stopped_by: str
    from_unit: int | None = Field(default=None, foreign_key="deployment.id", index=True)
    batch_id: int | None
    line: int | None


class DeploymentUnit(SQLModel, table=True):
    """A unit on a deployment, with how many of its officers. ``left_at``: when it leaves or left before the end.

    ``asked`` is whom, where it is not ours to send; ``answer`` is empty, agreed or refused.
    """

    __tablename__ = "deployment_unit"

    id: int | None = Field(default=None, primary_key=True)
    deployment_id: int = Field(foreign_key="deployment_record.id", index=True)
    unit_id: int = Field(foreign_key="deployment.id", index=True)
    officers: int
    left_at: str | None
    left_why: str
    asked: str
    asked_at: str | None
    answer: str
    answered_at: str | None
    answer_why: str


class Uplift(SQLModel, table=True):
    """Officers that a unit receives (above 0) or lends (below 0), from or to whom, from when until when."""

    __tablename__ = "uplift"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="deployment.id", index=True)
    officers: int
    whom: str
    starts: str
    ends: str | None
    why: str
    decided_at: str
    decided_by: str
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")


class Bid(SQLModel, table=True):
    """A request for resources: who asks, for what, where, when; its score; outcome with a reason; its result.

    ``answers`` is JSON, the questions of the matrix to their answers. ``result_due`` is when its result is due, where
    something was given; ``result`` what came of it.
    """

    __tablename__ = "bid"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    requester: str
    bcu: str
    problem: str
    resource: str
    place: str
    starts: str
    made_at: str
    outcome: str
    reason: str
    ward_code: str = _empty()
    tactic: str = _empty()
    starts_at: str | None = None
    ends_at: str | None = None
    officers: int | None = None
    skills: str = _empty()
    objective: str = _empty()
    control_strategy: str = _empty()
    risk: str = _empty()
    community: str = _empty()
    exit: str = _empty()
    measure: str = _empty()
    answers: str = _empty()
    confidence: str = _empty()
    scored_by: str = _empty()
    deployment_id: int | None = None
    result_due: str | None = None
    result: str = _empty()
    result_by: str = _empty()
