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
from core.text import figure, plain
from db import editions
from db.scoring import RankingRequest, recipe_of
from db.store import Store
from tui.cli import choices
from tui.cli.common import choice, text_of
from tui.cli.days import day_of_option
from tui.cli.options import ListOptions, RankingOptions, ScoreOptions


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


def holds_together(options: ListOptions, context: typer.Context) -> None:
    """Raise a usage error for an option that says nothing beside, or without, ``--compare``."""
    if options.compare is None and _typed(context, "places"):
        raise typer.BadParameter("goes with --compare A,B", param_hint="--places")
    if options.compare is not None and _typed(context, "method"):
        raise typer.BadParameter("--compare names the methods; give one of the two", param_hint="--method")


def _typed(context: typer.Context, name: str) -> bool:
    """Whether an option was written, and is not what it is if left out."""
    # By its name: which library the source is of depends on the version of typer.
    source = context.get_parameter_source(name)
    return source is not None and source.name != "DEFAULT"


def check_editions(store: Store, *requests: RankingRequest) -> None:
    """Raise a usage error for an edition that none of the methods asked for weighs by. Raises Refused for no edition.

    requests: all of the same editions.
    """
    chosen = [editions.named(store, name) for name in requests[0].editions]
    recipes = [recipe_of(store, request) for request in requests]
    used = {edition.name for recipe in recipes for edition in recipe.editions}
    for edition in chosen:
        if edition.name in used:
            continue
        methods = " and ".join(f"'{recipe.method.key}'" for recipe in recipes)
        weigh = "weighs" if len(recipes) == 1 else "weigh"
        name, index = plain(edition.name), plain(edition.index)
        needed = dict.fromkeys(index for recipe in recipes for index in recipe.method.indexes)
        if edition.index not in needed and not any(recipe.method.any_index for recipe in recipes):
            said = (
                f"'{name}' is an edition of {index}, and {methods} {weigh} by {' and '.join(needed)}; name one of that"
            )
        else:
            said = f"'{name}' is not used, as {methods} {weigh} by {' and '.join(sorted(used))}; leave one out"
        raise typer.BadParameter(said, param_hint="--edition")


def band_file(path: Path) -> bands.Bands:
    """The bands of a file. Raises Refused where it cannot be read or is not whole."""
    return bands.read(text_of(path, "Band file"), path.name)


def shown(score: float, unit: str) -> str:
    """A score with its unit: ``1,825 d`` or ``57 pt``."""
    return f"{figure(score)} {unit}"
