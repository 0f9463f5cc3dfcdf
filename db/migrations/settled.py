"""What rows carry of the rules, settled anew where a rule has changed: weights, pools, and which row leads a report."""

from __future__ import annotations

from sqlalchemy import Connection, text

from core import harm
from core.allegations import admitted
from core.reports import NamedBy, Role
from db.loading.leading_rows import settle


def settle_rules(connection: Connection) -> None:
    """Give every offence its weight, every circumstance its pools, and every row what follows, by the rules of today.

    Runs keep what they weighed by; measures that were kept go by the versions of the rules and are made anew.
    """
    _weights(connection)
    _pools(connection)
    connection.execute(
        text(
            "UPDATE report_row SET admitted = (SELECT c.allowed & o.pools FROM circumstance c, offence o "
            "WHERE c.id = report_row.circumstance_id AND o.id = report_row.offence_id) WHERE replaced_by IS NULL"
        )
    )
    connection.execute(text("UPDATE report_row SET leading = admitted WHERE replaced_by IS NULL"))
    settle(connection, 0, whole=True)


def _weights(connection: Connection) -> None:
    rows = connection.execute(
        text("SELECT id, ho_code, title, severity, days, confidence, note FROM offence WHERE edition = :edition"),
        {"edition": harm.EDITION},
    ).all()
    for row in rows:
        found = harm.weigh(row.ho_code, row.title, row.severity)
        if (found.days, found.confidence, found.note) == (row.days, row.confidence, row.note):
            continue
        given = {"id": row.id, "days": found.days}
        said = {"confidence": found.confidence, "note": found.note}
        connection.execute(
            text("UPDATE offence SET days = :days, confidence = :confidence, note = :note WHERE id = :id"), given | said
        )
        connection.execute(text("UPDATE report_row SET days = :days WHERE offence_id = :id"), given)


def _pools(connection: Connection) -> None:
    query = "SELECT id, domestic_abuse, vawg, outcome, role, named_by, allowed FROM circumstance"
    for row in connection.execute(text(query)).all():
        pools = admitted(
            has_person=bool(row.role),
            vawg=bool(row.vawg),
            domestic_abuse=bool(row.domestic_abuse),
            outcome=row.outcome,
            role=Role(row.role),
            named_by=NamedBy(row.named_by),
        )
        if int(pools) != row.allowed:
            connection.execute(
                text("UPDATE circumstance SET allowed = :pools WHERE id = :id"), {"id": row.id, "pools": int(pools)}
            )
