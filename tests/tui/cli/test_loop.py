"""``tasking loop`` in words: whose it is, and that a place that raised nothing is not told as the force."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tui.main import app


@pytest.mark.parametrize(("scope", "says"), [("Harrow", True), ("force", False)])
def test_that_no_action_was_raised_is_said_of_the_place_that_raised_none(
    demo_store: Path, scope: str, says: bool
) -> None:
    done = CliRunner().invoke(app, ["loop", "--scope", scope], env={"TASKING_STORE": str(demo_store), "COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    assert (f"{scope} has raised no action." in done.output) is says
    assert "ever raised" not in done.output


def test_a_week_before_the_first_action_is_not_known(demo_store: Path) -> None:
    """The table says that of the time before nothing is known; it prints no 0 for it."""
    done = CliRunner().invoke(app, ["loop", "--weeks", "60"], env={"TASKING_STORE": str(demo_store), "COLUMNS": "200"})
    assert "of the time before nothing is known" in done.output
    first = next(line for line in done.output.splitlines() if "/" in line and line.split()[0].count("/") == 1)
    assert first.split()[1:] == ["?", "?", "?", "?"]
