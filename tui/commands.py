"""One command, declared once: its key, its footer label, its help line and its palette entry are one binding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, Protocol, cast, runtime_checkable

from textual.actions import parse
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen


@dataclass(frozen=True)
class Foot(Binding.Group):
    """Where at the foot of the screen a command stands.

    It is a group of bindings because Textual keeps the group of a binding, but no class or field of ours, when it
    parts the keys of a binding or moves it to other keys.

    place: lower places stand further left. dims: whether it is shown, dimmed, where it does not apply now.
    """

    place: int = 0
    dims: bool = True


ROWS = Foot("what can be done to the rows")
TO_ITEM, TO_VIEW, FILTER, UNDO, HELP, LEAVE = (
    Foot(description, place=place, dims=False)
    for place, description in enumerate(("next item", "next view", "filter", "undo", "help", "leave"), 1)
)
"""The foot ends with these; what can be done to the rows stands before them, and help at the right edge."""
MORE = Foot("where there is room after all others", place=7)


def command(
    keys: str, action: str, label: str, says: str, name: str, *, footer: bool = True, foot: Foot = ROWS
) -> Binding:
    """Declare a command.

    keys: what is pressed. action: what it calls. label: one or two words for the footer. says: the sentence in help
    and palette. name: how tests press it and users rebind it. footer: whether it is worth a place at the foot. foot:
    which place that is.
    """
    return Binding(keys, action, label, show=footer, id=name, tooltip=says, group=foot)


@runtime_checkable
class Refuses(Protocol):
    """What declares commands and refuses some of them for now: pressed, such a command says why."""

    def why_not(self, action: str) -> str:
        """Why a command is refused now, by what it calls; empty where it is not."""


@runtime_checkable
class Dims(Protocol):
    """What declares commands and dims some of them where they do not apply: pressed, such a command says why."""

    def why_dimmed(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why a command does not apply now, by what it calls and with what; empty where nothing more is known."""


NOTHING_HERE = "That key does nothing here."


def why_nothing(bound: Iterable[tuple[DOMNode, str, str]]) -> str:
    """What is said of a key of which nothing applies now; empty where it is of nothing that dims commands.

    bound: what is bound to it, the nearest to the cursor first: who declares it, what it calls, its name.
    """
    dimmed = [(node, parse(action)) for node, action, name in bound if name and isinstance(node, Dims)]
    said = (node.why_dimmed(called, parameters) for node, (_, called, parameters) in dimmed)
    return next(filter(None, said), NOTHING_HERE if dimmed else "")


class Live(NamedTuple):
    """A command as it stands on a screen now. ``node`` is what declares it, and so what carries it out.

    enabled: whether it applies; else it is dimmed. why_not: what it says when it is pressed although it is dimmed.
    """

    name: str
    key: str
    label: str
    says: str
    enabled: bool
    footer: bool
    action: str
    node: DOMNode
    foot: Foot
    why_not: str = ""


@cache
def _refuses(kind: type[DOMNode]) -> bool:
    """Whether widgets of a kind refuse commands: asked once, as asking takes longer than most of what a key does."""
    return issubclass(kind, Refuses)


def live(screen: Screen[Any]) -> list[Live]:
    """Every command that works on a screen now, the nearest to the cursor first, each once."""
    found: dict[str, Live] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.system or not binding.id:
            continue
        key = screen.app.get_key_display(binding)
        why_not = cast(Refuses, active.node).why_not(binding.action) if _refuses(type(active.node)) else ""
        stands = found.get(binding.id)
        keys = f"{stands.key} {key}" if stands else key
        found[binding.id] = Live(
            binding.id,
            keys,
            binding.description,
            binding.tooltip or binding.description,
            active.enabled and not why_not,
            binding.show,
            binding.action,
            active.node,
            binding.group if isinstance(binding.group, Foot) else ROWS,
            why_not,
        )
    return list(found.values())


def for_footer(commands: Iterable[Live], width: int) -> list[Live]:
    """The commands for the foot of the screen, in order, as many as fit; help is the last, whatever the width.

    Those of capital letters stand there only where they apply, and none that is refused whatever the row, as in a
    sealed meeting. Where there is too little room the last of the others go before what leads on, and what leads on
    before what can be done to the row. 80 columns hold seven at most.
    """
    shown = [one for one in commands if one.footer and (one.enabled or _is_dimmed(one))]
    shown = sorted(shown, key=lambda one: one.foot.place)
    pinned = [one for one in shown if one.foot is HELP]
    others = [one for one in shown if one.foot is not HELP]
    most = (7 if width <= 80 else max(7, width // 11)) - len(pinned)
    while others and (len(others) > most or foot_width([*others, *pinned]) > width - 2):
        others.remove(max(reversed(others), key=_goes_first))
    return [*others, *pinned]


def foot_words(one: Live) -> str:
    """A command as it stands at the foot."""
    return f"{one.key.split(' ')[0]} {one.label}"


def foot_width(commands: Sequence[Live]) -> int:
    """The cells that commands take at the foot."""
    return sum(len(foot_words(one)) + 2 for one in commands) - 2


def _is_dimmed(one: Live) -> bool:
    """Whether it stands at the foot, dimmed, where it does not apply now."""
    return one.foot.dims and not _is_capital(one) and not one.why_not


def _is_capital(one: Live) -> bool:
    key = one.key.split(" ")[0]
    return len(key) == 1 and key.isupper()


def _goes_first(one: Live) -> int:
    """Which goes first where there is too little room: undo and the like, then verbs, the next item last."""
    return 0 if one.foot is TO_ITEM else one.foot.place
