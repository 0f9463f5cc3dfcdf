"""Whether small counts of people are kept from whoever is at the keyboard, asked where anything is shown.

There is one such place for each way of showing: what a command prints (``tui.printing``), a string on the screen
(``tui.safe``), a cell of a list (``tui.views.column``), what is said in passing (``tui.widgets.status``). What counts
people is declared in ``core.small_counts``, which is loaded for whom it is needed alone.
"""

from __future__ import annotations

from core.roles import Rights, names_hidden

HIDDEN = "hidden"
"""What stands in the place of a figure that whoever sees no names is not shown."""


class SmallCounts:
    """Whether they are hidden: of the program as a whole, as one user is at its keyboard, whichever thread shows."""

    def __init__(self) -> None:
        self.hidden = False

    def for_user(self, rights: Rights | None) -> None:
        """From now on show what a user may see; None: a store without users."""
        self.hidden = names_hidden(rights)


SMALL_COUNTS = SmallCounts()


def child_in_json(born_on: int | None, *, child: bool) -> bool | str | None:
    """Whether someone is a child, for JSON: None where no birth date is known, :data:`HIDDEN` where it is not shown."""
    return HIDDEN if SMALL_COUNTS.hidden else None if born_on is None else child


def in_words(text: str) -> str:
    """A sentence as it may be shown."""
    if not SMALL_COUNTS.hidden:
        return text
    from core.small_counts import in_words

    return in_words(text)


def in_cell(name: str, cell: str, *, short: bool = False) -> str:
    """A cell of a column as it may be shown; *short*: in as little room as can be."""
    if not SMALL_COUNTS.hidden:
        return cell
    from core.small_counts import SHORT, UNDER, in_cell

    return in_cell(name, cell, SHORT if short else UNDER)


def in_figure(many: int) -> int | str:
    """How many people there are, as it may be shown: the number, or that it is small."""
    if SMALL_COUNTS.hidden:
        from core.small_counts import UNDER, is_small

        if is_small(many):
            return UNDER
    return many


def in_json(value: object) -> object:
    """A value for JSON as it may be shown."""
    if not SMALL_COUNTS.hidden:
        return value
    from core.small_counts import in_json

    return in_json(value)
