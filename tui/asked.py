"""Whether the terminal's ground is light: asked before anything is loaded, and never waited for.

The answer (OSC 11) is there when the room is painted. It comes among the keys: it is taken out of what was read,
however it was split, and every key stays.
"""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Callable
from typing import Any

_QUESTION = b"\x1b]11;?\x1b\\"
_ANSWER = re.compile(
    r"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})[^\x07\x1b]*(?:\x07|\x1b\\)"
)
_BEGUN = re.compile(r"\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]{0,40}\x1b?)?)?)?)?\Z")
"""The beginning of an answer, at the end of what was read."""
_PATIENCE = 0.05
"""Seconds after which the beginning of an answer is none: a terminal sends the whole of one at once."""
_LEAVING = 0.1
"""Seconds that leaving waits for an answer that has not come."""
_SILENT = ("linux", "dumb", "")
"""Terminals, by TERM, that are not asked."""


class Answers:
    """Takes the terminal's answer out of what is typed. *told* is given whether the ground is light, once."""

    def __init__(self, told: Callable[[bool], None]) -> None:
        self._told = told
        self._held = ""
        self._since = 0.0
        self.awaited = True

    def take(self, read: str, now: float) -> str:
        """Give what was typed of what was *read* at a moment; an answer that has only begun is held back."""
        text, self._held = self._held + read, ""
        if "\x1b" not in text:
            return text
        text = _ANSWER.sub(self._answered, text)
        begun = _BEGUN.search(text)
        if begun is not None and (len(begun[0]) > 1 or self.awaited):
            self._held, self._since = begun[0], now
            return text[: begun.start()]
        return text

    def late(self, now: float) -> str:
        """Give what was held back and is no answer, for nothing more came of it."""
        if not self._held or now - self._since < _PATIENCE:
            return ""
        typed, self._held = self._held, ""
        return typed

    def _answered(self, answer: re.Match[str]) -> str:
        if self.awaited:
            self.awaited = False
            self._told(is_light(*answer.groups()))
        return ""


def is_light(red: str, green: str, blue: str) -> bool:
    """Whether a colour is light, whose parts are hexadecimal, of any length (ITU-R BT.709 luma)."""
    parts = [int(part, 16) / (16 ** len(part) - 1) for part in (red, green, blue)]
    luma = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return bool(luma > 0.5)


class Asked:
    """A terminal that was asked, as a context: keys typed meanwhile are neither echoed nor lost."""

    def __init__(self, *, wanted: bool) -> None:
        """*wanted*: whether the answer matters; else nothing is asked and nothing of the terminal is touched."""
        self.light: bool | None = None
        self.typed = ""
        self.answers = Answers(self._take)
        self.hears: Callable[[bool], None] | None = None
        """Is told an answer that comes when the room is open."""
        self.ready: Callable[[], bool] = lambda: True
        """Whether there is anything that keys go to yet; until then they wait, and not again after that."""
        self._was_ready = False
        self._before: list[Any] | None = None
        self._wanted = wanted and os.environ.get("TERM", "") not in _SILENT and sys.platform != "win32"

    def __enter__(self) -> Asked:
        if not self._wanted:
            self.answers.awaited = False
            return self
        import termios

        try:
            self._before = termios.tcgetattr(sys.stdin.fileno())
            silent = termios.tcgetattr(sys.stdin.fileno())
            silent[3] &= ~(termios.ECHO | termios.ICANON)
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, silent)
            os.write(sys.stdout.fileno(), _QUESTION)
        except (termios.error, OSError):  # no terminal that can be asked
            self.answers.awaited = False
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            import termios

            if self.answers.awaited:  # an answer that comes later would be typed into the shell
                select.select([sys.stdin.fileno()], [], [], _LEAVING)
                self.look(0.0)
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._before)

    def look(self, now: float) -> bool | None:
        """Whether the ground is light, where that was answered; what was typed is kept. Waits for nothing."""
        if self._before is None:
            return self.light
        stdin = sys.stdin.fileno()
        while select.select([stdin], [], [], 0)[0]:
            read = os.read(stdin, 4096)
            if not read:
                break
            self.typed += self.answers.take(read.decode("utf-8", "replace"), now)
        return self.light

    def keys(self, read: str, now: float) -> str:
        """Give the keys of what was read, those typed before first; none as long as nothing is ready for them."""
        self.typed += self.answers.take(read, now) if read else self.answers.late(now)
        self._was_ready = self._was_ready or self.ready()
        if not self._was_ready:
            return ""
        typed, self.typed = self.typed, ""
        return typed

    def _take(self, light: bool) -> None:
        self.light = light
        if self.hears is not None:
            self.hears(light)
