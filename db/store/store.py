"""A store: one file of records, read lightly and written one command at a time."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from core.days import stamp
from core.errors import Busy, Conflict, Problem
from core.journal import ran_back
from core.roles import May, Rights
from db.store.damage import opened
from db.store.driver import salt_of
from db.store.engine import Reader, engine, reader, storage_errors, whole_in_its_file
from db.store.held_file import HeldFile
from db.store.memory import Memory
from db.store.refusals import read_only, why_read_only
from db.store.waiting import Waiting

if TYPE_CHECKING:
    from typing import Self

    from sqlalchemy import Engine

    from db.store.journal import Whole, Writing


def _nobody(_sentence: str) -> None:
    """Tell nobody: what stands in the journal is read there."""


Clock = Callable[[], datetime]
CHAIRED = ("meeting", "seal")
"""Kinds of change that only who may chair makes."""
T = TypeVar("T")
_CLOSED = "The store is closed: nothing more is read from it, and nothing written."


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def _by_another(thread: int | None) -> bool:
    """Whether it was another thread than the one that asks; None is nobody."""
    return thread not in (None, threading.get_ident())


def default_path() -> Path:
    """Where the store is unless ``--store`` or ``TASKING_STORE`` names another: the user's data folder."""
    if named := os.environ.get("TASKING_STORE"):
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("tasking", appauthor=False) / "tasking.db"


def empty_log(store: Store) -> None:
    """Move what is left of a store's changes in the log into its file; where someone is writing, or still reads an
    older state, it stays for the next time."""
    if not store.in_its_file:
        with suppress(Busy), store.waiting.for_nobody(), store._alone() as writer:
            store.in_its_file = whole_in_its_file(writer)


