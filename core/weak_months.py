"""Months far below the level before them, too many in a row to be fragments.

Rule: a run of more than three months, each with less than half of the median of the six full months before the run (two
at the least, none more than a year before it) and further below than chance would explain, as for a fragment
(``core.releases``). It is a change of level, or a return that is not complete; the counts do not tell which. So the
months stay in what is ranked and compared, and wherever they are used it is said. Fragments are passed over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from core.releases import LONGEST, YEAR, Flag, dashed, is_far_below, months_between

TREND_UNKNOWN = "trend unknown"
"""Begins the words of why months are not compared."""
_BEFORE = 6
_LEAST = 2
_SHARES = ((1 / 2, "half"), (2 / 5, "two fifths"), (1 / 3, "a third"), (1 / 4, "a quarter"), (1 / 5, "a fifth"),
           (1 / 10, "a tenth"), (0, "next to nothing"))  # fmt: skip


@dataclass(frozen=True)
class Weak:
    """A run of weak months (``YYYYMM``). now, before: offences a month in it and before it, the median of each.

    open: whether it goes on to the last month that is held.
    """

    months: tuple[str, ...]
    now: float
    before: float
    open: bool

    @property
    def words(self) -> str:
        """From when, and what share of the level before: ``from 2019-09 a third of before``."""
        until = "" if self.open else f" to {dashed(self.months[-1])}"
        share = min(_SHARES, key=lambda one: abs(one[0] - self.now / self.before))[1]
        return f"from {dashed(self.months[0])}{until} {share} of before"

    @property
    def reason(self) -> str:
        """The same with the figures and what it may be."""
        return (
            f"{self.words}: {self.now:,.0f} offences a month after {self.before:,.0f}; a change of level, or a return "
            "that is not complete"
        )


def weak_months(months: Sequence[str], totals: Sequence[int], flags: Iterable[Flag]) -> tuple[Weak, ...]:
    """The runs of weak months. totals: all offences of each month; flags: its fragments."""
    flagged = {flag.month for flag in flags}
    places = [place for place, month in enumerate(months) if month not in flagged]
    level: list[int] = []
    weak: list[Weak] = []
    at = 0
    while at < len(places):
        near = [other for other in level[-_BEFORE:] if months_between(months[other], months[places[at]]) <= YEAR]
        usual = median(totals[other] for other in near) if len(near) >= _LEAST else 0
        end = at
        while end < len(places) and is_far_below(totals[places[end]], usual):
            end += 1
        run = places[at:end]
        if len(run) > LONGEST:
            now = median(totals[place] for place in run)
            weak.append(Weak(tuple(months[place] for place in run), now, usual, end == len(places)))
        if not run:
            level.append(places[at])
        at = max(end, at + 1)
    return tuple(weak)


@dataclass(frozen=True)
class Unlike:
    """Months that hold far less than those they would be compared with. now, before: the median of each, a month."""

    months: tuple[str, ...]
    now: float
    before: float

    @property
    def words(self) -> str:
        """What is unknown and why, without capital and full stop."""
        first, last = dashed(self.months[0]), dashed(self.months[-1])
        span = first if first == last else f"{first} to {last}"
        return (
            f"{TREND_UNKNOWN}: in {span} under half the reports of a usual month are held ({self.now:,.0f} a month "
            f"against {self.before:,.0f})"
        )


def unlike(
    months: Sequence[str], totals: Sequence[int], counted: Sequence[int], earlier: Sequence[int]
) -> Unlike | None:
    """Which of the earlier months are not held at a like level with those counted; None where all are.

    counted, earlier: places in *months*. Rule: a project default, the share of a fragment (:mod:`core.releases`): a
    month with less than half of the median month counted, by more than chance explains. An extract of so many months
    ends somewhere, and what it holds from before is no year to compare with.
    """
    usual = median(totals[place] for place in counted)
    thin = [place for place in earlier if is_far_below(totals[place], usual)]
    if not thin:
        return None
    return Unlike(tuple(months[place] for place in thin), median(totals[place] for place in thin), usual)


def touched(weak: Iterable[Weak], months: Collection[str]) -> tuple[Weak, ...]:
    """The runs of which one of these months is part."""
    return tuple(run for run in weak if not set(months).isdisjoint(run.months))
