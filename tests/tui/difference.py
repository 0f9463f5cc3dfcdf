"""A picture of how a screen differs from its kept picture: both, one above the other, the rows that differ in red."""

from __future__ import annotations

import re
from pathlib import Path

_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TEXT = re.compile(r'<text [^>]*? y="([\d.]+)"[^>]*>[^<]*</text>')
_TOP, _LINE, _LETTER = 41, 24.4, 20
"""Where the rows of a picture begin, how high a row and the letters in it are, in its own units."""


def write_difference(folder: Path, name: str, expected: str, shown: str) -> Path:
    """Write both pictures into one file; gives where. *expected* is empty where no picture is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.svg"
    path.write_text(difference(expected, shown), encoding="utf-8")
    return path


def difference(expected: str, shown: str) -> str:
    """The kept picture above the one of now, each row that differs marked in both."""
    rows = _rows(expected), _rows(shown)
    differing = sorted(place for place in {*rows[0], *rows[1]} if rows[0].get(place) != rows[1].get(place))
    panes, top, wide = [], 0.0, 0.0
    for number, picture in enumerate((expected, shown)):
        size = _SIZE.search(picture)
        width, height = (float(size[1]), float(size[2])) if size else (0.0, 0.0)
        apart = picture.replace("terminal", f"terminal{number}")  # the styles of one must not colour the other
        panes.append(apart.replace("<svg ", f'<svg y="{top:g}" height="{height:g}" ', 1))
        panes += [_mark(top + _TOP + place - _LETTER, width) for place in differing]
        top, wide = top + height, max(wide, width)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {top:g}">'
    return "\n".join([head, *panes, "</svg>\n"])


def _mark(top: float, width: float) -> str:
    return f'<rect x="0" y="{top:g}" width="{width:g}" height="{_LINE}" fill="red" opacity="0.35"/>'


def _rows(picture: str) -> dict[float, list[str]]:
    """The pieces of text of a picture by the row they stand in."""
    rows: dict[float, list[str]] = {}
    for piece in _TEXT.finditer(picture):
        rows.setdefault(float(piece[1]), []).append(piece[0])
    return rows
