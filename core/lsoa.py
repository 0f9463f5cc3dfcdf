"""From a small census area (LSOA) to its ward, by a lookup file that the user imports.

The best-fit lookups of the Office for National Statistics name their columns by area and year (``LSOA21CD``,
``WD22CD``, ``WD22NM``, ``LAD22NM``); where one holds several years of the same area, the latest is read. Our own form
is ``lsoa_code, ward_code``, with ``ward`` and ``borough`` if known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from core.extract import BadValue

COLUMNS = ("lsoa_code", "ward_code")
OPTIONAL = ("ward", "borough")
_ONS = {
    "lsoa_code": re.compile(r"lsoa(\d\d)cd"),
    "ward_code": re.compile(r"wd(\d\d)cd"),
    "ward": re.compile(r"wd(\d\d)nm"),
    "borough": re.compile(r"lad(\d\d)nm"),
}
_OF_A_LOOKUP = re.compile(
    r"[a-z]{2,8}\d\d(cd[hio]?|nm[w]?)|fid|objectid|object_id|globalid|chgind|chngind|shape_*\w*|ward_name|lad_\w+"
)
"""Names of the columns of a lookup as it is published: an area, its year, code or name; and what a map service adds."""
_NAME = re.compile(r"(.+?)\s+\d{3}[A-Z]{1,2}")


class LsoaWard(NamedTuple):
    """One row of a lookup: the area, the ward it is in, and their names where the file has them."""

    lsoa_code: str
    ward_code: str
    ward: str
    borough: str


def published_columns(header: Sequence[str]) -> dict[str, str]:
    """Our column names to those of a lookup as published; empty where the header is not one."""
    names = [name.strip().casefold() for name in header]
    found: dict[str, str] = {}
    for ours, pattern in _ONS.items():
        years = [(int(match[1]), name) for name in names if (match := pattern.fullmatch(name))]
        if years:
            found[ours] = max(years)[1]
    return found if set(COLUMNS) <= set(found) else {}


def unproved(header: Sequence[str]) -> list[str]:
    """What a header lacks to be plainly that of a lookup: both codes, and no column that tells of something else."""
    names = {name.strip().casefold() for name in header} - {""}
    lacks = [column for column in COLUMNS if column not in names and column not in published_columns(header)]
    odd = sorted(name for name in names if name not in (*COLUMNS, *OPTIONAL) and not _OF_A_LOOKUP.fullmatch(name))
    return lacks or ([f"a header without {', '.join(odd)}"] if odd else [])


def checked(fields: Sequence[str]) -> LsoaWard:
    """Check one row: its values in the order of the columns, optional ones last. Raises BadValue."""
    row = LsoaWard(*(field.strip() for field in fields))
    if not row.lsoa_code:
        raise BadValue("lsoa_code", row.lsoa_code, "the LSOA code is missing")
    if not row.ward_code:
        raise BadValue("ward_code", row.ward_code, "the ward code is missing")
    return row


def borough_of(lsoa_name: str) -> str:
    """The borough that an LSOA is named after: ``Camden 027B`` is in Camden."""
    found = _NAME.fullmatch(lsoa_name.strip())
    return found[1] if found else ""
