"""A store: one file of records, read lightly and written one command at a time."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from core.errors import Problem
from db.engine import Reader, append_only, engine, reader, storage_errors

if TYPE_CHECKING:
    from typing import Self

    from sqlalchemy import Engine

    from db.journal import Writing

HEAD = "0005"
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
    """An open store; leaving its ``with`` closes it. ``who`` is written into the journal; ``now`` gives the moment."""

    def __init__(self, path: Path, who: str, now: Clock = utc_now) -> None:
        self.path = path
        self.who = who
        self.now = now
        self._mine = threading.local()
        self._readers: list[Reader] = []
        self._engine: Engine | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def read(self) -> Reader:
        """The reader of this store for the thread that asks: a slow read in one does not hold up another."""
        found: Reader | None = getattr(self._mine, "reader", None)
        if found is None:
            found = self._mine.reader = reader(self.path)
            self._readers.append(found)
        return found

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
        for one in self._readers:
            one.close()
        self._readers.clear()
        self._mine = threading.local()
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
    _create(path)
    return Store(path, who, now)


def _create(path: Path) -> None:
    """Make the tables as they are now, without loading the migrations that led there: what they make is the same."""
    from sqlalchemy import text

    from db.tables import METADATA

    made = engine(path)
    try:
        with storage_errors(path), made.begin() as connection:
            METADATA.create_all(connection, checkfirst=False)
            append_only(connection, "journal")
            connection.execute(text(_REVISION))
            connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})
    finally:
        made.dispose()


_REVISION = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
"""Where migrations look for the revision of a store."""


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
