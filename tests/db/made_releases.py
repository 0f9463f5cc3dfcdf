"""Small releases written to files, and how an independent script reads the published ones."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

PLACES = ("MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName")
STREET = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip
Counts = dict[str, dict[str, dict[str, int]]]
"""Ward code to category to month to offences."""


def write_release(path: Path, months: Sequence[str], rows: Sequence[tuple[str, str, str, Sequence[int]]]) -> Path:
    """Write a ward file: each row is a category, a ward code, a borough and its counts."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*PLACES, *months])
        writer.writerows(
            ["MAJOR", name, f"Ward {code}", code, borough, *counts] for name, code, borough, counts in rows
        )
    return path


def write_street(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """Write a street-level file: each row is what differs from an incident of anti-social behaviour in Camden."""
    usual = dict.fromkeys(STREET, "") | {
        "Month": "2024-05",
        "Reported by": "Metropolitan Police Service",
        "Falls within": "Metropolitan Police Service",
        "Longitude": "-0.1",
        "Latitude": "51.5",
        "Location": "On or near X",
        "LSOA code": "E01000916",
        "LSOA name": "Camden 027B",
        "Crime type": "Anti-social behaviour",
    }
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, STREET)
        writer.writeheader()
        writer.writerows({**usual, **row} for row in rows)
    return path


def write_lookup(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = ("lsoa_code", "ward_code")) -> Path:
    """Write a lookup from small areas to wards."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path


def published(shared: Path, months: str) -> Path:
    """A ward file as the Met published it."""
    folder = shared / "domain" / "real" / "as-published"
    return folder / f"MPS Ward Level Crime (most recent 24 months) {months}.csv"


def by_hand(path: Path) -> Counts:
    """A published ward file, read by nothing but the csv module."""
    found: Counts = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            for name, value in row.items():
                if name.isdigit():
                    found[row["WardCode"]][row["MinorText"]][name] += int(value)
    return found
