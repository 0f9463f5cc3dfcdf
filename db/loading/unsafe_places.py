"""Loads places that the public flagged as unsafe, as they were given; where they are is worked out on reading."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import text

from core import profiles, unsafe_places
from core.errors import Refused
from core.unsafe_places import Flag
from db.loading.load import Load
from db.store.engine import insert_many
from db.unsafe_places import STANDING, standing

_COLUMNS = ("batch_id", "line", *Flag._fields)


def load(load: Load) -> None:
    """Take every place that can be taken: one with a reference once, as its latest row has it, any other by itself.

    Raises Refused where no column tells of a place.
    """
    profile = replace(load.profile, columns={**unsafe_places.heads(load.header), **load.profile.columns})
    _check_place(load, profile)
    wanted = (*unsafe_places.COLUMNS, *unsafe_places.OPTIONAL)
    columns = profiles.columns(profile, load.header, wanted, load.file.path.name)
    rows = load.writing.connection.execute(text(STANDING), {"no": False})
    known = {flag.ref: flag for flag in standing(Flag(*row) for row in rows) if flag.ref}
    new: list[tuple[object, ...]] = []
    for line, flag in load.checked(columns, lambda fields: unsafe_places.checked(fields, load.today)):
        before = known.get(flag.ref)
        if before == flag:
            load.unchanged += 1
            continue
        load.revised += before is not None
        load.taken += before is None
        if flag.ref:
            known[flag.ref] = flag
        new.append((load.batch_id, line, *flag))
    insert_many(load.writing.connection, "unsafe_place", _COLUMNS, new)


def _check_place(load: Load, profile: profiles.Profile) -> None:
    names = {name.strip().casefold() for name in load.header}
    there = {ours for ours, theirs in profile.columns.items() if theirs.strip().casefold() in names}
    if not unsafe_places.has_place(there | profile.fixed.keys()):
        raise Refused(
            f"{load.file.path.name} is not an '{profile.kind}' file: it has no column of {unsafe_places.A_PLACE}."
        )
