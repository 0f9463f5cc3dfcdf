"""Help by subject, and the version."""

from __future__ import annotations

import subprocess
import sys
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


def test_help_reads_no_declaration_and_no_record() -> None:
    script = (
        "import sys\nfrom tui.main import app\nfrom typer.testing import CliRunner\n"
        "CliRunner().invoke(app, ['--help'])\n"
        "print([name for name in ('core.methods', 'core.meetings', 'db', 'rich', 'textual') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_command_built_alone_is_the_one_built_among_all() -> None:
    for name in commands():
        alone = app.with_only(name)
        assert len(alone.registered_commands) == 1
        asked = [name, "--help"]
        assert CliRunner().invoke(alone, asked).output == CliRunner().invoke(app, asked).output


def test_what_is_no_command_finds_all_of_them() -> None:
    assert app.with_only("no-such-command") is app
