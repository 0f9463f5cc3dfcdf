"""The step of revision 0010 that makes records of deployments, uplift and scored bids."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from db.migrations.began import deployments_of_rows


def units() -> None:
    """Units with what they can do; deployments as records with a history; uplift; bids with score and result."""
    op.add_column("deployment", sa.Column("team", sa.String(), server_default=_TASK_FORCE, nullable=False))
    for name in ("skills", "shift", "whom", "notice", "away_from?", "away_until?", "away_why"):
        op.add_column("deployment", _column(name, "" if not name.endswith("?") else None))
    for name in _OF_A_BID:
        op.add_column("bid", _column(name, "" if name[-1] != "?" else None))
    op.create_table(
        "deployment_record",
        *map(_column, _OF_A_DEPLOYMENT),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.ForeignKeyConstraint(["from_unit"], ["deployment.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "deployment_unit",
        *map(_column, ("id#", "deployment_id#", "unit_id#", "officers#", "left_at?", "left_why", "asked", "asked_at?")),
        *map(_column, ("answer", "answered_at?", "answer_why")),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployment_record.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["deployment.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "uplift",
        *map(_column, ("id#", "unit_id#", "officers#", "whom", "starts", "ends?", "why", "decided_at", "decided_by")),
        _column("meeting_id#?"),
        sa.ForeignKeyConstraint(["unit_id"], ["deployment.id"]),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for table, name in _INDEXED:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    deployments_of_rows(op.get_bind())


_TASK_FORCE = "Violent Crime Task Force"
_OF_A_BID = (
    *("ward_code", "tactic", "starts_at?", "ends_at?", "officers#?", "skills", "objective", "control_strategy"),
    *("risk", "community", "exit", "measure", "answers", "confidence", "scored_by", "deployment_id#?", "result_due?"),
    *("result", "result_by"),
)
_OF_A_DEPLOYMENT = (
    *("id#", "ward_code", "place", "tactic", "starts?", "ends?", "over_at?", "objective", "measure", "compared"),
    *("measure_until?", "measure_by", "end_test", "legacy", "visits#?", "minutes#?", "vehicles#?", "authority", "why"),
    *("overruled", "decided_at?", "entered_at", "decided_by", "meeting_id#?", "bid_id#?", "stopped_at?"),
    *("stopped_why", "stopped_by", "from_unit#?", "batch_id#?", "line#?"),
)
_INDEXED = (
    *(("deployment_record", name) for name in ("over_at", "from_unit")),
    *(("deployment_unit", name) for name in ("deployment_id", "unit_id")),
    ("uplift", "unit_id"),
)


def _column(name: str, default: str | None = None) -> sa.Column[Any]:
    """A column of words; ``#`` behind its name: of whole numbers, ``?``: it may be blank."""
    kind = sa.Integer() if "#" in name else sa.String()
    return sa.Column(name.rstrip("#?"), kind, server_default=default, nullable=name.endswith("?"))
