"""How a ranking of wards from one release held up in the months that a later one added."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.backtest import Followed
from core.backtest_words import Backtest, Step, made, untold
from core.composite import Placed, weigh
from core.composite_weights import Weights
from core.errors import NotFound, Problem
from core.not_counted import NotCounted
from core.releases import YEAR, dashed, months_between, months_to
from core.street import POLICE_UK_STREET
from core.text import counted, plain
from core.wards import Order, WardScore, harm_by_ward
from db import lookups
from db.composite import parts
from db.composite_weights import weights_of
from db.not_counted import not_counted
from db.releases import ReleaseHead, every_file, release
from db.store import Store
from db.wards import WardRanking, months_of, ranking, series, weights_in

RANKINGS = ("harm", "count", "rate", "composite", "last-month", "last-year")
"""What wards are ranked by, the list of the room first."""
FIRST = 10
"""So many are looked at where none is named; fewer where there are fewer."""
_STEPS = 5
_ORDERS: tuple[Order, ...] = ("harm", "count", "rate")
_MONTH = re.compile(r"[0-9]{4}-?(0[1-9]|1[0-2])")
_OTHER_MAP = 20
"""Two releases are on two ward maps where each has one in so many of its wards, or more, that the other lacks: two at
the least."""


@dataclass(frozen=True)
class Asked:
    """What is worked: the release that is ranked on, the one that tells what followed, and the months (``YYYYMM``)."""

    release: ReleaseHead
    against: ReleaseHead
    first: str
    last: str

    @property
    def span(self) -> str:
        """The months in words: ``2026-01``, or ``2026-01 to 2026-06``."""
        first, last = dashed(self.first), dashed(self.last)
        return first if first == last else f"{first} to {last}"


def asked(store: Store, name: str, against: str, first: str, last: str) -> Asked:
    """What was typed, checked. Raises NotFound for a release, Problem for months that cannot be worked."""
    ranked, later = release(store, name), release(store, against)
    months = [_month(text, option) for text, option in ((first, "--from"), (last, "--to"))]
    if months[0] > months[1]:
        raise Problem(f"--from {dashed(months[0])} is after --to {dashed(months[1])}. Swap them.")
    if months[0] <= ranked.months[-1]:
        raise Problem(
            f"--from {dashed(months[0])} is not after release {ranked.name}, which is held to "
            f"{dashed(ranked.months[-1])}: what is ranked on and what followed would overlap. Begin with "
            f"{dashed(months_to(ranked.months[-1], 0))} or later, or rank on a release that ends before."
        )
    for month in months:
        if month not in later.months:
            raise Problem(
                f"Neither release holds {dashed(month)}: {ranked.name} is held from {_span(ranked)}, {later.name} from "
                f"{_span(later)}. Choose --from and --to among the months of {later.name} after {ranked.name}."
            )
    if missing := [month for month in later.unknown if months[0] <= month <= months[1]]:
        raise Problem(
            f"Neither release holds {dashed(missing[0])}: the month is unknown, not zero. Choose a span without it."
        )
    return Asked(ranked, later, *months)


def usual(store: Store) -> Asked:
    """The latest ward counts against the release before them that leaves the longest span, twelve months at the most.

    Raises NotFound, saying which release is missing.
    """
    later = release(store)
    last = later.months[months_of(later)[-1]]
    earlier = [
        one
        for one in every_file(store)
        if one.profile == later.profile and one.id != later.id and one.months[-1] < last and len(one.months) >= YEAR
    ]
    if not earlier:
        raise NotFound(
            f"The release before {later.name} is missing: a backtest ranks on one that ends before {dashed(last)} and "
            "looks at the months that follow. Import the ward counts as they were published some months earlier: "
            "tasking import FILE."
        )
    ranked = min(earlier, key=lambda one: _from_a_year(months_between(one.months[-1], last)))
    first = months_to(ranked.months[-1], 0)
    return Asked(ranked, later, first, min(last, months_to(first, 1 - YEAR + 1)))


def _from_a_year(months: int) -> tuple[bool, int]:
    return (months > YEAR, months if months > YEAR else -months)


def backtest(
    store: Store,
    what: Asked,
    firsts: Sequence[int] = (),
    weights: Weights | None = None,
    *,
    front: str = "harm",
    step: Step = untold,
) -> Backtest:
    """Rank on the last twelve months of one release, and see what the first n held in the months of the other.

    firsts: :data:`FIRST` where none is named. weights: of the composite, those in force if None. front: the ranking
    that is told of first. step: told how far it has come. Raises Problem for two ward maps, for an n above the wards
    there are and where nothing followed.
    """
    after = ranking(store, first=what.first, last=what.last, name=what.against.name)
    step(1 / _STEPS)
    before = ranking(store, name=what.release.name)
    step(2 / _STEPS)
    codes = _wards(store, what, before, after)
    harm = {one.ward_code: one.harm for one in after.table.entries}
    orders, lacking = _orders(store, what, weights, step)
    followed = []
    for name in sorted(orders, key=lambda one: one != front):
        order = orders[name]
        rest = sorted(codes - set(order))
        followed.append(Followed(name, tuple(harm.get(code, 0.0) for code in (*order, *rest))))
    firsts = firsts or (min(FIRST, len(codes)),)
    if max(firsts) > len(codes):
        raise Problem(
            f"--first {max(firsts):,} is more than the {counted(len(codes), 'ward')} of the map. Choose fewer."
        )
    named = {"release": what.release.name, "against": what.against.name}
    named |= {"from": dashed(what.first), "to": dashed(what.last)}
    ranked_on = f"ranked on {dashed(before.first)} to {dashed(before.last)} of release {plain(what.release.name)}"
    words = (ranked_on, f"{what.span} of release {plain(what.against.name)}")
    left_out = (*lacking, *_only_in_one(before, after), *_left_out(store, before), *_left_out(store, after))
    return made("wards", named, words, followed, firsts, left_out)


def _orders(
    store: Store, what: Asked, weights: Weights | None, step: Step
) -> tuple[Mapping[str, list[str]], tuple[NotCounted, ...]]:
    """The ward codes in the order of each ranking, and why one cannot be made."""
    name = what.release.name
    orders: dict[str, list[str]] = {by: _codes(ranking(store, name=name, by=by).table.entries) for by in _ORDERS}
    wards = weigh(parts_before(store, what), weights or weights_of(store))
    orders["composite"] = [one.ward.ward_code for one in wards]
    step(3 / _STEPS)
    month = what.release.months[months_of(what.release)[-1]]
    orders["last-month"] = _by_harm(store, what.release, [month])
    step(4 / _STEPS)
    first, last = (f"{int(month[:4]) - 1}{month[4:]}" for month in (what.first, what.last))
    held = {month for month in what.release.months if first <= month <= last}
    flagged = {flag.month for flag in what.release.flags}
    if len(held - flagged) == months_between(first, last) + 1:
        orders["last-year"] = _by_harm(store, what.release, sorted(held))
        return orders, ()
    sentence = (
        f"The ranking last-year is left out: {dashed(first)} to {dashed(last)}, the same months the year before, are "
        f"not held whole in release {name}."
    )
    return orders, (NotCounted("ranking", sentence),)


def _by_harm(store: Store, head: ReleaseHead, months: Sequence[str]) -> list[str]:
    """The ward codes by the harm of some months of a release, most first, equal ones by code."""
    places = [head.months.index(month) for month in months]
    harm = harm_by_ward(series(store, head, months), weights_in(store, head), places)
    return sorted(harm, key=lambda code: (-harm[code], code))


def parts_before(store: Store, what: Asked) -> tuple[Placed, ...]:
    """The parts of the composite from what is of before the months that followed."""
    day_before = date(int(what.first[:4]), int(what.first[4:]), 1).toordinal() - 1
    return parts(store, what.release.name, known_to=day_before).wards


def _codes(entries: Sequence[WardScore]) -> list[str]:
    return [one.ward_code for one in entries]


def _wards(store: Store, what: Asked, before: WardRanking, after: WardRanking) -> set[str]:
    """The wards of the map that both releases are counted on. Raises Problem where they are on two."""
    ranked, later = ({one.ward_code for one in found.table.entries} for found in (before, after))
    maps = sorted(_maps(store, what.release, before) | _maps(store, what.against, after))
    gone, come = len(ranked - later), len(later - ranked)
    if len(maps) > 1 or all(
        many >= 2 and many * _OTHER_MAP >= of for many, of in ((gone, len(ranked)), (come, len(later)))
    ):
        which = f" ({', '.join(map(plain, maps))})" if len(maps) > 1 else ""
        raise Problem(
            f"Release {what.release.name} and release {what.against.name} are on two ward maps{which}: "
            f"{counted(gone, 'ward')} only in the first and {come:,} only in the second. Choose two of one map."
        )
    return ranked | later


def _maps(store: Store, head: ReleaseHead, found: WardRanking) -> set[str]:
    """The lookups that lead a release of street-level crime to wards; none for counts that name their wards."""
    if head.profile != POLICE_UK_STREET:
        return set()
    files = [part.release_id for part in head.parts if not set(part.months).isdisjoint(found.months)]
    return {one.name for number in files if (one := lookups.lookup_of(store, number)) is not None}


def _only_in_one(before: WardRanking, after: WardRanking) -> tuple[NotCounted, ...]:
    ranked, later = ({one.ward_code for one in found.table.entries} for found in (before, after))
    said = []
    if come := len(later - ranked):
        words = f"{counted(come, 'ward')} of release {after.release.name} {'is' if come == 1 else 'are'} not in "
        said.append(NotCounted("ward", f"{words}release {before.release.name}: ranked last.", come, len(later)))
    if gone := len(ranked - later):
        words = f"{counted(gone, 'ward')} of release {before.release.name} {'is' if gone == 1 else 'are'} not in "
        said.append(NotCounted("ward", f"{words}release {after.release.name}: no harm there.", gone, len(ranked)))
    return tuple(said)


def _left_out(store: Store, found: WardRanking) -> list[NotCounted]:
    """What the numbers of a release leave out, each with the release it is about."""
    apart = sum(found.table.police_detected.values()), sum(found.table.doubtful.values())
    of = sum(one.count for one in (*found.table.entries, *found.table.unplaced))
    said = [*not_counted(store, found)]
    for kind, count, words in (
        ("police_detected", apart[0], "found by police work: in no harm, as always"),
        ("doubtful", apart[1], "of categories that are doubtful locally: that part of their harm is out, as always"),
    ):
        if count:
            are = "is" if count == 1 else "are"
            said.append(NotCounted(kind, f"{count:,} of {counted(of, 'offence')} {are} {words}.", count, of))
    months = f"{dashed(found.first)} to {dashed(found.last)}"
    return [replace(one, where=f"Release {plain(found.release.name)}, {months}") for one in said]


def _month(text: str, option: str) -> str:
    if not _MONTH.fullmatch(text.strip()):
        raise Problem(f"{option} '{plain(text)[:40]}' is no month. Write year and month, 01 to 12, as yyyy-mm.")
    return text.strip().replace("-", "")


def _span(head: ReleaseHead) -> str:
    return f"{dashed(head.months[0])} to {dashed(head.months[-1])}"
