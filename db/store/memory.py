"""What was made of the records, kept in memory while they stay as they were."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")
_Known = tuple[Hashable, Any]


class Memory:
    """The last answer to each question, with the version of the records that it was made of."""

    def __init__(self) -> None:
        self._known: dict[Hashable, _Known] = {}
        self._being_made: dict[_Known, threading.RLock] = {}
        self._changing = threading.Lock()

    def remember(self, question: Hashable, version: Hashable, make: Callable[[], T]) -> T:
        """What *make* gives, kept until the same question is asked under another version.

        Of two threads that ask at once one makes it, and the other waits: made twice side by side it would take either
        twice as long. *make* may ask for other answers. What it raises is raised, and who waited tries it anew.
        """
        if (found := self._find(question, version)) is not None:
            return cast(T, found[0])
        with self._changing:
            alone = self._being_made.setdefault((question, version), threading.RLock())
        with alone:
            if (found := self._find(question, version)) is not None:
                return cast(T, found[0])
            try:
                made = make()
                with self._changing:
                    self._known[question] = (version, made)
                return made
            finally:
                with self._changing:
                    self._being_made.pop((question, version), None)

    def recall(self, question: Hashable, version: Hashable) -> object:
        """What is kept of a question under this version; None where nothing is. Nothing is made for it."""
        found = self._find(question, version)
        return None if found is None else found[0]

    def clear(self) -> None:
        """Forget everything."""
        with self._changing:
            self._known.clear()

    def _find(self, question: Hashable, version: Hashable) -> tuple[Any] | None:
        with self._changing:
            known = self._known.get(question)
        return (known[1],) if known is not None and known[0] == version else None
