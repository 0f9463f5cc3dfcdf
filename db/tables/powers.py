"""How powers were used, as it is published: stops and searches, deployments of live facial recognition."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel


class StopEdition(SQLModel, table=True):
    """What one file holds of a force's month (``YYYYMM``); of several files the latest holds.

    ``force`` is as the file's name has it, or that name itself where it tells of none.
    """

    __tablename__ = "stop_edition"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    force: str
    month: str
    stops: int


class Stop(SQLModel, table=True):
    """One stop and search, every column as it was written; ``day`` is the day number in London.

    ``placed`` is 1 where the coordinates are in Great Britain.
    """

    __tablename__ = "stop"
    __table_args__ = (Index("stop_of_edition", "edition_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="stop_edition.id")
    line: int
    placed: int
    day: int
    stamp: str
    type: str
    part_of_operation: str
    operation: str
    latitude: str
    longitude: str
    gender: str
    age_range: str
    self_defined: str
    officer_defined: str
    legislation: str
    object: str
    outcome: str
    linked: str
    clothing: str


class LfrDeployment(SQLModel, table=True):
    """One deployment of live facial recognition. ``day`` is a day number; what a record leaves blank is empty.

    ``nth`` tells deployments of one day, borough and place apart, in the order of the file.
    """

    __tablename__ = "lfr_deployment"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    line: int
    nth: int
    day: int
    watchlist: int | None = None
    faces: int | None = None
    alerts: int | None = None
    borough: str
    place: str
    use_case: str
    duration: str
    false_alerts: int | None = None
    arrests: int | None = None
    other_disposal: int | None = None
    no_action: int | None = None
