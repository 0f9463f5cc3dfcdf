"""Loads places that the public flagged as unsafe, as they were given; where they are is worked out on reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from sqlalchemy import text

from core import unsafe_places
from core.column_map import column_name
from core.errors import Refused
from core.text import counted
from core.unsafe_places import Flag
from db.loading.load import DEGREES, Load, Reading, Write
from db.loading.profile import Profile
from db.loading.ways import unread_rows
from db.store.engine import insert_many
from db.unsafe_places import STANDING, standing

_COLUMNS = ("batch_id", "line", *Flag._fields)


def load(reading: Reading) -> Write:
    """Check every place; gives what takes those that can be taken.

    One with a reference is taken once, as its latest row has it, any other by itself; one that an earlier file holds
    to the letter is unchanged. Raises Refused where no column tells of a place.
    """
    _check_place(reading)
    reading.wards()  # a code that no map has refuses no row here, but one of an earlier map is said
    return partial(_write, list(reading.checked(lambda fields: unsafe_places.checked(fields, reading.today))))


def _write(flags: Sequence[tuple[int, Flag]], load: Load) -> None:
    rows = load.writing.connection.execute(text(STANDING), {"no": False})
    held = list(standing(Flag(*row) for row in rows))
    known = {flag.ref: flag for flag in held if flag.ref}
    unnamed = Counter(flag for flag in held if not flag.ref)  # each stands for one such row of this file
    new: list[tuple[object, ...]] = []
    mine: set[str] = set()
    for line, flag in flags:
        if unnamed[flag]:
            unnamed[flag] -= 1
            load.unchanged += 1
            continue
        before = known.get(flag.ref)
        if before == flag:
            load.repeated += flag.ref in mine
            load.unchanged += flag.ref not in mine
            continue
        mine.add(flag.ref)
        load.revised += before is not None
        load.taken += before is None
        if flag.ref:
            known[flag.ref] = flag
        new.append((load.batch_id, line, *flag))
    insert_many(load.writing.connection, "unsafe_place", _COLUMNS, new)
    without = [flag for _, flag in flags if not flag.ref]
    if alike := len(without) - len(set(without)):
        say = counted(alike, "row without a reference says", "rows without a reference say")
        load.notes.append(f"{say} the same as another of the file; each counts as a flag of its own.")


def _check_place(reading: Reading) -> None:
    mapping, names = reading.mapping, {column_name(name) for name in reading.header}
    there = {ours for ours, theirs in mapping.columns.items() if column_name(theirs) in names}
    if not unsafe_places.has_place(there | mapping.fixed.keys()):
        raise Refused(
            f"{reading.file.path.name} is not an '{mapping.kind}' file: it has no column of {unsafe_places.A_PLACE}."
        )


PROFILE = Profile(
    kind="unsafe-places",
    says="Places that the public flagged as unsafe, each with a ward code, a small area (LSOA) or coordinates",
    rule=unsafe_places,
    columns=unsafe_places.COLUMNS,
    optional=unsafe_places.OPTIONAL,
    dated=("reported_on",),
    forms={"latitude": DEGREES, "longitude": DEGREES},
    unproved=unsafe_places.unproved,
    common_words=True,
    published=unsafe_places.heads,
    lacks=unsafe_places.missing,
    load=load,
    withdraw=(unread_rows("unsafe_place"),),
)
