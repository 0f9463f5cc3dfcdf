"""The records of a text file, each with the line it starts on."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TYPE_CHECKING

from core.errors import Refused
from core.text import counted
from db.loading.textfile import TextFile

if TYPE_CHECKING:
    from _csv import Dialect

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""

_LONGEST = csv.field_size_limit()


@dataclass(frozen=True)
class BadRecord:
    """A record that is no row of its file: why, and how many values it has where that is what is wrong."""

    reason: str
    value: str = ""


Bad = Callable[[int, BadRecord, list[str]], None]
"""Called with the line a bad record starts on, what is wrong, and its values (or its line) as they stand."""


def header(file: TextFile) -> tuple[list[str], str]:
    """The column names of a file, and the delimiter that parts them (comma, semicolon or tab)."""
    try:
        with file.path.open(encoding=file.encoding, newline="") as stream:
            delimiter = max(",;\t", key=stream.readline().count)
            stream.seek(0)
            first = next(csv.reader(stream, delimiter=delimiter, strict=True))
    except (StopIteration, csv.Error, UnicodeError) as error:
        raise _unreadable(file, error) from error
    return [name.strip().strip("\ufeff") for name in first], delimiter


def records(file: TextFile, delimiter: str, bad: Bad, progress: Progress) -> Iterator[tuple[int, list[str]]]:
    """Every record after the header that has as many values as it, with the line it starts on.

    Blank lines are passed over; a record of another shape is handed to *bad*. Raises Refused where the file ends in
    the middle of a record, holds none, or changes while it is read.
    """
    try:
        with file.path.open("rb") as raw, TextIOWrapper(raw, encoding=file.encoding, newline="") as stream:
            yield from _records(file, stream, delimiter, bad, lambda: progress(raw.tell(), file.size))
            if raw.tell() != file.size:
                raise Refused(f"{file.path.name} was changed while it was read. Import it again.")
    except UnicodeError as error:
        raise _unreadable(file, error) from error
    progress(file.size, file.size)


def _records(
    file: TextFile, stream: TextIOWrapper, delimiter: str, bad: Bad, tick: Callable[[], None]
) -> Iterator[tuple[int, list[str]]]:
    """Split plain lines here and leave lines with quotes to the csv module, which is slower."""
    lines = _Lines(file, stream, delimiter, bad)
    width = start = number = last = 0
    fields: list[str] = []
    for line in lines.all:
        start = number = number + 1
        if '"' in line or len(line) > _LONGEST:
            fields, further = lines.record(start, line)
            number += further
        else:
            fields = line.rstrip("\r\n").split(delimiter)
        if len(fields) == width:
            last = start
            yield start, fields
        elif not width:
            width = len(fields)
        elif fields not in ([], [""]):
            last = start
            reason = f"the row has {counted(len(fields), 'value')} where the header has {width}"
            bad(start, BadRecord(reason, str(len(fields))), fields)
        if not start & 8191:
            tick()
    if not last and not lines.unreadable:
        raise Refused(f"{file.path.name} has a header and no rows. Check the export and import it again.")
    if last == start and len(fields) < width and not file.ends_clean:
        raise _truncated(file, last)


class _Lines:
    """The lines of a stream, and the records with quotes among them, which may go over several lines."""

    def __init__(self, file: TextFile, stream: TextIOWrapper, delimiter: str, bad: Bad) -> None:
        self._file = file
        self._bad = bad
        self._again: deque[str] = deque()
        self._dialect: Dialect = csv.reader((), delimiter=delimiter, strict=True).dialect
        self.all = self._lines(stream)
        self.unreadable = 0

    def _lines(self, stream: TextIOWrapper) -> Iterator[str]:
        for line in stream:
            yield line
            while self._again:
                yield self._again.popleft()

    def record(self, start: int, line: str) -> tuple[list[str], int]:
        """The record that starts with *line*, and how many further lines it takes; empty for one that is unreadable.

        Of an unreadable record only *line* is used up: the lines that its open quote swallowed are read again.
        Raises Refused where the file ends inside a quote.
        """
        swallowed: list[str] = []
        try:
            try:
                return next(csv.reader((line,), self._dialect)), 0
            except csv.Error as error:
                if not _is_open(error):
                    raise
                return next(csv.reader(self._following(line, swallowed), self._dialect)), len(swallowed)
        except csv.Error as error:
            if _is_open(error):
                raise _truncated(self._file, start) from error
            self._again.extendleft(reversed(swallowed))
            self._bad(start, BadRecord(f"not readable as CSV: {error}"), [line.rstrip("\r\n")])
            self.unreadable += 1
            return [], 0

    def _following(self, line: str, swallowed: list[str]) -> Iterator[str]:
        yield line
        for further in self.all:
            swallowed.append(further)
            yield further


def _is_open(error: csv.Error) -> bool:
    """Whether the lines given ended inside a quote."""
    return "end of data" in str(error)


def _truncated(file: TextFile, line: int) -> Refused:
    return Refused(f"{file.path.name} is truncated: line {line} stops in the middle. Ask for it again.")


def _unreadable(file: TextFile, error: Exception) -> Refused:
    return Refused(f"{file.path.name} cannot be read as text in {file.encoding}: {error}. Save it as UTF-8 CSV.")
