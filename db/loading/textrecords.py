"""The records of a text file, each with the line it starts on."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

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
    """The column names of a file, and the delimiter that parts them: comma, semicolon, tab or ``|``.

    A first line ``sep=;``, as Excel writes it, names the delimiter, whatever it is. Raises Refused where a name holds
    a byte that is not of the file's encoding: its column would be known by no one.
    """
    try:
        with file.path.open(encoding=file.encoding, errors=file.errors, newline="") as stream:
            line = stream.readline()
            if named := _SEPARATOR.fullmatch(line):
                delimiter = named[1]
            else:
                stream.seek(0)
                delimiter = max(DELIMITERS, key=_QUOTED.sub("", line).count)
            first = next(csv.reader(stream, delimiter=delimiter, strict=True))
    except (StopIteration, csv.Error, UnicodeError) as error:
        raise _unreadable(file, error) from error
    for at, name in enumerate(first, 1):
        if _STRAY.search(name):
            raise Refused(
                f"{file.path.name}, line {2 if named else 1}: the header holds a byte that is not of the file's "
                f"encoding, in column {at}, '{_clean(name).strip()[:60]}'. Save the file as UTF-8 throughout."
            )
    return [name.strip().strip("\ufeff") for name in first], delimiter


DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')
_SEPARATOR = re.compile(r'\ufeff?"?sep=([^\w\s"]|\t)"?[\r\n]*', re.IGNORECASE)
_STRAY = re.compile("[\udc80-\udcff]")
_AT_ONCE = 1 << 16


def _clean(text: str) -> str:
    """A text whose stray bytes can be stored and read: each as ``\\xfc``."""
    if not _STRAY.search(text):
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def records(file: TextFile, delimiter: str, bad: Bad, progress: Progress) -> Iterator[tuple[int, list[str]]]:
    """Every record after the header that has as many values as it, with the line it starts on.

    Blank lines are passed over, also those of nothing but separators, as a spreadsheet leaves below a table. A record
    of another shape, one that is the header again, or with bytes that are not of the file's encoding, is handed to
    *bad*. Raises Refused where the file ends in the middle of a record, holds none, or changes while it is read: its
    checksum is taken again, so that it also holds for a file that is written anew in its place.
    """
    try:
        with _Summed(file.path) as raw, _text(raw, file) as stream:
            kept = _Stray(bad).add if file.stray else bad
            found = _records(file, stream, delimiter, kept, lambda: progress(raw.tell(), file.size))
            yield from _without_stray(found, bad) if file.stray else found
            if raw.tell() != file.size or raw.crc != file.crc:
                raise Refused(f"{file.path.name} was changed while it was read. Import it again.")
    except UnicodeError as error:
        raise _unreadable(file, error) from error
    progress(file.size, file.size)


class _Summed(io.BufferedReader):
    """A file whose checksum is taken as it is read; it costs an eighth of a fingerprint."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path), _AT_ONCE)
        self.crc = 0

    def read1(self, size: int = -1, /) -> bytes:
        """Read what is there."""
        block = super().read1(size)
        self.crc = crc32(block, self.crc)
        return block


def _text(raw: _Summed, file: TextFile) -> TextIOWrapper:
    return TextIOWrapper(raw, encoding=file.encoding, errors=file.errors, newline="")


class _Stray:
    """Hands bad records on with their stray bytes made readable."""

    def __init__(self, bad: Bad) -> None:
        self._bad = bad

    def add(self, start: int, fault: BadRecord, fields: list[str]) -> None:
        """Hand one on."""
        self._bad(start, fault, list(map(_clean, fields)))


def _without_stray(found: Iterator[tuple[int, list[str]]], bad: Bad) -> Iterator[tuple[int, list[str]]]:
    """The records without stray bytes; the others are bad."""
    for start, fields in found:
        stray = next((value for value in fields if not value.isascii() and _STRAY.search(value)), None)
        if stray is None:
            yield start, fields
        else:
            reason = "the line holds a byte that is not of the file's encoding; save the file as UTF-8 throughout"
            bad(start, BadRecord(reason, _clean(stray)), list(map(_clean, fields)))


def _records(
    file: TextFile, stream: TextIOWrapper, delimiter: str, bad: Bad, tick: Callable[[], None]
) -> Iterator[tuple[int, list[str]]]:
    """Split plain lines here and leave lines with quotes to the csv module, which is slower."""
    first = stream.readline()
    named = _SEPARATOR.fullmatch(first) is not None
    lines = _Lines(file, stream if named else chain((first,), stream), delimiter, bad)
    width = last = at = 0
    head, name = list[str](), ""
    start = number = int(named)
    fields: list[str] = []
    for line in lines.all:
        start = number = number + 1
        if '"' in line or len(line) > _LONGEST:
            fields, further = lines.record(start, line)
            number += further
        else:
            fields = line.rstrip("\r\n").split(delimiter)
        if len(fields) == width and (fields[0].strip() or not _is_blank(fields)):
            last = start
            if name in fields[at] and _same_names(fields, head):
                bad(start, BadRecord(_AGAIN), fields)
            else:
                yield start, fields
        elif not width:
            head, width = fields, len(fields)
            at = next((place for place in reversed(range(width)) if fields[place].strip()), 0)
            name = fields[at].strip()
        elif not _is_blank(fields):
            last = start
            reason = f"the row has {counted(len(fields), 'value')} where the header has {width}"
            bad(start, BadRecord(reason, str(len(fields))), fields)
        if not start & 8191:
            tick()
    if not last and not lines.unreadable:
        raise Refused(f"{file.path.name} has a header and no rows. Check the export and import it again.")
    if last == start and len(fields) < width and not file.ends_clean:
        raise _truncated(file, last)


