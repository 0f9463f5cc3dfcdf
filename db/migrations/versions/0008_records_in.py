"""Records in: what each kind of file brings of its own; one function for each subject."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Bring the store to this revision."""
    _where_units_and_sites_stand()


def _where_units_and_sites_stand() -> None:
    """The file and the line that a unit or a fly-tip site was last read from; not known of those read before."""
    for table in ("deployment", "fly_tip_site"):
        op.add_column(table, sa.Column("batch_id", sa.Integer(), nullable=True))
        op.add_column(table, sa.Column("line", sa.Integer(), nullable=True))
