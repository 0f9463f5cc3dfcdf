"""The commands about the store itself: what was done in it, and whether it is as it was written."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.cli.options import AsJson, StorePath

_LARGEST = 999_999_999


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the program."""
    for command in (journal, verify):
        app.command()(command)


def journal(
    store: StorePath = None,
    meeting: Annotated[
        int | None, typer.Option("--meeting", min=1, max=_LARGEST, help="Only what belongs to this meeting.")
    ] = None,
    sitting: Annotated[
        int | None, typer.Option("--sitting", min=1, max=_LARGEST, help="Only what this run of the program did.")
    ] = None,
    json: AsJson = False,
) -> None:
    """List what was done: when, by whom, in which meeting and in which sitting (one run of the program)."""
    from tui.cli import journal

    journal.run(store, meeting, sitting, json=json)


def verify(store: StorePath = None, json: AsJson = False) -> None:
    """Walk the journal's chain and check every sealed meeting."""
    from tui.cli import verify

    raise typer.Exit(verify.run(store, json=json))
