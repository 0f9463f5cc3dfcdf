"""A text file as it was handed over: what it is encoded in, its fingerprint."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from core.errors import Refused
from db.loading.other_kinds import other_kind

_BLOCK = 1 << 20
_MARKED = "utf-8-sig"
"""UTF-8 with its mark in front: a file that has it is never taken for Windows-1252."""
_IN_UTF8 = ("utf-8", _MARKED)
_MARKS = ((codecs.BOM_UTF8, _MARKED), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class TextFile:
    """A file that is text. ``ends_clean`` tells that its last line has its line end.

    ``crc`` is a checksum, by which it is known again when it is read. ``stray`` tells that some bytes are not of its
    encoding: the records they stand in are kept out.
    """

    path: Path
    size: int
    sha256: str
    encoding: str
    ends_clean: bool
    stray: bool = False
    crc: int = 0

    @property
    def errors(self) -> str:
        """How bytes that are not of the encoding are decoded: to stand-ins that the records are looked through for."""
        return "surrogateescape" if self.stray else "strict"


def inspect(path: Path) -> TextFile:
    """Read a file through once. Raises Refused where it is missing, empty, not text, or ends in mid-character."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_BLOCK)
            encoding = _guess(path, head)
            digest, size, tail, crc = hashlib.sha256(), 0, b"", 0
            utf8 = _Utf8() if encoding in _IN_UTF8 else None
            block = head
            while block:
                if utf8:
                    utf8.feed(block)
                if b"\0" in block and not encoding.startswith("utf-16"):
                    raise Refused(_with_nul(path))
                digest.update(block)
                crc = crc32(block, crc)
                size += len(block)
                tail = (tail + block[-4:])[-4:]
                block = stream.read(_BLOCK)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}. Check the name and try again.") from error
    stray = False
    if utf8 and not utf8.sound(path):
        encoding, stray = (encoding, True) if encoding == _MARKED else _without_being_sound(path)
    if encoding.startswith("utf-16") and size % 2:
        raise Refused(f"{path.name} is truncated: it ends in the middle of a character. Ask for it again.")
    return TextFile(path, size, digest.hexdigest(), encoding, tail.rstrip(b"\0")[-1:] in (b"\n", b"\r"), stray, crc)


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


def _without_being_sound(path: Path) -> tuple[str, bool]:
    """The encoding of a file that is not sound UTF-8, and whether some of its bytes are not of that encoding either.

    Rule: letters beyond ASCII that are whole in UTF-8 hardly ever come about in another encoding, so a file with at
    least as many of them as of broken bytes is UTF-8 with stray bytes. Any other is Windows-1252.
    """
    whole = broken = undefined = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            beyond = _BEYOND.findall(decoder.decode(block))
            escaped = sum("\udc80" <= letter <= "\udcff" for letter in beyond)
            whole, broken = whole + len(beyond) - escaped, broken + escaped
            undefined += len(block) - len(block.translate(None, _UNDEFINED))
    return ("utf-8", True) if whole >= broken else ("cp1252", undefined > 0)


_BEYOND = re.compile(r"[^\x00-\x7f]")
_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"
"""Bytes that Windows-1252 has no letter for."""


def _with_nul(path: Path) -> str:
    """What to say of a file with bytes that no text has: where the first of them stands."""
    line = 1
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            before, nul, _ = block.partition(b"\0")
            line += before.count(b"\n")
            if nul:
                break
    return (
        f"{path.name} is not text: line {line:,} holds NUL bytes (bytes of value 0), as a damaged copy or another "
        "program's own format has them. Export it again as CSV and import that."
    )


def _guess(path: Path, head: bytes) -> str:
    if not head.strip(b" \t\r\n\xff\xfe\xef\xbb\xbf\0"):
        if head.strip(b" \t\r\n\xff\xfe\xef\xbb\xbf"):
            raise Refused(
                f"{path.name} begins with nothing but NUL bytes (bytes of value 0): its copy or download went wrong. "
                "Ask for it again."
            )
        raise Refused(f"{path.name} is empty. Check the export and import it again.")
    if what := other_kind(path, head):
        raise Refused(f"{path.name} is not text but {what}.")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    sample = head[:4096]
    if sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1:2] == b"\0" else "utf-16-be"
    return "utf-8"
