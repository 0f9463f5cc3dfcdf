"""What runs read back, days and many changes later, is what stood when they were made; a row that is changed shows."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Damaged
from core.methods import METHODS
from db import rankings
from db.first import people_first
from db.kept_state import ENTRY, state_of
from db.loading.importing import import_file
from db.placing import places_of, placing, ranks_before, ranks_of
from db.rankings import RunHead
from db.runs import make_run
from db.scoring import ROW, RankingRequest, scoring_of, with_status
from db.store import Store, make_store
from db.store.verify import verify
from tests.db.run_history import (
    GOLDEN,
    SEEDS,
    START,
    TODAY,
    days_file,
    live,
    of_a_history,
    of_a_method,
)


@cache
def _golden() -> dict[str, str]:
    parts = GOLDEN.read_text(encoding="utf-8").split("== ")[1:]
    return dict(part.split("\n", 1) for part in parts)


@pytest.mark.parametrize("method", METHODS)
def test_a_run_of_every_method_reads_back_to_the_last_digit_as_it_always_did(method: str) -> None:
    assert "\n".join(of_a_method(method)) + "\n" == _golden()[method]


@pytest.mark.parametrize("seed", SEEDS)
def test_histories_read_back_as_when_every_run_was_stored_whole(seed: int) -> None:
    digest = hashlib.sha256("\n".join(of_a_history(seed)).encode()).hexdigest()
    assert f"{digest}\n" == _golden()[f"history {seed}"]


_PLACED = (
    "SELECT ROW_NUMBER() OVER (ORDER BY t.enough DESC{ahead}, t.score DESC, t.last DESC, t.ref) AS position, "  # noqa: S608
    "CASE WHEN t.enough THEN RANK() OVER (ORDER BY t.enough DESC{ahead}, t.score DESC) END, "
    "t.person_id, t.version_id, t.score, t.recency, t.gravity, t.harm, t.allegations, t.crimes, t.victims, t.historic, "
    f"t.last, t.heaviest % {ROW}, t.latest % {ROW} "
    "FROM (SELECT f.*, f.crimes >= :least AS enough FROM ({everyone}) f {among}) t ORDER BY position"
)
"""Everyone measured anew from the rows and placed by the database: how runs were once stored whole."""


def _placed_anew(store: Store, head: RunHead, request: RankingRequest) -> list[tuple[Any, ...]]:
    scoring = scoring_of(store, request)
    among, statuses = with_status(request, "f")
    first = people_first(store, request)
    ahead = f", t.person_id IN ({', '.join(map(str, first))}) DESC" if first else ""
    query = _PLACED.format(ahead=ahead, everyone=scoring.sql(), among=among)
    rows = store.read.rows(query, least=head.min_crimes, **scoring.parameters, **statuses)
    return [tuple(row) for row in rows]


def _read_back(store: Store, run: int) -> list[tuple[Any, ...]]:
    state = state_of(store, run)
    names = (*list(ENTRY)[:2], "score", "recency", *list(ENTRY)[2:])
    rows = {row[0]: tuple(row) for row in store.read.rows(state.everyone(*names), **state.values)}
    return [(place.position, place.rank, *rows[place.person]) for place in placing(store, run)]


@settings(max_examples=6)
@given(st.integers(0, 10_000))
def test_every_run_of_a_random_history_reads_back_as_it_was_placed(seed: int) -> None:
    with tempfile.TemporaryDirectory() as name, _made(Path(name)) as store:
        expected: dict[int, list[tuple[Any, ...]]] = {}
        for head, request in live(store, Path(name), random.Random(seed), 7):
            expected[head.id] = _placed_anew(store, head, request)
        ranks = {run: {row[2]: row[1] for row in rows} for run, rows in expected.items()}
        for run, rows in expected.items():
            assert _read_back(store, run) == rows
            head = rankings.run(store, run)
            before = ranks.get(head.earlier or 0, {})
            people = [row[2] for row in rows]
            found = ranks_before(store, run, people, None)
            assert [found.get(person) for person in people] == [before.get(person) for person in people]
            assert head.people == len(rows)
        with Store(store.path, "tester") as other:  # which has put nobody in order yet
            for run, rows in expected.items():
                theirs = ranks_of(other, run, [row[2] for row in rows])
                assert [theirs[row[2]] for row in rows] == [row[1] for row in rows]
                for some in (rows[:3], rows[-3:]):
                    places = places_of(other, run, [row[2] for row in some])
                    assert [(places[row[2]].position, places[row[2]].rank) for row in some] == [row[:2] for row in some]
        assert verify(store).fault is None


@contextmanager
def _made(folder: Path) -> Iterator[Store]:
    with make_store(folder / "tasking.db", "tester", lambda: datetime(2026, 6, 1, 9, tzinfo=UTC)) as store:
        yield store


_SPOILS = {
    "a figure that stands": "UPDATE kept_measure SET harm = harm + 0.01 WHERE rowid_of",
    "when it began": "UPDATE kept_measure SET since = 1 WHERE since > 1",
    "how someone was described": "UPDATE kept_measure SET version_id = version_id + 1 WHERE person_id = 2",
    "a person taken out": "DELETE FROM kept_measure WHERE person_id = 2",
    "a person too many": (
        "INSERT INTO kept_measure SELECT kept_id, 999, since, version_id, oldest, newest, last, gravity, harm, "
        "allegations, crimes, victims, historic, heaviest, latest FROM kept_measure LIMIT 1"
    ),
    "a figure that was": "UPDATE kept_closed SET victims = victims + 1",
    "when it ended": "UPDATE kept_closed SET until = until + 1",
    "someone who was": "DELETE FROM kept_closed",
    "the step of a run": "UPDATE run SET step_id = 1 WHERE id = (SELECT MAX(id) FROM run)",
    "who stands first": "UPDATE run SET ahead = '[1]'",
    "the day of a step": "UPDATE kept_step SET as_of = as_of + 1",
    "a step": "DELETE FROM kept_step WHERE id = 2",
    "the window of a series": "UPDATE kept SET window_days = 30",
    "no figure at all": "UPDATE kept_measure SET oldest = 'x'",
}


def test_whatever_of_a_kept_run_is_changed_shows(tmp_path: Path) -> None:
    chance = random.Random(3)
    with _made(tmp_path) as store:
        for turn in range(2):
            import_file(store, days_file(tmp_path / f"{turn}.csv", chance, START, 20), today=TODAY)
            make_run(store, RankingRequest(START.toordinal() + turn))
        assert verify(store).fault is None
        covered = verify(store)
        assert not {"kept_measure", "kept_closed", "kept_step", "run"} & covered.not_covered.keys()
    for what, spoil in _SPOILS.items():
        path = tmp_path / "spoilt.db"
        path.write_bytes((tmp_path / "tasking.db").read_bytes())
        with closing(sqlite3.connect(path)) as past_the_program, past_the_program:
            for verb in ("update", "delete"):
                past_the_program.execute(f"DROP TRIGGER kept_closed_no_{verb}")
            past_the_program.execute("PRAGMA foreign_keys = OFF")
            done = past_the_program.execute(spoil.replace("rowid_of", "person_id = 2"))
            assert done.rowcount > 0, what
        with Store(path, "tester") as store:
            assert verify(store).fault is not None, what
        path.unlink()


def test_a_run_whose_figures_are_gone_says_so(tmp_path: Path) -> None:
    with _made(tmp_path) as store:
        import_file(store, days_file(tmp_path / "a.csv", random.Random(1), START, 20), today=TODAY)
        head = make_run(store, RankingRequest(START.toordinal()))
    with closing(sqlite3.connect(tmp_path / "tasking.db")) as past_the_program, past_the_program:
        past_the_program.execute("DELETE FROM kept_step")
    with Store(tmp_path / "tasking.db", "tester") as store, pytest.raises(Damaged, match="run 1 was made of are no"):
        rankings.entries(store, head.id)


def test_a_second_method_of_a_day_shares_its_figures_and_a_day_without_news_writes_nobody(tmp_path: Path) -> None:
    with _made(tmp_path) as store:
        import_file(store, days_file(tmp_path / "a.csv", random.Random(1), START, 20), today=TODAY)
        make_run(store, RankingRequest(START.toordinal()))
        before = store.read.rows("SELECT COUNT(*) FROM kept_measure")[0][0]
        for method in ("v100", "rfg", "rfgv"):
            make_run(store, RankingRequest(START.toordinal(), method=method, min_crimes=1))
        steps = [tuple(row) for row in store.read.rows("SELECT kept_id, seq FROM kept_step")]
        assert (1, 1) in steps
        assert len(store.read.rows("SELECT DISTINCT step_id FROM run")) == len(steps) <= 2
        make_run(store, RankingRequest(START.toordinal() + 1))
        [(came, went)] = store.read.rows("SELECT came, went FROM kept_step ORDER BY id DESC LIMIT 1")
        assert (came, went) == (0, 0)
        assert store.read.rows("SELECT COUNT(*) FROM kept_closed")[0][0] == 0
        assert before > 0
