"""The journal names meeting and sitting; records name the meeting they were decided in; settings; reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the store to this revision."""
    # Entries that are there were hashed by the first chain rule; what no entry says stays unknown.
    op.add_column("journal", sa.Column("rule", sa.Integer(), server_default="1", nullable=False))
    op.add_column("journal", sa.Column("meeting_id", sa.Integer(), nullable=True))
    op.add_column("journal", sa.Column("sitting", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_journal_sitting"), "journal", ["sitting"])
    for table, column in _DECIDED_IN:
        op.add_column(table, sa.Column(column, sa.Integer(), nullable=True))
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.String(), nullable=False),
        sa.Column("reviewed_by", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("review_on", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("review_subject", "review", ["subject", "subject_id"])
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    # Measures were kept by names that two rules could share: they are made anew when a ranking next asks for them.
    op.execute("DELETE FROM kept_measure")
    op.execute("DELETE FROM kept")
    op.add_column("kept", sa.Column("rules", sa.String(), server_default="", nullable=False))


_DECIDED_IN = (
    ("action", "closed_meeting_id"),
    ("membership", "meeting_id"),
    ("membership", "left_meeting_id"),
    ("priority_ward", "meeting_id"),
    ("priority_ward", "dropped_meeting_id"),
    ("focus_item", "meeting_id"),
)
