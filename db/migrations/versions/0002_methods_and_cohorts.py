"""Pools for every crime group, runs by every method, markers, cohorts, census, editions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.allegations import admitted
from core.extract import groups
from core.reports import NamedBy, Role
from db.loading.leading_rows import flag_victims, settle

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the store to this revision."""
    _offences()
    _circumstances()
    _rows()
    _runs()
    _new_tables()
    flag_victims(op.get_bind())


def _offences() -> None:
    """Offences know their pools; the same offence with a knife is another."""
    op.create_table(
        "offence_new",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ho_code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("knife", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("days", sa.Float(), nullable=True),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("pools", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ho_code", "title", "severity", "knife", name="offence_key"),
    )
    rows = op.get_bind().execute(
        sa.text("SELECT id, ho_code, title, severity, edition, days, confidence, note FROM offence")
    )
    for row in rows.all():
        values = {**row._mapping, "pools": int(groups(row.ho_code, row.title, knife=False))}
        op.get_bind().execute(
            sa.text(
                "INSERT INTO offence_new (id, ho_code, title, severity, knife, edition, days, confidence, note, pools) "
                "VALUES (:id, :ho_code, :title, :severity, 0, :edition, :days, :confidence, :note, :pools)"
            ),
            values,
        )
    op.drop_table("offence")
    op.rename_table("offence_new", "offence")


def _circumstances() -> None:
    """Circumstances know which pools they let a row into."""
    op.create_table(
        "circumstance_new",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("domestic_abuse", sa.Integer(), nullable=False),
        sa.Column("vawg", sa.Integer(), nullable=False),
        sa.Column("detected_by", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint(
            "domestic_abuse", "vawg", "detected_by", "outcome", "role", "named_by", "allowed", name="circumstance_key"
        ),
    )
    rows = op.get_bind().execute(
        sa.text("SELECT id, domestic_abuse, vawg, detected_by, outcome, role, named_by FROM circumstance")
    )
    for row in rows.all():
        pools = admitted(
            has_person=bool(row.role),
            vawg=bool(row.vawg),
            domestic_abuse=bool(row.domestic_abuse),
            outcome=row.outcome,
            role=Role(row.role),
            named_by=NamedBy(row.named_by),
        )
        op.get_bind().execute(
            sa.text(
                "INSERT INTO circumstance_new "
                "(id, domestic_abuse, vawg, detected_by, outcome, role, named_by, allowed) "
                "VALUES (:id, :domestic_abuse, :vawg, :detected_by, :outcome, :role, :named_by, :allowed)"
            ),
            {**row._mapping, "allowed": int(pools)},
        )
    op.drop_table("circumstance")
    op.rename_table("circumstance_new", "circumstance")


def _rows() -> None:
    """Every current row is admitted to all its pools, and leads its report in them or not."""
    op.drop_index("report_row_score", "report_row")
    op.execute(
        "UPDATE report_row SET admitted = (SELECT c.allowed & o.pools FROM circumstance c, offence o "
        "WHERE c.id = report_row.circumstance_id AND o.id = report_row.offence_id) WHERE replaced_by IS NULL"
    )
    op.execute("UPDATE report_row SET leading = admitted")
    settle(op.get_bind(), 0, whole=True)
    where = sa.text("person_id IS NOT NULL")
    op.create_index(
        "report_row_score",
        "report_row",
        [
            "person_id",
            "reported_on",
            "leading",
            "days",
            "committed_from",
            "admitted",
            "victim_ref",
            "offence_id",
        ],
        sqlite_where=where,
        postgresql_where=where,
    )


def _runs() -> None:
    """Runs name all they were made of; entries are kept in the order of their place."""
    op.add_column("run", sa.Column("split", sa.String(), nullable=False, server_default="default"))
    op.add_column("run", sa.Column("bands", sa.String(), nullable=False, server_default=""))
    op.add_column("run", sa.Column("statuses", sa.String(), nullable=False, server_default="[]"))
    op.add_column("run", sa.Column("weighing_id", sa.Integer(), nullable=True))
    op.add_column("run", sa.Column("earlier_id", sa.Integer(), nullable=True))
    op.add_column("person", sa.Column("victim", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "run_entry_new",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_version_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("recency", sa.Integer(), nullable=False),
        sa.Column("gravity", sa.Float(), nullable=True),
        sa.Column("harm", sa.Float(), nullable=False),
        sa.Column("allegations", sa.Integer(), nullable=False),
        sa.Column("crimes", sa.Integer(), nullable=False),
        sa.Column("victims", sa.Integer(), nullable=False),
        sa.Column("historic", sa.Integer(), nullable=False),
        sa.Column("last_allegation", sa.Integer(), nullable=False),
        sa.Column("largest_row_id", sa.Integer(), nullable=True),
        sa.Column("last_row_id", sa.Integer(), nullable=True),
        sa.Column("previous_rank", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"]),
        sa.PrimaryKeyConstraint("run_id", "position"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO run_entry_new SELECT e.run_id, e.position, e.rank, e.person_id, e.person_version_id, e.score, "
        "n.as_of - e.last_allegation, g.days, e.score, e.allegations, e.crimes, e.victims, 0, "
        "e.last_allegation, e.largest_row_id, e.last_row_id, e.previous_rank FROM run_entry e "
        "JOIN run n ON n.id = e.run_id LEFT JOIN report_row g ON g.id = e.largest_row_id ORDER BY e.run_id, e.position"
    )
    op.drop_table("run_entry")
    op.rename_table("run_entry_new", "run_entry")
    op.create_index("run_entry_person", "run_entry", ["run_id", "person_id"], unique=True)


def _new_tables() -> None:
    op.create_table(
        "weighing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("weights", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "kept",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pool", sa.Integer(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("weights", sa.String(), nullable=False),
        sa.Column("as_of", sa.Integer(), nullable=False),
        sa.Column("last_row", sa.Integer(), nullable=False),
        sa.Column("upsets", sa.Integer(), nullable=False),
        sa.Column("known_to", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "kept_measure",
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("oldest", sa.Integer(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("gravity", sa.Float(), nullable=True),
        sa.Column("harm", sa.Float(), nullable=False),
        sa.Column("allegations", sa.Integer(), nullable=False),
        sa.Column("crimes", sa.Integer(), nullable=False),
        sa.Column("victims", sa.Integer(), nullable=False),
        sa.Column("historic", sa.Integer(), nullable=False),
        sa.Column("heaviest", sa.BigInteger(), nullable=False),
        sa.Column("latest", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kept_id", "person_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("kept_measure_oldest", "kept_measure", ["kept_id", "oldest"])
    op.create_table(
        "marker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("person_ref", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_marker_person_ref"), "marker", ["person_ref"])
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("person_ref", sa.String(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("adopted_by", sa.String(), nullable=False),
        sa.Column("adopted_at", sa.String(), nullable=False),
        sa.Column("review_on", sa.Integer(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("left_on", sa.Integer(), nullable=True),
        sa.Column("left_reason", sa.String(), nullable=False),
        sa.Column("left_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_membership_person_ref"), "membership", ["person_ref"])
    op.create_table(
        "census",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ward_code", sa.String(), nullable=False),
        sa.Column("borough", sa.String(), nullable=False),
        sa.Column("ethnicity", sa.String(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_census_batch_id"), "census", ["batch_id"])
    op.create_table(
        "edition_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("harm_index", sa.String(), nullable=False),
        sa.Column("dated", sa.String(), nullable=False),
        sa.Column("citation", sa.String(), nullable=False),
        sa.Column("weights", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
