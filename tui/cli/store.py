"""The commands about the store itself, what was done in it and whether it is as it was written; and about the shell."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.cli.choices import completer
from tui.cli.options import LARGEST, AsJson, StorePath
from tui.cli.words import Command

SUBJECT = "Store and shell"
_SHELL = "Your shell: {shells}."


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the program."""
    for command in (journal, verify, completion):
        app.command(rich_help_panel=SUBJECT, cls=Command)(command)


def journal(
    store: StorePath = None,
    meeting: Annotated[
        int | None, typer.Option("--meeting", min=1, max=LARGEST, help="Only what belongs to this meeting.")
    ] = None,
    sitting: Annotated[
        int | None, typer.Option("--sitting", min=1, max=LARGEST, help="Only what this run of the program did.")
    ] = None,
    json: AsJson = False,
) -> None:
    """List what was done: when, by whom, in which meeting and in which sitting (one run of the program)."""
    from tui.cli import journal

    journal.run(store, meeting, sitting, json=json)


def verify(store: StorePath = None, json: AsJson = False) -> None:
    """Check the file, the journal's chain and every sealed meeting; say what that covers and what not."""
    from tui.cli import verify

    raise typer.Exit(verify.run(store, json=json))


def completion(
    shell: Annotated[str, typer.Argument(help=_SHELL, metavar="SHELL", autocompletion=completer(_SHELL))],
) -> None:
    """Print the script that lets a shell complete commands, options and what they may be set to."""
    from tui.cli import completion

    completion.run(shell)
