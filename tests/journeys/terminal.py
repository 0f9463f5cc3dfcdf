"""Drives the program in a real pseudo-terminal: keys go in, what stands on the screen comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import termios
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType

import pexpect
import pyte
from pexpect.fdpexpect import fdspawn

from tests.begun import begin_on

DAY = date(2026, 11, 21)
KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "left": "\x1b[D",
    "right": "\x1b[C",
    "down": "\x1b[B",
    "backspace": "\x7f",
    "ctrl+a": "\x01",
    "ctrl+k": "\x0b",
    "ctrl+s": "\x13",
    "ctrl+q": "\x11",
    "ctrl+z": "\x1a",
}
Condition = Callable[[str], bool]


_MARKING = "OFFICIAL-SENSITIVE"
"""What the first line of the head begins with."""


_CLOCKED = "tests.journeys.clocked"
_ASKS, _ANSWER = b"\x1b[?2026$p", "\x1b[?2026;2$y"
"""The question whether a terminal shows a paint only when the whole of it has come, and the answer that it does."""
_BEGUN, _DONE = b"\x1b[?2026h", b"\x1b[?2026l"
"""What stands around a paint in a terminal that has answered so."""


class _Paints:
    """Takes what a program writes apart into what may be shown: a paint is, when the whole of it has come.

    A pseudo-terminal holds a few thousand bytes and a paint may be longer: who looks in between would see the head of
    one moment above the rows of another.
    """

    def __init__(self) -> None:
        self._held = b""
        self.asked = False
        """Whether the program has asked and was not answered."""

    def take(self, written: bytes) -> bytes:
        """Give what may be shown now."""
        held, shown = self._held + written, b""
        while _BEGUN in held:
            before, _, paint = held.partition(_BEGUN)
            if _DONE not in paint:
                self._held = _BEGUN + paint
                return shown + self._unasked(before)
            paint, _, held = paint.partition(_DONE)
            shown += self._unasked(before) + paint
        whole = held[: len(held) - _begun(held)]
        self._held = held[len(whole) :]
        return shown + self._unasked(whole)

    def _unasked(self, written: bytes) -> bytes:
        self.asked = self.asked or _ASKS in written
        return written.replace(_ASKS, b"")

    def rest(self) -> bytes:
        """Give what was held back: nothing more comes."""
        held, self._held = self._held, b""
        return held


def _begun(written: bytes) -> int:
    """How many bytes at the end may be the beginning of one of the marks."""
    most = min(len(_ASKS) - 1, len(written))
    ends = ((many, written[-many:]) for many in range(most, 0, -1))
    return next((many for many, end in ends if _ASKS.startswith(end) or _BEGUN.startswith(end)), 0)


def _opening(store: Path, options: Sequence[str], day: date, at: str) -> list[str]:
    """The words of ``tasking open`` on a day, the clock put to a time of it."""
    return [f"{day.isoformat()}T{at}", "open", "--store", str(store), "--as-of", day.isoformat(), *options]


class Terminal:
    """The program on a screen of a given size. Leaving the ``with`` ends it, however it stands."""

    def __init__(
        self,
        module: str,
        words: Sequence[str],
        columns: int = 80,
        lines: int = 24,
        timeout: float = 30.0,
        folder: Path | None = None,
    ) -> None:
        """*folder*: where it is started, and writes its papers where nothing else is said."""
        self._timeout = timeout
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._paints = _Paints()
        keys, theirs = pty.openpty()
        self.child = fdspawn(keys, timeout=timeout)
        self.child.delaybeforesend = None
        self._put_size(columns, lines)
        self._name = os.ttyname(theirs)
        self._program = begin_on(self._name, module, words, folder)
        os.close(theirs)

    @classmethod
    def meeting(
        cls,
        store: Path,
        *options: str,
        day: date = DAY,
        at: str = "09:30",
        columns: int = 80,
        lines: int = 24,
        folder: Path | None = None,
    ) -> Terminal:
        """``tasking open`` on a day, that of the demo if it is not said, the clock put to a time of that day."""
        return cls(_CLOCKED, _opening(store, options, day, at), columns, lines, folder=folder)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.kill()
        self._program.join()
        self.child.close()

    def _put_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self.child.fileno(), termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    # Keys

    def press(self, *keys: str) -> None:
        """Press keys by name (``enter``, ``esc``, ``ctrl+s``) or letter, one after the other."""
        for key in keys:
            self.child.send(KEYS.get(key, key))

    def type(self, text: str) -> None:
        """Type a text into the field that has the cursor."""
        self.child.send(text)

    def fill(self, *texts: str, save: bool = True) -> None:
        """Type into the fields of a form, Enter after each; empty keeps what a field holds.

        The last Enter saves the form; without *save* it goes on to the field after.
        """
        for place, text in enumerate(texts, 1):
            if text:
                self.type(text)
                self.wait_for(text)
            here = self._cursor_place()
            self.press("enter")
            if place < len(texts) or not save:
                self._until(partial(self._cursor_left, here), "the next field on", None)

    def retype(self, old: str, text: str) -> None:
        """Put another text into the field that has the cursor and holds *old*."""
        self.press("ctrl+a", "ctrl+k")
        self.wait_gone(old)
        self.type(text)

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self._screen.resize(lines, columns)
        self._put_size(columns, lines)

    def kept(self) -> None:
        """Wait until where the meeting stands now is kept: it is looked at every second, as the clock of the head."""
        for _ in range(2):
            shown = re.search(r"meeting \d+:\d\d/", self.wait_for("meeting "))
            assert shown is not None
            self.wait_gone(shown[0])

    def kill(self) -> None:
        """End the program as a power cut would."""
        self._program.kill()
        self._program.join()

    # Screen

    @property
    def lines(self) -> list[str]:
        """The lines of the screen, spaces at their ends taken off."""
        self._read(0.0)
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines)

    def wait_for(self, *texts: str, timeout: float | None = None) -> str:
        """Wait until every text stands on the screen; gives the screen."""
        return self._until(lambda shown: all(text in shown for text in texts), f"{texts} on", timeout)

    def wait_row(self, *texts: str, timeout: float | None = None) -> str:
        """Wait until one line below the head, whose agenda has a sign of the cursor too, holds every text; gives it."""

        def fits(shown: str) -> list[str]:
            rows = (line for line in shown.split("\n") if _MARKING not in line)
            return [line for line in rows if all(text in line for text in texts)]

        return fits(self._until(lambda shown: bool(fits(shown)), f"{texts} on one line of", timeout))[0]

    def cell(self, head: str, following: str, *texts: str) -> str:
        """Wait until one line holds every text; gives what stands in it between two heads of the list's columns."""
        line = self.wait_row(*texts)
        heads = next(one for one in self.lines if f" {head} " in one and f" {following}" in one)
        return line[heads.index(f" {head} ") + 1 : heads.index(f" {following}")].strip(" …")

    def wait_gone(self, *texts: str, timeout: float | None = None) -> str:
        """Wait until none of the texts stands on the screen; gives the screen."""
        return self._until(lambda shown: not any(text in shown for text in texts), f"{texts} off", timeout)

    def wait_end(self) -> int:
        """Wait until the program has ended; gives its exit code, or minus the signal that ended it."""
        self.child.expect(pexpect.EOF, timeout=self._timeout)
        self._program.join(self._timeout)
        code = self._program.exitcode
        assert code is not None, "it let go of its terminal and still runs"
        return code

    def _cursor_left(self, place: tuple[int, int], _shown: str) -> bool:
        return self._cursor_place() != place

    def _cursor_place(self) -> tuple[int, int]:
        """The line and the column of the cursor, once it stands still: two short fields may share a line."""
        place = (-1, -1)
        while place != (here := (self._screen.cursor.y, self._screen.cursor.x)):
            place = here
            self._read(0.03)
        return place

    def _until(self, holds: Condition, what: str, timeout: float | None) -> str:
        end = time.monotonic() + (timeout or self._timeout)
        while True:
            alive = self._read(0.05)
            shown = "\n".join(line.rstrip() for line in self._screen.display)
            if holds(shown):
                return shown
            if not alive or time.monotonic() > end:
                state = "still runs" if alive else "has ended"
                raise AssertionError(f"waited for {what} the screen; the program {state}:\n{shown}")

    def _read(self, wait: float) -> bool:
        """Take in what the program has written; False where it has ended."""
        while True:
            try:
                self._stream.feed(self._paints.take(self.child.read_nonblocking(65536, timeout=wait)))
            except pexpect.TIMEOUT:
                return True
            except pexpect.EOF:
                self._stream.feed(self._paints.rest())
                return False
            if self._paints.asked:
                self._paints.asked = False
                self.child.send(_ANSWER)
            wait = 0.0


def open_actions(room: Terminal) -> int:
    """How many actions the head counts as open."""
    found = re.search(r"actions: (\d+) open", room.text)
    assert found
    return int(found[1])


def hang_up(room: Terminal) -> int | None:
    """Close a terminal under its program; gives what that ended by, None where it goes on."""
    room.child.close()
    room._program.join(room._timeout)
    return room._program.exitcode


def next_meeting(room: Terminal, store: Path, *options: str, at: str, day: date = DAY, folder: Path) -> None:
    """Begin another meeting on the same terminal, once the program before has ended by itself."""
    assert room.wait_end() == 0
    room._screen.reset()
    room._paints = _Paints()  # what the one before was painting when it was left belongs to no paint of this one
    room._program = begin_on(room._name, _CLOCKED, _opening(store, options, day, at), folder)
