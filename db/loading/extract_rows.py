"""From the checked chunks of an extract to rows as they are stored: what they speak of gets its number in the store."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from operator import and_
from typing import Any

from db.loading.dimensions import Dimensions, Who
from db.loading.extract_checks import Chunk
from db.loading.load import Load

Row = tuple[Any, ...]
COLUMNS = (
    "batch_id",
    "line",
    "crime_ref",
    "offence_id",
    "place_id",
    "committed_from",
    "committed_to",
    "reported_on",
    "circumstance_id",
    "person_id",
    "person_version_id",
    "victim_ref",
    "detail_id",
    "days",
    "admitted",
    "leading",
)
"""The columns of a stored row, in the order in which :func:`chunks` gives them."""
_NOBODY: Who = (None, None)


def chunks(load: Load, dimensions: Dimensions) -> Iterator[list[Row]]:
    """Every record that can be taken, as a row, a few at a time."""
    numbers = _Numbers(dimensions)
    read = 0
    every = load.spool.count
    for read, kept in enumerate(load.spool.all(), 1):
        rows = numbers.rows(load.batch_id, Chunk(*kept))
        if not read & 63:
            load.done(read / every)
        yield rows


class _Numbers:
    """The numbers in the store of what the rows of one file speak of, by the numbers that they have in the file."""

    def __init__(self, dimensions: Dimensions) -> None:
        self._dimensions = dimensions
        self._places: list[int] = []
        self._circumstances: list[tuple[int, int]] = []
        self._offences: list[tuple[int, float | None, int]] = []
        self._suspects: list[Who] = []
        self._details: list[int] = []

    def rows(self, batch_id: int, chunk: Chunk) -> list[Row]:
        """The rows of a chunk."""
        self._learn(chunk)
        if not chunk.columns:
            return []
        lines, crime_refs, offence, place, since, until, reported, circumstance, suspect, victims, detail = (
            chunk.columns
        )
        whats, allowed = zip(*map(self._circumstances.__getitem__, circumstance), strict=True)
        offences, days, groups = zip(*map(self._offences.__getitem__, offence), strict=True)
        admitted = list(map(and_, allowed, groups))
        people, versions = zip(*map(self._suspects.__getitem__, suspect), strict=True)
        places = map(self._places.__getitem__, place)
        details = [None if number is None else self._details[number] for number in detail]
        return list(
            zip(
                repeat(batch_id), lines, crime_refs, offences, places, since, until, reported, whats, people, versions,
                victims, details, days, admitted, admitted,
            )
        )  # fmt: skip

    def _learn(self, chunk: Chunk) -> None:
        """Number what the rows of a chunk are the first to speak of."""
        dimensions = self._dimensions
        self._places.extend(dimensions.place(*key) for key in chunk.new_places)
        self._circumstances.extend((dimensions.circumstance(key), key[-1]) for key in chunk.new_circumstances)
        self._offences.extend(dimensions.offence(*key) for key in chunk.new_offences)
        if chunk.new_details:
            self._details.extend(dimensions.details(chunk.new_details))
        if chunk.new_suspects:
            dimensions.know(suspect[0] for suspect in chunk.new_suspects if suspect)
            self._suspects.extend(dimensions.person(*suspect) if suspect else _NOBODY for suspect in chunk.new_suspects)