_AGAIN = "the header stands here again, as where files were put together; take this line out"


def _same_names(fields: list[str], head: list[str]) -> bool:
    """Whether a record says what the header says; a mark (BOM) may stand before it in files put together."""
    return [value.lstrip("\ufeff").strip() for value in fields] == [name.lstrip("\ufeff").strip() for name in head]


def _is_blank(fields: list[str]) -> bool:
    return not any(map(str.strip, fields))


class _Fault(NamedTuple):
    """The line at which a quote that was left open turned out to be wrong, and how."""

    line: int
    reason: str


class _Lines:
    """The lines of a stream, and the records with quotes among them, which may go over several lines."""

    def __init__(self, file: TextFile, stream: Iterable[str], delimiter: str, bad: Bad) -> None:
        self._file = file
        self._bad = bad
        self._again: deque[str] = deque()
        self._dialect: Dialect = csv.reader((), delimiter=delimiter, strict=True).dialect
        self.all = self._lines(stream)
        self.unreadable = 0
        self._fault = _Fault(0, "")

    def _lines(self, stream: Iterable[str]) -> Iterator[str]:
        for line in stream:
            yield line
            while self._again:
                yield self._again.popleft()

    def record(self, start: int, line: str) -> tuple[list[str], int]:
        """The record that starts with *line*, and how many further lines it takes; empty for one that is unreadable.

        Of an unreadable record only *line* is used up: the lines that its open quote swallowed are read again. A quote
        that one of them leaves open, too, ends in the same fault, as nothing but the quote is open: it is not followed
        again, or a file of such lines would be read once for each of them. Raises Refused where the file ends inside a
        quote.
        """
        swallowed: list[str] = []
        try:
            try:
                return next(csv.reader((line,), self._dialect)), 0
            except csv.Error as error:
                if not _is_open(error):
                    raise
                if start < self._fault.line:
                    raise csv.Error(self._fault.reason) from error
                return next(csv.reader(self._following(line, swallowed), self._dialect)), len(swallowed)
        except csv.Error as error:
            if _is_open(error):
                raise _truncated(self._file, start) from error
            self._again.extendleft(reversed(swallowed))
            if swallowed and "field limit" not in str(error):  # a later quote is open for less long
                self._fault = _Fault(start + len(swallowed), str(error))
            self._bad(start, BadRecord(f"not readable as CSV: {_quote_fault(error)}"), [line.rstrip("\r\n")])
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
    """What to say of a file that cannot be read: the line of bytes that are not of its encoding, or of its header."""
    name = file.path.name
    if isinstance(error, UnicodeError):
        kind = "UTF-16" if file.encoding.startswith("utf-16") else file.encoding
        return Refused(
            f"{name} cannot be read as {kind}: what stands on line {_broken_line(file):,} is no letter of it, as "
            "where a file was cut or put together from two. Save it as UTF-8 CSV, or ask for it again."
        )
    if isinstance(error, csv.Error) and "field limit" in str(error):
        return Refused(
            f"{name} has a column name of more than {_LONGEST:,} characters. Check where its first line ends."
        )
    if isinstance(error, csv.Error) and not _is_open(error):
        return Refused(f"{name} has a header that is not readable as CSV: {_quote_fault(error)}. Mend its first line.")
    if isinstance(error, csv.Error):
        return Refused(f'{name} has a header in which a quote (") is opened and never closed. Mend its first line.')
    return Refused(f"{name} has no header and no rows. Check the export and import it again.")


def _quote_fault(error: csv.Error) -> str:
    """What is wrong with the quotes of a line, in our words."""
    if "expected after" in str(error):
        return 'behind a closing quote (") stands something else than the mark between columns'
    return f"a value has more than {_LONGEST:,} characters" if "field limit" in str(error) else str(error)


def _broken_line(file: TextFile) -> int:
    """The line of the first bytes that are not of a file's encoding."""
    decoder = codecs.getincrementaldecoder(file.encoding)()
    line = 1
    with file.path.open("rb") as stream:
        while block := stream.read(_AT_ONCE):
            try:
                line += decoder.decode(block).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].decode(file.encoding, "ignore").count("\n")
    return line
