"""Records in: what each kind of file brings of its own; one function for each subject."""

from __future__ import annotations

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Bring the store to this revision."""
