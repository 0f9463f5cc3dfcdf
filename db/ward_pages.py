"""One ward: its months, and its categories by count and by harm, down to the line of the release."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import NotFound
from core.geography import wards as known_wards
from core.wards import SCHEMES, CategoryWeight, weights_for
from db import wards
from db.store import Store
from db.wards import YEAR, ReleaseHead


@dataclass(frozen=True)
class CategoryLine:
    """One category of one ward over the last twelve months: offences, days each, harm, and where it stands.

    ``apart`` says why it is not in the harm; empty where it is. ``lines`` are those of the release's file.
    """

    category: str
    count: int
    weight: CategoryWeight | None
    harm: float
    apart: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class WardPage:
    """A ward from the latest release. ``monthly`` is every recorded offence, month by month."""

    code: str
    ward: str
    borough: str
    bcu: str
    population: int
    release: ReleaseHead
    monthly: tuple[int, ...]
    categories: tuple[CategoryLine, ...]

    @property
    def harm(self) -> float:
        """Harm in days over the last twelve months."""
        return round(sum(line.harm for line in self.categories), 1)


def ward_page(store: Store, code: str) -> WardPage:
    """Read one ward. Raises NotFound where the release does not hold it."""
    head = wards.release(store)
    query = (
        "SELECT category, counts, line, ward, borough FROM ward_series "
        "WHERE release_id = :release AND ward_code = :code ORDER BY line"
    )
    rows = [(r[0], json.loads(r[1]), r[2], r[3], r[4]) for r in store.read.rows(query, release=head.id, code=code)]
    if not rows:
        raise NotFound(f"Release {head.name} does not hold ward {code}.")
    every = store.read.rows("SELECT DISTINCT category FROM ward_series WHERE release_id = :id", id=head.id)
    weights = weights_for(SCHEMES[head.profile], [row[0] for row in every])
    grouped: dict[str, list[tuple[Sequence[int], int]]] = {}
    for category, counts, line, _, _ in rows:
        grouped.setdefault(category, []).append((counts, line))
    lines = [_line(category, found, weights.get(category.casefold())) for category, found in grouped.items()]
    ward = known_wards().get(code)
    return WardPage(
        code=code,
        ward=ward.name if ward else rows[0][3],
        borough=ward.borough if ward else rows[0][4],
        bcu=ward.bcu if ward else "",
        population=ward.population if ward else 0,
        release=head,
        monthly=tuple(sum(month) for month in zip(*(row[1] for row in rows), strict=True)),
        categories=tuple(sorted(lines, key=lambda line: (-line.harm, -line.count, line.category))),
    )


def _line(category: str, rows: list[tuple[Sequence[int], int]], weight: CategoryWeight | None) -> CategoryLine:
    count = sum(sum(counts[-YEAR:]) for counts, _ in rows)
    apart = ""
    if weight is None:
        apart = "no weight for this category"
    elif weight.police_detected:
        apart = "found by police work"
    elif weight.doubtful:
        weight = weight.without_doubt()
        apart = "doubtful locally" if not weight.days else "its doubtful part left out"
    counted = weight is not None and not weight.police_detected
    harm = round(count * weight.days, 1) if weight and counted else 0.0
    return CategoryLine(category, count, weight, harm, apart, tuple(line for _, line in rows))
