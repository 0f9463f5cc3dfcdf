"""Residents by ward and ethnic group, as the 2021 census counted them: the denominators of proportionality.

Source: DOMAIN.md sections 0 and 9 (Equality Act s149): Office for National Statistics, Census 2021, published by the
London Datastore; the City of London is one row. The published file is read as it is; its percentages are passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core.extract import BadValue, count
from core.geography import area_code

BROAD = ("Asian", "Black", "Mixed", "White", "Other")
"""The five broad ethnic groups of the census."""


class EthnicGroup(NamedTuple):
    """One of the 19 ethnic groups of the census: its name in words and the broad group it belongs to."""

    name: str
    broad: str


_GROUPS = {
    "white_british": "British",
    "white_irish": "Irish",
    "white_gypsy_irish_traveller": "Gypsy or Irish Traveller",
    "white_roma": "Roma",
    "white_other": "any other White background",
    "mixed_white_and_asian": "White and Asian",
    "mixed_white_and_black_african": "White and Black African",
    "mixed_white_and_black_caribbean": "White and Black Caribbean",
    "mixed_other": "any other Mixed background",
    "asian_bangladeshi": "Bangladeshi",
    "asian_chinese": "Chinese",
    "asian_indian": "Indian",
    "asian_pakistani": "Pakistani",
    "asian_other": "any other Asian background",
    "black_african": "African",
    "black_caribbean": "Caribbean",
    "black_other": "any other Black background",
    "other_arab": "Arab",
    "other_any_other": "any other ethnic group",
}
GROUP_COLUMNS = tuple(_GROUPS)
COLUMNS = (
    "ward_code",
    "ward_name",
    "local_authority_code",
    "local_authority_name",
    "all_usual_residents",
    *GROUP_COLUMNS,
)
"""The columns of the published file that are read or checked."""


class WardResidents(NamedTuple):
    """One ward of the file: residents in each group, in the order of :data:`GROUP_COLUMNS`."""

    ward_code: str
    borough: str
    residents: tuple[int, ...]


def ethnic_group(column: str) -> EthnicGroup:
    """The group that a column of the file counts: ``white_irish`` is ``White: Irish``, in the broad group White."""
    broad = column.split("_", 1)[0].capitalize()
    return EthnicGroup(f"{broad}: {_GROUPS[column]}", broad)


def broad_group(name: str) -> str:
    """The broad group of a group's name in words: what stands before the colon."""
    return name.split(":", 1)[0]


def checked(fields: Sequence[str]) -> WardResidents:
    """Check one row: its values in the order of :data:`COLUMNS`. Raises BadValue.

    The groups of a ward add up to its residents; a row in which they do not has lost or moved a figure.
    """
    written, _name, _authority, borough, everyone, *groups = (field.strip() for field in fields)
    code = area_code(written)
    if not code:
        raise BadValue("ward_code", written, "the ward code is missing")
    if not borough:
        raise BadValue("local_authority_name", borough, "the borough is missing")
    total = count("all_usual_residents", everyone)
    residents = tuple(count(column, value) for column, value in zip(GROUP_COLUMNS, groups, strict=True))
    if sum(residents) != total:
        raise BadValue("all_usual_residents", everyone, f"the groups of the ward add up to {sum(residents):,}")
    return WardResidents(code, borough, residents)
