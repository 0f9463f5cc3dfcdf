"""What the commands about rankings ask for: method, pool, window, editions and bands, from options to one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from core import bands
from core.allegations import By
from core.days import day_of
from core.harm import Split
from core.methods import METHODS
from core.pools import POOLS, pool_named
from db.scoring import RankingRequest
from tui.cli.common import choice, text_of

SPLITS = ("default", "lowest", "highest")


@dataclass(frozen=True)
class Options:
    """The options as they were typed; None and empty stand for what the method itself says."""

    as_of: date
    method: str = "v100"
    pool: str | None = None
    by: str = "reported"
    window: int = 365
    min_crimes: int | None = None
    editions: tuple[str, ...] = ()
    bands: Path | None = None
    split: str = "default"
    statuses: tuple[str, ...] = ()

    def asked(self, method: str | None = None) -> RankingRequest:
        """What is asked of the store, by the method typed or another. Raises a usage error, or Refused."""
        key = choice("--method", (method or self.method).strip().casefold(), tuple(METHODS))
        choice("--by", self.by, ("reported", "committed"))
        choice("--split", self.split, SPLITS)
        if self.pool is not None:
            choice("--pool", self.pool, tuple(POOLS))
        return RankingRequest(
            as_of=day_of(self.as_of),
            by=cast(By, self.by),
            window=self.window,
            min_crimes=self.min_crimes,
            method=key,
            pool=None if self.pool is None else pool_named(self.pool),
            editions=self.editions,
            bands=bands.default() if self.bands is None else band_file(self.bands),
            split=cast(Split, self.split),
            statuses=self.statuses,
        )


def band_file(path: Path) -> bands.Bands:
    """The bands of a file. Raises Refused where it cannot be read or is not whole."""
    return bands.read(text_of(path, "Band file"), path.name)


def shown(score: float, unit: str) -> str:
    """A score with its unit: ``1,825 d`` or ``57 pt``."""
    return f"{score:,g} {unit}"
