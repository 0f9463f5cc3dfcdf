"""From a small census area (LSOA) to its ward, by a lookup file that the user imports.

The best-fit lookups of the Office for National Statistics name their columns by area and year (``LSOA21CD``,
``WD22CD``, ``WD22NM``, ``LAD22NM``); where one holds several years of the same area, the latest is read. Our own form
is ``lsoa_code, ward_code``, with ``ward`` and ``borough`` if known.

Rule: a lookup has its years. Small areas are drawn anew with each census, wards at each review, so a lookup from 2011
areas says nothing sure of counts by 2021 areas: most codes are the same, those of areas that were split or joined are
not. Source: ONS, "Lower layer Super Output Areas (December 2021)": codes given out for them follow on those of 2011.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from core.extract import BadValue
from core.geography import area_code

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


class Years(NamedTuple):
    """The census that small areas were drawn for and the year that wards are of; None where nothing says it."""

    areas: int | None = None
    wards: int | None = None

    @property
    def name(self) -> str:
        """What a ward map of these years is called, as ``wd19-lsoa11``; empty where neither is known."""
        wards = f"wd{self.wards % 100:02d}" if self.wards else ""
        areas = f"lsoa{self.areas % 100:02d}" if self.areas else ""
        return "-".join(part for part in (wards, areas) if part)

    @property
    def words(self) -> str:
        """The same for a reader: ``wards of 2019, areas of 2011``."""
        return f"wards of {self.wards or 'a year not given'}, areas of {self.areas or 'a census not given'}"


def years(area_column: str, ward_column: str) -> Years:
    """The years that the names of the columns say: ``LSOA11CD`` and ``WD19CD`` are 2011 and 2019."""
    names = (("lsoa_code", area_column), ("ward_code", ward_column))
    found = (_ONS[ours].fullmatch(name.strip().casefold()) for ours, name in names)
    return Years(*(2000 + int(match[1]) if match else None for match in found))


def is_dated(name: str) -> bool:
    """Whether a ward map is called by its years."""
    return bool(_DATED.fullmatch(name))


def census_of(codes: Iterable[str], last_month: str = "") -> int | None:
    """The census that the areas of a release were drawn for; None where neither codes nor months tell.

    codes: of its areas. last_month: its last month (``YYYYMM``): areas of 2021 were first published in November 2022.
    """
    if last_month and last_month < _PUBLISHED_2021:
        return 2011
    return 2021 if any(first <= code <= last for code in codes for first, last in _GIVEN_2021) else None


_DATED = re.compile(r"wd\d\d(-lsoa\d\d)?|lsoa\d\d")
_PUBLISHED_2021 = "202211"
_GIVEN_2021 = (("E01033769", "E01035762"), ("W01001910", "W01002040"))
"""The codes that were given out for areas of 2021, England and Wales."""


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
    area, ward, *names = fields
    row = LsoaWard(area_code(area), area_code(ward), *(name.strip() for name in names))
    if not row.lsoa_code:
        raise BadValue("lsoa_code", row.lsoa_code, "the LSOA code is missing")
    if not row.ward_code:
        raise BadValue("ward_code", row.ward_code, "the ward code is missing")
    return row


def borough_of(lsoa_name: str) -> str:
    """The borough that an LSOA is named after: ``Camden 027B`` is in Camden."""
    found = _NAME.fullmatch(lsoa_name.strip())
    return found[1] if found else ""
