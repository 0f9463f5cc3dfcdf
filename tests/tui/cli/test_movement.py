"""``tasking movement`` on the command line: the JSON that is documented, and the table beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.errors import NotFound
from db.loading.importing import import_file
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store
from tests.conftest import NOW
from tui import exits
from tui.main import app

HOSTILE = "\x1b[31m[/red]"
AS_OF = NOW.date().toordinal()


@pytest.fixture
def ranked(store: Store, write_extract: Callable[..., Path]) -> Store:
    """Two runs: Y, who stood beside X, gets 1,825 days more."""
    first = [{"crime_ref": str(n), "person_ref": "XXYY"[n], "surname": f"Testcase{HOSTILE}"} for n in range(4)]
    rape = {"ho_code": "019/08", "offence": "Rape of a female aged 16 or over"}
    later = {"person_ref": "Y", "surname": f"Testcase{HOSTILE}"}
    for number, rows in enumerate([first, [{**later, "crime_ref": "9", **rape}]]):
        import_file(store, write_extract(rows, f"{number}.csv"), today=NOW.date())
        make_run(store, RankingRequest(AS_OF + number))
    return store


def _asked(store: Store, *words: str) -> Any:
    done = CliRunner().invoke(app, ["movement", "--store", str(store.path), *words], env={"COLUMNS": "200"})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_the_json_is_what_is_documented(ranked: Store) -> None:
    found = json.loads(_asked(ranked, "--from", "1", "--to", "2", "--json").output)
    assert (found["from"], found["to"], found["unit"]) == (1, 2, "d")
    beside = ("name", "move", "also_victim")
    assert [{key: entry[key] for key in entry if key not in beside} for entry in found["entries"]] == [
        {
            "person": "Y", "rank_before": 1, "rank_after": 1, "score_before": 2, "score_after": 1827,
            "causes": [{"cause": "new allegation", "days": 1825}],
        },
        {
            "person": "X", "rank_before": 1, "rank_after": 2, "score_before": 2, "score_after": 2,
            "causes": [{"cause": "others moving", "days": 0}],
        },
    ]  # fmt: skip
    assert json.loads(_asked(ranked, "--json").output) == found
    assert json.loads(_asked(ranked, "--from", "previous", "--to", "latest", "--top", "all", "--json").output) == found


def test_the_table_says_it_in_words_and_shows_no_name_as_it_stands(ranked: Store) -> None:
    printed = _asked(ranked).output
    assert "new allegation +1,825 d" in printed
    assert "others moving" in printed
    assert "2 people moved from run 1" in printed
    assert "add up" in printed
    assert "\x1b[31m" not in printed
    back = _asked(ranked, "--from", "2", "--to", "1").output
    assert "new allegation -1,825 d" in back
    assert "Run 1 knew less than run 2" in back


def test_what_is_not_there_or_no_run_is_said(ranked: Store) -> None:
    with pytest.raises(NotFound, match=r"There is no run 77\. The latest is run 2"):
        _asked(ranked, "--to", "77")
    with pytest.raises(NotFound, match="No run of the same kind"):
        _asked(ranked, "--to", "1")
    for words in (("--from", "x"), ("--to", "-1"), ("--to", "9" * 30), ("--top", "0")):
        assert _asked(ranked, *words).exit_code == exits.USAGE
