"""The commands about units and powers: who is sent where; stops and searches, live facial recognition as published."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.cli.choices import chosen
from tui.cli.options import AsJson, InScope, StorePath
from tui.cli.words import Command

SUBJECT = "Units and powers used"
FirstDay = Annotated[str, typer.Option("--from", help="First day, yyyy-mm-dd or dd/mm/yyyy.", metavar="DATE")]
LastDay = Annotated[str, typer.Option("--to", help="Last day, counted too.", metavar="DATE")]


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the program."""
    for command in (deployments, stops, lfr):
        app.command(rich_help_panel=SUBJECT, cls=Command)(command)


def deployments(
    store: StorePath = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            help="The moment to look from, London's where no zone is given: yyyy-mm-ddThh:mm or dd/mm/yyyy hh:mm; now "
            "if left out, of a bare day its end.",
            metavar="TIME",
        ),
    ] = None,
    scope: InScope = None,
    json: AsJson = False,
) -> None:
    """Show the board: units free, planned, out and asked for, deployments, wards without a unit, clashes."""
    from tui.cli import deployments

    deployments.run(store, as_of, scope, json=json)


def stops(
    first: FirstDay,
    last: LastDay,
    store: StorePath = None,
    by: Annotated[str, chosen("--by", "Count by {stop_keys}.")] = "day",
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", help="Count what was in the store at the end of this day; everything in it if left out."
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Count stops and searches, with arrests and positive outcomes, from files of data.police.uk."""
    from tui.cli import stops

    stops.run(store, first, last, by, as_of, json=json)


def lfr(first: FirstDay, last: LastDay, store: StorePath = None, json: AsJson = False) -> None:
    """List live facial recognition deployments, with false alerts against faces seen and against alerts."""
    from tui.cli import lfr

    lfr.run(store, first, last, json=json)
