"""The columns of a list: which of them fit, how wide they are, and how a cell is cut to its column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Span, Text

from core.text import plain
from tui.means import HERE
from tui.widgets.figures import cut, cut_inside, cut_text, narrowed

Align: TypeAlias = Literal["left", "right"]
Cell: TypeAlias = str | Text
Fetch: TypeAlias = Callable[[Sequence[int]], Sequence[Sequence[Cell]]]

_TOLD_APART = 8
"""The cells that a word needs to be told from others; no column of numbers takes them from it."""
_GIVES_WAY = 3
"""From this priority on a column gives way to words that are cut beside it."""
_LONG = 2
"""So many times the width of its column a word has room made for it."""
_ARROW = 1
"""The cell beside a title for the arrow of the sorted column."""
_NO_SHADE = Style(dim=False, reverse=False)


@dataclass(frozen=True)
class Column:
    """One column of a list.

    *key* is the name and the sort key; *width* is in terminal cells; a *grow* column shares the spare width.
    *priority* 0 stays longest; in a narrow list the columns with the highest number go first, and from 3 on they go
    where words beside them would be cut. *inside*: what does not
    fit is cut in its middle, as a file with its line. *picture*: it shows what a number says, and goes first of all.
    """

    key: str
    title: str
    width: int
    align: Align = "left"
    grow: bool = False
    priority: int = 0
    inside: bool = False
    picture: bool = False

    @property
    def whole(self) -> bool:
        """Whether its cells hold numbers or days, so that it has its full width or is not shown."""
        return self.align == "right"


class Placed(NamedTuple):
    """A column that is shown: its *place* among all columns and its width in cells."""

    place: int
    width: int
    column: Column


def lay_out(
    columns: Sequence[Column],
    room: int,
    needs: Mapping[int, int] | None = None,
    *,
    chosen: Mapping[str, bool] | None = None,
    pan: int = 0,
) -> tuple[Placed, ...]:
    """Give the columns that are shown in *room* cells, one space apart.

    Columns are dropped by priority, no number while a picture is left. What must stay but does not fit is narrowed,
    words only, the widest first; where that is not enough, columns of numbers are dropped, the last first. *needs*: the
    place of a column to the width of the widest cell that was seen. Numbers have that before words have more than they
    need to be told apart; of what is left words have it, those that lack least first, and the rest is for those that
    grow. Where words are still cut, a column gives them what neither its title nor its cells need. *chosen*: by their
    keys the columns that are wanted whatever the width, and those that are left out. *pan*: so many columns are skipped
    behind those that stay (`_sticky`), so that the others come into sight.
    """
    wanted = chosen or {}
    shown = [index for index, column in enumerate(columns) if wanted.get(column.key, True)]
    if pan:
        shown = _panned(columns, shown, room, pan)

    def spare() -> list[int]:
        return [index for index in shown if columns[index].priority > 0 and not wanted.get(columns[index].key)]

    while (pictures := [index for index in shown if columns[index].picture]) and _needed(columns, shown, needs) > room:
        words = [index for index in spare() if columns[index].picture or not columns[index].whole]
        shown.remove(max(words or pictures, key=_first_to_go(columns)))
    while _needed(columns, shown) > room and (left := spare()):
        shown.remove(max(left, key=_first_to_go(columns)))
    while _uncut(columns, shown, needs) > room and (left := [i for i in spare() if columns[i].priority >= _GIVES_WAY]):
        shown.remove(max(left, key=_first_to_go(columns)))
    while _least(columns, shown) > room and any(columns[index].whole for index in shown[1:]):
        shown.remove(max(index for index in shown[1:] if columns[index].whole))
    widths = {index: max(1, columns[index].width) for index in shown}
    spare_cells = room - sum(widths.values()) - len(shown) + 1
    for index in shown:
        missing = (needs or {}).get(index, 0) - widths[index]
        if columns[index].whole and 0 < missing <= spare_cells + _to_spare(columns, widths):
            widths[index] += missing
            spare_cells -= missing
            if spare_cells < 0:
                _take(columns, widths, -spare_cells, _TOLD_APART)
                spare_cells = 0
    spare_cells += _unneeded(columns, widths, needs or {}, spare_cells)
    _share(columns, widths, spare_cells, needs or {})
    return tuple(Placed(index, widths[index], columns[index]) for index in shown)


def _sticky(columns: Sequence[Column], shown: Sequence[int]) -> int:
    """How many of the shown columns stay where they are: up to the first that grows, which says what a row is."""
    return next((place + 1 for place, index in enumerate(shown) if columns[index].grow), min(1, len(shown)))


def last_pan(columns: Sequence[Column], room: int, chosen: Mapping[str, bool]) -> int:
    """How many columns may be skipped at most: then the last of all is in sight. None where all are without it."""
    shown = [index for index, column in enumerate(columns) if chosen.get(column.key, True)]
    if _needed(columns, shown) <= room:
        return 0
    last = len(shown) - _sticky(columns, shown) - 1
    return next((pan for pan in range(1, last + 1) if shown[-1] in _panned(columns, shown, room, pan)), max(0, last))


def _panned(columns: Sequence[Column], shown: Sequence[int], room: int, pan: int) -> list[int]:
    """The columns that stay, and of the others as many as fit once *pan* are skipped; one at least."""
    stay = _sticky(columns, shown)
    left = [*shown[:stay], *shown[stay + pan :]]
    while len(left) > stay + 1 and _needed(columns, left) > room:
        left.pop()
    return left


def _first_to_go(columns: Sequence[Column]) -> Callable[[int], tuple[int, int]]:
    return lambda index: (columns[index].priority, index)


def _needed(columns: Sequence[Column], shown: Sequence[int], needs: Mapping[int, int] | None = None) -> int:
    """The room that columns take, numbers as wide as the widest that was seen."""
    wide = needs or {}
    cells = (max(1, columns[index].width, wide.get(index, 0) if columns[index].whole else 0) for index in shown)
    return sum(cells) + len(shown) - 1


def _uncut(columns: Sequence[Column], shown: Sequence[int], needs: Mapping[int, int] | None) -> int:
    """The room in which no number and no name is cut; of long words so much is read that one knows what they are."""
    wide = needs or {}
    cells = 0
    for index in shown:
        column, need = columns[index], wide.get(index, 0)
        cells += max(1, column.width, need if column.whole else min(need, _LONG * column.width))
    return cells + len(shown) - 1


def _wished(column: Column, need: int) -> int:
    """How wide a column of words may become: one that does not grow no wider than what has room made for it."""
    return need if column.grow else min(need, _LONG * column.width)


def _least(columns: Sequence[Column], shown: Sequence[int]) -> int:
    """The room that columns take when words are as narrow as they may be."""
    return sum(
        max(1, columns[index].width if columns[index].whole else min(columns[index].width, _TOLD_APART))
        for index in shown
    ) + len(shown) - 1  # fmt: skip


def _to_spare(columns: Sequence[Column], widths: Mapping[int, int]) -> int:
    """The cells that words have beyond what they need to be told apart."""
    return sum(max(0, width - _TOLD_APART) for index, width in widths.items() if not columns[index].whole)


def _words(columns: Sequence[Column], widths: Mapping[int, int]) -> list[int]:
    return [index for index in widths if not columns[index].whole]


def _take(columns: Sequence[Column], widths: dict[int, int], cells: int, least: int) -> int:
    """Take cells from the widest columns of words, none below *least*; gives how many are still missing."""
    words = _words(columns, widths)
    while cells:
        widest = max(words, key=lambda index: widths[index], default=None)
        if widest is None or widths[widest] <= least:
            break
        widths[widest] -= 1
        cells -= 1
    return cells


def _unneeded(columns: Sequence[Column], widths: dict[int, int], needs: Mapping[int, int], spare: int) -> int:
    """Take from columns what they do not need, as far as words lack more than *spare*; gives how many cells that is."""
    words = _words(columns, widths)
    lacking = sum(max(0, _wished(columns[index], needs.get(index, 0)) - widths[index]) for index in words)
    taken = 0
    for index in (index for index in widths if index in needs and not columns[index].grow):
        needed = max(cell_len(columns[index].title) + _ARROW, needs[index])
        given = max(0, min(widths[index] - needed, lacking - spare - taken))
        widths[index] -= given
        taken += given
    return taken


def _share(columns: Sequence[Column], widths: dict[int, int], spare: int, needs: Mapping[int, int]) -> None:
    """Give *spare* cells to words that are cut, then to the growing columns, or take missing cells from words."""
    words = _words(columns, widths)
    wished = {index: _wished(columns[index], needs.get(index, 0)) for index in words}
    lacking = {index: wished[index] - widths[index] for index in words}
    cut_short = sorted((index for index, missing in lacking.items() if missing > 0), key=lambda index: lacking[index])
    for place, index in enumerate(cut_short):
        given = max(0, min(lacking[index], spare // (len(cut_short) - place)))
        widths[index] += given
        spare -= given
    growing = [index for index in widths if columns[index].grow]
    if spare > 0 and growing:
        each, left = divmod(spare, len(growing))
        for place, index in enumerate(growing):
            widths[index] += each + (place < left)
    elif spare < 0:
        _take(columns, widths, -spare, 1)


def widest(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> dict[int, int]:
    """The place of every column, but pictures, to the width of its widest cell in some rows."""
    found = {index: 0 for index, column in enumerate(columns) if not column.picture}
    for row in rows:
        for index, width in found.items():
            cell = row[index]
            words = cell if isinstance(cell, str) else cell.plain
            if len(words) > width or not words.isascii():
                found[index] = max(width, cell_len(plain(words)))
    return found


def fit(text: str, width: int, align: Align = "left") -> str:
    """Give printable *text* as exactly *width* terminal cells, cut with an ellipsis, not within a number, or padded."""
    text = cut(text, width)
    padding = " " * (width - cell_len(text))
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
    placed: Sequence[Placed], cells: Sequence[Cell], style: Style, console: Console, *, here: bool = False
) -> list[Segment]:
    """Give one row as segments on top of *style*, cells in the order of all columns.

    *here*: it is the row of the cursor, where meanings have styles of their own, and any other colour gives way.
    """
    segments: list[Segment] = []
    run: list[str] = []
    for number, (place, width, column) in enumerate(placed):
        if number:
            run.append(" ")
        cell = cells[place]
        if isinstance(cell, str):
            words = plain(cell)
            run.append(fit(_as_it_fits(words, width, column), width, column.align))
            continue
        if not cell.spans:  # most cells that mean something: one word in one style
            word = cut(_as_it_fits(plain(cell.plain), width, column), width)
            padding = " " * (width - cell_len(word))
            right = column.align == "right"
            run.append(padding if right else "")
            segments.append(Segment("".join(run), style))
            segments.append(Segment(word, style + _style_of(cell.style, console, here)))
            run = ["" if right else padding]
            continue
        text, before, after = _fit_text(cell, width, column)
        run.append(before)
        segments.append(Segment("".join(run), style))
        segments.extend(_styled(text, style, console, here))
        run = [after]
    segments.append(Segment("".join(run), style))
    return [segment for segment in segments if segment.text]


def _as_it_fits(words: str, width: int, column: Column) -> str:
    if column.inside:
        return cut_inside(words, width)
    return narrowed(words, width) if column.whole else words


def _fit_text(cell: Text, width: int, column: Column) -> tuple[Text, str, str]:
    text = cell.copy()
    text.end = ""
    text.plain = plain(text.plain)
    if text.cell_len > width:
        text = Text(narrowed(text.plain, width), text.style, end="") if column.whole else cut_text(text, width)
    padding = " " * (width - text.cell_len)
    return (text, padding, "") if column.align == "right" else (text, "", padding)


def _styled(text: Text, style: Style, console: Console, here: bool) -> list[Segment]:
    segments = []
    base = _style_of(text.style, console, here)  # render() leaves it out where there are no spans
    if here:
        text.spans = [Span(span.start, span.end, _style_of(span.style, console, here)) for span in text.spans]
    for content, own, _ in text.render(console):
        segments.append(Segment(content, style + (base + own if own else base)))
    return segments


def _style_of(named: str | Style, console: Console, here: bool) -> Style:
    """The style of a meaning in the look that is worn, or a style as it is given; *here* for the row of the cursor."""
    of_meaning = HERE.get(named) if here and isinstance(named, str) else None
    style = console.get_style(of_meaning or named, default=Style.null())
    return style if of_meaning or not here else style.without_color + _NO_SHADE
