"""One command, declared once: its key, its footer label, its help line and its palette entry are one binding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen


def command(keys: str, action: str, label: str, says: str, name: str, *, footer: bool = True) -> Binding:
    """Declare a command.

    keys: what is pressed. action: what it calls. label: one or two words for the footer. says: the sentence in help
    and palette. name: how tests press it and users rebind it. footer: whether it is worth a place at the foot.
    """
    return Binding(keys, action, label, show=footer, id=name, tooltip=says)


@dataclass(frozen=True)
class Live:
    """A command as it stands on a screen now. ``node`` is what declares it, and so what carries it out."""

    name: str
    key: str
    label: str
    says: str
    enabled: bool
    footer: bool
    action: str
    node: DOMNode


def live(screen: Screen[Any]) -> list[Live]:
    """Every command that works on a screen now, the nearest to the cursor first, each once."""
    found: dict[str, Live] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.system or not binding.id:
            continue
        key = screen.app.get_key_display(binding)
        stands = found.get(binding.id)
        keys = f"{stands.key} {key}" if stands else key
        found[binding.id] = Live(
            binding.id,
            keys,
            binding.description,
            binding.tooltip or binding.description,
            active.enabled,
            binding.show,
            binding.action,
            active.node,
        )
    return list(found.values())


_LAST = ("meeting.next", "meeting.view", "list.filter", "room.undo", "room.help", "room.leave")
"""The foot ends with these, in this order; what can be done to the rows stands before them."""
_MORE = ("wards.map", "list.compare", "list.timeline", "list.disagree")
"""These stand at the foot where there is room after all others."""


def for_footer(commands: Iterable[Live], width: int) -> list[Live]:
    """The commands for the foot of the screen: seven at 80 columns, more where there is room."""
    room = 7 if width <= 80 else max(7, width // 11)
    shown = [one for one in commands if one.footer and (one.enabled or one.name not in _LAST)]
    first = [one for one in shown if one.name not in (*_LAST, *_MORE)]
    rest = [one for name in (*_LAST, *_MORE) for one in shown if one.name == name]
    return [*first, *rest][:room]
