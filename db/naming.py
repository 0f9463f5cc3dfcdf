"""What records are called where a sentence names them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from core.text import list_name
from db.store import Store
from db.ward_map import ward_map


def people_named(store: Store, refs: Sequence[str]) -> Mapping[str, str]:
    """References of people to their names as the latest extract has them; a reference that is not known is not in it.

    A name is a person's data: it goes into the journal and onto the screen, and into no error.
    """
    query = (
        "SELECT p.ref, v.surname, v.forenames FROM person p JOIN person_version v ON v.id = p.version_id "
        "WHERE p.ref IN (SELECT value FROM json_each(:refs))"
    )
    rows = store.read.rows(query, refs=json.dumps(list(refs)))
    names = {row["ref"]: list_name(row["surname"], row["forenames"]) for row in rows}
    return {ref: name for ref, name in names.items() if name}


def wards_named(store: Store, codes: Sequence[str]) -> Mapping[str, str]:
    """Ward codes to names on the ward map in force; a code that no map has is not in it."""
    known = ward_map(store)
    return {code: known[code].name for code in codes if code in known}
