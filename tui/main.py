"""The command line: its commands are declared by subject. Each imports what it needs when it runs, so help is quick."""

from __future__ import annotations

import signal
import sys
from types import TracebackType
from typing import Annotated

import typer

from core.errors import Problem
from tui import exits
from tui.cli import meetings, people, places, powers, records, store
from tui.cli.choices import COMPLETING
from tui.cli.words import SubjectGroup
from tui.printing import complain, never_fail, not_text, say, tell

app = typer.Typer(
    name="tasking",
    cls=SubjectGroup,
    help="Run tasking meetings from the keyboard; know every record behind every number.",
    no_args_is_help=True,
    add_completion=COMPLETING,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for subject in (meetings, people, places, powers, records, store):
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
    """Run the command line; a problem is one sentence on standard error and an exit code, never a traceback."""
    sys.excepthook = _unforeseen
    if hasattr(signal, "SIGPIPE"):
        # A reader that stops early, like head, ends the command quietly, as it ends any other.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    never_fail()
    try:
        typer.main.get_command(app)()
    except Problem as problem:
        complain(problem.title, problem.sentence)
        sys.exit(exits.REFUSED)
    except UnicodeEncodeError:  # of a name that no store can hold; before others, of which it is a kind
        complain("Not text", not_text(sys.argv))
        sys.exit(exits.REFUSED)
    except OSError as error:  # of a place that is named: too long, not to be entered, gone meanwhile
        place = error.filename or "a file"
        complain("Not usable", f"{place} cannot be used: {error.strerror}. Check the name and who may open it.")
        sys.exit(exits.REFUSED)
    except KeyboardInterrupt:
        tell("Stopped. Nothing was half-done.")
        sys.exit(exits.INTERRUPTED)


def _unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say where a fault is without showing what any record holds."""
    from tui.faults import unforeseen

    tell(unforeseen(kind, error, trace))


if __name__ == "__main__":
    run()
