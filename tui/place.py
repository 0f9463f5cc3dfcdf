"""Where a meeting was left: its item, view, filter, order and cursor, kept so that it is gone on with there."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import NamedTuple

from tui.remembered import Remembered

_NAME = "place"
_LETTERS = 12
"""Of the hash in the name of a file."""


class Place(NamedTuple):
    """Where a meeting was left.

    item: the key of the agenda item. view: which of its views. needle: what the list was filtered by. sort: the key of
    the column it was sorted by, empty for its own order. record: the key under the cursor, -1 in an empty list; row:
    the row of it. register: the kind of meeting whose actions alone were listed. run: the ranking that was looked at,
    0 for none. within: the BCU or borough that the list was narrowed to. page: the page of that record that was open,
    empty where none was. widened: whether the whole force was looked at in a meeting of a BCU or a borough.
    """

    item: str = ""
    view: str = ""
    needle: str = ""
    sort: str = ""
    descending: bool = False
    record: int = -1
    row: int = 0
    register: str = ""
    run: int = 0
    within: str = ""
    page: str = ""
    widened: bool = False


class PlaceKeeper:
    """Keeps the place of one person in one meeting in a private file beside its store.

    Each meeting and each person has a file of its own, so that two windows lose nothing. Two windows that one person
    opened on one meeting share a file, and the one that moved last is gone on with: nobody else is there to say which.
    The file is not named by the person, whose name may hold anything, but by a hash of it.
    """

    def __init__(self, store: Path, meeting_id: int, person: str) -> None:
        """*store*: the store's file. *person*: who sits at the window. Nothing is read or written yet."""
        self._store, self._of_meeting = store, f"{store.name}.room-{meeting_id}"
        self._writing = threading.Lock()
        self._wanted: Place | None = None
        self._written: Place | None = None
        self.path = self._path_of(person)
        self._file = Remembered(self.path, store)

    def _path_of(self, person: str) -> Path:
        who = hashlib.sha256(" ".join(person.casefold().split()).encode("utf-8", "replace")).hexdigest()[:_LETTERS]
        return self._store.with_name(f"{self._of_meeting}-{who}")

    def sits(self, person: str) -> None:
        """Keep the place for whoever sits at the window now: a chair is named, and is handed over, in the meeting."""
        path = self._path_of(person)
        if path != self.path:
            with self._writing:
                self.path, self._file, self._written = path, Remembered(path, self._store), None

    def recall(self) -> Place | None:
        """Where the meeting was left, None where that is not known; what is not of its kind there is passed over."""
        found = self._file.get(_NAME)
        if not isinstance(found, Mapping):
            return None
        standard = Place()._asdict()
        known = {name: value for name, value in found.items() if type(value) is type(standard.get(name))}
        place = Place()._replace(**known)  # type: ignore[arg-type]
        self._wanted = self._written = place
        return place

    def want(self, place: Place) -> bool:
        """Say what is to be kept next; gives whether that is something else than before."""
        before, self._wanted = self._wanted, place
        return before != place

    def write(self) -> None:
        """Keep what was wanted last. For a worker: threads that overtake each other leave the same behind."""
        with self._writing:
            wanted = self._wanted
            if wanted is not None and wanted != self._written:
                self._file.put(_NAME, wanted._asdict())
                self._written = wanted

    def forget(self) -> None:
        """Keep nothing of anyone any longer: the meeting is sealed."""
        with self._writing, suppress(OSError):
            self._wanted = self._written = None
            of_earlier_versions = self.path.with_name(self._of_meeting)
            for path in (of_earlier_versions, *self.path.parent.glob(f"{escape(self._of_meeting)}-*")):
                path.unlink(missing_ok=True)
