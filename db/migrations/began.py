"""Where the history of deployments begins: what a row of a unit says it is doing becomes a record of its own."""

from __future__ import annotations

from sqlalchemy import Connection, text

from db.deployment_rows import UNASKED, record_of_row


def deployments_of_rows(connection: Connection) -> None:
    """Make the record of every unit that a store of before has sent somewhere.

    When it was decided no row says. It is entered at the moment of the last entry of the journal, which is known.
    """
    rows = connection.execute(text("SELECT * FROM deployment ORDER BY id")).mappings().all()
    last = connection.execute(text("SELECT MAX(entered_at) FROM journal")).scalar_one_or_none() or ""
    for row in rows:
        made = record_of_row(dict(row), last)
        if made is None:
            continue
        columns, values = ", ".join(made), ", ".join(f":{name}" for name in made)
        query = f"INSERT INTO deployment_record ({columns}) VALUES ({values})"  # noqa: S608 - our own names
        number = connection.execute(text(query), made).lastrowid
        link = {**UNASKED, "deployment_id": number, "unit_id": row["id"], "officers": row["officers"]}
        columns, values = ", ".join(link), ", ".join(f":{name}" for name in link)
        connection.execute(text(f"INSERT INTO deployment_unit ({columns}) VALUES ({values})"), link)  # noqa: S608