class Store:
    """An open store; leaving its ``with`` closes it. ``who`` is written into the journal; ``now`` gives the moment.

    ``sitting`` is the number of this run of the program among all that wrote to the store; None until it has written.
    ``item`` is the agenda item that this sitting is at, by its key, empty where it is at none: what is changed in a
    meeting is told there.
    ``kept_before`` is the copy that was kept when this opening brought the store up to date; None where it did not.
    ``taken_back`` is what is to be said where this opening took the file from other accounts; empty where it did not.
    ``synced``: whether every change waits until the disk has it, and stands in the store's own file then. Only a store
    that nobody has yet may do without, and only before its first change.
    ``only_read`` says in a few words why it can only be read, empty where it can be written. ``in_its_file``: whether
    all that it has written is in its file, and nothing only in the log beside it.
    ``rights`` are those of who is at the keyboard, None in a store without users. ``waiting`` says how long changes
    wait for another program that writes. ``tell`` is given what whoever writes is to hear beside the outcome, in a
    sentence.
    """

    def __init__(self, path: Path, who: str, now: Clock = utc_now) -> None:
        opened(path)
        self.path = path
        self.who = who
        self.now = now
        self.sitting: int | None = None
        self.item = ""
        self.kept_before: Path | None = None
        self.taken_back = ""
        self.synced = True
        self.rights: Rights | None = None
        self.only_read = why_read_only(path)
        self.waiting = Waiting()
        self._file = HeldFile(path)
        self.in_its_file = True
        self.tell: Callable[[str], object] = _nobody
        self._mine = threading.local()
        self._readers: list[Reader] = []
        self._writer = threading.Lock()
        self._engine: Engine | None = None
        self._memory = Memory()
        self._opening = threading.Lock()
        self._closed_by: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def read(self) -> Reader:
        """The reader of this store for the thread that asks: a slow read in one does not hold up another.

        Raises Conflict where another thread has closed the store.
        """
        found: Reader | None = getattr(self._mine, "reader", None)
        if found is None:
            self.refuse_gone()
            found = reader(self.path, self.rights)
            with self._opening:
                if _by_another(self._closed_by):
                    found.close()
                    raise Conflict(_CLOSED)
                self._readers.append(found)
            self._file.begun(found)
            self._mine.reader = found
            self.only_read = self.only_read or found.only_read
        return found

    @contextmanager
    def change(
        self,
        what: str,
        *,
        meeting: int | None,
        item: str = "",
        kind: str = "command",
        decided_at: str | None = None,
        undoes: int | None = None,
    ) -> Iterator[Writing]:
        """One command: everything done inside is one transaction with one journal entry, or did not happen.

        meeting: the meeting it belongs to; None for what is done outside meetings (imports, settings, runs).
        item: the agenda item it belongs to; empty for the one that this sitting is at.
        Raises Conflict where that meeting is sealed, where a row is changed that a sealed meeting has decided, where
        the store can only be read or is gone; Busy where another program, or another thread of this one, is writing.
        """
        from db.store.heads import sign
        from db.store.journal import Command, Writing

        if (whole := self._whole) is not None and kind == "command":
            with whole.part(what) as joined:
                yield joined
            return
        command = Command(self.who, self.now(), what, kind, meeting, decided_at, undoes, item or self.item)
        self.refuse_only_read()
        if self.rights is not None and kind in CHAIRED:
            self.rights.require(May.CHAIR, what)
        with self._alone() as writer:
            self.refuse_gone()
            with storage_errors(self.path), writer.begin() as connection:
                writing = Writing(connection, command, self.sitting, getattr(self._mine, "since", None))
                yield writing
                if written := writing.finish():
                    sign(connection, self.path)
            if written:
                self.sitting = writing.sitting
                self.in_its_file = self.synced and whole_in_its_file(writer)
                self._file.wrote(writing.entry)
                if writing.ran_back is not None:
                    self.tell(writing.ran_back.words)

    @contextmanager
    def together(self, what: str, *, meeting: int | None) -> Iterator[None]:
        """Commands made inside are one change with one entry, undone as one; or none of them happened.

        what: what the entry says first; then each says itself. Raises what :meth:`change` and the commands raise.
        """
        from db.store.journal import Whole

        with self.change(what, meeting=meeting) as writing:
            self._mine.whole = Whole(writing, what)
            try:
                yield
            finally:
                self._mine.whole = None

    @property
    def _whole(self) -> Whole | None:
        """What the commands of this thread are parts of; None where each is a change of its own."""
        return getattr(self._mine, "whole", None)

    @property
    def encrypted(self) -> bool:
        """Whether its file is encrypted."""
        return salt_of(self.path) is not None

    def clock_behind(self) -> str:
        """What is to be said of a clock that is behind the last entry of the journal; empty where it is not."""
        rows = self.read.rows("SELECT entered_at FROM journal ORDER BY id DESC LIMIT 1")
        found = ran_back(stamp(self.now()), rows[0]["entered_at"]) if rows else None
        return found.words if found else ""

    @contextmanager
    def _alone(self) -> Iterator[Engine]:
        """One thread at a time, so that all of a program are one sitting; the database would hold them up anyhow."""
        self.waiting.until(partial(self._writer.acquire, blocking=False))
        try:
            if _by_another(self._closed_by):
                raise Conflict(_CLOSED)
            if self._engine is None:
                self._engine = engine(self.path, synced=self.synced, waiting=self.waiting)
            yield self._engine
        finally:
            self._writer.release()
            if _by_another(self._closed_by):
                self._let_go()

    def _let_go(self) -> None:
        """Close what writes, unless someone is writing still: then they do so once they are done."""
        if self._writer.acquire(blocking=False):
            try:
                if self._engine is not None:
                    self._engine.dispose()
                    self._engine = None
            finally:
                self._writer.release()

    def is_free(self) -> bool:
        """Whether a change could be made at once; also where it would fail for another reason, which trying tells."""
        try:
            with self.waiting.for_nobody(), self._alone() as writer, storage_errors(self.path), writer.begin():
                return True
        except Busy:
            return False
        except Problem:
            return True

    def refuse_only_read(self) -> None:
        """Raise Conflict where the store can only be read, Refused where whoever is at the keyboard may not write."""
        if self.rights is not None:
            self.rights.require(May.WRITE, "Changing a record")
        if self.only_read:
            raise read_only(self.path, self.only_read)

    def refuse_gone(self) -> None:
        """Raise Conflict where the file that was opened is no longer at its place: what is written there is lost."""
        self._file.refuse_gone()

    @contextmanager
    def at(self, item: str) -> Iterator[None]:
        """While it lasts, this sitting is at an item of the agenda; then again where it was."""
        before, self.item = self.item, item
        try:
            yield
        finally:
            self.item = before

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
        with the records it is made of. Of two threads that ask at once one makes it, and the other waits for that.
        """
        return self._memory.remember(question, version, make)

    def remembered(self, question: Hashable, version: Hashable) -> object:
        """What is kept of a question under this version; None where nothing is. Nothing is made for it."""
        return self._memory.recall(question, version)

    def close(self) -> None:
        """Let go of the file, and of what was made of it. A thread that comes later is told that it is closed.

        Only the thread that closed it may go on with it: it opens the file anew.
        """
        with self._opening:
            self._closed_by = threading.get_ident()
        self._memory.clear()
        for one in self._readers:
            one.close()
        self._readers.clear()
        self._mine = threading.local()
        self._let_go()
