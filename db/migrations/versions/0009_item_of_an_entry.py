"""An entry of the journal names the agenda item that its meeting was at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Bring the store to this revision."""
    # Entries that are there were hashed by earlier rules; at which item they were made no entry says.
    op.add_column("journal", sa.Column("item", sa.String(), nullable=True))
