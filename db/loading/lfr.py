"""Loads deployments of live facial recognition; a later file revises the same day, borough and place.

Several deployments of one day, borough and place are told apart by what they say (``core.lfr.paired``). The latest
row holds, on reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from operator import itemgetter

from sqlalchemy import text

from core import lfr
from core.lfr import Deployment
from core.text import counted
from db.lfr import STANDING, standing
from db.loading.load import COUNT, Load, Reading, Write
from db.loading.profile import Profile
from db.loading.ways import unread_rows
from db.store.engine import insert_many

_COLUMNS = ("batch_id", "line", "nth", *Deployment._fields)
_Key = tuple[int, str, str]


def load(reading: Reading) -> Write:
    """Check every deployment; gives what takes those that can be taken."""
    return partial(_write, list(reading.checked(lambda fields: lfr.checked(fields, reading.today))))


def _write(deployments: Sequence[tuple[int, Deployment]], load: Load) -> None:
    held: dict[_Key, dict[int, Deployment]] = {}
    for (*_, nth), row in standing(load.writing.connection.execute(text(STANDING), {"no": False})).items():
        held.setdefault(row.key, {})[nth] = row
    of_key: dict[_Key, list[tuple[int, Deployment]]] = {}
    for line, row in deployments:
        of_key.setdefault(row.key, []).append((line, row))
    new: list[tuple[object, ...]] = []
    for key, lines in of_key.items():
        numbers = lfr.paired(held.get(key, {}), [row for _, row in lines])
        for (line, row), (nth, before) in zip(lines, numbers, strict=True):
            if before == row:
                load.unchanged += 1
                continue
            load.revised += before is not None
            load.taken += before is None
            new.append((load.batch_id, line, nth, *row))
    insert_many(load.writing.connection, "lfr_deployment", _COLUMNS, sorted(new, key=itemgetter(1)))
    if alike := len(deployments) - len({row for _, row in deployments}):
        say = counted(alike, "row says", "rows say")
        load.notes.append(f"{say} the same as another of the file; each counts as a deployment of its own.")


PROFILE = Profile(
    kind="lfr",
    says="Deployments of live facial recognition; a later file revises the same day, borough and place",
    rule=lfr,
    columns=lfr.COLUMNS,
    optional=lfr.OPTIONAL,
    published=lfr.heads,
    dated=("date",),
    forms=dict.fromkeys(lfr.COUNTS, COUNT),
    load=load,
    withdraw=(unread_rows("lfr_deployment"),),
)
