from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

import db
from core.pools import Pool
from db import rankings
from db.releases import releases
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import HEAD, make_store, open_store, upgrade
from db.store.engine import APPEND_ONLY, engine
from db.store.journal import Writing
from db.store.verify import verify
from tests.db.files import rows_of


def _script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(db.__file__).parent / "migrations"))
    return ScriptDirectory.from_config(config)


def _meeting(writing: Writing) -> int:
    return writing.insert("meeting", kind="daily", title="", chair="", as_of="", opened_at="", agenda="{}")


REVISIONS = [revision.revision for revision in reversed(list(_script().walk_revisions()))]


def test_the_program_writes_the_latest_revision() -> None:
    assert _script().get_heads() == [HEAD] == REVISIONS[-1:]


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_store_of_every_revision_becomes_what_the_tables_say(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "tasking.db"
    path.touch()
    upgrade(path, revision)
    store = open_store(path, "tester", lambda: datetime(2026, 11, 21, tzinfo=UTC))
    assert rows_of(store, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    made = engine(path)
    with made.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    made.dispose()
    with store.change("First", meeting=None) as writing:
        writing.insert("attendance", meeting_id=_meeting(writing), role="Chair", name="", state="")
    assert verify(store).fault is None
    triggers = store.read.rows("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    refused = [f"{table}_no_{verb}" for table in sorted(APPEND_ONLY) for verb in ("delete", "update")]
    assert [row[0] for row in triggers] == refused
    store.close()


def test_a_store_made_at_once_is_the_one_that_migrations_make(tmp_path: Path) -> None:
    made, migrated = tmp_path / "made.db", tmp_path / "migrated.db"
    make_store(made, "tester").close()
    migrated.touch()
    upgrade(migrated)
    assert _schema(made) == _schema(migrated)


def _schema(path: Path) -> tuple[list[Any], ...]:
    """Everything in a store: its words in any order, for constraints may stand in any; columns in order; revision."""
    store = open_store(path, "tester")
    things = store.read.rows("SELECT name, sql FROM sqlite_master ORDER BY name")
    columns = store.read.rows(
        'SELECT m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk FROM sqlite_master m '
        "JOIN pragma_table_info(m.name) c ORDER BY m.name, c.cid"
    )
    revision = store.read.rows("SELECT version_num FROM alembic_version")
    store.close()
    return [(name, sorted(re.findall(r"\w+", sql or ""))) for name, sql in things], columns, revision


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "tasking.db"
    path.touch()
    upgrade(path)
    before = path.read_bytes()
    upgrade(path)
    assert path.read_bytes() == before


_FIRST_STORE = """
INSERT INTO batch VALUES (1, 'a.csv', 'x', 'extract', '2026-11-01T09:00:00+00:00', 'tester', 3, 3, 0, 0, 0, 0);
INSERT INTO offence VALUES (1, '034/01', 'Robbery of personal property', '', 'CCHI 2020', 365.0, 'published', '');
INSERT INTO offence VALUES (2, '105/01', 'Common assault', '', 'CCHI 2020', 1.0, 'published', '');
INSERT INTO place VALUES (1, 'E05009367', 'Hackney');
INSERT INTO circumstance (id, domestic_abuse, vawg, detected_by, outcome, role, named_by) VALUES (1, 1, 1, 1, '', 1, 1);
INSERT INTO circumstance (id, domestic_abuse, vawg, detected_by, outcome, role, named_by) VALUES (2, 0, 0, 1, '', 1, 1);
INSERT INTO person VALUES (1, 'P1', 1), (2, 'P2', 2);
INSERT INTO person_version VALUES (1, 1, 1, 'Ash', 'Al', NULL, '', '', 'at large');
INSERT INTO person_version VALUES (2, 2, 1, 'Oak', '', NULL, '', '', '');
INSERT INTO report_row (id, batch_id, line, crime_ref, offence_id, place_id, committed_from, reported_on,
    circumstance_id, person_id, person_version_id, victim_ref, days, admitted, leading)
VALUES (1, 1, 2, 'C1', 1, 1, 739900, 739910, 1, 1, 1, 'V1', 365.0, 1, 1),
       (2, 1, 3, 'C2', 2, 1, 739900, 739920, 1, 1, 1, 'P2', 1.0, 1, 1),
       (3, 1, 4, 'C3', 1, 1, 739900, 739920, 2, 2, 2, 'V1', 365.0, 0, 0);
INSERT INTO run VALUES (1, 'v100', 'CCHI', 'CCHI 2020', 739930, 'reported', 365, 2, 'vawg',
    '2026-11-01T09:00:00+00:00', 'tester', 1, 1, 1, 0, '{}');
INSERT INTO run_entry VALUES (1, 1, 1, 1, 1, 1, 366.0, 2, 2, 2, 739920, 1, 2, NULL);
"""


def test_a_store_of_the_first_version_keeps_its_runs_and_gains_the_pools(tmp_path: Path) -> None:
    path = tmp_path / "tasking.db"
    path.touch()
    upgrade(path, "0001")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_FIRST_STORE)
    store = open_store(path, "tester", lambda: datetime(2026, 11, 21, tzinfo=UTC))
    head = rankings.run(store, 1)
    [entry] = rankings.entries(store, 1)
    assert (head.method, head.split, head.statuses, head.weighing, head.people) == ("v100", "default", (), None, 1)
    assert (entry.person, entry.rank, entry.score, entry.harm, entry.gravity, entry.recency) == (
        "P1", 1, 366.0, 366.0, 365.0, 10,
    )  # fmt: skip
    again = make_run(store, RankingRequest(739930))
    assert [(e.person, e.score, e.victims, e.victim) for e in rankings.entries(store, again.id)] == [
        ("P1", 366.0, 2, False)
    ]
    robbed = make_run(store, RankingRequest(739930, pool=Pool.ROBBERY, min_crimes=1))
    assert [(e.person, e.score, e.victim) for e in rankings.entries(store, robbed.id)] == [
        ("P2", 365.0, True), ("P1", 365.0, False),
    ]  # fmt: skip
    store.close()


_SECOND_STORE = """
INSERT INTO batch VALUES (1, 'a.csv', 'x', 'mps-ward', '2026-11-01T09:00:00+00:00', 'tester', 2, 2, 0, 0, 0, 0);
INSERT INTO release VALUES (1, 1, '202401-202403', 'mps-ward', '["202401", "202402", "202403"]');
INSERT INTO ward_series VALUES (1, 1, 2, 'E05013806', 'Ward', 'Westminster', 'RAPE', '[30, 30, 1]');
INSERT INTO ward_series VALUES (2, 1, 3, 'E05013808', 'Ward', 'Westminster', 'RAPE', '[40, 40, 2]');
"""


def test_a_release_of_the_second_version_gains_its_totals(tmp_path: Path) -> None:
    path = tmp_path / "tasking.db"
    path.touch()
    upgrade(path, "0002")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_SECOND_STORE)
    store = open_store(path, "tester", lambda: datetime(2026, 11, 21, tzinfo=UTC))
    [head] = releases(store)
    assert (head.totals, head.forces, [flag.month for flag in head.flags]) == ((70, 70, 3), (), ["202403"])
    store.close()
