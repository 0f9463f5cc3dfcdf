"""What is decided about places: priority wards."""

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
