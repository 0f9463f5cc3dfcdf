"""The store of the synthetic London as meetings left it: each figure by an independent query of a few lines."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def rows(demo_store: Path) -> Iterator[sqlite3.Connection]:
    """The store, past the program."""
    with closing(sqlite3.connect(f"file:{demo_store}?mode=ro", uri=True)) as store:
        yield store


def first(rows: sqlite3.Connection, query: str) -> list[Any]:
    """The first column of a query."""
    return [row[0] for row in rows.execute(query)]


def test_the_daily_is_held_every_day_and_the_weekly_once_a_week(rows: sqlite3.Connection) -> None:
    daily = [date.fromisoformat(day) for day in first(rows, "SELECT as_of FROM meeting WHERE kind = 'daily'")]
    assert len(set(daily)) == len(daily) == 21
    assert {day.weekday() for day in daily} == set(range(7)), "weekends as well"
    weekly = [date.fromisoformat(day) for day in first(rows, "SELECT as_of FROM meeting WHERE kind = 'weekly'")]
    assert len({day.isocalendar()[:2] for day in weekly}) == len(weekly) == 3


def test_two_bcus_hold_a_daily_of_their_own_every_day_too(rows: sqlite3.Connection) -> None:
    held = rows.execute(
        "SELECT scope, as_of FROM meeting WHERE kind = 'bcu-daily' AND sealed_at IS NOT NULL"
    ).fetchall()
    assert {scope: len({day for one, day in held if one == scope}) for scope, _ in held} == {"NW": 21, "SE": 21}
    assert set(first(rows, "SELECT scope FROM action WHERE meeting_kind = 'bcu-daily'")) == {"NW", "SE"}


def test_the_task_force_opens_on_the_night_every_day_and_gives_owners(rows: sqlite3.Connection) -> None:
    held = rows.execute(
        "SELECT m.as_of, json_extract(m.agenda, '$.items[1].views[0]'), r.pool FROM meeting m "
        "JOIN run r ON r.id = m.run_id WHERE m.kind = 'task-force' AND m.sealed_at IS NOT NULL"
    ).fetchall()
    assert len({day for day, *_ in held}) == len(held) == 21
    assert {(view, pool) for _, view, pool in held} == {("night", "violent-crime")}
    assert {date.fromisoformat(day).weekday() for day, *_ in held} == set(range(7)), "weekends as well"
    assert first(rows, "SELECT COUNT(*) FROM incident_mark WHERE owner <> ''")[0] > 3


def test_what_was_said_is_said_in_many_ways(rows: sqlite3.Connection) -> None:
    results = Counter(first(rows, "SELECT result FROM action WHERE status = 'done'"))
    assert len(results) >= 15
    assert max(results.values()) <= results.total() / 5, "no result is a formula"
    assert min(len(result) for result in results) > 25, "a result says what came of it"
    for query, least in (
        ("SELECT reason FROM decision WHERE amends IS NULL", 8),
        ("SELECT decision FROM decision WHERE amends IS NULL", 8),
        ("SELECT reason FROM membership", 20),
        ("SELECT reason FROM priority_ward", 10),
        ("SELECT reason FROM bid WHERE outcome <> ''", 5),
    ):
        assert len(set(first(rows, query))) >= least, query
    assert all("Weighed:" in reason for reason in first(rows, "SELECT reason FROM decision WHERE amends IS NULL"))


def test_a_report_has_one_victim_at_most(rows: sqlite3.Connection) -> None:
    most = "SELECT COUNT(DISTINCT victim_ref) AS many FROM report_row GROUP BY crime_ref ORDER BY many DESC LIMIT 1"
    assert first(rows, most) == [1]


def test_registered_sex_offenders_are_mappa_category_1(rows: sqlite3.Connection) -> None:
    registered = set(first(rows, "SELECT person_ref FROM marker WHERE kind = 'rso'"))
    assert registered == set(first(rows, "SELECT person_ref FROM marker WHERE kind = 'mappa' AND value LIKE '1/%'"))
    assert registered


def test_the_wards_that_lead_in_the_published_release_lead(rows: sqlite3.Connection) -> None:
    counts: Counter[str] = Counter()
    for code, series in rows.execute("SELECT ward_code, counts FROM ward_series"):
        counts[code] += sum(map(int, series.strip("[]").split(",")))
    assert [code for code, _ in counts.most_common(2)] == ["E05013808", "E05013806"], "West End, St James's"


def test_no_test_string_is_in_the_window(rows: sqlite3.Connection) -> None:
    names = first(rows, "SELECT surname || ', ' || forenames FROM person_version")
    assert not [name for name in names if set(name) & set("[]<>&\x1b/\\")]
