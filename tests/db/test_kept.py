"""Measures brought up to date day after day are those measured anew."""

from __future__ import annotations

import csv
import random
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.extract import COLUMNS
from core.methods import METHODS
from core.methods.base import Combine, Method
from core.pools import Pool
from core.ranking import place
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.measure_cache import _LATEST
from db.rankings import RunHead, entries_at, order
from db.run_records import RULES
from db.runs import make_run
from db.scoring import RankingRequest, standings
from db.store import Store, make_store
from db.store.verify import verify
from tests.db.files import rows_of

START = date(2026, 1, 5)
OFFENCES = (("105/01", "Common assault"), ("008/66", "Stalking"), ("008/01", "Wounding"), ("034/01", "Robbery"))


def _days_file(path: Path, chance: random.Random, day: date, number: int) -> Path:
    """What one day brings: new reports, and older ones said again in other words."""
    rows = []
    for _ in range(number):
        row = dict.fromkeys(COLUMNS, "")
        back = chance.choice((0, 0, 0, 1, 5, 29, 30, 31, 60))
        code, offence = chance.choice(OFFENCES)
        row |= {"crime_ref": f"C{chance.randrange(60)}", "ho_code": code, "offence": offence}
        row |= {"committed_from": (day - timedelta(days=back + 2)).isoformat()}
        row |= {"reported_on": (day - timedelta(days=back)).isoformat(), "person_ref": f"P{chance.randrange(25)}"}
        row |= {"vawg": chance.choice(("yes", "yes", "no")), "outcome": chance.choice(("charged", "cancelled"))}
        row |= {"role": "named suspect", "named_by": chance.choice(("victim", "police"))}
        row |= {"victim_ref": f"V{chance.randrange(4)}"}
        rows.append(list(row.values()))
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *rows])
    return path


def _same(store: Store, asked: RankingRequest) -> None:
    """A run, which goes on from what is kept, against the measures of everyone taken from the rows."""
    anew = standings(store, asked)
    if not anew:
        return
    head = make_run(store, asked)
    found = entries_at(store, head.id, order(store, head.id))
    expected = [(rank, one.ref, one.score, one.victims, one.last) for _, rank, one in place(anew, asked.at_least)]
    assert [(e.rank, e.person, e.score, e.victims, e.last_allegation) for _, e in sorted(found.items())] == expected


@pytest.mark.parametrize("seed", range(4))
def test_day_after_day_what_is_kept_is_what_is_measured_anew(seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = make_store(folder / "tasking.db", "tester", lambda: datetime(2026, 6, 1, 9, tzinfo=UTC))
        for turn in range(12):
            day = START + timedelta(days=turn * chance.choice((1, 1, 3)))
            file = _days_file(folder / f"{turn}.csv", chance, day, chance.choice((1, 4, 15)))
            batch = import_file(store, file, today=date(2026, 6, 1)).batch
            for method in ("v100", chance.choice(list(METHODS))):
                pool = chance.choice((None, Pool.EVERYTHING))
                _same(
                    store, RankingRequest(day.toordinal() + 40, method=method, pool=pool, window=30 + 60 * (turn % 2))
                )
            if chance.random() < 0.2 and batch is not None:
                withdraw(store, batch)
                _same(store, RankingRequest(day.toordinal() + 40, window=90))
        assert store.read.rows("SELECT COUNT(*) FROM kept")[0][0] > 0
        store.close()


def test_a_day_more_measures_only_whom_it_touches(tmp_path: Path) -> None:
    store = make_store(tmp_path / "tasking.db", "tester", lambda: datetime(2026, 6, 1, 9, tzinfo=UTC))
    import_file(store, _days_file(tmp_path / "a.csv", random.Random(1), START, 200), today=date(2026, 6, 1))
    make_run(store, RankingRequest(START.toordinal(), window=365))
    [before] = store.read.rows("SELECT id FROM kept")
    with store.change("spoil", meeting=None) as writing:
        writing.connection.exec_driver_sql("UPDATE kept_measure SET harm = 12345 WHERE person_id = 1")
    assert "step 1 of series 1" in str(verify(store).fault)
    head = make_run(store, RankingRequest(START.toordinal() + 1, window=365))
    assert store.read.rows("SELECT id FROM kept") == [before]
    [(ref,)] = rows_of(store, "SELECT ref FROM person WHERE id = 1")
    assert (
        _scores(store, head)[ref] == 12345.0
    )  # no one touched person 1, so what was kept of them was not measured anew
    store.close()


def _scores(store: Store, head: RunHead) -> dict[str, float]:
    return {one.person: one.score for one in entries_at(store, head.id, order(store, head.id)).values()}


def _days_a_report(days: float) -> Combine:
    return lambda found, _traits, _bands: found[0]._replace(days=days)


def test_the_latest_report_that_names_someone_is_found_without_sorting(tmp_path: Path) -> None:
    with make_store(tmp_path / "tasking.db", "tester") as store:
        [(*_, step)] = store.read.rows(f"EXPLAIN QUERY PLAN {_LATEST}")
        assert step == "SCAN report_row USING INDEX report_row_reported"


def test_methods_whose_rules_are_called_the_same_share_no_measures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    light = Method("light", "", "", "", pool=Pool.EVERYTHING, combine=_days_a_report(1))
    heavy = Method("heavy", "", "", "", pool=Pool.EVERYTHING, combine=_days_a_report(1000))
    assert light.combine.__name__ == heavy.combine.__name__
    monkeypatch.setattr("core.methods.METHODS", {**METHODS, "light": light, "heavy": heavy})
    store = make_store(tmp_path / "tasking.db", "tester", lambda: datetime(2026, 6, 1, 9, tzinfo=UTC))
    import_file(store, _days_file(tmp_path / "a.csv", random.Random(1), START, 40), today=date(2026, 6, 1))
    scores = {}
    for key in ("light", "heavy"):
        head = make_run(store, RankingRequest(START.toordinal() + 1, method=key))
        scores[key] = _scores(store, head)
    assert scores["heavy"] == {person: score * 1000 for person, score in scores["light"].items()}
    later = light._replace(version=2, combine=_days_a_report(7))
    monkeypatch.setattr("core.methods.METHODS", {**METHODS, "light": later})
    head = make_run(store, RankingRequest(START.toordinal() + 1, method="light"))
    sevenfold = {person: score * 7 for person, score in scores["light"].items()}
    assert _scores(store, head) == sevenfold, "a new version measures anew"
    store.close()


def test_measures_of_other_rules_are_not_gone_on_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(tmp_path / "tasking.db", "tester", lambda: datetime(2026, 6, 1, 9, tzinfo=UTC))
    import_file(store, _days_file(tmp_path / "a.csv", random.Random(1), START, 40), today=date(2026, 6, 1))
    make_run(store, RankingRequest(START.toordinal()))
    assert rows_of(store, "SELECT rules FROM kept_step") == [(RULES,)]
    [before] = store.read.rows("SELECT id FROM kept")
    make_run(store, RankingRequest(START.toordinal() + 1))
    assert store.read.rows("SELECT id FROM kept") == [before]
    monkeypatch.setattr("db.measure_cache.RULES", "allegations 2")
    with store.change("spoil", meeting=None) as writing:
        writing.connection.exec_driver_sql("UPDATE kept_measure SET harm = 12345")
    head = make_run(store, RankingRequest(START.toordinal() + 1))
    assert rows_of(store, "SELECT rules FROM kept_step ORDER BY id DESC LIMIT 1") == [("allegations 2",)]
    assert 12345 not in _scores(store, head).values()
    store.close()
