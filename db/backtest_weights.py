"""What other weights of the ward composite would have held: the latest backtest of wards, worked anew for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.backtest_words import percent
from core.composite import Placed, weigh
from core.composite_weights import Weights
from core.errors import Problem
from db.backtest_wards import parts_before, usual
from db.store import Store
from db.wards import ranking


@dataclass(frozen=True)
class Followed:
    """The wards as they were known before the months of the span, and the days of harm in it by ward code."""

    span: str
    wards: tuple[Placed, ...]
    harm: Mapping[str, float]

    def held(self, weights: Weights, first: int) -> float:
        """The share of the harm, 0 to 1, that the first n by these weights held."""
        codes = [one.ward.ward_code for one in weigh(self.wards, weights)[:first]]
        return sum(self.harm.get(code, 0.0) for code in codes) / sum(self.harm.values())

    def words(self, before: Weights, after: Weights, first: int) -> str:
        """What the first n would have held by other weights, by those in force and at the best."""
        best = sum(sorted(self.harm.values(), reverse=True)[:first]) / sum(self.harm.values())
        return (
            f"Backtest, {self.span}: the first {first} would have held {percent(self.held(after, first))}, by the "
            f"weights in force {percent(self.held(before, first))}, best {percent(best)}."
        )


def followed(store: Store) -> Followed:
    """The latest release against the one before it. Raises NotFound, naming the release that is missing."""
    what = usual(store)
    after = ranking(store, first=what.first, last=what.last, name=what.against.name)
    harm = {one.ward_code: one.harm for one in after.table.entries}
    if not any(harm.values()):
        raise Problem("No harm followed in the months between the latest releases: there is no backtest.")
    return Followed(what.span, parts_before(store, what), harm)
