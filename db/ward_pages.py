"""One ward: its months, and its categories by count and by harm, down to the line of the release."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.category_weights import CategoryWeight, in_harm
from core.errors import NotFound
from core.releases import Flag, left_out
from core.street import POLICE_UK_STREET
from core.wards import summed
from db import street, wards
from db.releases import ReleaseHead
from db.report_counts import RELEASE_ID
from db.store import Store
from db.ward_map import ward_map


class _Counted(NamedTuple):
    """A series of one ward and category as the release has it, month by month, and the lines it stands on."""

    category: str
    counts: Sequence[int]
    lines: tuple[int, ...]
    ward: str
    borough: str


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
    """A ward from the latest release. ``monthly`` is every recorded offence, month by month.

    ``counted`` are the months that categories and harm are over; ``left_out`` the fragments that were passed over.
    """

    code: str
    ward: str
    borough: str
    bcu: str
    population: int
    release: ReleaseHead
    monthly: tuple[int, ...]
    categories: tuple[CategoryLine, ...]
    counted: tuple[str, ...] = ()
    left_out: tuple[Flag, ...] = ()

    @property
    def harm(self) -> float:
        """Harm in days over the last twelve months."""
        return round(sum(line.harm for line in self.categories), 1)

    @property
    def estimated(self) -> float:
        """The share of the harm, 0 to 1, whose weight stands on estimated shares of offences in a category."""
        found = sum(line.harm for line in self.categories if line.weight and line.weight.estimated)
        return found / self.harm if self.harm else 0.0

    @property
    def offences(self) -> int:
        """Every recorded offence over the last twelve months."""
        return sum(line.count for line in self.categories)

    @property
    def rate_per_1000(self) -> float | None:
        """Offences over the last twelve months per 1,000 residents; None where those are not known."""
        return 1000 * self.offences / self.population if self.population else None


def ward_page(store: Store, code: str, name: str | None = None) -> WardPage:
    """Read one ward in a release, the latest if none is named. Raises NotFound where the release does not hold it."""
    head = wards.release(store, name)
    rows = _rows(store, head, code)
    if not rows:
        raise NotFound(f"Release {head.name} does not hold ward {code}.")
    weights = wards.weights_in(store, head)
    months = wards.months_of(head)
    grouped: dict[str, list[_Counted]] = {}
    for row in rows:
        grouped.setdefault(row.category, []).append(row)
    lines = [_line(category, found, weights.get(category.casefold()), months) for category, found in grouped.items()]
    ward = ward_map(store).get(code)
    return WardPage(
        code=code,
        ward=ward.name if ward else rows[0].ward,
        borough=ward.borough if ward else rows[0].borough,
        bcu=ward.bcu if ward else "",
        population=ward.population if ward else 0,
        release=head,
        monthly=tuple(sum(month) for month in zip(*(row.counts for row in rows), strict=True)),
        categories=tuple(sorted(lines, key=lambda line: (-line.harm, -line.count, line.category))),
        counted=tuple(head.months[place] for place in months),
        left_out=left_out(head.months, head.flags, months),
    )


def _rows(store: Store, head: ReleaseHead, code: str) -> list[_Counted]:
    if head.id == RELEASE_ID:
        of_ward = [one for one in wards.series(store, head.id) if one.ward_code == code]
        return [_Counted(one.category, one.counts, (), one.ward or one.ward_code, one.borough) for one in of_ward]
    if head.profile == POLICE_UK_STREET:
        found = street.lines(store, head.id, code)
        return [_Counted(one.category, one.counts, lines, one.ward, one.borough) for one, lines in found]
    query = (
        "SELECT category, counts, line, ward, borough FROM ward_series "
        "WHERE release_id = :release AND ward_code = :code ORDER BY line"
    )
    return [
        _Counted(row["category"], json.loads(row["counts"]), (row["line"],), row["ward"], row["borough"])
        for row in store.read.rows(query, release=head.id, code=code)
    ]


def _line(
    category: str, rows: Sequence[_Counted], weight: CategoryWeight | None, months: tuple[int, ...]
) -> CategoryLine:
    total = summed(months)
    count = sum(total(row.counts) for row in rows)
    apart = ""
    if weight is None:
        apart = "no weight for this category"
    elif weight.police_detected:
        apart = "found by police work"
    elif weight.doubtful:
        weight = weight.without_doubt()
        apart = "doubtful locally" if not weight.days else "its doubtful part left out"
    counted = in_harm(weight, with_doubtful=False)
    harm = round(count * counted.days, 1) if counted else 0.0
    return CategoryLine(category, count, weight, harm, apart, tuple(line for row in rows for line in row.lines))
