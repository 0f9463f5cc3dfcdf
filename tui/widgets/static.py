"""A text that may change, whose height always follows what it holds."""

from __future__ import annotations

from typing import Self

from textual import widgets
from textual.geometry import Region


class Static(widgets.Static):
    """The text of Textual, laid out anew at every change.

    Textual counts a change of layout once until the widget has come to rest, and keeps heights by that count. A text
    that changed twice in that time, with a layout of the screen between, kept the height of the first: a page showed
    one line of its facts.
    """

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again, and where *layout* is asked for, measure again in any case."""
        if layout and self._layout_required:
            self._layout_updates += 1
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
