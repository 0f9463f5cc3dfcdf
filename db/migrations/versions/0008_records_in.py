"""Records in: what each kind of file brings of its own; one function for each subject."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Bring the store to this revision."""
    _how_files_were_read()


def _how_files_were_read() -> None:
    """What a batch repeats within itself and how it was read; the major categories of a release."""
    op.add_column("batch", sa.Column("repeated", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "batch_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_batch_note_batch_id"), "batch_note", ["batch_id"])
    op.create_table(
        "release_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("major", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_release_category_release_id"), "release_category", ["release_id"])
