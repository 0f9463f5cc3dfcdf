"""Help by subject, and the version."""

from __future__ import annotations

from importlib.metadata import version

from typer.testing import CliRunner

from tests.tui.cli.written import commands
from tui import exits
from tui.cli import meetings, people, places, records, store
from tui.main import app


def test_help_names_every_command_under_its_subject() -> None:
    done = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"})
    assert done.exit_code == exits.OK
    sections = {part.split(":\n")[0]: part for part in done.output.split("\n\n")}
    for subject in (meetings, people, places, records, store):
        assert subject.SUBJECT in sections
    for name, command in commands().items():
        assert f"\n  {name} " in sections[command.rich_help_panel]


def test_the_version_is_that_of_the_distribution() -> None:
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.output) == (exits.OK, f"tasking {version('grip-and-pace')}\n")


def test_no_word_at_all_shows_the_help() -> None:
    assert "Meetings:" in CliRunner().invoke(app, []).output
