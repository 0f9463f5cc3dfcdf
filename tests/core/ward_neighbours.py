"""Works the table of neighbours from a table of ward geometry: ``python -m tests.core.ward_neighbours GEOMETRY.csv``.

The file has a row a ward: its code, the centre of its outline in metres on the British National Grid, and the codes of
the wards whose outlines share a line with its own. What it is made from and its licence: :mod:`core.neighbours`.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from core.geography import current_wards

TABLE = Path(__file__).resolve().parents[2] / "core" / "data" / "ward_neighbours.csv"


def rows(geometry: Path) -> Iterator[tuple[str, ...]]:
    """The rows of the table, the header first, wards by code; only those of the present map."""
    known = {ward.code for ward in current_wards()}
    with geometry.open(newline="", encoding="utf-8-sig") as lines:
        found = {row["ward_code"]: row for row in csv.DictReader(lines) if row["ward_code"] in known}
    yield ("code", "easting", "northing", "neighbours")
    for code in sorted(found):
        row = found[code]
        beside = sorted(known.intersection(row["neighbours"].split(";")))
        yield code, row["easting"], row["northing"], " ".join(beside)


if __name__ == "__main__":
    with TABLE.open("w", newline="", encoding="utf-8") as written:
        csv.writer(written, lineterminator="\n").writerows(rows(Path(sys.argv[1])))
