"""The columns of a Met ward-level file, in the order and by the names they have had since 2010.

The Met has published the same table as ``MajorText, MinorText, WardName, WardCode, LookUp_BoroughName`` and months,
with the ward first, with ``Group, SubGroup``, and with a ``Refreshed Date`` behind the months. Columns are known by
their names in any order; capitals, spaces and marks do not matter. A column that is neither named nor a month is
passed over, unless it looks like a month that is written wrong. A month that is blank in every row is one that the
file does not hold: unknown, never zero.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from core.errors import Refused

MPS_WARD = "mps-ward"
COLUMNS = ("MinorText", "WardName", "WardCode", "LookUp_BoroughName", "months (YYYYMM)")
"""What a file has, by the names that are commonest today."""
OPTIONAL = ("MajorText",)
"""What it may have: the major category of each minor one."""
_NAMES = {
    "category": ("minortext", "minorcategory", "subgroup", "minor"),
    "ward": ("wardname", "ward"),
    "ward_code": ("wardcode", "wardgsscode", "gsswardcode"),
    "borough": ("lookupboroughname", "boroughname", "borough", "lookupborough"),
}
_MAJOR = ("majortext", "majorcategory", "group", "major")
_MONTH = re.compile(r"20\d{2}(0[1-9]|1[0-2])")
_MARKS = re.compile(r"[^a-z0-9]+")


NEEDED = ("MinorText", "WardCode", COLUMNS[-1])
"""What no ward file can be without; a ward's name and borough may be empty, and so missing."""


def unproved(header: Sequence[str]) -> list[str]:
    """What a header lacks to be plainly one of a ward file: any of its four columns, or months."""
    there = present(header)
    return [name for name in COLUMNS if name not in there]


def missing(header: Sequence[str]) -> list[str]:
    """What a header lacks to be read as one of a ward file."""
    return [name for name in unproved(header) if name in NEEDED]


def present(header: Sequence[str]) -> list[str]:
    """The columns of a ward file that a header has, by the names that are commonest today."""
    there = [name for name, place in zip(COLUMNS, _places(header), strict=False) if place is not None]
    months = [COLUMNS[-1]] if any(_MONTH.fullmatch(name.strip()) for name in header) else []
    return [*there, *months, *(OPTIONAL if major_place(header) is not None else ())]


def places(header: Sequence[str], file: str) -> tuple[int, int | None, int, int | None]:
    """Where category, ward name, ward code and borough stand. Raises Refused where category or code is missing."""
    category, ward, code, borough = _places(header)
    if category is None or code is None:
        raise Refused(f"{file} is not an '{MPS_WARD}' file: it has no column for {', '.join(missing(header))}.")
    return category, ward, code, borough


def major_place(header: Sequence[str]) -> int | None:
    """Where the major category stands; None where a file has none."""
    names = _names(header)
    return next((names.index(name) for name in _MAJOR if name in names), None)


def _names(header: Sequence[str]) -> list[str]:
    return [_MARKS.sub("", name.casefold()) for name in header]


def refuse_twice(header: Sequence[str], file: str) -> None:
    """See that no column which is read stands there twice, as which holds is not known. Raises Refused."""
    names = _names(header)
    for known in (*_NAMES.values(), _MAJOR):
        if twice := next((name for name in known if names.count(name) > 1), None):
            raise Refused(f"{file} has the column '{header[names.index(twice)].strip()}' twice; take one out.")


def _places(header: Sequence[str]) -> list[int | None]:
    names = _names(header)
    return [next((names.index(name) for name in known if name in names), None) for known in _NAMES.values()]


def months(header: Sequence[str], file: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The months (``YYYYMM``) of a file and where they stand. Raises Refused where they are not months in order."""
    taken = {place for place in (*_places(header), major_place(header)) if place is not None}
    found = [(name.strip(), at) for at, name in enumerate(header) if at not in taken and re.search(r"\d", name)]
    held = [month for month, _ in found]
    if odd := _odd_month(held):
        raise Refused(
            f"{file} looks like a Met ward file, but its columns of counts are not months in order: {odd}. Put the "
            "months in order, the earliest first, and take out other columns with figures in their names."
        )
    return tuple(held), tuple(at for _, at in found)


def _odd_month(held: Sequence[str]) -> str:
    """What is wrong with columns of counts, naming the first; nothing where they are months in order."""
    if not held:
        return "there is none"
    for before, month in zip(("", *held), held, strict=False):
        if not _MONTH.fullmatch(month):
            return f"'{month[:40]}' is no month written as YYYYMM"
        if month == before:
            return f"'{month}' stands there twice"
        if month < before:
            return f"'{month}' stands behind '{before}'"
    return ""


def blank(places: Collection[int], rows: Iterable[Sequence[str]]) -> frozenset[int]:
    """Those of some columns that hold no value in any row; none where there is no row.

    No further row is read once each column has had a value: in an ordinary file that is the first.
    """
    left: frozenset[int] = frozenset()
    for number, row in enumerate(rows):
        left = frozenset(place for place in (left if number else places) if not row[place].strip())
        if not left:
            break
    return left
