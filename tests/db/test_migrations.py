from __future__ import annotations

import re
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
from db.engine import engine
from db.journal import Writing, verify
from db.store import HEAD, make_store, open_store, upgrade


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
    assert store.read.rows("SELECT version_num FROM alembic_version") == [(HEAD,)]
    made = engine(path)
    with made.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    made.dispose()
    with store.change("First") as writing:
        writing.insert("attendance", meeting_id=_meeting(writing), role="Chair", name="", state="")
    assert verify(store).fault is None
    triggers = store.read.rows("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    assert [row[0] for row in triggers] == ["journal_no_delete", "journal_no_update"]
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
