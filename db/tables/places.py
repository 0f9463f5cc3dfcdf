"""What is known of places beside published counts, and what is decided about them."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class PriorityWard(SQLModel, table=True):
    """One ward as a priority: the composite proposes, a person adopts. Days are day numbers, ``facts`` is JSON.

    ``dropped_on`` is empty while it is one.
    """

    __tablename__ = "priority_ward"

    id: int | None = Field(default=None, primary_key=True)
    ward_code: str = Field(index=True)
    since: int
    reason: str
    proposed_by: str
    adopted_by: str
    adopted_at: str
    review_on: int
    facts: str
    dropped_on: int | None = None
    dropped_reason: str = ""
    dropped_by: str = ""
    meeting_id: int | None = None
    dropped_meeting_id: int | None = None


class WardReference(SQLModel, table=True):
    """A ward as a reference file describes it; what the file leaves empty stays as the ward map that ships has it."""

    __tablename__ = "ward_reference"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    line: int
    ward_code: str
    ward: str
    borough: str
    population: int | None = None
    imd_decile: float | None = None
    edition: str


class PanelPriority(SQLModel, table=True):
    """What a ward panel asks its ward team to put first. Days are day numbers; ``ends_on`` is empty while it stands."""

    __tablename__ = "panel_priority"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    line: int
    ward_code: str = Field(index=True)
    priority: str
    set_on: int
    ends_on: int | None = None


class UnsafePlace(SQLModel, table=True):
    """A place that someone of the public flagged as unsafe, as it was given: by ward, small area or coordinates."""

    __tablename__ = "unsafe_place"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    line: int
    ref: str
    reported_on: int
    reason: str
    ward_code: str
    lsoa_code: str
    latitude: float | None = None
    longitude: float | None = None


class StreetPoint(SQLModel, table=True):
    """One anonymised point of a street-level release and the small area it is in."""

    __tablename__ = "street_point"

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    latitude: float
    longitude: float
    lsoa_code: str


class Patrol(SQLModel, table=True):
    """Patrol delivered in a ward on a day. ``hours`` are officer-hours; no batch where a unit was stood down.

    ``replaced_by`` is the batch that holds the row anew.
    """

    __tablename__ = "patrol"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int | None = Field(default=None, foreign_key="batch.id", index=True)
    line: int | None = None
    day: int
    ward_code: str = Field(index=True)
    unit: str
    tactic: str
    officers: int
    hours: float
    replaced_by: int | None = Field(default=None, foreign_key="batch.id")


class OfficerPlan(SQLModel, table=True):
    """A placing of the extra ward officers: by what it was proposed, and who kept it. The latest is in force."""

    __tablename__ = "officer_plan"

    id: int | None = Field(default=None, primary_key=True)
    made_at: str
    made_by: str
    release: str
    basis: str
    total: int
    floor: int
    cap: int


class OfficerPost(SQLModel, table=True):
    """The extra posts of one ward in a plan: its need, its share of the posts, what was proposed and what is."""

    __tablename__ = "officer_post"

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="officer_plan.id", index=True)
    ward_code: str
    harm: float
    need: float
    share: float
    proposed: int
    posts: int
