"""Nothing grows beyond what one person keeps in mind: methods of a class, lines of a module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_METHODS, MOST_LINES = 20, 400
BY_NAME = {"RecordList"}
"""Classes that may have more: a list answers every key and every way of scrolling by a method of its own."""
MODULES = sorted(
    path.relative_to(ROOT).as_posix() for room in ("core", "db", "tui") for path in (ROOT / room).rglob("*.py")
)


def classes(module: str) -> Iterator[tuple[str, int]]:
    """Each class of a module, those inside others too, with the number of its methods and properties."""
    for node in ast.walk(ast.parse((ROOT / module).read_text("utf-8"))):
        if isinstance(node, ast.ClassDef):
            methods = {one.name for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
            yield node.name, len(methods)


def test_no_class_has_too_many_methods_and_no_exception_stays_that_is_not_needed() -> None:
    large = {name: (module, many) for module in MODULES for name, many in classes(module) if many > MOST_METHODS}
    assert {name: where for name, where in large.items() if name not in BY_NAME} == {}
    assert large.keys() == BY_NAME


def test_no_module_is_too_long() -> None:
    lines = {module: len((ROOT / module).read_text("utf-8").splitlines()) for module in MODULES}
    assert {module: many for module, many in lines.items() if many > MOST_LINES} == {}
