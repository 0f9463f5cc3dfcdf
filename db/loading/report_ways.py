"""How an extract is taken back: its rows no longer stand, people are who they were, victims are flagged anew."""

from __future__ import annotations

from functools import partial

from sqlalchemy import text

from db.loading.leading_rows import flag_victims, settle
from db.loading.ways import Way, has_rows
from db.store.journal import Writing


def _reports(writing: Writing, batch_id: int) -> None:
    """The batch's rows are replaced by no one; those they replaced count again as they did."""
    run, values = writing.connection.execute, {"batch": batch_id}
    run(text("UPDATE report_row SET replaced_by = :batch, admitted = 0, leading = 0 WHERE batch_id = :batch"), values)
    run(
        text(
            "UPDATE report_row SET replaced_by = NULL, admitted = "
            "(SELECT c.allowed & o.pools FROM circumstance c, offence o "
            "WHERE c.id = report_row.circumstance_id AND o.id = report_row.offence_id) "
            "WHERE replaced_by = :batch AND batch_id <> :batch"
        ),
        values,
    )
    run(
        text(
            "UPDATE report_row SET leading = admitted WHERE replaced_by IS NULL "
            "AND crime_ref IN (SELECT crime_ref FROM report_row WHERE batch_id = :batch)"
        ),
        values,
    )
    settle(writing.connection, batch_id, whole=False)


def _people(writing: Writing, batch_id: int) -> None:
    """People are described again as they were before the batch, where anyone had described them."""
    writing.connection.execute(
        text(
            "UPDATE person SET version_id = COALESCE((SELECT MAX(v.id) FROM person_version v "
            "JOIN batch b ON b.id = v.batch_id WHERE v.person_id = person.id AND b.withdrawn = :no "
            "AND b.id <> :batch), version_id) "
            "WHERE version_id IN (SELECT id FROM person_version WHERE batch_id = :batch)"
        ),
        {"batch": batch_id, "no": False},
    )


def _victims(writing: Writing, _batch_id: int) -> None:
    """Who is a victim, too, is worked out anew, from the reports and markers that stand."""
    writing.connection.execute(text("UPDATE person SET victim = 0 WHERE victim = 1"))
    flag_victims(writing.connection)


def _no_rows(_writing: Writing, _batch_id: int) -> bool:
    return False


REPORTS = Way(_reports, partial(has_rows, "report_row"))
PEOPLE = Way(_people, partial(has_rows, "person_version"))
VICTIMS = Way(_victims, _no_rows)
"""Comes after the ways that take reports or markers back."""
