"""Asks for a BCU or a borough: each BCU with its boroughs beneath it."""

from __future__ import annotations

from core.geography import bcus, boroughs
from tui.dialogs.pick import Choice, Pick
from tui.widgets.columns import Column

_COLUMNS = (Column("bcu", "BCU", 3), Column("name", "BCU or borough", 30, grow=True))


def locality_pick(near: str = "") -> Pick[str]:
    """A list of the BCUs and boroughs that gives the code of a BCU or the name of a borough.

    near: the BCU where the cursor begins.
    """
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
    at = next((place for place, choice in enumerate(choices) if choice.value == near), 0)
    return Pick("Only one BCU or borough", _COLUMNS, choices, at)
