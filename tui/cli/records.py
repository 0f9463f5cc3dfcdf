"""The commands about records: taking files in, what was not taken, taking an import back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.cli.choices import chosen
from tui.cli.options import LARGEST, AsJson, Recipient, StorePath
from tui.cli.words import Command

SUBJECT = "Records"


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the program."""
    app.command("import", rich_help_panel=SUBJECT, cls=Command)(import_)
    app.command(rich_help_panel=SUBJECT, cls=Command)(batches)
    app.command(rich_help_panel=SUBJECT, cls=Command)(quarantine)
    app.command(rich_help_panel=SUBJECT, cls=Command)(withdraw)


def import_(
    files: Annotated[list[Path], typer.Argument(help="Files, folders or zip archives to take in.", metavar="FILE...")],
    store: StorePath = None,
    profile: Annotated[
        str | None, chosen("--profile", "What the files are: {profiles}, or a .toml file; recognised if left out.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be taken; change nothing.")] = False,
    take_repeats: Annotated[
        bool, typer.Option("--take-repeats", help="Take crime reports that repeat held ones under new references.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Take extracts into the store, each file one batch; a folder and a zip are read whole."""
    from tui.cli import imports

    asked = imports.Asked(profile, dry_run=dry_run, take_repeats=take_repeats)
    raise typer.Exit(imports.run(files, store, asked, json=json))


def batches(store: StorePath = None, json: AsJson = False) -> None:
    """List the imports, what became of the rows of each, and how its file was read."""
    from tui.cli import batches

    batches.run(store, json=json)


def quarantine(
    store: StorePath = None,
    batch: Annotated[int | None, typer.Option("--batch", max=LARGEST, help="Only this batch.")] = None,
    export: Annotated[Path | None, typer.Option("--export", help="Write the rows to this CSV file.")] = None,
    recipient: Recipient = "",
    json: AsJson = False,
) -> None:
    """List the rows that were not taken, and why; --export writes them to a CSV."""
    if export is not None and json:
        raise typer.BadParameter("writes a CSV file; --json prints, so give one of the two", param_hint="--export")
    from tui.cli import quarantine

    quarantine.run(store, batch, export, recipient, json=json)


def withdraw(
    batch: Annotated[int, typer.Argument(min=1, max=LARGEST, help="The number of the latest batch.", metavar="BATCH")],
    store: StorePath = None,
) -> None:
    """Take the latest import back: what it replaced stands again."""
    from tui.cli import withdraw

    withdraw.run(store, batch)
