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
    _powers()
    _where_units_and_sites_stand()
    _facts_of_months()
    _how_files_were_read()
    _ward_maps()


def _powers() -> None:
    """Stops and searches by force and month, and deployments of live facial recognition."""
    op.create_table(
        "stop_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("force", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("stops", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_stop_edition_batch_id"), "stop_edition", ["batch_id"])
    numbers = ("edition_id", "line", "placed", "day")
    words = (
        *("stamp", "type", "part_of_operation", "operation", "latitude", "longitude", "gender", "age_range"),
        *("self_defined", "officer_defined", "legislation", "object", "outcome", "linked", "clothing"),
    )
    op.create_table(
        "stop",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in numbers),
        *(sa.Column(name, sa.String(), nullable=False) for name in words),
        sa.ForeignKeyConstraint(["edition_id"], ["stop_edition.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("stop_of_edition", "stop", ["edition_id", "day"])
    op.create_table(
        "lfr_deployment",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("batch_id", "line", "nth", "day")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("watchlist", "faces", "alerts")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("borough", "place", "use_case", "duration")),
        *(
            sa.Column(name, sa.Integer(), nullable=True)
            for name in ("false_alerts", "arrests", "other_disposal", "no_action")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_lfr_deployment_batch_id"), "lfr_deployment", ["batch_id"])


def _where_units_and_sites_stand() -> None:
    """The file and the line that a unit or a fly-tip site was last read from; not known of those read before."""
    for table in ("deployment", "fly_tip_site"):
        op.add_column(table, sa.Column("batch_id", sa.Integer(), nullable=True))
        op.add_column(table, sa.Column("line", sa.Integer(), nullable=True))


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


def _how_files_were_read() -> None:
    """What a batch repeats within itself and how it was read; the major categories of a release."""
    op.add_column("batch", sa.Column("repeated", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "batch_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_batch_note_batch_id"), "batch_note", ["batch_id"])
    op.create_table(
        "release_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("major", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_release_category_release_id"), "release_category", ["release_id"])


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
