"""A text that may change, whose height always follows what it holds."""

from __future__ import annotations

from typing import Self

from textual import widgets
from textual.geometry import Region


class Static(widgets.Static):
    """The text of Textual, measured anew at every change.

    Textual keeps the height of a text in two places, and a layout of the screen may come between a change and the rest
    of it: its caches go by a count of changes that is raised once until the widget has come to rest, and to mark it for
    painting may lay the screen out before the height of the text before is let go. Either way a page showed one line of
    its facts.
    """

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again, and where *layout* is asked for, measure again in any case."""
        if layout:
            self.clear_cached_dimensions()
            self._layout_updates += self._layout_required
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
