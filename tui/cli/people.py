"""The commands about people: who is ranked how and why, what moved, who is in a cohort."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.cli.choices import chosen
from tui.cli.options import LARGEST, AsJson, AsOf, InScope, ListOptions, RankingOptions, StorePath, Top, spread
from tui.cli.words import Command

SUBJECT = "People"


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the program."""
    for command in (rank, stability, explain, movement, cohorts, proportionality):
        app.command(rich_help_panel=SUBJECT, cls=Command)(command)


@spread
def rank(
    options: ListOptions,
    context: typer.Context,
    store: StorePath = None,
    scope: InScope = None,
    json: AsJson = False,
) -> None:
    """Rank named suspects by harm: makes a run that is kept, and prints it."""
    from tui.cli.asking import holds_together
    from tui.cli.scope import scope_of_option

    whose = scope_of_option(scope)

    holds_together(options, context)
    if options.compare is not None:
        from tui.cli import disagreement

        if scope is not None:
            raise typer.BadParameter("prints a ranking; --compare sets two side by side", param_hint="--scope")
        disagreement.run(store, options, options.compare, options.places, options.top, json=json)
        return
    from tui.cli import rank

    rank.run(store, options, options.top, whose, json=json)


@spread
def stability(
    options: RankingOptions,
    store: StorePath = None,
    top: Top = "20",
    person: Annotated[
        str | None, typer.Option("--person", help="Only this person, by reference: the rank in every variant.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Show how far ranks hold under other weights, windows and split codes, and who is near rank 100; makes no run."""
    from tui.cli import stability

    stability.run(store, options, top, person, json=json)


@spread
def explain(
    options: ListOptions,
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="A person's reference.", metavar="PERSON")],
    store: StorePath = None,
    json: AsJson = False,
) -> None:
    """Show every allegation against a person, counted or not and why, down to file and line."""
    from tui.cli import explain
    from tui.cli.asking import holds_together

    holds_together(options, context)
    explain.run(store, person, options, json=json)


def movement(
    store: StorePath = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="The earlier run: a number, 'latest' or 'previous'; if left out, the one the other was compared with.",
            metavar="RUN",
        ),
    ] = None,
    second: Annotated[
        str | None, typer.Option("--to", help="The later run; the latest if left out.", metavar="RUN")
    ] = None,
    top: Top = "100",
    json: AsJson = False,
) -> None:
    """Show who moved between two runs, and what each move is put down to."""
    from tui.cli import movement

    movement.run(store, first, second, top, json=json)


def cohorts(
    store: StorePath = None,
    cohort: Annotated[str | None, chosen("--cohort", "One cohort: {cohorts}; all in short if left out.")] = None,
    as_of: AsOf = None,
    scope: InScope = None,
    json: AsJson = False,
) -> None:
    """Show who qualifies for a cohort, with the facts that make it true, and who is in it."""
    from tui.cli import cohorts
    from tui.cli.days import day_of_option
    from tui.cli.scope import scope_of_option

    cohorts.run(store, cohort, day_of_option(as_of), scope_of_option(scope), json=json)


def proportionality(
    store: StorePath = None,
    run: Annotated[
        int | None,
        typer.Option("--run", min=1, max=LARGEST, help="The number of a ranking; the latest V100 if left out."),
    ] = None,
    top: Top = "100",
    json: AsJson = False,
) -> None:
    """Compare the make-up of a list with its pool and with the residents; never an input to a score."""
    from tui.cli import proportionality

    proportionality.run(store, run, top, json=json)
