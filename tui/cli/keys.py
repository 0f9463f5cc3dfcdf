"""``tasking keys``: the keys that a user has set, and what is wrong with the file that sets them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import tui
from core.errors import Problem
from tui import exits
from tui.cli.common import complain, print_table, say
from tui.keymap import Declared, Usable, keymap_path, read_keymap, usable

_TITLE = "Keys"


def run() -> int:
    """List the commands whose keys the file sets; say what of it cannot be used. Gives the exit code."""
    path = keymap_path()
    wanted = read_keymap(path)
    if not wanted:
        say(f"No key is set in {path}: every command has the key that '?' shows.")
        return exits.OK
    declared = _declared()
    held = usable(wanted, path.read_text(encoding="utf-8"), declared)
    rows = [(name, held.keys.get(name, "not used"), " ".join(declared.default.get(name, ()))) for name in wanted]
    print_table(("command", "key", "by default"), rows)
    for fault in held.faults:
        complain(_TITLE, f"{path}, {fault}")
    return exits.REFUSED if held.faults else exits.OK


def keys_for_a_room() -> tuple[dict[str, str], list[str]]:
    """The keys that a room opens with, and what to say at its opening of the file that sets them.

    A meeting is not kept out by its keys: whatever of the file cannot be used has its default key.
    """
    path = keymap_path()
    try:
        wanted = read_keymap(path)
        held = usable(wanted, path.read_text(encoding="utf-8"), _declared()) if wanted else Usable({}, ())
    except Problem as problem:
        return {}, [f"{problem.sentence} All keys are as they are by default."]
    more = len(held.faults) - 1
    said = [f"{path.name}, {held.faults[0]}"] if held.faults else []
    if more > 0:
        said[0] += f" {more:,} more: tasking keys names them."
    return dict(held.keys), said


def _declared() -> Declared:
    """Every command of every list, page and form of the program; a list has those of the room round it, too."""
    from textual.binding import Binding
    from textual.dom import DOMNode

    from tui.screens.room import MeetingRoom
    from tui.views.base import View

    default: dict[str, tuple[str, ...]] = {}
    together = []
    for kind in _classes(DOMNode):
        names = set()
        for base in (*kind.__mro__, *(MeetingRoom.__mro__ if issubclass(kind, View) else ())):
            for binding in base.__dict__.get("BINDINGS", ()) if base.__module__.startswith("tui.") else ():
                if isinstance(binding, Binding) and binding.id is not None:
                    names.add(binding.id)
                    default.setdefault(binding.id, tuple(key.strip() for key in binding.key.split(",")))
        together.append(frozenset(names))
    return Declared(default, together)


def _classes(base: type) -> Iterator[type]:
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if not module.name.startswith(("tui.main", "tui.cli")):
            importlib.import_module(module.name)
    waiting = [base]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("tui."):
            yield kind
