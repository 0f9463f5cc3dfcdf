"""Options that several commands take are the same in each."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
import typer
from typer.testing import CliRunner

from core.bands import default
from tests.tui.cli.written import commands
from tui.cli.asking import ranking_asked, score_asked
from tui.cli.options import ListOptions, RankingOptions, ScoreOptions, spread


def described(command: str) -> dict[str, tuple[Any, ...]]:
    """The options of a command: words, default, help."""
    return {option.name: (option.opts, option.default, option.help) for option in commands()[command].params}


@pytest.mark.parametrize(("command", "options"), [("stability", RankingOptions), ("explain", ListOptions)])
def test_the_options_of_a_ranking_are_the_same_in_every_command(command: str, options: type[Any]) -> None:
    ranked, other = described("rank"), described(command)
    shared = set(options.__dataclass_fields__)
    assert shared <= set(ranked) & set(other)
    assert all(ranked[name] == other[name] for name in shared)


def test_explain_takes_every_option_of_rank() -> None:
    ranked, explained = described("rank"), described("explain")
    assert set(ranked) - set(explained) == {"scope"}, "one person is explained wherever they live"
    assert set(explained) - set(ranked) == {"person"}
    assert all(ranked[name] == explained[name] for name in explained if name in ranked)


def test_a_command_gets_its_spread_options_as_one_value() -> None:
    got: list[tuple[RankingOptions, str]] = []
    app = typer.Typer()

    @app.command()
    @spread
    def rank(options: RankingOptions, name: Annotated[str, typer.Option("--name")] = "none") -> None:
        """Keep what was given."""
        got.append((options, name))

    assert CliRunner().invoke(app, []).exit_code == 0
    words = ["--method", "rfg", "--status", "at large", "--min-crimes", "3", "--name", "x"]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert got == [
        (RankingOptions(), "none"),
        (RankingOptions(method="rfg", min_crimes=3, status=["at large"]), "x"),
    ]


def test_options_become_what_is_asked_of_the_store() -> None:
    asked = ranking_asked(RankingOptions(" RFG ", "knife", "2026-11-21", min_crimes=3, status=["at large"]))
    assert (asked.method, asked.min_crimes, asked.statuses, asked.bands) == ("rfg", 3, ("at large",), default())
    assert score_asked(ScoreOptions(as_of="21/11/2026"), "rfh").as_of == asked.as_of
