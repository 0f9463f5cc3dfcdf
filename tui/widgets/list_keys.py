"""The keys of every list, each declared once: key, action, name to rebind it by, and what the help says."""

from __future__ import annotations

from textual.binding import Binding


def _key(keys: str, action: str, name: str, says: str, tooltip: str) -> Binding:
    return Binding(keys, action, says, show=False, id=f"list.{name}", tooltip=tooltip)


LIST_BINDINGS: tuple[Binding, ...] = (
    _key("j,down", "move('down')", "down", "Next row", "Go to the next row"),
    _key("k,up", "move('up')", "up", "Row before", "Go to the row before"),
    _key("g,home", "move('first')", "first", "First row", "Go to the first row"),
    _key("G,end", "move('last')", "last", "Last row", "Go to the last row"),
    _key("ctrl+d", "move('half_down')", "half_down", "Half a page down", "Go half a page down"),
    _key("ctrl+u", "move('half_up')", "half_up", "Half a page up", "Go half a page up"),
    _key("pagedown", "move('page_down')", "page_down", "Page down", "Go one page down"),
    _key("pageup", "move('page_up')", "page_up", "Page up", "Go one page up"),
    _key("enter", "choose", "choose", "Open", "Open the record under the cursor"),
    _key("space", "toggle_mark", "mark", "Mark", "Mark this row, or take its mark away, and go to the next"),
    _key("v", "range", "range", "Range", "Start a range here; again: mark every row of it"),
    _key("escape", "cancel_range", "cancel_range", "Leave the range", "Close the open range, marking nothing"),
    _key("left", "pan(-1)", "pan_left", "Columns to the left", "See the columns further left"),
    _key("right", "pan(1)", "pan_right", "Columns to the right", "See the columns further right; the first ones stay"),
    _key("<", "sort(-1)", "sort_left", "Sort by column to the left", "Sort by the column to the left"),
    _key(">", "sort(1)", "sort_right", "Sort by column to the right", "Sort by the column to the right"),
    _key("s", "sort_reverse", "sort_reverse", "Reverse the order", "Reverse the order of the sorted column"),
)
