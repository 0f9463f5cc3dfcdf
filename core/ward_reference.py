"""Wards as a reference file describes them: new codes after a boundary review, names, boroughs, residents, deprivation.

Our own form is ``ward_code, ward, borough`` with ``population``, ``imd_decile`` and ``edition`` if known; the reference
of all editions writes ``ward_name``, ``population_2021``, ``imd2025_mean_decile`` and ``editions``. What a row leaves
empty stays as the ward map had it; the BCU is that of the borough. A borough or district outside London is taken as it
is written and has no BCU; a ward that the map which ships has is in London.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from core.extract import BadValue, count
from core.figures import is_unknown
from core.geography import CURRENT_EDITION, Ward, bcu_of, borough_called, boroughs, district_called, wards

COLUMNS = ("ward_code", "ward", "borough")
OPTIONAL = ("population", "imd_decile", "edition")
_PUBLISHED = {
    "ward": "ward_name",
    "population": "population_2021",
    "imd_decile": "imd2025_mean_decile",
    "edition": "editions",
}
_PROOF = frozenset(("imd2025_mean_decile", "editions"))
_EDITION = re.compile(r"(pre-)?[0-9]{4}")
_YEAR = re.compile(r"(19|20)\d\d(\D.*)?$")
_DECILE = re.compile(r"[0-9]{1,2}(\.[0-9]+)?")


class WardRow(NamedTuple):
    """One row of a reference: the ward, and what it says of it. None or empty where it says nothing.

    ``edition`` names the ward maps it is on, several as ``2018|2022``.
    """

    ward_code: str
    ward: str
    borough: str
    population: int | None
    imd_decile: float | None
    edition: str


def published_columns(header: Sequence[str]) -> dict[str, str]:
    """Our column names to those of the reference as published, for columns that a header has only by that name."""
    names = {name.strip().casefold() for name in header}
    return {ours: theirs for ours, theirs in _PUBLISHED.items() if theirs in names and ours not in names}


def unproved(header: Sequence[str]) -> list[str]:
    """What a header lacks to be plainly that of a ward reference.

    Code, name and borough of a ward stand in any list by ward, so they prove it only by our own names where nothing
    else stands beside them, or where the header has the columns of the reference as published.
    """
    names = {name.strip().casefold() for name in header} - {""}
    published = published_columns(header) if _PROOF & names else {}
    lacks = [column for column in COLUMNS if column not in names and column not in published]
    odd = sorted(names - {*COLUMNS, *OPTIONAL, *_PUBLISHED.values()})
    if lacks or not odd or _PROOF & names:
        return lacks
    return [f"a header without {', '.join(odd)}"]


def checked(fields: Sequence[str]) -> WardRow:
    """Check one row: its values in the order of the columns, optional ones last. Raises BadValue."""
    code, ward, borough, population, decile, edition = (field.strip() for field in fields)
    if not code:
        raise BadValue("ward_code", code, "the ward code is missing")
    if not ward:
        raise BadValue("ward", ward, "the name of the ward is missing")
    if not borough:
        raise BadValue("borough", borough, "the borough is missing")
    known = borough_called(borough)
    if not known and (borough.casefold() == "london" or code.upper() in wards()):
        raise BadValue("borough", borough, "no borough of London has this name")
    return WardRow(
        code.upper(),
        ward,
        known or " ".join(borough.split()),
        None if is_unknown(population) else count("population", population),
        None if is_unknown(decile) else _decile(decile),
        _editions(edition) if edition else "",
    )


def of_london(rows: Collection[WardRow]) -> bool:
    """Whether a file is of London's wards: more than half of its rows name a borough of London."""
    return 2 * sum(row.borough in boroughs() for row in rows) > len(rows)


def year_column(header: Sequence[str], records: Iterable[Sequence[str]]) -> str:
    """The column of a file that holds years, several of them; empty where none does."""
    values: list[set[str]] = [set() for _ in header]
    for fields in records:
        for seen, field in zip(values, fields, strict=False):
            seen.add(field.strip())
    found = (name for name, seen in zip(header, values, strict=True) if len(seen) > 1 and all(map(_YEAR.match, seen)))
    return next(found, "")


def _decile(text: str) -> float:
    if not _DECILE.fullmatch(text) or not 1 <= float(text) <= 10:
        raise BadValue("imd_decile", text, "not a decile; write 1 (most deprived) to 10")
    return float(text)


def _editions(text: str) -> str:
    editions = [edition.strip().casefold() for edition in text.split("|")]
    if not all(_EDITION.fullmatch(edition) for edition in editions):
        raise BadValue("edition", text, "no ward map; write its year, as 2022, or several, as 2018|2022")
    return "|".join(editions)


def updated(known: Mapping[str, Ward], rows: Iterable[WardRow]) -> dict[str, Ward]:
    """The ward map by code after some rows, each on top of those before it; *known* stays as it is."""
    found = dict(known)
    for row in rows:
        found[row.ward_code] = described(found.get(row.ward_code), row)
    return found


def described(before: Ward | None, row: WardRow) -> Ward:
    """A ward as a row describes it. A new code that names no edition is on the present map."""
    bcu = bcu_of(row.borough)
    if before is None:
        before = Ward(row.ward_code, row.ward, row.borough, bcu, 0, (CURRENT_EDITION,))
    return before._replace(
        name=row.ward,
        borough=district_called(row.borough),
        bcu=bcu,
        population=before.population if row.population is None else row.population,
        editions=tuple(row.edition.split("|")) if row.edition else before.editions,
        imd_decile=before.imd_decile if row.imd_decile is None else row.imd_decile,
    )
