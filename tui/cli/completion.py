"""``tasking completion``: the script that a shell completes by."""

from __future__ import annotations

from typer.completion import get_completion_script  # type: ignore[attr-defined]  # no other module has it

from tui.cli.choices import COMPLETING_BY, shells
from tui.cli.common import choice
from tui.printing import say_all


def run(shell: str) -> None:
    """Print the script of a shell. Raises a usage error for one that is not known."""
    say_all(
        get_completion_script(prog_name="tasking", complete_var=COMPLETING_BY, shell=choice("SHELL", shell, shells()))
    )
