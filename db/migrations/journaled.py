"""The step of revision 0011 by which the journal is asked for one meeting without being read to its end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def journaled() -> None:
    """Indexes for the entries of a meeting, those that undo, and those of rule 1, which name no meeting."""
    op.create_index("journal_meeting", "journal", ["meeting_id"])
    op.create_index("journal_undoes", "journal", ["undoes"], sqlite_where=sa.text("undoes IS NOT NULL"))
    op.create_index("journal_rule_1", "journal", ["rule"], sqlite_where=sa.text("rule = 1"))
