"""The parts of a sheet that give way to each other: its fields, and what is to be known beside them."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.widget import Widget

from tui.dialogs.field import OFFERED
from tui.widgets.static import Static

LOW = 20
"""Lines of a screen so low that little of what is to be known beside the fields is shown."""
_KNOWN, _KNOWN_FEW = 5, 2
"""The most lines of what is to be known beside the fields, and on a low screen."""
_SHEET, _SHEET_LOW, _ROOMY = 85, 93, 30
"""The most that a sheet takes of the height of the screen, in a hundred, and of one of fewer lines than the third."""
_BORDERS = 2
_REST = 3
"""The lines of a sheet for a hint, for what is wrong, and for the keys."""
_FEW = 2
"""So many offers stand below a field however little room there is."""
_FEWEST = 2
"""Lines of fields that stay in sight however low the screen is."""


class Beside(Static):
    """What is to be known while one types: it gives way to the fields where the screen is low."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines it needs, or the most there may be."""
        most = _KNOWN_FEW if viewport.height < LOW else _KNOWN
        return min(super().get_content_height(container, viewport, width), most)


class FieldLines(VerticalScroll):
    """The fields of a sheet: they give way and scroll, so that what is wrong and the keys below are always in sight.

    most: the lines that the whole sheet may take.
    """

    most = 0

    def leave(self, head: int) -> None:
        """Leave the head of the screen its lines, and the list beneath some where there is room."""
        height = self.app.size.height
        most = min(height * share(height) // 100, height - head)
        if most != self.most:
            self.most = most
            for sheet in self.ancestors:
                if sheet.id == "box":
                    sheet.styles.max_height = most
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines of all fields, or as many as the sheet leaves."""
        below = sum(_lines(part, container, viewport, width) for part in self.siblings)
        room = self.most - _BORDERS - below
        return max(_FEWEST, min(super().get_content_height(container, viewport, width), room))

    def on_resize(self) -> None:
        """Keep the line that is typed on in sight."""
        self._keep_in_sight()

    def on_descendant_focus(self) -> None:
        """Bring the line that is gone to into sight."""
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        if (line := self.screen.focused) is not None and self in line.ancestors:
            self.scroll_to_widget(line, animate=False)


def share(height: int) -> int:
    """The most that a sheet takes of a screen of so many lines, in a hundred of its height."""
    return _SHEET_LOW if height < _ROOMY else _SHEET


def offers_beside(lines: int, height: int, *, known: bool) -> int:
    """How many offers a sheet has room for beside all its lines of fields, on a screen of so many lines.

    known: whether it says what is to be known while one types.
    """
    left = height * share(height) // 100 - _BORDERS - lines - (_KNOWN if known else 0) - _REST
    return max(_FEW, min(OFFERED, left))


def _lines(part: Widget, container: Size, viewport: Size, width: int) -> int:
    """The height that a part of a sheet takes, as set or as what it says needs."""
    fixed = part.styles.height
    if fixed is not None and not fixed.is_auto:
        return int(fixed.value)
    most = part.styles.max_height
    lines = max(1, part.get_content_height(container, viewport, width))
    return lines if most is None else min(lines, int(most.value))
