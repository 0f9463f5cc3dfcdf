"""The room is opened without taking the whole command line apart, and opens what that would have opened."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from typer.testing import CliRunner

from core.meetings import standing_views, views
from tui import launch
from tui.cli import open as opening
from tui.main import app

_USUAL = (
    "",
    "--view suspects",
    "--store a.db --view wards --as-of 2026-11-28",
    "--projector --chair Ada",
    "--no-projector --as-of 2026-11-28 --store x",
)
_WITH_CARE = (
    "--store=a.db",
    "--meeting weekly",
    "--scope NW",
    "--view",
    "--view --chair",
    "--view wards --view wards",
    "--projector --no-projector",
    "--as-of 28/11/2026",
    "--as-of 2026-1-1",
    "--help",
    "suspects",
    "--stor a.db",
)


@pytest.mark.parametrize("words", _USUAL)
def test_what_is_usual_is_taken_as_the_command_line_takes_it(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[Any, ...]] = []
    monkeypatch.setattr(opening, "run", lambda *asked: given.append((*asked, *(None,) * (7 - len(asked)))))
    monkeypatch.setattr(sys, "argv", ["tasking", "open", *words.split()])
    assert launch.plainly(sys.argv[1:]) is not None
    monkeypatch.setattr(launch, "ended_in_words", lambda run: run())
    launch.run()
    assert CliRunner().invoke(app, ["open", *words.split()]).exit_code == 0
    assert given[0] == given[1]


@pytest.mark.parametrize("name", sorted(views().keys() - standing_views().keys()))
def test_a_view_that_shows_nothing_outside_a_meeting_is_refused_with_those_that_do(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tasking", "open", "--view", name])
    with pytest.raises(SystemExit) as ended:
        launch.run()
    assert ended.value.code == 2
    assert f"'{name}'; use one of: actions, " in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("words", _WITH_CARE)
def test_anything_else_is_left_to_the_command_line(words: str) -> None:
    assert launch.plainly(["open", *words.split()]) is None


def test_so_is_every_other_command() -> None:
    assert launch.plainly([]) is launch.plainly(["rank"]) is launch.plainly(["--version"]) is None
