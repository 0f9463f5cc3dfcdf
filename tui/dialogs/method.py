"""Asks how to rank: the method from a list, the pool by tab, each with what it means and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from textual.binding import BindingType

from core.methods import METHODS, Method
from core.pools import Pool
from db.rankings import RunHead
from db.scoring import RankingRequest
from tui.commands import command
from tui.dialogs.pick import Choice, Pick
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList

_COLUMNS = (
    Column("method", "method", 9),
    Column("made_of", "made of", 24, grow=True),
    Column("index", "index", 10),
    Column("least", "reports", 7, "right"),
    Column("now", "", 3),
)
_POOLS: tuple[Pool | None, ...] = (None, *Pool)


@dataclass(frozen=True)
class Wanted:
    """A method and the pool to rank in, the method's own where it is None."""

    method: Method
    pool: Pool | None = None


class MethodPick(Pick[Wanted]):
    """The methods; tab goes through the pools."""

    BINDINGS: ClassVar[list[BindingType]] = [
        command("tab", "pool(1)", "pool", "Rank in the next pool", "pick.pool"),
        command("shift+tab", "pool(-1)", "pool before", "Rank in the pool before", "pick.pool_before"),
    ]
    keys_line: ClassVar[str] = "j k method   tab pool   enter rank   esc leave"

    def __init__(self, stands: RunHead | None) -> None:
        """*stands*: the ranking that is looked at now."""
        self._pool: Pool | None = None
        if stands is not None and stands.ranked_in is not stands.how.pool:
            self._pool = stands.ranked_in
        self._stands = stands
        at = 0 if stands is None else list(METHODS).index(stands.method)
        super().__init__("Rank by", _COLUMNS, self._every(), at)

    def _every(self) -> list[Choice[Wanted]]:
        return [_choice(method, self._stands, self._pool) for method in METHODS.values()]

    def words(self, choice: Choice[Wanted]) -> str:
        """The pool, then the method in a sentence and its source."""
        own = choice.value.method.pool.words
        pool = f"{own}, the method's own" if self._pool is None else self._pool.words
        return f"Pool: {pool} (tab for another). {choice.says}"

    def taken(self, choice: Choice[Wanted]) -> Wanted:
        """The method with the pool that was come to."""
        return replace(choice.value, pool=self._pool)

    def action_pool(self, step: int) -> None:
        """Go to another pool, which may ask for other least reports."""
        self._pool = _POOLS[(_POOLS.index(self._pool) + step) % len(_POOLS)]
        self._choices = self._every()
        self.query_one(RecordList).invalidate()
        self.say()


def _choice(method: Method, stands: RunHead | None, pool: Pool | None) -> Choice[Wanted]:
    now = "now" if stands is not None and stands.method == method.key else ""
    made_of = ", ".join(method.measures) if method.measures else "days of harm"
    least = RankingRequest(0, method=method.key, pool=pool).at_least
    cells = (method.title, made_of, " + ".join(method.indexes), f"{least}+", now)
    return Choice(Wanted(method), cells, f"{method.says} Source: {method.source}.")
