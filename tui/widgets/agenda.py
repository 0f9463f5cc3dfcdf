"""The agenda beside the view: where the meeting is, what each item may take."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text
from textual.widgets import Static

from core.meetings import Agenda, clock


class AgendaList(Static):
    """Every item with its minutes; the one the meeting is at stands out."""

    DEFAULT_CSS = """
    AgendaList { width: 30; height: 1fr; border-right: tall $panel; padding: 0 1; }
    """

    def redraw(self, agenda: Agenda, place: int, spent: Mapping[str, float]) -> None:
        """Write the agenda. spent: seconds per item so far."""
        text = Text()
        for number, item in enumerate(agenda.items):
            seconds = spent.get(item.key, 0.0)
            mark = "▸" if number == place else "✓" if seconds else " "
            style = "bold reverse" if number == place else "" if seconds else "dim"
            text.append(f"{mark} {number + 1} {item.title}\n", style=style)
            text.append(f"     {clock(seconds, item.minutes)}\n", style="bold" if number == place else "dim")
        if text != self.content:
            self.update(text, layout=False)  # it fills its column whatever it says
