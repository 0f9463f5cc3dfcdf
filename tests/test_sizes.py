"""Nothing grows beyond what one person keeps in mind: methods of a class, lines of a module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_METHODS, MOST_LINES = 20, 400
MODULES = sorted(
    path.relative_to(ROOT).as_posix() for room in ("core", "db", "tui") for path in (ROOT / room).rglob("*.py")
)


def classes(module: str) -> Iterator[tuple[str, int]]:
    """Each class of a module, those inside others too, with the number of its methods and properties."""
    for node in ast.walk(ast.parse((ROOT / module).read_text("utf-8"))):
        if isinstance(node, ast.ClassDef):
            methods = {one.name for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
            yield node.name, len(methods)


def test_no_class_has_too_many_methods() -> None:
    assert {name: (module, many) for module in MODULES for name, many in classes(module) if many > MOST_METHODS} == {}


def test_no_module_is_too_long() -> None:
    lines = {module: len((ROOT / module).read_text("utf-8").splitlines()) for module in MODULES}
    assert {module: many for module, many in lines.items() if many > MOST_LINES} == {}
