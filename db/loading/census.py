"""Loads the census by ward. A file that differs in any ward replaces the earlier one as a whole.

Wards are drawn anew between censuses, so two files must never be added together: a ward that a later file does not
have is gone with the earlier file, and comes back when the later one is withdrawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from sqlalchemy import text

from core import census
from core.census import WardResidents
from core.extract import BadValue
from db.census import LATEST
from db.loading.load import COUNT, Load, Reading, Write, once
from db.loading.profile import Profile
from db.loading.ways import unread_rows
from db.store.engine import insert_many

_COLUMNS = ("batch_id", "line", "ward_code", "borough", "ethnicity", "residents")
_NAMES = [census.ethnic_group(column).name for column in census.GROUP_COLUMNS]


def load(reading: Reading) -> Write:
    """Check every ward; gives what takes those that can be taken, one row for each of its 19 groups."""
    wards: dict[str, tuple[int, WardResidents]] = {}
    seen: dict[str, WardResidents] = {}

    def check(fields: list[str]) -> WardResidents:
        ward = census.checked(fields)
        fault = BadValue("ward_code", ward.ward_code, "this ward stands on an earlier line of the file")
        return once(seen, ward.ward_code, ward, fault)

    for line, ward in reading.checked(check):
        wards[ward.ward_code] = line, ward
    return partial(_write, wards)


def _write(wards: Mapping[str, tuple[int, WardResidents]], load: Load) -> None:
    stands = _standing(load)
    found = {code: ward for code, (_, ward) in wards.items()}
    load.unchanged = sum(stands.get(code) == ward for code, ward in found.items())
    load.taken = sum(code not in stands for code in found)
    load.revised = len(found) - load.unchanged - load.taken
    if found != stands:
        rows = [
            (load.batch_id, line, ward.ward_code, ward.borough, name, number)
            for line, ward in wards.values()
            for name, number in zip(_NAMES, ward.residents, strict=True)
        ]
        insert_many(load.writing.connection, "census", _COLUMNS, rows)


def _standing(load: Load) -> dict[str, WardResidents]:
    """The census as it stands, ward by ward."""
    query = text(
        f"SELECT ward_code, borough, ethnicity, residents FROM census WHERE batch_id = ({LATEST})"  # noqa: S608
    )
    wards: dict[str, tuple[str, dict[str, int]]] = {}
    for code, borough, ethnicity, number in load.writing.connection.execute(query, {"no": False}):
        wards.setdefault(code, (borough, {}))[1][ethnicity] = number
    return {
        code: WardResidents(code, borough, tuple(groups[name] for name in _NAMES))
        for code, (borough, groups) in wards.items()
    }


PROFILE = Profile(
    kind="census-ward",
    says="Residents by ward and ethnic group: the 2021 census as the London Datastore publishes it",
    rule=census,
    columns=census.COLUMNS,
    blank=("ward_name", "local_authority_code"),
    forms=dict.fromkeys(("all_usual_residents", *census.GROUP_COLUMNS), COUNT),
    load=load,
    withdraw=(unread_rows("census"),),
)
