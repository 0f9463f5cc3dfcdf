"""What was read and checked of a file, kept until it is written: in memory while it is little, then on the disk.

It holds the records of people, so it goes where the store is, on the same disk and under the same guard; for an
encrypted store it stays in memory. The file has
no name that another program could open it by, is its owner's alone, and is gone with the program, however that ends.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import TYPE_CHECKING, Any

from db.store.driver import salt_of
from db.store.refusals import not_kept

if TYPE_CHECKING:
    from typing import Self

_IN_MEMORY = 1 << 20
"""Bytes kept in memory before the disk is used; a usual file of anything but crime reports stays within."""
_WITHOUT_REFERENCES = 2
"""The form of marshal that looks for no value that comes twice: it takes half the time, and the values are small."""
_LENGTH = 8


class Spool:
    """Keeps plain values (tuples, lists, texts, numbers, None) in their order; leaving its ``with`` lets go of them.

    ``count``: how many were kept.
    """

    def __init__(self, store: Path) -> None:
        """*store*: the store that they are for. Whatever keeps or gives them raises Damaged where its disk is full."""
        self.count = 0
        self._store = store
        most = 0 if salt_of(store) else _IN_MEMORY  # for an encrypted store nothing goes to the disk in the clear
        self._file = SpooledTemporaryFile(max_size=most, dir=str(store.parent), prefix="tasking-")  # noqa: SIM115

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what a full disk did not take is not needed any more
            self._file.close()

    def add(self, value: Any) -> None:
        """Keep a value."""
        kept = marshal.dumps(value, _WITHOUT_REFERENCES)
        with self._errors():
            self._file.write(len(kept).to_bytes(_LENGTH, "little") + kept)
        self.count += 1

    def all(self) -> Iterator[Any]:
        """Every value that was kept, in its order."""
        with self._errors():
            self._file.seek(0)
        while True:
            with self._errors():
                kept = self._file.read(int.from_bytes(self._file.read(_LENGTH), "little"))
            if not kept:
                return
            yield marshal.loads(kept)  # noqa: S302 - our own bytes, in a file that nobody else can open

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise not_kept(error, self._store) from error
