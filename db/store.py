"""A store: one file of records, read lightly and written one command at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import Problem
from db.engine import Reader, engine, reader, storage_errors

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.journal import Writing

HEAD = "0001"
"""The revision this program writes; an older store is upgraded when it is opened."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def default_path() -> Path:
    """Where the store is unless ``--store`` or ``TASKING_STORE`` names another: the user's data folder."""
    if named := os.environ.get("TASKING_STORE"):
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("tasking", appauthor=False) / "tasking.db"


class Store:
    """An open store. ``who`` is written into the journal; ``now`` gives the moment."""

    def __init__(self, path: Path, who: str, now: Clock = utc_now) -> None:
        self.path = path
        self.who = who
        self.now = now
        self._reader: Reader | None = None
        self._engine: Engine | None = None

    @property
    def read(self) -> Reader:
        """The reader of this store."""
        if self._reader is None:
            self._reader = reader(self.path)
        return self._reader

    @contextmanager
    def change(
        self, what: str, *, kind: str = "command", decided_at: str | None = None, undoes: int | None = None
    ) -> Iterator[Writing]:
        """One command: everything done inside is one transaction with one journal entry, or did not happen."""
        from db.journal import Writing

        if self._engine is None:
            self._engine = engine(self.path)
        with storage_errors(self.path), self._engine.begin() as connection:
            writing = Writing(connection, self.who, self.now(), what, kind, decided_at, undoes)
            yield writing
            writing.finish()

    def close(self) -> None:
        """Let go of the file."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None


def open_store(path: Path, who: str, now: Clock = utc_now) -> Store:
    """Open an existing store, brought up to date if it was written by an earlier version.

    Raises NotFound where there is none, Damaged where the file is no store.
    """
    found = reader(path)
    try:
        version = found.rows("SELECT version_num FROM alembic_version")
    finally:
        found.close()
    if not version or version[0][0] != HEAD:
        upgrade(path)
    return Store(path, who, now)


def make_store(path: Path, who: str, now: Clock = utc_now) -> Store:
    """Open the store at *path*, made first where there is none. Raises Problem where the place cannot be written."""
    if path.exists():
        return open_store(path, who, now)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror}. Name another place with --store.") from error
    upgrade(path)
    return Store(path, who, now)


def upgrade(path: Path, revision: str = "head") -> None:
    """Bring the store at *path* to a revision of the schema, in one transaction."""
    from alembic import command
    from alembic.config import Config

    made = engine(path)
    try:
        with storage_errors(path), made.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
    finally:
        made.dispose()
