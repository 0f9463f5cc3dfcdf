"""Totals of every release by month, street-level counts, and the wards of small census areas."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the store to this revision."""
    op.create_table(
        "release_facts",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("totals", sa.String(), nullable=False),
        sa.Column("forces", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"]),
        sa.PrimaryKeyConstraint("release_id"),
    )
    op.create_table(
        "street_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("lsoa_code", sa.String(), nullable=False),
        sa.Column("lsoa_name", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("lines", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_street_count_release_id"), "street_count", ["release_id"])
    op.create_table(
        "lsoa_ward",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("lsoa_code", sa.String(), nullable=False),
        sa.Column("ward_code", sa.String(), nullable=False),
        sa.Column("ward", sa.String(), nullable=False),
        sa.Column("borough", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_lsoa_ward_batch_id"), "lsoa_ward", ["batch_id"])
    op.create_index(op.f("ix_lsoa_ward_lsoa_code"), "lsoa_ward", ["lsoa_code"])
    _facts()


def _facts() -> None:
    """Add up the releases that are there."""
    connection = op.get_bind()
    for release_id, months in connection.execute(sa.text("SELECT id, months FROM release")).all():
        totals = [0] * len(json.loads(months))
        rows = connection.execute(sa.text("SELECT counts FROM ward_series WHERE release_id = :id"), {"id": release_id})
        for (counts,) in rows:
            totals = [total + count for total, count in zip(totals, json.loads(counts), strict=True)]
        connection.execute(
            sa.text("INSERT INTO release_facts (release_id, totals, forces, notes) VALUES (:id, :totals, '[]', '[]')"),
            {"id": release_id, "totals": json.dumps(totals)},
        )
