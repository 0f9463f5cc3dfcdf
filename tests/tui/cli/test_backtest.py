"""``tasking backtest`` on the command line: the JSON that is documented, the tables, the picture."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from core.methods import METHODS
from db import backtest_sums
from db.backtest_wards import RANKINGS
from db.loading.importing import import_file
from db.store import make_store
from tests.db.made_releases import write_release
from tui import exits, printing
from tui.main import app

TODAY = date(2026, 11, 21)
ENTRY = {"ranking", "pool", "first", "captured", "best", "chance", "low", "high"}
LINE = "--of wards --release 202401-202412 --against 202403-202502 --from 2025-01 --to 2025-02"
WARDS = LINE.split()
Tasking = Callable[..., str]


@pytest.fixture(scope="module")
def tasking(tmp_path_factory: pytest.TempPathFactory) -> Tasking:
    folder, draw = tmp_path_factory.mktemp("backtest"), random.Random(1)
    codes = [f"E0501{number:04d}" for number in range(3462, 3492)]
    months = [f"2024{month:02d}" for month in range(1, 13)]
    store = make_store(folder / "tasking.db", "tester")
    for name, held in (("a.csv", months), ("b.csv", [*months[2:], "202501", "202502"])):
        rows = [("ROBBERY OF PERSONAL PROPERTY", code, "Hackney", [draw.randrange(40) for _ in held]) for code in codes]
        import_file(store, write_release(folder / name, held, rows), today=TODAY)
    store.close()

    def run(*words: str | Path, code: int = exits.OK) -> str:
        env = {"TASKING_STORE": str(folder / "tasking.db"), "COLUMNS": "200"}
        done = CliRunner().invoke(app, ["backtest", *map(str, words)], env=env)
        assert done.exit_code == code, (words, done.output, done.exception)
        return str(done.output) + str(getattr(done.exception, "sentence", ""))

    return run


def test_json_of_wards(tasking: Tasking, tmp_path: Path) -> None:
    found = json.loads(tasking(*WARDS, "--first", "3,9", "--json"))
    assert list(found)[:7] == ["of", "release", "against", "from", "to", "entries", "left_out"]
    assert (found["of"], found["from"], found["to"]) == ("wards", "2025-01", "2025-02")
    assert [(one["ranking"], one["first"]) for one in found["entries"]] == [(r, n) for n in (3, 9) for r in RANKINGS]
    for one in found["entries"]:
        assert one.keys() == ENTRY
        assert 0 <= one["low"] <= one["captured"] <= one["best"] <= 1
        assert one["captured"] <= one["high"] <= 1
        assert (one["pool"], one["chance"]) == (30, one["first"] / 30)
    assert [one["first"] for one in json.loads(tasking(*WARDS, "--json"))["entries"]] == [10] * len(RANKINGS)
    assert json.loads(tasking("--of", "wards", "--json"))["release"] == "202401-202412"


def test_print_and_picture(tasking: Tasking, tmp_path: Path) -> None:
    picture = tmp_path / "curves.svg"
    printed = tasking(*WARDS, "--picture", picture)
    assert printed.startswith("The first ten by harm held ")
    assert "Days of harm that followed, a ward, by rank:" in printed
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")  # noqa: S314 - our own
    assert "is there already" in tasking(*WARDS, "--picture", picture, code=exits.REFUSED)
    assert "is no folder" in tasking(*WARDS, "--picture", tmp_path / "none" / "x.svg", code=exits.REFUSED)
    assert "--first 31 is more than the 30 wards" in tasking(*WARDS, "--first", "31", code=exits.REFUSED)
    assert "give all four" in tasking("--of", "wards", "--release", "202401-202412", code=exits.USAGE)
    assert "no report that counts" in tasking("--of", "people", code=exits.REFUSED)


def test_json_of_people(tmp_path: Path, write_extract: Callable[..., Path]) -> None:
    draw = random.Random(2)
    rows = [
        {"crime_ref": f"{n:07d}/26", "person_ref": f"P{draw.randrange(30)}", "reported_on": day, "committed_from": day}
        for n in range(200)
        for day in [f"{draw.randrange(1, 28):02d}/{draw.randrange(1, 11):02d}/2026"]
    ]
    with make_store(tmp_path / "p.db", "tester") as store:
        import_file(store, write_extract(rows), today=TODAY)
    line = "backtest --of people --as-of 2026-06-01 --days 100 --first 5,10 --pool everything --json"
    done = CliRunner().invoke(app, line.split(), env={"TASKING_STORE": str(tmp_path / "p.db")})
    found = json.loads(done.output)
    assert [found[name] for name in ("of", "as_of", "until")] == ["people", "2026-06-01", "2026-09-09"]
    assert {"entries", "left_out", "beside", "calibration", "gini"} <= found.keys()
    assert [(one["ranking"], one["first"]) for one in found["entries"]] == [(m, n) for n in (5, 10) for m in METHODS]
    assert all(one.keys() == ENTRY for one in found["entries"])


class _Bar:
    """What a bar was told, in the place of one that is drawn."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.shown = Event()

    def add_task(self, _: str, **told: Any) -> int:
        self.told.append(told)
        return 0

    def update(self, _: int, **told: Any) -> None:
        self.told.append(told)
        if told.get("visible"):
            self.shown.set()


@pytest.mark.parametrize("of", ["wards", "people"])
def test_a_bar_is_shown_where_it_takes_long(
    tasking: Tasking, of: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, write_extract: Callable[..., Path]
) -> None:
    bar = _Bar()
    monkeypatch.setattr(printing, "draws_bars", lambda: True)
    monkeypatch.setattr(printing, "bar_of", lambda *_: nullcontext(bar))
    monkeypatch.setattr(printing, "_AT_ONCE", 0.0)
    monkeypatch.setattr(backtest_sums, "_AT_ONCE", 3)
    if of == "wards":
        tasking(*WARDS)
    else:
        days = [f"{day:02d}/06/2026" for day in range(1, 29)]
        rows = [{"crime_ref": f"{n}/26", "person_ref": f"P{n % 12}", "reported_on": day, "committed_from": day}
                for n, day in enumerate(days)]  # fmt: skip
        with make_store(tmp_path / "p.db", "tester") as store:
            import_file(store, write_extract(rows), today=TODAY)
        line = ["backtest", "--of", "people", "--as-of", "2026-06-14", "--days", "10", "--pool", "everything"]
        done = CliRunner().invoke(app, line, env={"TASKING_STORE": str(tmp_path / "p.db")})
        assert done.exit_code == exits.OK, done.output
    assert bar.shown.wait(30)
    assert bar.told[0] == {"total": None, "visible": False}
    shares = [told["completed"] for told in bar.told if "completed" in told]
    assert len(shares) >= 4
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] <= 1
