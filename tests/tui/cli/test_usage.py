"""What is written wrong is said at once, names what would be right, and ends with the code for usage."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tui import exits
from tui.main import app

COMMANDS = (
    "actions", "cohorts", "demo", "deployments", "explain", "import", "journal", "lfr", "lookup", "loop", "meetings",
    "minutes",
    "movement", "night", "officers", "open", "priority", "proportionality", "quarantine", "rank", "releases",
    "stability", "stops", "verify", "ward", "wards", "withdraw",
    "backtest", "users", "log", "init", "encrypt", "rekey",
)  # fmt: skip
WRONG = {
    "rank --top 0": "write a number or 'all'",
    "rank --top many": "write a number or 'all'",
    "rank --by whim": "reported, committed",
    "rank --method best": "v100",
    "rank --pool gangs": "vawg, violence, knife",
    "rank --split middle": "default, lowest, highest",
    "rank --compare rfg": "two different methods",
    "rank --compare rfg,rfg": "two different methods",
    "rank --compare rfg,best": "two different methods",
    "stability --method best": "v100, rfg",
    "movement --top none": "write a number or 'all'",
    "rank --window 0": "--window",
    "rank --min-crimes none": "--min-crimes",
    "rank --as-of yesterday": "yyyy-mm-dd or dd/mm/yyyy",
    "rank --as-of 31/02/2026": "is no date",
    "rank --top \u00b2": "write a number or 'all'",
    f"rank --top {'9' * 30}": "write a number or 'all'",
    f"rank --window {'9' * 30}": "--window",
    f"rank --min-crimes {'9' * 30}": "--min-crimes",
    "rank --as-of 0001-01-01": "1900 to 2099",
    "rank --as-of 9999-12-31": "1900 to 2099",
    "deployments --as-of yesterday": "yyyy-mm-ddThh:mm",
    "deployments --as-of 2026-11-21T25:00": "is no time",
    "deployments --as-of 2027-03-28T01:30": "the clocks go forward",
    "deployments --as-of 1800-01-01": "1900 to 2099",
    "deployments --scope moon": "There is no scope",
    "night --as-of 2027-03-28T01:30": "the clocks go forward",
    "night --since 2026-11-21T25:00": "is no time",
    "explain": "PERSON",
    "explain P1 --by whim": "reported, committed",
    "wards --by size": "harm, count, rate",
    "wards --ward E05013806": "goes with --changes",
    "wards --changes A": "requires 2 arguments",
    "wards --changes A B --from 2024-01": "only --ward goes with it",
    "wards --top -3": "write a number or 'all'",
    "priority --top none": "write a number or 'all'",
    "backtest": "--of",
    "backtest --of dogs": "wards, people",
    "backtest --of wards --first 0": "write numbers from 1 on",
    "officers --by rank": "harm, composite",
    "officers --total -1": "--total",
    "officers --edit E05013806=2": "write WARD=+1 or WARD=-1",
    "officers --wards 0": "--wards",
    "import": "FILE",
    "minutes": "MEETING",
    "minutes one": "MEETING",
    f"minutes {'9' * 30}": "MEETING",
    f"quarantine --batch {'9' * 30}": "--batch",
    "quarantine --batch x": "--batch",
    "open --meeting yearly": "daily, weekly",
    "open --view moon": "actions, cohorts, counts, decisions, deployments, fly_tips, focus",
    "nonsense": "nonsense",
    "rank --nonsense": "--nonsense",
}


@pytest.mark.parametrize("words", WRONG)
def test_what_is_written_wrong_ends_with_the_code_for_usage(words: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, words.split(), env={"TASKING_STORE": str(tmp_path / "none.db"), "COLUMNS": "200"})
    assert done.exit_code == exits.USAGE
    assert WRONG[words] in done.output
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command() -> None:
    done = CliRunner().invoke(app, ["--help"])
    assert done.exit_code == exits.OK
    assert all(f"\n  {command} " in done.output for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_takes(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"])
    assert done.exit_code == exits.OK
    assert "--store" in done.output
