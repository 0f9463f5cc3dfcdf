"""Ranking runs, which are never edited, and the journal, which is only added to."""

from __future__ import annotations

from sqlalchemy import BigInteger, UniqueConstraint, text
from sqlmodel import Field, Index, SQLModel


class Weighing(SQLModel, table=True):
    """What every offence weighed in a run (JSON: offence number to days, confidence, note); runs share equal ones."""

    __tablename__ = "weighing"

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True)
    weights: str


class Run(SQLModel, table=True):
    """One ranking: which method, on what, as of when. ``unweighted`` is JSON: code to number of reports.

    ``bands`` is the band file as it was used; ``statuses`` is JSON: the statuses that were taken in, empty for all.
    ``earlier_id`` is the run that ranks were compared with. ``step_id`` is the step of kept measures that everyone is
    read from; it is empty for a run of before that no step tells, whose people stand in ``run_entry`` as they were,
    under their ``digest``. ``ahead`` is JSON: the numbers of those who stand first, as the pool says.
    """

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
    split: str = Field(default="default", sa_column_kwargs={"server_default": "default"})
    bands: str = Field(default="", sa_column_kwargs={"server_default": ""})
    statuses: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    weighing_id: int | None = None
    earlier_id: int | None = None
    step_id: int | None = None
    ahead: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    digest: str = Field(default="", sa_column_kwargs={"server_default": ""})


class RunEntry(SQLModel, table=True):
    """One person's place in a run of before that no step tells. ``rank`` is empty where too few reports make a rank.

    ``score`` is in the method's unit, ``harm`` and ``gravity`` in days, ``recency`` in days since the last report.
    ``historic`` counts reports made more than a year after the offence.
    """

    __tablename__ = "run_entry"
    __table_args__ = (Index("run_entry_person", "run_id", "person_id", unique=True), {"sqlite_with_rowid": False})

    run_id: int = Field(foreign_key="run.id", primary_key=True)
    position: int = Field(primary_key=True)
    rank: int | None
    person_id: int = Field(foreign_key="person.id")
    person_version_id: int
    score: float
    recency: int
    gravity: float | None
    harm: float
    allegations: int
    crimes: int
    victims: int
    historic: int
    last_allegation: int
    largest_row_id: int | None
    last_row_id: int | None
    previous_rank: int | None


class Kept(SQLModel, table=True):
    """A series of measures of everyone by one pool, window and weights: runs are read from its steps.

    ``by`` is the day that it counts by, in the words of a run. ``line``: whether later days go on from it.
    """

    __tablename__ = "kept"

    id: int | None = Field(default=None, primary_key=True)
    pool: int
    window_days: int
    weights: str
    by: str
    line: bool


class KeptStep(SQLModel, table=True):
    """One step of a series: whose measures began and ended at it, counted and under a digest of them.

    ``seq`` counts the steps of a series from 1. ``last_row``, ``batch_id`` and ``upsets`` say which records it is made
    of, ``known_to`` the latest day reported among them, ``rules`` by which versions of the rules it was measured.
    """

    __tablename__ = "kept_step"
    __table_args__ = (UniqueConstraint("kept_id", "seq", name="kept_step_seq"),)

    id: int | None = Field(default=None, primary_key=True)
    kept_id: int = Field(foreign_key="kept.id")
    seq: int
    as_of: int
    last_row: int
    batch_id: int
    upsets: int
    known_to: int
    rules: str
    came: int
    went: int
    digest: str


class KeptMeasure(SQLModel, table=True):
    """One person in a series, as ``db.scoring.measured`` gives them, since the step of that number.

    ``version_id`` is how the person was described.
    """

    __tablename__ = "kept_measure"
    __table_args__ = (
        Index("kept_measure_oldest", "kept_id", "oldest"),
        Index("kept_measure_harm", "kept_id", "harm", "crimes", "since"),
        {"sqlite_with_rowid": False},
    )

    kept_id: int = Field(primary_key=True)
    person_id: int = Field(primary_key=True)
    since: int
    version_id: int
    oldest: int
    newest: int
    last: int
    gravity: float | None
    harm: float
    allegations: int
    crimes: int
    victims: int
    historic: int
    heaviest: int = Field(sa_type=BigInteger)
    latest: int = Field(sa_type=BigInteger)


class KeptClosed(SQLModel, table=True):
    """What a person came to from the step ``since`` until before the step ``until``; only ever added to."""

    __tablename__ = "kept_closed"
    __table_args__ = (
        Index("kept_closed_person", "person_id", "kept_id", "since"),
        {"sqlite_with_rowid": False},
    )

    kept_id: int = Field(primary_key=True)
    until: int = Field(primary_key=True)
    person_id: int = Field(primary_key=True)
    since: int
    version_id: int
    oldest: int
    newest: int
    last: int
    gravity: float | None
    harm: float
    allegations: int
    crimes: int
    victims: int
    historic: int
    heaviest: int = Field(sa_type=BigInteger)
    latest: int = Field(sa_type=BigInteger)


class Membership(SQLModel, table=True):
    """One person in one cohort: a rank or a rule proposes, a person adopts. Days are day numbers, ``facts`` is JSON.

    ``left_on`` is empty while they are in it.
    """

    __tablename__ = "membership"

    id: int | None = Field(default=None, primary_key=True)
    cohort: str
    person_ref: str = Field(index=True)
    since: int
    reason: str
    proposed_by: str
    adopted_by: str
    adopted_at: str
    review_on: int
    facts: str
    left_on: int | None = None
    left_reason: str = ""
    left_by: str = ""
    meeting_id: int | None = None
    left_meeting_id: int | None = None


class Review(SQLModel, table=True):
    """A membership or a priority ward looked at again: the words and name of who did; adoption keeps its own.

    ``subject`` is the table that ``subject_id`` stands in; ``review_on`` is the day of the next review.
    """

    __tablename__ = "review"
    __table_args__ = (Index("review_subject", "subject", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    subject: str
    subject_id: int
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    reviewed_at: str
    reviewed_by: str
    words: str
    review_on: int


class Setting(SQLModel, table=True):
    """A setting that is in force for this store: the TOML text of weights or of a focus-ward model."""

    __tablename__ = "setting"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    text: str


class JournalEntry(SQLModel, table=True):
    """One change: who, when decided, when entered, what, the rows before and after. ``hash`` chains it by ``rule``.

    ``meeting_id`` and ``sitting`` are unknown in entries of rule 1, and the agenda ``item`` in those of rule 2, too.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index("journal_meeting", "meeting_id"),
        Index("journal_undoes", "undoes", sqlite_where=text("undoes IS NOT NULL")),
        Index("journal_rule_1", "rule", sqlite_where=text("rule = 1")),
    )

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
    rule: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    meeting_id: int | None = None
    sitting: int | None = Field(default=None, index=True)
    item: str | None = None
