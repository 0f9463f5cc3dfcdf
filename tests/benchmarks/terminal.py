"""A program in a pseudo-terminal of its own: keys go in, what it paints is timed, its memory is read while it runs."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Collection
from pathlib import Path

COLUMNS, LINES = 120, 40
QUIET, LONG_QUIET, LIMIT = 0.12, 0.6, 60.0
"""Seconds without output after which a repaint is over: of a key, of work on all rows; and the end of patience."""
REPAINT = 250
"""Bytes: what is shorter is a cursor that blinks or is put back, as programs do while they wait."""
_CONTROL = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-B]|\x1b[=>]|[\x0e\x0f]"
)
_KIB = 1024
_KEPT = ("PATH", "LANG", "PYTHONPATH")


class Terminal:
    """A program that runs in a pseudo-terminal; *more*: what else stands in its environment."""

    def __init__(self, command: list[str], home: Path, **more: str) -> None:
        self.began = time.perf_counter()
        self.child, self._screen = pty.fork()
        if self.child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            kept = {key: value for key, value in os.environ.items() if key in _KEPT}
            os.execvpe(command[0], command, {**kept, "HOME": str(home), "TERM": "xterm-256color", **more})  # noqa: S606

    def _read(self, patience: float) -> bytes:
        ready, _, _ = select.select([self._screen], [], [], patience)
        return os.read(self._screen, 1 << 16) if ready else b""

    def press(self, keys: str) -> None:
        """Type *keys* in one write."""
        os.write(self._screen, keys.encode())

    def until(self, *texts: str) -> float:
        """Read until one of the *texts* is on the screen; gives the seconds since the start.

        Raises TimeoutError, also where the program ends before, with what it said.
        """
        wanted = [text.encode() for text in texts]
        seen = b""
        while not _any(wanted, _CONTROL.sub(b"", seen)):
            if time.perf_counter() - self.began > LIMIT:
                raise TimeoutError(f"'{texts[0]}' did not come up on the screen")
            try:
                seen += self._read(1.0)
            except OSError as ended:
                said = _CONTROL.sub(b"", seen)[-400:].decode("utf-8", "replace")
                raise TimeoutError(f"'{texts[0]}' did not come up before the program ended: {said}") from ended
        return time.perf_counter() - self.began

    def answered(self, keys: str) -> float:
        """Press *keys* and read to the end of the first repaint; gives the seconds since the start.

        Raises TimeoutError where nothing is painted.
        """
        self.press(keys)
        pressed = time.perf_counter()
        while time.perf_counter() - pressed < LIMIT:
            burst = more = self._read(1.0)
            while more:
                burst += (more := self._read(0.002))
            if len(burst) >= REPAINT:
                return time.perf_counter() - self.began
        raise TimeoutError("no key is answered")

    def settle(self, quiet: float, keys: str = "", least: int = REPAINT) -> float:
        """Press *keys* and read until nothing is written for *quiet* seconds.

        Gives the seconds from the keys to the last byte of the last repaint; *least*: bytes of what counts as one.
        """
        self.press(keys)
        pressed = last = time.perf_counter()
        while (left := last + quiet - time.perf_counter()) > 0:
            if time.perf_counter() - pressed > LIMIT:
                raise TimeoutError("the screen does not come to rest")
            burst = more = self._read(left)
            came = time.perf_counter()
            while more:
                came = time.perf_counter()
                burst += (more := self._read(0.002))
            if len(burst) >= least:
                last = came
        return last - pressed

    def memory(self) -> tuple[float, float]:
        """Resident and private memory of the running program in MiB; zeros where there is no ``/proc``.

        What the operating system tells of an ended child counts what its parent held when it was forked.
        """
        place = Path(f"/proc/{self.child}/smaps_rollup")
        if not place.exists():
            return 0.0, 0.0
        lines = [line.split() for line in place.read_text("ascii").splitlines()[1:]]
        told = {name.rstrip(":"): int(size) / _KIB for name, size, *_ in lines}
        return told["Rss"], told["Private_Clean"] + told["Private_Dirty"]

    def processor(self) -> float:
        """The processor time that the program has taken so far, in seconds; 0 where there is no ``/proc``."""
        place = Path(f"/proc/{self.child}/stat")
        if not place.exists():
            return 0.0
        fields = place.read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Stop the program."""
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self._screen)


def _any(wanted: Collection[bytes], seen: bytes) -> bool:
    return any(text in seen for text in wanted)
