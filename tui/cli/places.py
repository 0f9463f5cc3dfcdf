"""The commands about places: wards and their releases, which come first, officers, the focus ward."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.cli.choices import chosen
from tui.cli.options import AsJson, InScope, Recipient, StorePath, Top
from tui.cli.words import Command

SUBJECT = "Places"
_MOST_POSTS = 99_999
WeightFile = Annotated[
    Path | None, typer.Option("--weights", help="A TOML file of weights; the project's default if left out.")
]
Week = Annotated[
    str | None, typer.Option("--week", help="A day of the week, yyyy-mm-dd or dd/mm/yyyy; this week if left out.")
]
Doubtful = Annotated[bool, typer.Option("--doubtful", help="Count locally doubtful categories as harm.")]
ReleaseName = Annotated[str | None, typer.Option("--release", help="Which release; the latest if left out.")]


Source = Annotated[str, chosen("--source", "Ward numbers from {ward_sources} (the crime reports of the store).")]


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the program."""
    for command in (wards, ward, releases, lookup, priority, backtest, officers, focus, letter):
        app.command(rich_help_panel=SUBJECT, cls=Command)(command)


def wards(
    store: StorePath = None,
    first: Annotated[str | None, typer.Option("--from", help="First month, yyyy-mm.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last month, yyyy-mm.")] = None,
    by: Annotated[str, chosen("--by", "Order by {ward_orders}.")] = "harm",
    category: Annotated[
        list[str] | None,
        typer.Option(
            "--category", help="Only categories whose name holds this text, or a major one by its name; repeatable."
        ),
    ] = None,
    release: ReleaseName = None,
    source: Source = "published",
    top: Top = "all",
    doubtful: Doubtful = False,
    changes: Annotated[
        tuple[str, str] | None,
        typer.Option("--changes", help="Two releases: what was revised, reclassified or is new.", metavar="A B"),
    ] = None,
    ward: Annotated[
        str | None, typer.Option("--ward", help="With --changes: only this ward code, category by category.")
    ] = None,
    scope: InScope = None,
    json: AsJson = False,
) -> None:
    """Rank wards by harm, count or rate from published counts; --changes compares two releases instead."""
    if changes:
        from tui.cli import ward_changes

        places = (release, scope, source != "published", doubtful)
        if first or last or category or by != "harm" or top != "all" or any(places):
            raise typer.BadParameter(
                "takes the months both releases hold; only --ward goes with it", param_hint="--changes"
            )
        ward_changes.run(store, *changes, ward, json=json)
        return
    if ward:
        raise typer.BadParameter("goes with --changes A B", param_hint="--ward")
    from tui.cli import wards
    from tui.cli.scope import scope_of_option

    whose = scope_of_option(scope)
    wards.run(store, first, last, by, category or [], release, source, top, whose, doubtful=doubtful, json=json)


def ward(
    code: Annotated[str, typer.Argument(help="The code of a ward.", metavar="CODE")],
    store: StorePath = None,
    release: ReleaseName = None,
    source: Source = "published",
    json: AsJson = False,
) -> None:
    """Show one ward: its offences and harm by category, its repeat victims."""
    from tui.cli import ward

    ward.run(store, code, release, source, json=json)


def releases(
    name: Annotated[
        str | None, typer.Argument(help="A series or release: list its files.", metavar="NAME", show_default=False)
    ] = None,
    store: StorePath = None,
    every: Annotated[bool, typer.Option("--all", help="List every file, earlier editions too.")] = False,
    json: AsJson = False,
) -> None:
    """List the published ward counts: a line for each series of months, with gaps, fragments and editions."""
    from tui.cli import releases

    releases.run(store, name, every=every, json=json)


def lookup(
    words: Annotated[
        list[str] | None, typer.Argument(help="Count on another ward map: use and its name.", metavar="[use NAME]")
    ] = None,
    store: StorePath = None,
    release: Annotated[
        str | None, typer.Option("--release", help="With use: which release; every street-level one if left out.")
    ] = None,
    json: AsJson = False,
) -> None:
    """List lookups from small areas to wards, and which release is counted on which; 'use NAME' chooses another."""
    from tui.cli import lookup

    lookup.run(store, words or [], release, json=json)


