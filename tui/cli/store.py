"""The commands about the store itself, what was done in it and whether it is as it was written; and about the shell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.cli.choices import completer
from tui.cli.options import LARGEST, AsJson, Recipient, StorePath
from tui.cli.words import Command

SUBJECT = "Store and shell"
_SHELL = "Your shell: {shells}."


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the program."""
    for command in (journal, verify, backup, restore, keys, completion):
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


def verify(
    store: StorePath = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against", help="Hold the journal to this sealed paper, too: minutes or report.", metavar="PAPER"
        ),
    ] = None,
    sign: Annotated[
        bool,
        typer.Option(
            "--sign", help="Sign the heads of the chains with a key in this machine's keyring.", show_default=False
        ),
    ] = False,
    json: AsJson = False,
) -> None:
    """Check the file, the journal's chain and every sealed meeting; say what that covers and what not."""
    from tui.cli import verify

    raise typer.Exit(verify.run(store, against, sign=sign, json=json))


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="The file to make; beside the store, with the time in its name, if left out.", metavar="FILE"
        ),
    ] = None,
    recipient: Recipient = "",
    store: StorePath = None,
) -> None:
    """Copy the store into one file, also while a meeting runs; a file that is there is not written over."""
    from tui.cli import backup

    raise typer.Exit(backup.run(store, file, recipient))


def restore(
    file: Annotated[Path, typer.Argument(help="A copy that 'backup' made, or any whole store.", metavar="FILE")],
    store: StorePath = None,
) -> None:
    """Put a copy in the store's place; the store as it was is kept beside it."""
    from tui.cli import backup

    backup.restore(store, file)


def keys() -> None:
    """List the keys that keys.toml sets, and say what is wrong with it: an unknown command, a key set twice."""
    from tui.cli import keys

    raise typer.Exit(keys.run())


def completion(
    shell: Annotated[str, typer.Argument(help=_SHELL, metavar="SHELL", autocompletion=completer(_SHELL))],
) -> None:
    """Print the script that lets a shell complete commands, options and what they may be set to."""
    from tui.cli import completion

    completion.run(shell)
