"""Which command is running, for what is asked of every store that it opens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from tui.small_counts import SMALL_COUNTS


class Running(NamedTuple):
    """A command that is running: its name, whom it is about, by reference, and what it was told."""

    name: str
    ref: str = ""
    told: str = ""


RUNNING: ContextVar[Running | None] = ContextVar("command", default=None)


@contextmanager
def commanded(command: Running) -> Iterator[None]:
    """While it lasts, a command is running."""
    before = RUNNING.set(command)
    SMALL_COUNTS.for_user(None)
    try:
        yield
    finally:
        RUNNING.reset(before)
