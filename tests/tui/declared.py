"""Every command of every class of the program, for the tests that walk what is declared."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from textual.binding import Binding
from textual.dom import DOMNode

import tui

_SAME = {"<": "less_than_sign", ">": "greater_than_sign"}


def load_everything() -> None:
    """Import every module of the meeting room but the program itself, so that every class of it is known."""
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if not module.name.endswith("main"):
            importlib.import_module(module.name)


def classes(base: type[DOMNode] = DOMNode) -> Iterator[type[DOMNode]]:
    """Every class of the program that is a kind of *base*."""
    load_everything()
    waiting: list[type[DOMNode]] = [base]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("tui."):
            yield kind


def own_bindings(kind: type[DOMNode]) -> Iterator[Binding]:
    """The commands that a class itself declares."""
    for binding in kind.__dict__.get("BINDINGS", ()):
        assert isinstance(binding, Binding), f"{kind.__name__} must declare its commands with command()"
        yield binding


def declared() -> Iterator[tuple[type[DOMNode], Binding]]:
    """Every binding of every class of the program."""
    for kind in classes():
        for binding in own_bindings(kind):
            yield kind, binding


def bindings_of(kind: type[DOMNode]) -> Iterator[Binding]:
    """The commands of a class and of the classes it is made from."""
    for base in kind.__mro__:
        if issubclass(base, DOMNode) and base.__module__.startswith("tui."):
            yield from own_bindings(base)


def keys_of(binding: Binding) -> set[str]:
    """The keys of a command by Textual's names."""
    return {_SAME.get(key.strip(), key.strip()) for key in binding.key.split(",")}
