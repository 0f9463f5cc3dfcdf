"""A table of plain text, laid out line by line as the library would lay it out, and sooner.

The library measures, wraps and cuts every cell before it paints a line, which took most of the time of a command that
prints some hundred rows. Here a cell that has room is taken as it is. Where the table has too little room, the library
says how wide its columns are, asked about the widest cells alone, and folds the cells that are wider.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.box import Box
    from rich.console import Console
    from rich.table import Table


def laid_out(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int], console: Console
) -> list[str] | None:
    """The lines of a table under its heads, edges and rule as of the library's simple box; None where it has no room.

    heads, rows: plain text of one line a cell. right: columns that stand to the right, which are not folded.
    """
    lines = [heads, *rows]
    columns = list(zip(*lines, strict=True))
    widths = [max(map(_cells, column)) for column in columns]
    inner = [max(1, width + (place > 0) + (place < len(heads) - 1)) for place, width in enumerate(widths)]
    if narrow := sum(inner) + len(heads) + 1 > console.width:
        inner = _narrowed(lines, right, console)
    room = [width - (place > 0) - (place < len(heads) - 1) for place, width in enumerate(inner)]
    fits = sum(inner) + len(heads) + 1 <= console.width
    nothing = [one < 1 and (narrow or any(column)) for one, column in zip(room, columns, strict=True)]
    if not heads or not fits or any(nothing):
        return None
    blank = " " * (sum(inner) + len(heads) + 1)
    head = list(_painted(heads, room, right, console, low=True))
    painted = [list(_painted(row, room, right, console)) for row in rows]
    rule = f" {'─'.join('─' * one for one in inner)} "
    return [blank, *head, rule, *(line for row in painted for line in row), blank]


def library_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int], box: Box | None = None
) -> Table:
    """The library's own table, whose cells are folded where there is too little room; columns to the right are not."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box or SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for place, head in enumerate(heads):
        table.add_column(
            Text(head), justify="right" if place in right else "left", overflow="fold", no_wrap=place in right
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


_WORDY = 30
"""Cells from which on a column is of words that may go on in the next line."""


def unbroken(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]) -> int:
    """How wide a table must be for a cell to be folded only where it is of more than 30 cells."""
    widest = (max(map(_cells, column)) for column in zip(heads, *rows, strict=True))
    needed = [width if place in right else min(width, _WORDY) for place, width in enumerate(widest)]
    return sum(needed) + 3 * len(heads)


def _narrowed(lines: Sequence[Sequence[str]], right: Sequence[int], console: Console) -> list[int]:
    """How wide the library makes the columns, by the marks in the rule of a box that has some; too wide if none fit."""
    from rich.box import ASCII

    columns = list(zip(*lines, strict=True))
    widest = [max(column, key=_cells) for column in columns]
    wordiest = [max(column, key=_longest_word) for column in columns]
    with console.capture() as drawn:
        console.print(library_table(["" for _ in widest], [widest, wordiest], right, ASCII))
    rule = next((line for line in drawn.get().splitlines() if line.startswith("|-")), "|")
    parts = [len(part) for part in rule.strip().strip("|").split("+")]
    return parts if len(parts) == len(widest) else [console.width] * len(widest)


def _painted(
    cells: Sequence[str], room: Sequence[int], right: Sequence[int], console: Console, *, low: bool = False
) -> Iterator[str]:
    """The lines of one row. low: cells of fewer lines stand at the foot of the row, as heads do."""
    folded = [list(_folded(cell, room[place], place in right, console)) for place, cell in enumerate(cells)]
    last = len(cells) - 1
    height = max(map(len, folded))
    short = [[""] * (height - len(lines)) for lines in folded]
    filled = [[*less, *lines] if low else [*lines, *less] for lines, less in zip(folded, short, strict=True)]
    for number in range(height):
        padded = []
        for place, lines in enumerate(filled):
            text = lines[number]
            gap = " " * (room[place] - _cells(text))
            text = f"{gap}{text}" if place in right else f"{text}{gap}"
            padded.append(f"{' ' * (place > 0)}{text}{' ' * (place < last)}")
        yield f" {' '.join(padded)} "


def _folded(cell: str, width: int, to_the_right: bool, console: Console) -> Iterator[str]:
    if _cells(cell) <= width and cell == cell.strip():
        yield cell
        return
    from rich.text import Text

    justify = "right" if to_the_right else "left"
    for line in Text(cell).wrap(console, width, justify=justify, overflow="fold", no_wrap=to_the_right):  # type: ignore[arg-type]
        yield line.plain


def _longest_word(text: str) -> int:
    return max(map(_cells, text.split()), default=_cells(text))


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
