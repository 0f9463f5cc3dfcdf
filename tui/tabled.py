"""A table of plain text that has room: laid out at once, as the library would lay it out.

The library measures, wraps and cuts every cell before it paints a line, which took most of the time of a command that
prints some hundred rows. Where all of a table fits nothing is wrapped or cut, and each line is put together here.
"""

from __future__ import annotations

from collections.abc import Sequence


def laid_out(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int], width: int) -> list[str] | None:
    """The lines of a table under its heads, edges and rule as of the library's simple box; None where it has no room.

    heads, rows: plain text of one line a cell. right: columns that stand to the right. width: cells of a line.
    """
    lines = [heads, *rows]
    if any(cell != cell.strip() for line in lines for cell in line):
        return None  # what spaces at an edge become is the library's business
    widths = [max(_cells(line[place]) for line in lines) for place in range(len(heads))]
    inner = [max(1, width + (place > 0) + (place < len(heads) - 1)) for place, width in enumerate(widths)]
    if not heads or sum(inner) + len(heads) + 1 > width:
        return None
    blank = " " * (sum(inner) + len(heads) + 1)
    painted = [_line(line, inner, right) for line in lines]
    rule = f" {'─'.join('─' * one for one in inner)} "
    return [blank, painted[0], rule, *painted[1:], blank]


def _line(cells: Sequence[str], inner: Sequence[int], right: Sequence[int]) -> str:
    last = len(cells) - 1
    padded = []
    for place, cell in enumerate(cells):
        before, after = " " * (place > 0), " " * (place < last)
        gap = " " * (inner[place] - _cells(cell) - len(before) - len(after))
        padded.append(f"{before}{gap}{cell}{after}" if place in right else f"{before}{cell}{gap}{after}")
    return f" {' '.join(padded)} "


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
