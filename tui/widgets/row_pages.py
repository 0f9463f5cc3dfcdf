"""Rows of a long list, fetched a page at a time and only when they are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.cache import LRUCache

from tui.widgets.columns import Cell, Fetch

PAGE = 64
_KEPT = 32


class RowPages:
    """The rows of a list by their place in it; keeps the pages that were looked at last."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._pages: LRUCache[int, Sequence[Sequence[Cell]]] = LRUCache(_KEPT)

    def clear(self) -> None:
        """Forget every row."""
        self._pages.clear()

    def forget(self, keys: Iterable[int], order: Sequence[int]) -> None:
        """Forget the pages that hold one of *keys* in the list *order*."""
        gone = frozenset(keys)
        for page in list(self._pages.keys()):
            if not gone.isdisjoint(order[page * PAGE : (page + 1) * PAGE]):
                self._pages.discard(page)

    def row(self, index: int, order: Sequence[int]) -> Sequence[Cell]:
        """Give the cells of row *index* of the list *order*.

        Raises ValueError if the fetch does not give one row for each key.
        """
        page, place = divmod(index, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            wanted = order[page * PAGE : (page + 1) * PAGE]
            rows = self._fetch(wanted)
            if len(rows) != len(wanted):
                raise ValueError(f"{len(wanted)} rows were asked for and {len(rows)} came")
            self._pages.set(page, rows)
        return rows[place]
