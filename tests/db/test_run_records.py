"""A ranking that is shown as made of the records as they are is made of these, whatever came in or was taken back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db import meetings, papers, rankings, sealing
from db.batch_kinds import REPORTS, batches_that_brought
from db.gaps import gaps
from db.incident_rows import last_reports
from db.loading.importing import import_file
from db.loading.profiles import from_toml, profiles
from db.loading.withdraw import withdraw
from db.newer_reports import RANKED_BY, newer_reports
from db.ranked_index import known_index, ranked_index
from db.runs import make_run, run_like
from db.scoring import RankingRequest
from db.store import Store, make_store
from tests.db.test_kept import START, _days_file

ASKED = RankingRequest(START.toordinal())
OTHER = RankingRequest(START.toordinal(), method="rfgv")


@pytest.fixture
def two_files(tmp_path: Path) -> Iterator[Store]:
    """A store of two days' files, of which the second brings people whom the first does not name."""
    with make_store(tmp_path / "tasking.db", "tester", lambda: datetime(2026, 6, 1, 9, tzinfo=UTC)) as store:
        for number, rows in (("1", 20), ("2", 60)):
            file = _days_file(tmp_path / f"{number}.csv", random.Random(number), START, rows)
            import_file(store, file, today=date(2026, 6, 1))
        yield store


def people_of(store: Store, run_id: int | None) -> int:
    assert run_id is not None
    return rankings.run(store, run_id).people


def test_a_ranking_of_a_file_that_was_withdrawn_is_given_for_none_of_now(two_files: Store) -> None:
    store = two_files
    with_both = {asked.method: make_run(store, asked) for asked in (ASKED, OTHER)}
    withdraw(store, 2)
    assert rankings.latest_run(store) is None
    assert rankings.usual_run(store, ASKED.as_of) is None
    held = meetings.open_meeting(store, "daily", "Chair", START)
    assert people_of(store, held.run_id) < with_both["v100"].people
    for asked in (ASKED, OTHER):
        assert run_like(store, asked).people < with_both[asked.method].people
        assert run_like(store, asked).id == run_like(store, asked).id, "that one stands"
    assert rankings.latest_run(store) == rankings.run(store, held.run_id or 0)


def test_what_was_made_before_the_file_that_was_withdrawn_holds_again(two_files: Store, tmp_path: Path) -> None:
    store = two_files
    before = make_run(store, ASKED)
    import_file(store, _days_file(tmp_path / "3.csv", random.Random(3), START, 40), today=date(2026, 6, 1))
    during = make_run(store, ASKED)
    assert rankings.latest_run(store) == during
    withdraw(store, 3)
    assert rankings.latest_run(store) == before


def test_what_is_kept_in_memory_of_a_ranking_is_read_anew_once_a_file_is_withdrawn(two_files: Store) -> None:
    head = make_run(two_files, ASKED)
    assert known_index(two_files, head.id, None) is None
    found = ranked_index(two_files, head.id)
    assert known_index(two_files, head.id, None) is found
    withdraw(two_files, 2)
    assert known_index(two_files, head.id, None) is None


def test_a_ranking_says_that_a_file_it_counts_was_withdrawn(two_files: Store) -> None:
    store = two_files
    head = make_run(store, ASKED)
    assert newer_reports(store, head.id) == ""
    assert newer_reports(store, None) == ""
    withdraw(store, 2)
    assert newer_reports(store, head.id).startswith("A file that this ranking counts was withdrawn since: it is out at")
    assert newer_reports(store, make_run(store, ASKED).id) == ""
    make_run(store, replace(ASKED, as_of=ASKED.as_of + 1))
    past = "A file that this ranking counts was withdrawn since."
    assert newer_reports(store, head.id) == past, "a ranking of a later day was the next meeting's"


