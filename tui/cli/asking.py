"""What the commands about rankings ask of the store: from the options that were typed to one value."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import typer

from core import bands
from core.allegations import By, Historic
from core.days import day_of
from core.harm import Split
from core.methods import method_named
from core.pools import pool_named
from db.scoring import RankingRequest
from tui.cli import choices
from tui.cli.common import choice, text_of
from tui.cli.days import day_of_option
from tui.cli.options import RankingOptions, ScoreOptions


def score_asked(options: ScoreOptions, method: str | None = None) -> RankingRequest:
    """What is asked of the store, by the method typed or another. Raises a usage error, or Refused."""
    as_of = day_of_option(options.as_of)
    key = choice("--method", (method or options.method).strip().casefold(), choices.methods())
    choice("--by", options.by, choices.days())
    choice("--historic", options.historic, choices.historics())
    choice("--split", options.split, choices.splits())
    if options.pool is not None:
        choice("--pool", options.pool, choices.pools())
    if options.bands is not None and method is None and not method_named(key).measures:
        raise typer.BadParameter(f"goes with a method of bands, and '{key}' has none", param_hint="--bands")
    return RankingRequest(
        as_of=day_of(as_of),
        by=cast(By, options.by),
        window=options.window,
        method=key,
        pool=None if options.pool is None else pool_named(options.pool),
        editions=tuple(options.edition or ()),
        bands=bands.default() if options.bands is None else band_file(options.bands),
        split=cast(Split, options.split),
        historic=cast(Historic, options.historic),
    )


def ranking_asked(options: RankingOptions, method: str | None = None) -> RankingRequest:
    """The same with who is ranked at all. Raises a usage error, or Refused."""
    asked = score_asked(options, method)
    return replace(asked, min_crimes=options.min_crimes, statuses=tuple(options.status or ()))


def band_file(path: Path) -> bands.Bands:
    """The bands of a file. Raises Refused where it cannot be read or is not whole."""
    return bands.read(text_of(path, "Band file"), path.name)


def shown(score: float, unit: str) -> str:
    """A score with its unit: ``1,825 d`` or ``57 pt``."""
    return f"{score:,g} {unit}"
