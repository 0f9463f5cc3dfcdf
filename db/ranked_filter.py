"""What a sort and a place ask of the entries of a run, as parts of a query.

The query calls the version of the person ``v`` and the place of the latest allegation ``l``.
"""

from __future__ import annotations

from collections.abc import Collection

from core.geography import bcus, boroughs
from core.localities import ONLY_BCU
from db.localities import PLACE, boroughs_in
from db.store import Store

BCU = "".join(
    (
        f"CASE {PLACE} ",
        *(f"WHEN '{one.name}' THEN '{one.bcu}' " for one in boroughs().values()),
        *(f"WHEN '{ONLY_BCU}{code}' THEN '{code}' " for code in bcus()),
        "ELSE '' END",
    )
)
"""The BCU of the place."""
BCU_LETTERS = 2
"""The letters of a BCU's code: a longer word stands in none."""

SORTS = {
    "rank": (),
    "score": ("e.score",),
    "name": ("v.surname", "v.forenames"),
    "allegations": ("e.allegations",),
    "victims": ("e.victims",),
    "historic": ("e.historic",),
    "unweighed": ("e.crimes - e.allegations",),
    "last": ("e.last_allegation",),
    "status": ("v.status",),
    "borough": (f"COALESCE({PLACE}, '')",),
    "bcu": (BCU, f"COALESCE({PLACE}, '')"),
    "ref": ("p.ref",),
    "also": ("p.victim", "COALESCE(v.born_on, 0)"),
    "cohorts": (
        "(SELECT COUNT(*) FROM membership m WHERE m.person_ref = p.ref AND m.left_on IS NULL)",
        "COALESCE((SELECT MIN(m.cohort) FROM membership m WHERE m.person_ref = p.ref AND m.left_on IS NULL), '')",
    ),
    "open": ("(SELECT COUNT(*) FROM action a WHERE a.subject_ref = p.ref AND a.status = 'open')",),
    "move": (),
}
"""How a list of ranked people can be sorted: rank is the order of the run, move goes by :mod:`db.ranked_index`.

What each sorts by is of an entry ``e``, the person ``p``, and what :data:`JOINS` joins to them.
"""
JOINS = (
    "JOIN person_version v ON v.id = e.person_version_id "
    "LEFT JOIN report_row t ON t.id = e.last_row_id LEFT JOIN place l ON l.id = t.place_id"
)


def inside(store: Store, places: Collection[str]) -> tuple[str, dict[str, str]]:
    """The condition that someone is in every one of some BCUs or boroughs, and its values; none for no places."""
    if not places:
        return "", {}
    named = {f"p{number}": borough for number, borough in enumerate(boroughs_in(store, places))}
    return f" AND {PLACE} IN ({', '.join(f':{name}' for name in named) or 'NULL'})", named
