"""Asks for a BCU or a borough: each BCU with its boroughs beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.geography import bcus, boroughs
from tui.dialogs.pick import Choice, Pick
from tui.widgets.columns import Column

_COLUMNS = (Column("bcu", "BCU", 3), Column("name", "BCU or borough", 30, grow=True))

if TYPE_CHECKING:
    from db.areas import Areas


def locality_pick(held: Areas, near: str = "") -> Pick[str]:
    """A list of the BCUs and boroughs that gives the code of a BCU or the name of a borough.

    held: the areas of the store: where none is in London, its boroughs and districts alone. near: the BCU where the
    cursor begins.
    """
    if not held.london:
        return Pick("Only one borough or district", _COLUMNS, [_named(name) for name in held.boroughs], 0)
    choices = []
    for code, name in bcus().items():
        within = [borough.name for borough in boroughs().values() if borough.bcu == code]
        choices.append(Choice(code, (code, name), f"BCU {code}: {', '.join(within)}."))
        choices += [Choice(borough, ("", f"  {borough}"), f"{borough}, in BCU {code}.") for borough in within]
    choices += [
        Choice(borough.name, ("", borough.name), f"{borough.name}: its own force, in no BCU.")
        for borough in boroughs().values()
        if not borough.bcu
    ]
    choices += [_named(name) for name in held.boroughs if name not in boroughs()]
    at = next((place for place, choice in enumerate(choices) if choice.value == near), 0)
    return Pick("Only one BCU or borough", _COLUMNS, choices, at)


def _named(borough: str) -> Choice[str]:
    """A borough or district that London does not have, as the files name it."""
    return Choice(borough, ("", borough), f"{borough}: not in London, in no BCU.")
