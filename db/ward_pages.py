"""One ward: its months, and its categories by count and by harm, down to the line of the release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.category_weights import CategoryWeight, in_harm, is_antisocial
from core.errors import NotFound
from core.releases import Flag, left_out
from core.street import POLICE_UK_STREET
from core.wards import summed
from db import report_counts, street_months, wards
from db.releases import ReleaseHead, releases
from db.store import Store
from db.ward_map import ward_map


class _Counted(NamedTuple):
    """A series of one ward and category as the release has it, month by month."""

    category: str
    counts: Sequence[int]
    ward: str
    borough: str


@dataclass(frozen=True)
class CategoryLine:
    """One category of one ward over the last twelve months: offences, days each, harm, and where it stands.

    ``apart`` says why it is not in the harm; empty where it is. ``files`` are those it stands in, with their lines.
    """

    category: str
    count: int
    weight: CategoryWeight | None
    harm: float
    apart: str
    files: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines of every file, one file after the other."""
        return tuple(line for _, lines in self.files for line in lines)


@dataclass(frozen=True)
class WardPage:
    """A ward from the latest release. ``monthly`` is every recorded offence, month by month.

    ``antisocial`` are incidents of anti-social behaviour, which are no offences; ``caveats`` what is to be said of the
    months that are counted.

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
    antisocial: int = 0
    caveats: tuple[str, ...] = ()

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


def _elsewhere(store: Store, code: str, head: ReleaseHead) -> str:
    """What to do about a ward that a release does not hold: which other release does, if one does."""
    others = (one for one in releases(store) if one.id != head.id)
    held = next((one for one in others if _rows(store, one, code)), None)
    return "tasking wards --top all lists those it holds." if held is None else f"Give --release {held.name}: it does."


def _code_of(store: Store, head: ReleaseHead, text: str) -> str:
    """The code of the ward of a release that a text names, by code or name; as it is where it names none.

    Raises NotFound for several.
    """
    known = ward_map(store)
    called = [] if text in known else [(code, ward) for code, ward in known.items() if _same(ward.name, text)]
    called = [(code, ward) for code, ward in called if _rows(store, head, code)]
    if len(called) > 1:
        several = "; ".join(f"{code} in {ward.borough}" for code, ward in called[:5])
        raise NotFound(f"Several wards are called {text}: {several}. Give the code of one.")
    return called[0][0] if called else text


def _same(name: str, text: str) -> bool:
    return name.casefold() == text.strip().casefold()


def ward_page(store: Store, code: str, name: str | None = None) -> WardPage:
    """Read one ward in a release, the latest if none is named.

    code: of the ward, or its name where no other has it. Raises NotFound where the release does not hold it.
    """
    head = wards.release(store, name)
    code = _code_of(store, head, code)
    rows = _rows(store, head, code)
    if not rows:
        raise NotFound(f"Release {head.name} does not hold ward {code or repr(code)}. {_elsewhere(store, code, head)}")
    weights = wards.weights_in(store, head)
    months = wards.months_of(head)
    counted = tuple(head.months[place] for place in months)
    files = _files(store, head, code, counted)
    grouped: dict[str, list[_Counted]] = {}
    for row in rows:
        grouped.setdefault(row.category, []).append(row)
    offences = {category: found for category, found in grouped.items() if not is_antisocial(category)}
    lines = [
        _line(category, found, weights.get(category.casefold()), months, files.get(category, ()))
        for category, found in offences.items()
    ]
    antisocial = [row for category, found in grouped.items() if is_antisocial(category) for row in found]
    monthly = [row.counts for found in offences.values() for row in found]
    ward = ward_map(store).get(code)
    return WardPage(
        code=code,
        ward=ward.name if ward else rows[0].ward,
        borough=ward.borough if ward else rows[0].borough,
        bcu=ward.bcu if ward else "",
        population=ward.population if ward else 0,
        release=head,
        monthly=tuple(map(sum, zip(*monthly, strict=True))) or (0,) * len(head.months),
        categories=tuple(sorted(lines, key=lambda line: (-line.harm, -line.count, line.category))),
        counted=counted,
        left_out=left_out(head.months, head.flags, months),
        antisocial=sum(summed(months)(row.counts) for row in antisocial),
        caveats=wards.ranking(store, name=head.name).caveats,
    )


def _rows(store: Store, head: ReleaseHead, code: str) -> list[_Counted]:
    return [
        _Counted(one.category, one.counts, one.ward, one.borough)
        for one in wards.series(store, head)
        if one.ward_code == code
    ]


_Files = dict[str, tuple[tuple[str, tuple[int, ...]], ...]]


def _files(store: Store, head: ReleaseHead, code: str, months: Sequence[str]) -> _Files:
    """The files that a ward's categories of some months stand in, with their lines."""
    found: dict[str, dict[str, list[int]]] = {}
    if head.profile == POLICE_UK_STREET:
        for part, category, lines in street_months.lines(store, head.parts, code, months):
            found.setdefault(category, {}).setdefault(part.file, []).extend(lines)
    elif head.profile == report_counts.PROFILE:
        return _frozen(report_counts.lines(store, code, months))
    else:
        query = "SELECT category, line FROM ward_series WHERE release_id = :release AND ward_code = :code ORDER BY line"
        for row in store.read.rows(query, release=head.id, code=code):
            found.setdefault(row["category"], {}).setdefault(head.file, []).append(row["line"])
    return _frozen(found)


def _frozen(found: Mapping[str, Mapping[str, Sequence[int]]]) -> _Files:
    return {
        category: tuple((file, tuple(lines)) for file, lines in by_file.items()) for category, by_file in found.items()
    }


def _line(
    category: str,
    rows: Sequence[_Counted],
    weight: CategoryWeight | None,
    months: tuple[int, ...],
    files: tuple[tuple[str, tuple[int, ...]], ...],
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
    return CategoryLine(category, count, weight, harm, apart, files)
