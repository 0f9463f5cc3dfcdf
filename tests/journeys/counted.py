"""Runs commands one after the other in a process of its own, and tells of each what it left open.

``python -m tests.journeys.counted REPORT [WORD...]``: one command of these words; without words those of which REPORT
holds a JSON list, each a list of words. REPORT gets a JSON list of ``{"words", "code", "left"}``: *left* names every
connection that was open at the end, and every file and other thing that was thrown away unclosed.
"""

from __future__ import annotations

import gc
import json
import sys
import warnings
from pathlib import Path
from typing import Any

from tests import connections, once
from tui import main

_thrown_away: list[str] = []


def _note(fault: Any) -> None:
    _thrown_away.append(f"{fault.exc_value!r} in {fault.object!r}")


def run() -> None:
    """Run them all, write the report."""
    report = Path(sys.argv[1])
    asked = [sys.argv[2:]] if sys.argv[2:] else json.loads(report.read_text(encoding="utf-8"))
    warnings.simplefilter("error", ResourceWarning)
    connections.watch()
    once.share_commands()
    gc.freeze()  # what is loaded stays: to look through all of it after every command took longer than the commands
    sys.unraisablehook = _note
    report.write_text(json.dumps([_ran(words) for words in asked]), encoding="utf-8")


def _ran(words: list[str]) -> dict[str, object]:
    sys.argv = ["tasking", *words]
    code: object = None
    try:
        main.run()
    except SystemExit as ended:
        code = ended.code or 0
    gc.collect()
    left = [*connections.close_left_open(), *_thrown_away]
    _thrown_away.clear()
    return {"words": words, "code": code, "left": left}


if __name__ == "__main__":
    run()
