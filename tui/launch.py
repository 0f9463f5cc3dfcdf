"""Starts the program: the meeting room without what takes the command line apart, everything else with it.

To build every command for the sake of one takes a tenth of the time to the first paint.
"""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from tui.ended import ended_in_words

_OPEN = "open"
_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_FD = re.compile(r"[0-9]{1,6}")
_WITH_VALUE = {"--store": "store", "--view": "view", "--as-of": "as_of", "--chair": "chair", "--key-fd": "key_fd"}
_ALONE = {"--projector": True, "--no-projector": False}


@dataclass
class Opened:
    """What ``tasking open`` was told, as it was typed; None where it was not."""

    store: str | None = None
    view: str | None = None
    as_of: str | None = None
    chair: str | None = None
    projector: bool | None = None
    key_fd: str | None = None


def plainly(words: Sequence[str]) -> Opened | None:
    """What stands behind ``open`` where it is all as usual; None where the command line must be taken apart with care.

    Usual is an option written out, once, with a value that begins with no dash; a day in numbers.
    """
    if not words or words[0] != _OPEN:
        return None
    found, rest = Opened(), list(words[1:])
    said: set[str] = set()
    while rest:
        option = rest.pop(0)
        name = "projector" if option in _ALONE else _WITH_VALUE.get(option, "")
        if not name or name in said:
            return None
        said.add(name)
        if option in _ALONE:
            found.projector = _ALONE[option]
        elif rest and rest[0] and not rest[0].startswith("-"):
            setattr(found, name, rest.pop(0))
        else:
            return None
    usual = (found.as_of is None or _DAY.fullmatch(found.as_of)) and (
        found.key_fd is None or _FD.fullmatch(found.key_fd)
    )
    return found if usual else None


def load_the_loop() -> None:
    """Load asyncio as on a Python without TLS: the room speaks to nobody, and TLS takes memory and time to load.

    Whoever asks for TLS later is given it.
    """
    if "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]  # so an import of it fails, which asyncio expects
        try:
            import asyncio  # noqa: F401
        finally:
            del sys.modules["ssl"]


def _open(asked: Opened) -> None:
    from datetime import date
    from pathlib import Path

    from core.meetings import standing_views
    from db.store.gc_pause import gc_paused

    with gc_paused():  # while modules are loaded; the app collects again once it has painted
        load_the_loop()
        from tui.cli import open as opening
        from tui.cli import passphrase
        from tui.cli.days import day_of_option

        passphrase.begin()
        if asked.key_fd is not None:
            passphrase.name_descriptor(asked.key_fd)
        day: date = day_of_option(asked.as_of)
        if asked.view is not None and asked.view not in standing_views():
            _whole()
            return
        path = Path(asked.store) if asked.store else None
        opening.run(path, "daily", asked.view, day, asked.chair, asked.projector)


def _whole() -> None:
    gc.set_threshold(20_000, 20, 50)  # a command ends before there are many reference cycles: looking seldom is quicker
    from tui.main import run as whole

    whole()


def run() -> None:
    """Run the program."""
    asked = plainly(sys.argv[1:])
    if asked is None:
        _whole()
    else:
        ended_in_words(partial(_open, asked))


if __name__ == "__main__":
    run()
