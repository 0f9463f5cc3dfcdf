"""What options may be set to: declared once, in checks, help and completion alike."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from core.meetings import RENAMED, views
from core.methods import METHODS
from core.pools import POOLS
from tests.tui.cli.written import commands
from tui import exits
from tui.cli import choices
from tui.cli.choices import CHOICES, COMPLETING_BY, filled
from tui.main import app

_PROGRAM = "import sys; from tui.main import run; sys.argv = ['tasking']; run()"


def completed(words: str) -> list[str]:
    """What the program offers a shell at the end of some words."""
    env = {**os.environ, COMPLETING_BY: "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run([sys.executable, "-c", _PROGRAM], env=env, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("name", CHOICES)
def test_every_set_of_choices_has_some_and_stands_in_the_help_of_an_option(name: str) -> None:
    assert len(CHOICES[name]()) > 1
    texts = [option.help or "" for command in commands().values() for option in command.params]
    assert any(f"{{{name}}}" in text for text in texts)


@pytest.mark.parametrize("command", commands())
def test_help_names_the_choices_themselves(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "500"})
    assert done.exit_code == exits.OK
    assert not [name for name in CHOICES if f"{{{name}}}" in done.output]


def test_choices_in_words() -> None:
    assert filled("By {days}; {no braces} stay.") == "By reported or committed; {no braces} stay."
    assert filled("Plain.") == "Plain."


def test_a_view_is_of_a_meeting_or_stands_by_itself() -> None:
    of_a_meeting = {"activity", "attendance", "bids", "meetings", "performance", "promises", "readback"}
    assert {*choices.views(), *of_a_meeting} == set(views())
    assert not of_a_meeting & set(choices.views())


@pytest.mark.parametrize("name", [*choices.views(), "fly-tips", *RENAMED])
def test_every_view_can_be_asked_for_and_earlier_names_go_on(name: str) -> None:
    done = CliRunner().invoke(app, ["open", "--view", name])
    assert "needs a terminal" in str(done.exception)
    assert not set(RENAMED) & set(choices.views())


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("tasking rank --method ", list(METHODS)),
        ("tasking rank --method rfg", ["rfg", "rfgv"]),
        ("tasking stability --pool ", list(POOLS)),
        ("tasking open --view f", ["fly_tips", "focus"]),
        ("tasking completion ", list(choices.shells())),
        ("tasking pr", ["proportionality", "priority"]),
    ],
)
def test_a_shell_is_offered_commands_and_choices(words: str, offered: list[str]) -> None:
    assert completed(words) == offered


@pytest.mark.parametrize("shell", choices.shells())
def test_the_script_of_a_shell_asks_the_program(shell: str) -> None:
    done = CliRunner().invoke(app, ["completion", shell])
    assert done.exit_code == exits.OK
    assert "tasking" in done.output
    assert COMPLETING_BY in done.output


def test_a_shell_that_is_not_known_is_a_usage_error() -> None:
    done = CliRunner().invoke(app, ["completion", "cmd"])
    assert done.exit_code == exits.USAGE
    assert "bash, zsh, fish, powershell" in done.output
