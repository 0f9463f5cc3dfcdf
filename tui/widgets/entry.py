"""A line to type on that is given its styles once."""

from __future__ import annotations

from textual.widgets import Input


class Entry(Input):
    """An input that has its styles as it comes to stand on a screen.

    The toolkit's own is given them before, with each class that it is made with, and again for its first value, which
    it takes as valid: half of the time in which a form's fields are made. What is typed is checked when it is saved.
    """

    def update_node_styles(self, animate: bool = True) -> None:
        """Go by other classes; before it stands anywhere there is nothing to do, for it is given all of them then."""
        if self.is_attached:
            super().update_node_styles(animate)

    def validate(self, value: str) -> None:
        """Find nothing wrong, and change no class."""