def test_a_ranking_of_the_past_promises_nothing_for_the_next_meeting(two_files: Store, tmp_path: Path) -> None:
    """Of a sealed meeting, or shown with a decision: the next meeting was held, and has counted what came in."""
    store = two_files
    head = make_run(store, ASKED)
    reports = _days_file(tmp_path / "3.csv", random.Random(3), START, 40)
    import_file(store, reports, today=date(2026, 6, 1))
    assert newer_reports(store, head.id).endswith("they count at the next meeting, or now with m.")
    make_run(store, replace(ASKED, as_of=ASKED.as_of + 1))
    assert newer_reports(store, head.id).endswith("came in since this ranking was made: they count in later ones.")


def test_a_ranking_says_nothing_of_a_file_that_it_does_not_count(two_files: Store, tmp_path: Path) -> None:
    store = two_files
    file = tmp_path / "units.csv"
    file.write_text("unit,base,officers,status\nEast 1,east,20,free\n", encoding="utf-8")
    import_file(store, file, today=date(2026, 6, 1))
    head = make_run(store, ASKED)
    withdraw(store, 3)
    assert newer_reports(store, head.id) == ""
    withdraw(store, 2)
    assert newer_reports(store, head.id).startswith("A file that this ranking counts was withdrawn since")


def test_what_the_profile_of_a_force_brought_is_told_by_its_rows(two_files: Store, tmp_path: Path) -> None:
    store = two_files
    head = make_run(store, ASKED)
    file = tmp_path / "units.csv"
    file.write_text("unit,base,officers,status\nEast 1,east,20,free\n", encoding="utf-8")
    own = from_toml('profile = "deployments"', "own.toml")
    before = last_reports(store)
    assert import_file(store, file, own, today=date(2026, 6, 1)).taken == 1
    assert newer_reports(store, head.id) == "", "units are no reports, whoever reads them"
    assert last_reports(store) == before
    reports = _days_file(tmp_path / "3.csv", random.Random(3), START, 40)
    came = import_file(store, reports, from_toml('profile = "extract"', "own.toml"), today=date(2026, 6, 1))
    told = newer_reports(store, head.id)
    assert told.startswith(f"{came.taken + came.revised} reports came in since this ranking was made")
    assert batches_that_brought(store, REPORTS) == {1, 2, came.batch}
    withdraw(store, came.batch or 0)
    assert newer_reports(store, head.id) == ""


def test_papers_say_what_their_ranking_counts_still_and_what_it_does_not(two_files: Store, tmp_path: Path) -> None:
    store = two_files
    held = meetings.open_meeting(store, "daily", "Chair", START)
    told = "The ranking counts a file that was withdrawn since it was made."
    assert told not in papers.minutes(store, held, store.now())
    withdraw(store, 2)
    import_file(store, _days_file(tmp_path / "3.csv", random.Random(3), START, 40), today=date(2026, 6, 1))
    [came] = [one for one in gaps(store, held, store.now()) if "came in since" in one]
    assert came == "40 reports came in since the ranking was made, which does not count them."
    for paper in (papers.minutes, papers.report):
        assert told in paper(store, held, store.now())
        assert came in paper(store, held, store.now())
    sealed = sealing.seal(store, held.id)
    assert told in sealed.minutes
    assert not {told, came} & {*gaps(store, sealed, store.now())}, "whatever comes in after the seal is no matter"


def test_every_kind_of_file_that_a_ranking_goes_by_is_one_that_is_taken() -> None:
    assert set(profiles()) > RANKED_BY


def test_a_ranking_by_rules_that_no_longer_hold_is_made_anew(two_files: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    head = run_like(two_files, ASKED)
    assert rankings.usual_run(two_files, ASKED.as_of) == head.id
    for module in ("rankings", "runs", "measure_cache"):
        monkeypatch.setattr(f"db.{module}.RULES", "allegations 2")
    assert rankings.usual_run(two_files, ASKED.as_of) is None
    assert run_like(two_files, ASKED).id != head.id
