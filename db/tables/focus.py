"""The focus ward of the week: weeks, the items of their menus, comments of councillors, readings, fly-tip sites."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class FocusWeek(SQLModel, table=True):
    """One week's focus ward. ``monday`` is a day number; agreed once ``agreed_at`` is filled; ``hours`` are planned."""

    __tablename__ = "focus_week"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    monday: int = Field(unique=True)
    area: str
    ward_code: str = Field(index=True)
    hours: float
    chosen_because: str
    agreed_by: str = ""
    agreed_at: str | None = None
    summary: str = ""


class FocusItem(SQLModel, table=True):
    """One option on a week's menu: how many are planned, hours each; ``state`` is offered, agreed or left out.

    ``done`` is empty until the outcome is known; ``meeting_id`` is the meeting that agreed the item or left it out.
    """

    __tablename__ = "focus_item"

    id: int | None = Field(default=None, primary_key=True)
    week_id: int = Field(foreign_key="focus_week.id", index=True)
    option: str
    words: str
    planned: int
    hours_each: float
    state: str
    done: int | None = None
    result: str = ""
    meeting_id: int | None = None


class FocusComment(SQLModel, table=True):
    """What a councillor says of a ward or its menu, and the place nominated for enforcement, if any."""

    __tablename__ = "focus_comment"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    week_id: int | None = Field(default=None, foreign_key="focus_week.id")
    ward_code: str = Field(index=True)
    at: str
    councillor: str
    words: str
    nominates: str


class FocusReading(SQLModel, table=True):
    """A measure as it was read on a day."""

    __tablename__ = "focus_reading"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    measure: str
    day: int
    value: float
    read_by: str
    at: str


class FlyTipSite(SQLModel, table=True):
    """A place where waste is tipped. ``reports`` is how often residents reported it; closed once ``closed_on`` is.

    ``batch_id`` and ``line``: the file and the line it was last read from, None for one that was put on by hand.
    """

    __tablename__ = "fly_tip_site"

    id: int | None = Field(default=None, primary_key=True)
    place: str
    ward_code: str = Field(index=True)
    reports: int
    since: int
    closed_on: int | None = None
    closed_reason: str = ""
    batch_id: int | None = None
    line: int | None = None


class FlyTipStep(SQLModel, table=True):
    """One line of a site's plan: the issue and the action against it; done once ``done_on`` is filled."""

    __tablename__ = "fly_tip_step"

    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="fly_tip_site.id", index=True)
    issue: str
    action: str
    owner: str
    due_on: int
    done_on: int | None = None
    result: str = ""


class FlyTipCheck(SQLModel, table=True):
    """One visit to a site: what was found there."""

    __tablename__ = "fly_tip_check"

    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="fly_tip_site.id", index=True)
    day: int
    checked_by: str
    found: str
    note: str
