"""How a file is to be read by its header, and where that stands if it is not on the first line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice

from core.column_map import ColumnMap
from core.errors import Refused
from core.text import counted
from db.loading.profiles import recognise, recognising
from db.loading.textfile import TextFile
from db.loading.textrecords import DELIMITERS

_LOOKED_AT = 30
"""So many lines are looked through for a header that does not stand on the first."""


def recognised(file: TextFile, names: Sequence[str]) -> ColumnMap:
    """How a file with this header is read, as ``profiles.recognise`` says.

    Raises Refused where no profile recognises it; where one would a line further down, the refusal says so.
    """
    try:
        return recognise(names, file.path.name)
    except Refused as fault:
        below = _below(file)
        if not below:
            raise
        raise Refused(
            f"{file.path.name} has its header on line {below}, and {counted(below - 1, 'line')} above it that "
            f"{'is' if below == 2 else 'are'} no part of the table. Take out what stands above, and import that."
        ) from fault


def _below(file: TextFile) -> int:
    """The line further down that a profile recognises as its header; 0 for none."""
    with file.path.open(encoding=file.encoding, errors="replace") as stream:
        for number, line in enumerate(islice(stream, _LOOKED_AT), 1):
            if number > 1 and any(recognising(names) for names in _parted(line)):
                return number
    return 0


def _parted(line: str) -> Iterator[list[str]]:
    """The names that a line would hold, by each mark that is in it."""
    for delimiter in DELIMITERS:
        if delimiter in line:
            yield [name.strip() for name in next(csv.reader((line,), delimiter=delimiter), [])]
