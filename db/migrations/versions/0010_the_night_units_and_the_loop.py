"""What happened overnight, deployments with a history, and what came of promises."""

from __future__ import annotations

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Bring the store to this revision, a subject at a time."""
