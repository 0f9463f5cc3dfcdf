"""What happened overnight, deployments with a history, and what came of promises."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.settled import settle_rules
from db.migrations.units import units

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Bring the store to this revision, a subject at a time."""
    _incidents()
    _pools()
    _homes()
    _loop()
    units()


def _pools() -> None:
    """Violent crime is a pool of its own: an offence of violence or knife crime is in it."""
    op.execute("UPDATE offence SET pools = pools | 128 WHERE pools & 6 <> 0")
    settle_rules(op.get_bind())


def _homes() -> None:
    """Where a person lives, which BCU owns them, and what that makes their place."""
    for name in ("home_ward_code", "owning_bcu", "home"):
        op.add_column("person_version", sa.Column(name, sa.String(), server_default="", nullable=False))


def _incidents() -> None:
    """What extracts and other files tell of violent incidents, and what meetings say of them."""
    op.add_column("report_row", sa.Column("detail_id", sa.Integer(), nullable=True))
    op.create_index("report_row_reported", "report_row", ["reported_on"])
    words = ("victim_sex", "injury", "weapon", "features", "linked_ref", "suspect_state")
    op.create_table(
        "report_detail",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("minute", "victim_age")),
        *(sa.Column(name, sa.String(), nullable=False) for name in words),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("minute", "victim_age", *words, name="report_detail_key"),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("ref", "kind")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("day", "minute")),
        sa.Column("ward_code", sa.String(), nullable=False),
        sa.Column("victim_age", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("injury", "suspect_state", "owner", "note")),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("batch_id", "day", "ref"):
        op.create_index(op.f(f"ix_incident_{column}"), "incident", [column])
    _said_of_incidents()


def _said_of_incidents() -> None:
    """Owners, critical incidents, series, tension."""
    op.create_table(
        "incident_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("ref", "label", "owner")),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("critical_by", sa.String(), nullable=False),
        sa.Column("critical_at", sa.String(), nullable=True),
        sa.Column("critical_reason", sa.String(), nullable=False),
        sa.Column("critical_meeting_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ref"),
    )
    op.create_index(op.f("ix_incident_mark_meeting_id"), "incident_mark", ["meeting_id"])
    op.create_table(
        "incident_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("refs", "reason", "accepted_by", "accepted_at")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_incident_series_meeting_id"), "incident_series", ["meeting_id"])
    op.create_table(
        "tension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("scope", "ward_code", "community", "sort")),
        sa.Column("level", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reason", "author", "raised_at", "review_at")),
        sa.Column("ended_at", sa.String(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("ended_by", "ended_reason")),
        sa.Column("ended_meeting_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_tension_meeting_id"), "tension", ["meeting_id"])


def _loop() -> None:
    """Actions and decisions with all that they say, the kind of an update, what is noted of a meeting itself."""
    words = {
        "action": (
            *("owner_name", "source", "partner", "priority", "template", "evidence", "expected", "expected_on"),
        ),
        "action_update": ("kind",),
        "decision": (
            *("threat", "powers", "options", "dissent", "review_on", "risk", "risk_by", "risk_until", "expected"),
            *("expected_on", "written_by"),
        ),
    }
    op.add_column("decision", sa.Column("shown", sa.String(), server_default="{}", nullable=False))
    for table, columns in words.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.String(), server_default="", nullable=False))
    op.add_column("action_update", sa.Column("decided_at", sa.String(), nullable=True))
    op.add_column("decision", sa.Column("amends", sa.Integer(), nullable=True))
    kinds = {"carried from %": "carried", "escalated to %": "escalated", "answered by %": "answered"}
    for begins, kind in {**kinds, "edited; was: %": "edited", "done: %": "closed", "withdrawn: %": "closed"}.items():
        op.execute(
            sa.text("UPDATE action_update SET kind = :kind WHERE words LIKE :begins").bindparams(
                kind=kind, begins=begins
            )
        )
    op.create_table(
        "meeting_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("kind", "at", "by", "item", "subject_kind", "subject_ref", "subject", "words")
        ),
        sa.Column("ended_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_meeting_note_meeting_id"), "meeting_note", ["meeting_id"])
