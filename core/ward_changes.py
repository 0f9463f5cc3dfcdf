"""What changed from one published release to another, ward by ward.

Rule, over the months both hold (fragments of either left out): the change of a ward's total is *revised*; what moved
between its categories without changing the total is *reclassified*, half of (the changes of its categories, each taken
without its sign, less the change of the total without its sign). What the later holds in further months is *new*. A
pair of ward and category without a row is zero. A ward that only one of them has is on another ward map: its total is
zero in the other, and it is said to be only in the one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.geography import Ward, wards
from core.releases import Flag
from core.wards import NO_WARD, Series, summed


@dataclass(frozen=True)
class CategoryChange:
    """Offences of one category in one ward before and after, and those in new months."""

    category: str
    before: int
    after: int
    new_months: int

    @property
    def change(self) -> int:
        """How many more there are; negative where there are fewer."""
        return self.after - self.before


@dataclass(frozen=True)
class WardChange:
    """One ward in two releases. ``only_in`` names the release that alone has it, ``before`` or ``after``, or none."""

    ward_code: str
    ward: str
    borough: str
    only_in: str
    categories: tuple[CategoryChange, ...]

    @property
    def before(self) -> int:
        """Its offences in the earlier release, over the months both hold."""
        return sum(one.before for one in self.categories)

    @property
    def after(self) -> int:
        """Its offences in the later release, over the months both hold."""
        return sum(one.after for one in self.categories)

    @property
    def revised(self) -> int:
        """The change of its total."""
        return self.after - self.before

    @property
    def reclassified(self) -> int:
        """Offences that moved between its categories."""
        return (sum(abs(one.change) for one in self.categories) - abs(self.revised)) // 2

    @property
    def new_months(self) -> int:
        """Its offences in the months only the later release holds."""
        return sum(one.new_months for one in self.categories)


@dataclass(frozen=True)
class Months:
    """The months of a comparison: held by both, only by the later, and left out of it (``before`` or ``after``)."""

    shared: tuple[str, ...]
    new: tuple[str, ...]
    left_out: tuple[tuple[str, Flag], ...]


def months_of(
    before: Collection[str], before_flags: Iterable[Flag], after: Collection[str], after_flags: Iterable[Flag]
) -> Months:
    """Which months of two releases are compared, and which are not because either holds only a fragment."""
    in_both = set(before) & set(after)
    told = [("before", flag) for flag in before_flags if flag.month in in_both]
    told += [("after", flag) for flag in after_flags]
    out = {flag.month for _, flag in told}
    return Months(
        tuple(sorted(in_both - out)),
        tuple(sorted(set(after) - set(before) - out)),
        tuple(sorted(told, key=lambda pair: (pair[1].month, pair[0]))),
    )


class _Ward:
    """One ward while it is being added up: by category the name, and the three sums."""

    def __init__(self, one: Series) -> None:
        self.name = one.ward
        self.borough = one.borough
        self.held: set[int] = set()
        self.sums: dict[str, tuple[str, list[int]]] = {}


def changes(
    before: Iterable[Series],
    before_months: Sequence[str],
    after: Iterable[Series],
    after_months: Sequence[str],
    months: Months,
    *,
    known: Mapping[str, Ward] | None = None,
) -> tuple[WardChange, ...]:
    """Every ward that either release has, in the order of ward codes.

    known: the ward map that names them, by ward code; the one that ships if None.
    """
    found: dict[str, _Ward] = {}
    plan = (
        (before, before_months, ((0, months.shared),)),
        (after, after_months, ((1, months.shared), (2, months.new))),
    )
    for side, (series, held, parts) in enumerate(plan):
        adders = [(at, summed([held.index(month) for month in wanted])) for at, wanted in parts]
        for one in series:
            ward = found.get(one.ward_code)
            if ward is None:
                ward = found[one.ward_code] = _Ward(one)
            ward.held.add(side)
            _, sums = ward.sums.setdefault(one.category.casefold(), (one.category, [0, 0, 0]))
            for at, add in adders:
                sums[at] += add(one.counts)
    ward_map = wards() if known is None else known
    return tuple(_change(code, found[code], ward_map.get(code)) for code in sorted(found))


def _change(code: str, ward: _Ward, known: Ward | None) -> WardChange:
    lines = (CategoryChange(name, *sums) for name, sums in ward.sums.values())
    return WardChange(
        ward_code=code,
        ward=known.name if known else ward.name if code else NO_WARD,
        borough=known.borough if known else ward.borough if code else "",
        only_in="" if len(ward.held) == 2 else ("before", "after")[min(ward.held)],
        categories=tuple(sorted(lines, key=lambda one: (one.change, one.category))),
    )
