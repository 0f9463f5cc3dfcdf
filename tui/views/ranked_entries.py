"""The entries of a run that a list has read, with what its columns show beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from db import rankings
from db.historic import Old, historic_of
from db.rankings import Ranked, RunHead
from db.recent_weeks import weeks_of_people
from db.store import Store

_MOST = 2048
"""Entries that are held at most: those that were read last."""


class Page(NamedTuple):
    """Some entries by position; by person the harm of their last weeks and what of their reports is old."""

    entries: Mapping[int, Ranked]
    weeks: Mapping[str, tuple[float, ...]]
    old: Mapping[str, Old]


def read_page(store: Store, head: RunHead, keys: Sequence[int], *, unranked: bool = False) -> Page:
    """Read entries of a run by position, the ranks before from the earlier run of *head*. unranked: no one has one."""
    entries = rankings.entries_at(store, head.id, keys, head.earlier)
    if unranked:
        entries = {key: entry._replace(rank=None) for key, entry in entries.items()}
    found = entries.values()
    return Page(entries, weeks_of_people(store, head, found), historic_of(store, head, found))


class Held:
    """What was read of a run; a run is never edited, so that it stands until it is forgotten."""

    def __init__(self) -> None:
        self.entries: dict[int, Ranked] = {}
        self.weeks: dict[str, tuple[float, ...]] = {}
        self.old: dict[str, Old] = {}

    def missing(self, keys: Sequence[int]) -> list[int]:
        """Which of some positions are to be read."""
        return [key for key in keys if key not in self.entries]

    def take(self, page: Page) -> None:
        """Hold what was read, and forget what was read longest ago where it is too much."""
        for key, entry in page.entries.items():
            self.entries.pop(key, None)  # it is the last now
            self.entries[key] = entry
        self.weeks.update(page.weeks)
        self.old.update(page.old)
        for key in [*islice(self.entries, max(0, len(self.entries) - _MOST))]:
            person = self.entries.pop(key).person
            self.weeks.pop(person, None)
            self.old.pop(person, None)