def priority(
    store: StorePath = None,
    weights: WeightFile = None,
    compare: Annotated[
        Path | None, typer.Option("--compare", help="Another file of weights: how many places each ward would move.")
    ] = None,
    release: ReleaseName = None,
    source: Source = "published",
    top: Top = "50",
    doubtful: Doubtful = False,
    keep: Annotated[bool, typer.Option("--keep", help="Put the weights of --weights in force for this store.")] = False,
    scope: InScope = None,
    json: AsJson = False,
) -> None:
    """Rank wards by a composite of harm, rate, trend, deprivation and more, every part shown."""
    from tui.cli import priority
    from tui.cli.scope import scope_of_option

    if keep and (weights is None or compare is not None):
        raise typer.BadParameter("--keep goes with --weights FILE, without --compare", param_hint="--keep")
    whose = scope_of_option(scope)
    priority.run(store, release, source, weights, compare, top, whose, doubtful=doubtful, keep=keep, json=json)


def backtest(
    of: Annotated[str, chosen("--of", "Rankings of {backtests}.")],
    store: StorePath = None,
    release: Annotated[
        str | None,
        typer.Option("--release", help="Wards: the release to rank on; the one before the latest if left out."),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", help="Wards: the release that holds what followed; the latest if left out."),
    ] = None,
    first_month: Annotated[
        str | None, typer.Option("--from", help="Wards: the first month that followed, yyyy-mm, after --release ends.")
    ] = None,
    last_month: Annotated[
        str | None, typer.Option("--to", help="Wards: the last month that followed, yyyy-mm.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="People: the day to rank on; --days before the last report if left out."),
    ] = None,
    days: Annotated[int | None, typer.Option("--days", help="People: how many days followed; 365 if left out.")] = None,
    pool: Annotated[str | None, chosen("--pool", "People: {pools}; vawg if left out.")] = None,
    first: Annotated[
        str, typer.Option("--first", help="How many at the head of the list; several as 10,20,68.")
    ] = "10",
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Write the curves into this SVG file.", metavar="FILE.svg")
    ] = None,
    recipient: Recipient = "",
    json: AsJson = False,
) -> None:
    """Say how much of the harm that followed the first of each ranking held, beside the best and beside chance."""
    from tui.cli import backtest

    wards = release, against, first_month, last_month
    backtest.run(store, of, wards, (as_of, days, pool), first, picture, recipient, json=json)


def officers(
    store: StorePath = None,
    total: Annotated[int, typer.Option("--total", min=0, max=_MOST_POSTS, help="Posts to place.")] = 442,
    by: Annotated[str, chosen("--by", "In proportion to {officer_needs}.")] = "harm",
    among: Annotated[
        str | None,
        chosen("--among", "In which wards: {officer_wards}; adopted where any ward is adopted, if left out."),
    ] = None,
    floor: Annotated[int, typer.Option("--floor", min=0, max=_MOST_POSTS, help="The fewest posts of a ward.")] = 0,
    cap: Annotated[int, typer.Option("--cap", min=0, max=_MOST_POSTS, help="The most posts of a ward.")] = 4,
    wards: Annotated[
        int | None, typer.Option("--wards", min=1, max=_MOST_POSTS, help="Only the first so many; all if left out.")
    ] = None,
    edit: Annotated[
        list[str] | None,
        typer.Option("--edit", help="Move posts by hand: a ward's code or name, as E05013806=+1; repeatable."),
    ] = None,
    weights: WeightFile = None,
    release: ReleaseName = None,
    source: Source = "published",
    doubtful: Doubtful = False,
    keep: Annotated[bool, typer.Option("--keep", help="Put it in force: the screens show and edit it.")] = False,
    scope: InScope = None,
    json: AsJson = False,
) -> None:
    """Propose where extra ward officers go, priority wards first, and say what a move by hand costs."""
    from tui.cli import officers
    from tui.cli.scope import scope_of_option

    options = officers.Options(
        total, by, among, floor, cap, wards, tuple(edit or ()), weights, release, source, doubtful
    )
    officers.run(store, options, scope_of_option(scope), keep=keep, json=json)


def focus(
    store: StorePath = None,
    week: Week = None,
    model: Annotated[
        Path | None, typer.Option("--model", help="A TOML file of areas, menu and measures; puts it in force.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Show the focus ward of a week: menu, hours, measures, and whose turn is next."""
    from tui.cli import focus

    focus.run(store, week, model, json=json)


def letter(
    store: StorePath = None,
    week: Week = None,
    folder: Annotated[Path | None, typer.Option("--to", help="Write Markdown and HTML into this folder.")] = None,
    recipient: Recipient = "",
) -> None:
    """Write the councillors' letter at the end of a focus week: its summary, and the menu of the next."""
    from tui.cli import letter

    letter.run(store, week, folder, recipient)
