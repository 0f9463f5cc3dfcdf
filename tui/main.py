"""The command line: its commands are declared by subject. Each imports what it needs when it runs, so help is quick."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tui.cli import meetings, people, places, powers, records, store, trust
from tui.cli.choices import COMPLETING
from tui.cli.options import Program
from tui.cli.words import SubjectGroup
from tui.ended import ended_in_words
from tui.printing import say

app = Program(
    name="tasking",
    cls=SubjectGroup,
    help="Run tasking meetings from the keyboard; know every record behind every number.",
    no_args_is_help=True,
    add_completion=COMPLETING,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for subject in (meetings, people, places, powers, records, store, trust):
    subject.add_to(app)


def _version(wanted: bool) -> None:
    """Print the version and end the program, if that is wanted."""
    if wanted:
        from importlib.metadata import version

        say(f"tasking {version('grip-and-pace')}")
        raise typer.Exit


@app.callback()
def program(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Take the options that belong to no command."""


def run() -> None:
    """Run the command line to its end."""
    asked = app.with_only(sys.argv[1]) if len(sys.argv) > 1 else app
    ended_in_words(lambda: typer.main.get_command(asked)())


if __name__ == "__main__":
    run()
