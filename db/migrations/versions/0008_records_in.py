"""Records in: what each kind of file brings of its own; one function for each subject."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Bring the store to this revision."""
    _ward_maps()


def _ward_maps() -> None:
    """A lookup has its years. Files taken in before say none: they stay one map, of which the later file holds."""
    op.create_table(
        "lookup_map",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("areas", sa.Integer(), nullable=True),
        sa.Column("wards", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"]),
        sa.PrimaryKeyConstraint("batch_id"),
    )
