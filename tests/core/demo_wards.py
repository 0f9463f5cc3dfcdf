"""Works the demo's table of shares from a published release: ``python -m tests.core.demo_wards RELEASE``.

The method is told in :mod:`core.demo.shares`.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from core.demo.shares import GROUPS, OF, group_of
from core.geography import current_wards

TABLE = Path(__file__).resolve().parents[2] / "core" / "data" / "demo_wards.csv"


def shares(release: Path) -> Iterator[tuple[str, ...]]:
    """The rows of the table, the header first, wards by code."""
    found: Counter[tuple[str, str]] = Counter()
    with release.open(newline="", encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            months = (value for column, value in row.items() if column.isdigit())
            found[row["WardCode"], group_of(row["MajorText"], row["MinorText"])] += sum(int(one or 0) for one in months)
    london = {group: sum(many for (_, of), many in found.items() if of == group) for group in GROUPS}
    yield ("code", *GROUPS)
    for code in sorted(ward.code for ward in current_wards()):
        yield (code, *(str(round(OF * found[code, group] / london[group])) for group in GROUPS))


if __name__ == "__main__":
    with TABLE.open("w", newline="", encoding="utf-8") as written:
        csv.writer(written, lineterminator="\n").writerows(shares(Path(sys.argv[1])))
