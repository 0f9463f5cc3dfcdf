"""Records in: what each kind of file brings of its own; one function for each subject."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from core.category_weights import is_antisocial

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Bring the store to this revision."""
    _facts_of_months()


def _facts_of_months() -> None:
    """What is told of every month of a release apart.

    Of the street-level releases held, anti-social behaviour is added up from their counts. Which incidents had
    coordinates was not kept, nor in which month a row was a repeat: those stay unknown.
    """
    for name in ("antisocial", "without_location", "outside", "repeats", "conflicts"):
        op.add_column("release_facts", sa.Column(name, sa.String(), nullable=True))
    store = op.get_bind()
    releases = store.execute(sa.text("SELECT id, months FROM release WHERE profile = 'police-uk-street'")).all()
    for number, months in releases:
        sums = [0] * len(json.loads(months))
        counts = sa.text("SELECT category, counts FROM street_count WHERE release_id = :id")
        for category, by_month in store.execute(counts, {"id": number}):
            if is_antisocial(category):
                sums = [before + count for before, count in zip(sums, json.loads(by_month), strict=True)]
        store.execute(
            sa.text("UPDATE release_facts SET antisocial = :sums WHERE release_id = :id"),
            {"id": number, "sums": json.dumps(sums)},
        )
