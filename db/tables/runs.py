"""Ranking runs, which are never edited, and the journal, which is only added to."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel


class Run(SQLModel, table=True):
    """One ranking: which method, on what, as of when. ``unweighted`` is JSON: code to number of reports."""

    __tablename__ = "run"

    id: int | None = Field(default=None, primary_key=True)
    method: str
    harm_index: str
    edition: str
    as_of: int = Field(index=True)
    by: str
    window_days: int
    min_crimes: int
    pool: str
    made_at: str
    made_by: str
    batch_id: int
    people: int
    ranked: int
    historic: int
    unweighted: str


class RunEntry(SQLModel, table=True):
    """One person's place in a run. ``rank`` is empty where too few reports make a rank."""

    __tablename__ = "run_entry"
    __table_args__ = (Index("run_entry_position", "run_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id")
    position: int
    rank: int | None
    person_id: int = Field(foreign_key="person.id")
    person_version_id: int
    score: float
    allegations: int
    crimes: int
    victims: int
    last_allegation: int
    largest_row_id: int | None
    last_row_id: int | None
    previous_rank: int | None


class JournalEntry(SQLModel, table=True):
    """One change: who, when decided, when entered, what, the rows before and after. ``hash`` chains it."""

    __tablename__ = "journal"

    id: int | None = Field(default=None, primary_key=True)
    who: str
    decided_at: str
    entered_at: str
    what: str
    kind: str
    changes: str
    undoes: int | None
    previous: str
    hash: str
