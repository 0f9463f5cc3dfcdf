"""What is known of the terminal: how many colours it has, and which look goes with its ground."""

from __future__ import annotations

import os
import signal

from rich.console import Console

from tui.looks import depth_of
from tui.palettes import Depth, Ground

_LIGHT = {7, *range(9, 16)}
"""The numbers of the sixteen colours that are light."""


def depth() -> Depth:
    """How many colours the terminal has, by TERM and COLORTERM."""
    return depth_of(Console(force_terminal=True).color_system)


def ground_of(light: bool | None) -> Ground | None:
    """The look that goes with a terminal's answer; None where it has not answered."""
    if light is None:
        return None
    return Ground.LIGHT if light else Ground.DARK


def ground_by_environment() -> Ground | None:
    """The ground of the terminal as COLORFGBG tells it (``15;0``); None where nothing does."""
    last = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return ground_of(int(last) in _LIGHT) if last.isdecimal() else None


def end_with_it() -> None:
    """Let the program end when its terminal goes, also where it was started to outlive it, as by ``nohup``.

    A room without a terminal can do nothing, and reading what is gone would keep a processor busy for ever.
    """
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
