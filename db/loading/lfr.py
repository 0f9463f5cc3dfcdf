"""Loads deployments of live facial recognition; a later file revises the same day, borough and place.

Several deployments of one day, borough and place are told apart by their order. The latest row holds, on reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from sqlalchemy import text

from core import lfr
from core.lfr import Deployment
from db.lfr import STANDING, standing
from db.loading.load import COUNT, Load, Reading, Write
from db.loading.profile import Profile
from db.loading.ways import unread_rows
from db.store.engine import insert_many

_COLUMNS = ("batch_id", "line", "nth", *Deployment._fields)


def load(reading: Reading) -> Write:
    """Check every deployment; gives what takes those that can be taken."""
    return partial(_write, list(reading.checked(lambda fields: lfr.checked(fields, reading.today))))


def _write(deployments: Sequence[tuple[int, Deployment]], load: Load) -> None:
    known = standing(load.writing.connection.execute(text(STANDING), {"no": False}))
    met: Counter[tuple[int, str, str]] = Counter()
    new: list[tuple[object, ...]] = []
    for line, row in deployments:
        met[row.key] += 1
        before = known.get((*row.key, met[row.key]))
        if before == row:
            load.unchanged += 1
            continue
        load.revised += before is not None
        load.taken += before is None
        new.append((load.batch_id, line, met[row.key], *row))
    insert_many(load.writing.connection, "lfr_deployment", _COLUMNS, new)


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
