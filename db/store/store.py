"""A store: one file of records, read lightly and written one command at a time."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from db.store.damage import opened
from db.store.engine import Reader, engine, reader, storage_errors, whole_in_its_file

if TYPE_CHECKING:
    from typing import Self

    from sqlalchemy import Engine

    from db.store.journal import Writing

Clock = Callable[[], datetime]
T = TypeVar("T")


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
    """An open store; leaving its ``with`` closes it. ``who`` is written into the journal; ``now`` gives the moment.

    ``sitting`` is the number of this run of the program among all that wrote to the store; None until it has written.
    ``kept_before`` is the copy that was kept when this opening brought the store up to date; None where it did not.
    ``synced``: whether every change waits until the disk has it. Only a store that nobody has yet may do without, and
    only before its first change.
    """

    def __init__(self, path: Path, who: str, now: Clock = utc_now) -> None:
        opened(path)
        self.path = path
        self.who = who
        self.now = now
        self.sitting: int | None = None
        self.kept_before: Path | None = None
        self.synced = True
        self._mine = threading.local()
        self._readers: list[Reader] = []
        self._writer = threading.Lock()
        self._engine: Engine | None = None
        self._memory: dict[Hashable, tuple[Hashable, Any]] = {}
        self._remembering = threading.Lock()

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
        self,
        what: str,
        *,
        meeting: int | None,
        kind: str = "command",
        decided_at: str | None = None,
        undoes: int | None = None,
    ) -> Iterator[Writing]:
        """One command: everything done inside is one transaction with one journal entry, or did not happen.

        meeting: the meeting it belongs to; None for what is done outside meetings (imports, settings, runs).
        Raises Conflict where that meeting is sealed, or where a row is changed that a sealed meeting has decided.
        """
        from db.store.journal import Command, Writing

        command = Command(self.who, self.now(), what, kind, meeting, decided_at, undoes)
        # One at a time, so that two threads of a program are one sitting; the database would hold them up anyhow.
        with self._writer:
            if self._engine is None:
                self._engine = engine(self.path, synced=self.synced)
            with storage_errors(self.path), self._engine.begin() as connection:
                writing = Writing(connection, command, self.sitting, getattr(self._mine, "since", None))
                yield writing
                written = writing.finish()
            if written:
                self.sitting = writing.sitting
                whole_in_its_file(self._engine)

    def last_entry(self) -> int:
        """The number of the journal's last entry, 0 where there is none: what a form that is opened now has seen."""
        return int(self.read.rows("SELECT COALESCE(MAX(id), 0) AS last FROM journal")[0]["last"])

    @contextmanager
    def as_seen(self, entry: int) -> Iterator[None]:
        """What this thread writes inside was typed by someone who had seen the records up to an entry of the journal.

        A change of what others changed since is refused with Overtaken.
        """
        self._mine.since = entry
        try:
            yield
        finally:
            self._mine.since = None

    def remember(self, question: Hashable, version: Hashable, make: Callable[[], T]) -> T:
        """What *make* gives, kept in memory until the same question is asked under another version.

        question: what the value answers, beginning with the name of what asks. version: a number or numbers that change
        with the records it is made of. Two threads that ask at once may both make it, and are given the same one.
        """
        with self._remembering:
            known = self._memory.get(question)
        if known is None or known[0] != version:
            made = make()  # outside the lock: it may take long, or ask for what is remembered itself
            with self._remembering:
                known = self._memory.get(question)
                if known is None or known[0] != version:
                    known = self._memory[question] = (version, made)
        return cast(T, known[1])

    def close(self) -> None:
        """Let go of the file, and of what was made of it."""
        with self._remembering:
            self._memory.clear()
        for one in self._readers:
            one.close()
        self._readers.clear()
        self._mine = threading.local()
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
