"""What a seal went over, numbered addenda, where papers were written; escalated actions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.settled import settle_rules
from db.store.engine import append_only

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Bring the store to this revision."""
    # What was held before there were scopes was held for the whole force.
    op.add_column("meeting", sa.Column("scope", sa.String(), server_default="force", nullable=False))
    op.add_column("meeting", sa.Column("record_rule", sa.Integer(), nullable=True))
    op.add_column("meeting", sa.Column("sealed_over", sa.String(), server_default="[]", nullable=False))
    op.add_column("action", sa.Column("scope", sa.String(), server_default="force", nullable=False))
    op.add_column("action", sa.Column("escalated_to", sa.String(), server_default="", nullable=False))
    op.create_table(
        "addendum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("meeting_id", "number"),
    )
    append_only(op.get_bind(), "addendum")
    op.create_table(
        "paper_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_paper_copy_meeting_id"), "paper_copy", ["meeting_id"])
    settle_rules(op.get_bind())
