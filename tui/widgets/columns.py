"""The columns of a list: which of them fit, how wide they are, and how a cell is cut to its column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from core.text import plain

Align: TypeAlias = Literal["left", "right"]
Cell: TypeAlias = str | Text
Fetch: TypeAlias = Callable[[Sequence[int]], Sequence[Sequence[Cell]]]

_NO_SHADE = Style(dim=False, reverse=False)


@dataclass(frozen=True)
class Column:
    """One column of a list.

    *key* is the name and the sort key; *width* is in terminal cells; a *grow* column shares the spare width.
    *priority* 0 is always shown; in a narrow list the columns with the highest number go first.
    """

    key: str
    title: str
    width: int
    align: Align = "left"
    grow: bool = False
    priority: int = 0


class Placed(NamedTuple):
    """A column that is shown: its *place* among all columns and its width in cells."""

    place: int
    width: int
    column: Column


def lay_out(columns: Sequence[Column], room: int) -> tuple[Placed, ...]:
    """Give the columns that are shown in *room* cells, one space apart.

    Columns are dropped by priority; what must stay but does not fit is narrowed, the widest first.
    """
    shown = list(range(len(columns)))
    while _needed(columns, shown) > room:
        spare = [index for index in shown if columns[index].priority > 0]
        if not spare:
            break
        shown.remove(max(spare, key=lambda index: (columns[index].priority, index)))
    widths = {index: max(1, columns[index].width) for index in shown}
    _share(columns, widths, room - sum(widths.values()) - len(shown) + 1)
    return tuple(Placed(index, widths[index], columns[index]) for index in shown)


def _needed(columns: Sequence[Column], shown: Sequence[int]) -> int:
    return sum(max(1, columns[index].width) for index in shown) + len(shown) - 1


def _share(columns: Sequence[Column], widths: dict[int, int], spare: int) -> None:
    """Give *spare* cells to the growing columns, or take missing cells (a negative number) from the widest."""
    growing = [index for index in widths if columns[index].grow]
    if spare > 0 and growing:
        each, left = divmod(spare, len(growing))
        for place, index in enumerate(growing):
            widths[index] += each + (place < left)
    while spare < 0:
        widest = max(widths, key=lambda index: widths[index], default=None)
        if widest is None or widths[widest] <= 1:
            return
        widths[widest] -= 1
        spare += 1


def fit(text: str, width: int, align: Align = "left") -> str:
    """Give printable *text* as exactly *width* terminal cells, cut with an ellipsis or padded."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + "…" if width > 0 else ""
    padding = " " * (width - length)
    return padding + text if align == "right" else text + padding


def head_text(placed: Sequence[Placed], sort_column: str | None, descending: bool) -> str:
    """Give the titles of the shown columns; the arrow beside the sorted title is never cut off."""
    arrow = "▼" if descending else "▲"
    return " ".join(_title(shown, arrow if shown.column.key == sort_column else "") for shown in placed)


def _title(shown: Placed, arrow: str) -> str:
    title, width, align = plain(shown.column.title), shown.width, shown.column.align
    if not arrow:
        return fit(title, width, align)
    if cell_len(title) + 2 <= width:
        return fit(f"{title} {arrow}", width, align)
    return fit(title, width - 1, align) + arrow


def row_segments(
    placed: Sequence[Placed], cells: Sequence[Cell], style: Style, console: Console, *, bare: bool = False
) -> list[Segment]:
    """Give one row as segments on top of *style*, cells in the order of all columns.

    With *bare* the colours of the cells give way to *style*, so that the cursor row stays readable.
    """
    segments: list[Segment] = []
    run: list[str] = []
    for number, (place, width, column) in enumerate(placed):
        if number:
            run.append(" ")
        cell = cells[place]
        if isinstance(cell, str):
            run.append(fit(plain(cell), width, column.align))
            continue
        text, before, after = _fit_text(cell, width, column.align)
        run.append(before)
        segments.append(Segment("".join(run), style))
        segments.extend(_styled(text, style, console, bare))
        run = [after]
    segments.append(Segment("".join(run), style))
    return [segment for segment in segments if segment.text]


def _fit_text(cell: Text, width: int, align: Align) -> tuple[Text, str, str]:
    text = cell.copy()
    text.end = ""
    text.plain = plain(text.plain)
    if text.cell_len > width:
        text.truncate(width, overflow="ellipsis")
    padding = " " * (width - text.cell_len)
    return (text, padding, "") if align == "right" else (text, "", padding)


def _styled(text: Text, style: Style, console: Console, bare: bool) -> list[Segment]:
    segments = []
    base = console.get_style(text.style, default=Style.null())  # render() leaves it out where there are no spans
    for content, own, _ in text.render(console):
        over = base + own if own else base
        if bare:
            over = over.without_color + _NO_SHADE
        segments.append(Segment(content, style + over))
    return segments
