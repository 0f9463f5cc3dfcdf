"""BCU and borough as columns of a list: declared once, for every list of people, places, actions and units."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.localities import Locality
from tui.views.column import PLAIN, ListColumn, Row
from tui.widgets.columns import Column

BCU, BOROUGH = "bcu", "borough"
"""The keys of the two columns. A list that has both can be narrowed to a locality."""


def locality_columns(
    of: Callable[[Row], Locality], *, width: int = 12, grow: bool = False, bcu: int = 0, borough: int = 3
) -> tuple[ListColumn[Row], ListColumn[Row]]:
    """The columns of the BCU and of the borough. *of*: where a row is; *bcu*, *borough*: which goes first when narrow.

    Places may stand on a wall.
    """
    return (
        ListColumn(BCU, "BCU", 3, priority=bcu, show=lambda row: of(row).bcu, holds=PLAIN),
        ListColumn(
            BOROUGH, "borough", width, grow=grow, priority=borough, show=lambda row: of(row).borough, holds=PLAIN
        ),
    )


def has_localities(columns: Sequence[Column]) -> bool:
    """Whether the rows under some columns have a place, so that their list can be narrowed to it."""
    return {BCU, BOROUGH} <= {column.key for column in columns}
