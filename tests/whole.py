"""What of a product of declarations a run tries: by default each member of each, with ``--whole`` every pair.

A module whose tests each go through the same members (every revision, every view) is a product of tests and members.
``in_turn`` leaves some of its pairs to ``--whole``: the same ones in every run, and no member and no test altogether.
``whole`` leaves a single case to it whose parts others have. A test that is asked for by its own name is always tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

_OPTION = "--whole"


def add_option(parser: pytest.Parser) -> None:
    """Declare the option."""
    parser.addoption(_OPTION, action="store_true", help="try every pair of what is walked, not a covering part alone")


def add_markers(config: pytest.Config) -> None:
    """Declare the markers."""
    config.addinivalue_line("markers", "whole: tried with --whole alone, as its parts are tried by others")
    config.addinivalue_line(
        "markers",
        "in_turn(name, of, always): of all members of a parameter each test tries one in *of*, each another, "
        "and always those named; with --whole all",
    )


def left_to_whole(config: pytest.Config) -> str:
    """What the head of a run says."""
    if config.getoption(_OPTION):
        return "every pair of what is walked"
    return f"each member of what is walked, in a covering part of its pairs; {_OPTION} tries all"


def leave(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out of a run what is left to ``--whole``."""
    if config.getoption(_OPTION) or any("::" in argument for argument in config.args):
        return
    left = {item for item in items if item.get_closest_marker("whole")} | set(_not_in_turn(items))
    if left:
        config.hook.pytest_deselected(items=[item for item in items if item in left])
        items[:] = [item for item in items if item not in left]


def _not_in_turn(items: Sequence[pytest.Item]) -> Iterable[pytest.Item]:
    products: dict[tuple[object, ...], list[tuple[pytest.Item, object, int, tuple[object, ...]]]] = {}
    for item in items:
        marker, call = item.get_closest_marker("in_turn"), getattr(item, "callspec", None)
        if marker is not None and call is not None and marker.args[0] in call.params:
            name, of = marker.args
            member = call.params[name]
            products.setdefault((item.path, name), []).append((item, member, of, marker.kwargs.get("always", ())))
    for product in products.values():
        yield from _of_one(product)


def _of_one(product: Sequence[tuple[pytest.Item, object, int, tuple[object, ...]]]) -> Iterable[pytest.Item]:
    tests = list(dict.fromkeys(getattr(item, "originalname", item.name) for item, *_ in product))
    members = list(dict.fromkeys(str(member) for _, member, *_ in product))
    left, tried = [], set()
    for item, member, of, always in product:
        test = getattr(item, "originalname", item.name)
        if member in always or (members.index(str(member)) + tests.index(test)) % of == 0:
            tried |= {("member", str(member)), ("test", test)}
        else:
            left.append((item, str(member), test))
    for item, member, test in left:
        if ("member", member) in tried and ("test", test) in tried:
            yield item
        tried |= {("member", member), ("test", test)}
