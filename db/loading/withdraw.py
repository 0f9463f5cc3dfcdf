"""The inverse of an import: a batch is taken back, and what it replaced stands again. No row is lost."""

from __future__ import annotations

import json

from sqlalchemy import text

from core.errors import Conflict, NotFound
from db.loading.leading_rows import flag_victims, settle
from db.store import Store
from db.store.journal import Writing
from db.store.undo import put_back


def withdraw(store: Store, batch_id: int) -> str:
    """Take back the latest batch; gives the name of its file.

    Raises NotFound where there is no such batch, Conflict where a later one stands on it.
    """
    found = store.read.rows("SELECT file, withdrawn FROM batch WHERE id = :id", id=batch_id)
    if not found or found[0][1]:
        raise NotFound(f"There is no batch {batch_id} to withdraw.")
    later = store.read.rows("SELECT MAX(id) FROM batch WHERE withdrawn = :no", no=False)[0][0]
    if later != batch_id:
        raise Conflict(f"Batch {later} was imported after batch {batch_id}; withdraw that first.")
    file = str(found[0][0])
    with store.change(f"Withdraw batch {batch_id}: {file}", kind="import", meeting=None) as writing:
        _journaled(store, writing, batch_id)
        _reports(writing, batch_id)
        _people(writing, batch_id)
        _replaced(writing, batch_id)
        _left_by_units(store, writing, batch_id)
        writing.connection.execute(text("UPDATE person SET victim = 0 WHERE victim = 1"))
        flag_victims(writing.connection)
        for number, name in store.read.rows("SELECT id, name FROM release WHERE batch_id = :b", b=batch_id):
            writing.update("release", number, name=f"{name} withdrawn with batch {batch_id}")
        writing.update("batch", batch_id, withdrawn=True)
    return file


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


def _replaced(writing: Writing, batch_id: int) -> None:
    """Counts, markers and patrols that the batch replaced stand again; its own do not."""
    run, values = writing.connection.execute, {"batch": batch_id}
    for table in ("activity", "marker", "patrol"):
        again = f"UPDATE {table} SET replaced_by = NULL WHERE replaced_by = :batch AND batch_id <> :batch"  # noqa: S608
        run(text(again), values)
        run(text(f"UPDATE {table} SET replaced_by = :batch WHERE batch_id = :batch"), values)  # noqa: S608


def _left_by_units(store: Store, writing: Writing, batch_id: int) -> None:
    """Patrols that units left and the batch replaced stand again; the journal follows them, so it learns of it."""
    query = "SELECT id FROM patrol WHERE batch_id IS NULL AND replaced_by = :batch ORDER BY id"
    for (number,) in store.read.rows(query, batch=batch_id):
        writing.update("patrol", number, replaced_by=None)


_OF_JOURNAL = {"deployment", "fly_tip_site"}
"""Tables whose rows an import changes in place: the journal alone knows what stood there."""


def _journaled(store: Store, writing: Writing, batch_id: int) -> None:
    """Units and fly-tip sites the batch added or changed, from the import's own journal entry."""
    query = "SELECT changes FROM journal WHERE kind = 'import' ORDER BY id DESC"
    for (changes,) in store.read.rows(query):
        entry = json.loads(changes)
        if any(change["table"] == "batch" and change["id"] == batch_id for change in entry):
            for change in reversed([one for one in entry if one["table"] in _OF_JOURNAL]):
                if change["table"] == "fly_tip_site" and change["before"] is None:
                    _untouched(writing, batch_id, change["id"])
                put_back(writing, change)
            return


def _untouched(writing: Writing, batch_id: int, site_id: int) -> None:
    """Raise Conflict where a site the batch added has a plan or checks: they would stand on nothing."""
    for table in ("fly_tip_step", "fly_tip_check"):
        query = text(f"SELECT 1 FROM {table} WHERE site_id = :site LIMIT 1")  # noqa: S608 - our own names
        if writing.connection.execute(query, {"site": site_id}).first():
            raise Conflict(
                f"A fly-tip site of batch {batch_id} has a plan or checks by now, so the batch stays. "
                "Close the sites that should not be on the list."
            )
