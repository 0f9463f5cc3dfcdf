"""``tasking demo`` says where the store is and what next; the same day and seed give the same London."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from core.errors import Conflict, NotFound
from db import demo as records
from db import rankings
from db.demo import build
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store, make_store
from db.store.open_sittings import alone
from tui.cli import demo

DAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few suspects, and meetings on the last day alone: they are most of the work and rank nobody anew."""
    days_before = records._days_before
    monkeypatch.setattr(records, "_days_before", lambda as_of: days_before(as_of)[-1:])
    monkeypatch.setattr(demo, "build", partial(build, suspects=100))


def test_it_prints_where_the_store_is_and_what_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "london.db"
    demo.run(path, DAY, open_=False)
    printed = capsys.readouterr().out
    assert "21/11/2026" in printed
    assert f"tasking open --store {path} --as-of 2026-11-21" in printed
    assert f"tasking rank --store {path} --as-of 2026-11-21" in printed
    assert [file.name for file in tmp_path.iterdir()] == ["london.db"]

    before = path.read_bytes()
    with pytest.raises(Conflict, match="there already"):
        demo.run(path, DAY, open_=False)
    assert path.read_bytes() == before


def test_without_a_name_todays_london_is_built_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def empty(place: Path, *_: object, **_named: object) -> Store:
        builds.append(place.parent)
        return make_store(place, "tester")

    builds: list[Path] = []
    monkeypatch.setattr(demo, "build", empty)
    monkeypatch.setenv("TASKING_STORE", str(tmp_path / "tasking.db"))
    demo.run(None, DAY, open_=False)
    path = tmp_path / "demo-2026-11-21.db"
    built = path.stat().st_mtime_ns
    demo.run(None, DAY, open_=False)
    assert path.stat().st_mtime_ns == built
    assert builds == [tmp_path]
    assert capsys.readouterr().out.count(str(path)) == 6


def test_a_build_that_is_stopped_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(path: Path, *_: object, **_named: object) -> None:
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "build", stopped)
    with pytest.raises(KeyboardInterrupt):
        demo.run(tmp_path / "london.db", DAY, open_=False)
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_another_builds_is_refused_until_it_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def beside(path: Path, *_: object, **_named: object) -> Store:
        for named in (target, None):
            with pytest.raises(Conflict, match=f"Another program is building {target}. Wait"):
                demo.run(named, DAY, open_=False)
        return make_store(path, "the first")

    monkeypatch.setattr(demo, "build", beside)
    monkeypatch.setenv("TASKING_STORE", str(tmp_path / "tasking.db"))
    target = tmp_path / "demo-2026-11-21.db"
    demo.run(None, DAY, open_=False)
    assert [file.name for file in tmp_path.iterdir()] == [target.name]
    assert capsys.readouterr().out.count(f"stands in {target}") == 1


def test_a_store_that_another_has_just_built_there_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def a_moment_later(path: Path) -> Iterator[bool]:
        target.write_bytes(b"the other's")
        with alone(path) as is_alone:
            yield is_alone

    target = tmp_path / "london.db"
    monkeypatch.setattr(demo, "alone", a_moment_later)
    with pytest.raises(Conflict, match="is there already"):
        demo.run(target, DAY, open_=False)
    assert target.read_bytes() == b"the other's"


def test_the_same_day_and_seed_rank_the_same_people(tmp_path: Path) -> None:
    found = []
    for name, seed in (("a.db", 1), ("b.db", 1), ("c.db", 2)):
        store = build(tmp_path / name, DAY, lambda *_: None, seed=seed, suspects=100)
        head = make_run(store, RankingRequest(DAY.toordinal()))
        found.append([(e.rank, e.person, e.name, e.score, e.borough) for e in rankings.entries(store, head.id, None)])
        store.close()
    assert found[0] == found[1]
    assert found[0]
    assert found[0] != found[2]


def test_a_folder_is_not_taken_for_a_demo_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"is a folder\. Name the file of the store"):
        demo.run(tmp_path, DAY, open_=False)
