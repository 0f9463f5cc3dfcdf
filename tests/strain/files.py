"""Files of every profile, made of its sound sample: long ones, and such as are full of hostile cells."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from random import Random

from tests.db.test_hostile_imports import FILES, SAMPLES
from tests.hostile import TEXTS

_NUMBERED = {"edition": ("code",), "extract": ("crime_ref", "person_ref")}
"""The columns that tell rows of a long file apart, where it is not the one of the sample alone."""
_ENDS = (
    "\x1b]52;c;aGVsbG8=\x07", "\x1b]0;title\x07", "\x1b]8;;file:///etc/passwd\x1b\\link\x1b]8;;\x1b\\", "\x1b[6n",
    "\x1bP$q\"p\x1b\\", "\x9b2J", "\u202e", "\u2067", "\u200f", "\u061c", "\x00", "\x1bc", "\r", "\x0c", "\U000e0041",
)  # fmt: skip
"""What is put behind sound words: it is printed beside them."""
_ODD_VALUES = (
    "31/12/9999", "01/01/0001", "29/02/2025", "00/00/0000", "2026-13-45", "-99999999999999", "1" * 400, "1e400",
    "0.1e-400", "\u0663\u0663/\u0661\u0661/2026", "TRUE", "E05" + "9" * 40, "9223372036854775808", "=1+1", "@x", "-1+1",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
"""Zero bytes come in UTF-16 alone: in the others they show that a file is no text, and it is refused whole."""


def sound(kind: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the sample of a profile."""
    with (FILES / f"{SAMPLES[kind].file}.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    return header, rows


def name_of(kind: str) -> str:
    """What a file of a profile is called, where its name says what it is."""
    return f"{SAMPLES[kind].file}.csv"


def long_file(kind: str, rows: int, place: Path) -> Path:
    """A file of so many different sound rows, so that its import takes a while."""
    header, known = sound(kind)
    columns = [header.index(name) for name in _NUMBERED.get(kind, (SAMPLES[kind].unique,))]
    path = place / name_of(kind)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([header, *known])
        for number in range(rows):
            row = list(known[number % len(known)])
            for column in columns:
                row[column] = _counted_up(row[column], number)
            writer.writerow(row)
    return path


def _counted_up(text: str, number: int) -> str:
    """A text with its last digits counted up, so that it keeps its form, or a number behind it."""
    found = re.fullmatch(r"(.*?)(\d+)(\D*)", text)
    if found is None:
        return f"{text} {number}"
    before, digits, after = found.groups()
    if after.startswith("/") or "/" in before:  # a reference with its year, or a code: 2601001/26, 105/01
        return f"{number // 100:03d}/{number % 100:02d}" if len(text) < 7 else f"{number + 1_000_000:07d}/26"
    many = max(len(digits), 5)
    return f"{before}{(number + 10_000) % 10**many:0{many}d}{after}"


def hostile_text(chance: Random) -> str:
    """One cell that tries to do more than to be read."""
    way = chance.random()
    if way < 0.45:
        return chance.choice(TEXTS[:-1])
    if way < 0.65:
        return chance.choice(_ODD_VALUES)
    if way < 0.9:
        return f"{chance.choice(('Smith', '105/01', 'E05009367', '01/11/2026', 'x;=1+1', ''))}{chance.choice(_ENDS)}"
    return "".join(chr(chance.choice((chance.randrange(0xD800), chance.randrange(0x250)))) for _ in range(12))


def hostile_file(kind: str, rows: int, chance: Random, place: Path) -> tuple[Path, int]:
    """A file of the profile with hostile cells in every column in turn; gives the number of them, too.

    A fifth of the files have stray bytes: such as no encoding has, put in after the text was encoded. The columns of a
    profile that refuses the whole file for one fault are left as they are, but for those that take any text.
    """
    header, known = sound(kind)
    unique = header.index(SAMPLES[kind].unique)
    open_to = [header.index(name) for name in SAMPLES[kind].free] or list(range(len(header)))
    cells, made, encoding = 0, [], chance.choice(ENCODINGS)
    for number in range(rows):
        row = list(known[number % len(known)])
        if number % 5:
            row[unique] = _counted_up(row[unique], number) if number % 2 else f"{row[unique]} {number}"
        more = chance.choice((0, 0, 0, 0, 1, 3))
        for column in {open_to[number % len(open_to)], *chance.sample(open_to, min(more, len(open_to)))}:
            text = hostile_text(chance)
            row[column] = text if encoding == "utf-16" else text.replace("\0", "\x01")
            cells += 1
        made.append(row)
    content = _as_bytes(header, made, encoding)
    if encoding != "utf-16" and chance.random() < 0.2:
        strays = max(1, rows // 40)
        content = _with_strays(content, strays, chance)
        cells += strays
    path = place / chance.choice((name_of(kind), f"\x1b]0;x\x07{name_of(kind)}"))
    path.write_bytes(content)
    return path, cells


def _as_bytes(header: list[str], rows: list[list[str]], encoding: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode(encoding, "replace")


def _with_strays(content: bytes, many: int, chance: Random) -> bytes:
    """Put bytes into the second half of a file that are no text in UTF-8."""
    for _ in range(many):
        at = chance.randrange(len(content) // 2, len(content))
        content = content[:at] + bytes((chance.choice((0x80, 0xFF, 0xC3, 0xED, 0xF8)),)) + content[at:]
    return content
