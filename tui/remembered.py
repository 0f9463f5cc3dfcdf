"""What a room remembers of itself from one sitting to the next, in a small private file beside its store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from db.store import beside

Value: TypeAlias = bool | int | float | str | Sequence["Value"] | Mapping[str, "Value"] | None
"""What can be remembered: whatever JSON can hold."""


class Remembered:
    """Values by name, in a file that only its owner may read; each name belongs to one part of the room.

    Nothing here ever stops the room: what cannot be read is not known, what cannot be written is told by `put`. The
    file is looked at anew each time, so that two rooms on one store do not forget each other's values.
    """

    def __init__(self, path: Path, store: Path) -> None:
        """*path*: the file; it need not be there. *store*: whose it is; beside an encrypted one it is encrypted."""
        self.path = path
        self._store = store

    @classmethod
    def of(cls, store: Path) -> Remembered:
        """What the rooms on the store at *store* remember: ``tasking.db`` has ``tasking.db.room`` beside it."""
        return cls(store.with_name(f"{store.name}.room"), store)

    @property
    def unreadable(self) -> bool:
        """Whether there is a file that cannot be read as one of these, so that what it held is not known."""
        return self._read() is None

    def get(self, name: str) -> Value:
        """The value of a name; None where none is known. Whoever reads it checks what it is: the file is foreign."""
        return (self._read() or {}).get(name)

    def put(self, name: str, value: Value) -> bool:
        """Remember a value, None to forget it; gives whether it could be written. A damaged file is begun anew."""
        values = dict(self._read() or {})
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
        return self._write(values)

    def _read(self) -> Mapping[str, Value] | None:
        """Every value; none where there is no file; None where it cannot be read."""
        try:
            if not self.path.is_file():
                return None if self.path.exists() else {}
            content = beside.read(self.path, self._store)
            values = None if content is None else json.loads(content)
        except (OSError, ValueError, RecursionError):
            return None
        return values if isinstance(values, dict) else None

    def _write(self, values: Mapping[str, Value]) -> bool:
        """Put a whole new file in the place of the old one: whoever reads meanwhile reads one or the other."""
        try:
            content = json.dumps(values, indent=1, sort_keys=True)
            beside.write(self.path, f"{content}\n".encode(), self._store)
        except OSError:
            return False
        return True
