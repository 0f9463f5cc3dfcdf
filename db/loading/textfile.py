"""A text file as it was handed over: what it is encoded in, its fingerprint, its records with their lines."""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import Refused

if TYPE_CHECKING:
    from _csv import Dialect

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""

_BLOCK = 1 << 20
_LONGEST = csv.field_size_limit()
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_KNOWN = (
    (b"PK\x03\x04", "an Excel workbook or zip archive; save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save the sheet as CSV"),
    (b"%PDF", "a PDF; ask for the extract as CSV"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"SQLite format 3", "a database; ask for the extract as CSV"),
)


@dataclass(frozen=True)
class TextFile:
    """A file that is text. ``ends_clean`` tells that its last line has its line end."""

    path: Path
    size: int
    sha256: str
    encoding: str
    ends_clean: bool


@dataclass(frozen=True)
class BadRecord:
    """A record that is no row of its file: why, and how many values it has where that is what is wrong."""

    reason: str
    value: str = ""


Bad = Callable[[int, BadRecord, list[str]], None]
"""Called with the line a bad record starts on, what is wrong, and its values (or its line) as they stand."""


def inspect(path: Path) -> TextFile:
    """Read a file through once. Raises Refused where it is missing, empty, not text, or ends in mid-character."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_BLOCK)
            encoding = _guess(path, head)
            digest, size, tail = hashlib.sha256(), 0, b""
            utf8 = _Utf8() if encoding == "utf-8" else None
            block = head
            while block:
                if utf8:
                    utf8.feed(block)
                if b"\0" in block and not encoding.startswith("utf-16"):
                    raise Refused(f"{path.name} is not text: it holds zero bytes. Save it as CSV and import that.")
                digest.update(block)
                size += len(block)
                tail = (tail + block[-4:])[-4:]
                block = stream.read(_BLOCK)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}. Check the name and try again.") from error
    if utf8 and not utf8.sound(path):
        encoding = "cp1252"
    if encoding.startswith("utf-16") and size % 2:
        raise Refused(f"{path.name} is truncated: it ends in the middle of a character. Ask for it again.")
    return TextFile(path, size, digest.hexdigest(), encoding, tail.rstrip(b"\0")[-1:] in (b"\n", b"\r"))


class _Utf8:
    """Checks block by block whether bytes are UTF-8."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._broken = False

    def feed(self, block: bytes) -> None:
        if not self._broken:
            try:
                self._decoder.decode(block)
            except UnicodeDecodeError:
                self._broken = True

    def sound(self, path: Path) -> bool:
        if self._broken:
            return False
        if self._decoder.getstate()[0]:
            raise Refused(f"{path.name} is truncated: it ends in the middle of a character. Ask for it again.")
        return True


def _guess(path: Path, head: bytes) -> str:
    if not head.strip(b" \t\r\n\0\xff\xfe\xef\xbb\xbf"):
        raise Refused(f"{path.name} is empty. Check the export and import it again.")
    for magic, what in _KNOWN:
        if head.startswith(magic):
            raise Refused(f"{path.name} is not text but {what}.")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    sample = head[:4096]
    if sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1:2] == b"\0" else "utf-16-be"
    return "utf-8"


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
            reason = f"the row has {len(fields)} values where the header has {width}"
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
