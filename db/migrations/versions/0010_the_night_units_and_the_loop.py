"""What happened overnight, deployments with a history, and what came of promises."""

from __future__ import annotations

from alembic import op

from db.migrations.settled import settle_rules

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Bring the store to this revision, a subject at a time."""
    _pools()


def _pools() -> None:
    """Violent crime is a pool of its own: an offence of violence or knife crime is in it."""
    op.execute("UPDATE offence SET pools = pools | 128 WHERE pools & 6 <> 0")
    settle_rules(op.get_bind())
