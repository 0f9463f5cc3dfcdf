"""Files that are no table of text, known by how they begin, each with what to do about it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_ASK = "ask for the extract as CSV"
_SAVE = "save the sheet as CSV"
_UNPACK = "unpack it first"
_KNOWN = (
    (b"\xd0\xcf\x11\xe0", f"an old Excel workbook; {_SAVE}"),
    (b"%PDF", f"a PDF; {_ASK}"),
    (b"{\\rtf", f"a Word document (RTF); {_ASK}"),
    (b"\x1f\x8b", f"a gzip archive; {_UNPACK}"),
    (b"BZh", f"a bzip2 archive; {_UNPACK}"),
    (b"\xfd7zXZ", f"an xz archive; {_UNPACK}"),
    (b"\x28\xb5\x2f\xfd", f"a Zstandard archive; {_UNPACK}"),
    (b"7z\xbc\xaf", f"a 7-Zip archive; {_UNPACK}"),
    (b"Rar!", f"a RAR archive; {_UNPACK}"),
    (b"SQLite format 3", f"a database; {_ASK}"),
    (b"PAR1", f"a Parquet file; {_ASK}"),
    (b"ARROW1", f"an Arrow file; {_ASK}"),
    (b"\x89PNG", f"a picture; {_ASK}"),
    (b"\xff\xd8\xff", f"a picture; {_ASK}"),
)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|[a-z]+[\s>])", re.IGNORECASE)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*(?:\"|\})")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""How an archive begins; one without a file in the second way."""
_OFFICE = "[Content_Types].xml"
_OPEN_DOCUMENT = "mimetype"


def is_zip(path: Path) -> bool:
    """Whether a file begins as a zip archive does, whole or not. Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(4) in _ZIP


def is_sheet(names: list[str]) -> bool:
    """Whether the files of an archive are those of a workbook."""
    return _OFFICE in names or names[:1] == [_OPEN_DOCUMENT]


def other_kind(path: Path, head: bytes) -> str:
    """What a file is that is no table of text, and what to do; empty for what may be one. head: its beginning."""
    if head.startswith(_ZIP):
        return _packed(path)
    if what := next((what for magic, what in _KNOWN if head.startswith(magic)), ""):
        return what
    if _PAGE.match(head):
        return "a web page; the download gave a page in place of the file: download it again"
    if _XML.match(head):
        return f"XML; {_ASK}"
    return f"JSON; {_ASK}" if _JSON.match(head) else ""


def _packed(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return "a zip archive that ends early, or a workbook that does; it was cut short on its way: ask for it again"
    if is_sheet(names):
        return f"an Excel workbook or another packed document; {_SAVE}"
    return f"a zip archive; {_UNPACK}"
