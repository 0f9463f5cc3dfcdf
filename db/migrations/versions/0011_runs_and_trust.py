"""Runs that keep what changed, and who may see and do what."""

from __future__ import annotations

from alembic import context

from db.migrations.journaled import journaled
from db.migrations.runs import runs
from db.migrations.trust import trust

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Bring the store to this revision, a subject at a time."""
    runs(context.config.attributes.get("step", lambda _what, _share: None))
    trust()
    journaled()
