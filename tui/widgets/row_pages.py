"""Rows of a long list, fetched a page at a time and only when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual.cache import LRUCache

from tui.widgets.columns import Cell, Fetch

_LEAST = 16
"""Rows of a page at least: a list of five lines would read one for every few keys."""
_KEPT = 16


class RowPages:
    """The rows of a list by their place in it; keeps the pages that were looked at last.

    A page has as many rows as are seen at once, so that no more is read for a paint than it shows.
    """

    def __init__(self, fetch: Fetch, seen: Callable[[Sequence[Sequence[Cell]]], object]) -> None:
        """*seen* is given the rows of a page when the first of them is looked at."""
        self._fetch = fetch
        self._seen = seen
        self._unseen: set[int] = set()
        self._size = _LEAST
        self._pages: LRUCache[int, Sequence[Sequence[Cell]]] = LRUCache(_KEPT)

    def fit(self, seen: int) -> None:
        """So many rows are seen at once from now on."""
        size = max(_LEAST, seen)
        if size != self._size:
            self._size = size
            self.clear()

    def clear(self) -> None:
        """Forget every row."""
        self._pages.clear()

    def forget(self, keys: Iterable[int], order: Sequence[int]) -> None:
        """Forget the pages that hold one of *keys* in the list *order*."""
        gone = frozenset(keys)
        for page in list(self._pages.keys()):
            if not gone.isdisjoint(self._of(page, order)):
                self._pages.discard(page)

    def row(self, index: int, order: Sequence[int], *, ahead: bool = False) -> Sequence[Cell]:
        """Give the cells of row *index* of the list *order*; *ahead*: it is not looked at yet.

        Raises ValueError if the fetch does not give one row for each key.
        """
        page, place = divmod(index, self._size)
        rows = self._pages.get(page)
        if rows is None:
            wanted = self._of(page, order)
            rows = self._fetch(wanted)
            if len(rows) != len(wanted):
                raise ValueError(f"{len(wanted)} rows were asked for and {len(rows)} came")
            self._pages.set(page, rows)
            self._unseen.add(page)
        if not ahead and page in self._unseen:
            self._unseen.discard(page)
            self._seen(rows)
        return rows[place]

    def read_for(self, rows: Iterable[int], order: Sequence[int]) -> list[int]:
        """The keys that would be fetched for some rows of the list *order*: those of whole pages."""
        pages = dict.fromkeys(index // self._size for index in rows)
        return [key for page in pages if page not in self._pages for key in self._of(page, order)]

    def _of(self, page: int, order: Sequence[int]) -> Sequence[int]:
        """The keys of the rows of a page."""
        return order[page * self._size : (page + 1) * self._size]
