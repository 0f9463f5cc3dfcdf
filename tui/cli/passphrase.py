"""How a passphrase is come by: a file descriptor that was named, the machine's keyring, a prompt that shows nothing.

Never a word of the command line nor the environment, which any program of the machine may read.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from core.errors import Refused
from core.passphrases import why_weak
from core.text import plain
from db.store import keyrings
from db.store.driver import salt_of
from db.store.keys import HOW, KEYS, UNGIVEN, WRONG

TRIES = 3
_SERVICE = "tasking"
_LONGEST = 4096
_ENDS = (b"", b"\n")


class Descriptor:
    """A file descriptor that passphrases are read from, one a line; None where none was named."""

    def __init__(self) -> None:
        self.number: int | None = None
        self.given = 0

    def line(self) -> str:
        """The next passphrase. Raises Refused where there is none."""
        if self.number is None:
            raise Refused(f"No file descriptor was named. {HOW}", UNGIVEN)
        read = bytearray()
        try:
            while (byte := os.read(self.number, 1)) not in _ENDS and len(read) < _LONGEST:
                read += byte
            words = read.decode().removesuffix("\r")
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise Refused(f"File descriptor {self.number} cannot be read: {why}. {HOW}", UNGIVEN) from error
        if not words and self.given:
            raise Refused(
                f"File descriptor {self.number} gives fewer passphrases than are needed: write one a line, "
                "the one in force first. Nothing was changed.",
                UNGIVEN,
            )
        if not words:
            raise Refused(f"File descriptor {self.number} gives no passphrase. Write one line to it.", UNGIVEN)
        self.given += 1
        return words


DESCRIPTOR = Descriptor()
"""The one that this command was told."""


def begin() -> None:
    """Begin a command: no passphrase is known, and one is come by as is said here."""
    DESCRIPTOR.number, DESCRIPTOR.given = None, 0
    KEYS.begin(_asked)


def name_descriptor(text: str) -> None:
    """Take passphrases from a file descriptor. Raises ValueError where it is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise ValueError(text)
    DESCRIPTOR.number = int(text)
    KEYS.named = True


def _asked(path: Path, salt: bytes, before: int) -> str:
    """The passphrase of a store. Raises Refused where there is nobody to ask, and after several wrong ones."""
    wrong = f"That is not the passphrase of {path}, or the file is damaged. Nothing was changed."
    if DESCRIPTOR.number is not None:
        if before:
            raise Refused(wrong, WRONG)
        return DESCRIPTOR.line()
    if not before and (kept := keyrings.kept(_SERVICE, salt.hex())):
        return kept
    if before > TRIES:
        raise Refused(wrong, WRONG)
    if before:
        from tui.printing import tell

        tell("That is not the passphrase.")
    try:
        return _prompt(f"Passphrase of {plain(path.name)}: ")
    except EOFError as error:
        raise Refused(f"{path} is encrypted, and no passphrase was given. {HOW}", UNGIVEN) from error


def _prompt(words: str) -> str:
    """Ask at the terminal, showing nothing. Raises EOFError where there is none."""
    if sys.platform == "win32":
        if not sys.stdin.isatty():
            raise EOFError
    else:
        try:
            os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
        except OSError as error:
            raise EOFError from error
    from getpass import getpass

    return getpass(words)


def new(path: Path, *, keep: bool) -> str:
    """A passphrase for a store, by descriptor or asked for twice. Raises Refused for a weak one, or none.

    keep: whether it is to be kept in the keyring, which must be there then.
    """
    if keep:
        keyrings.keyring()
    if DESCRIPTOR.number is not None:
        words = DESCRIPTOR.line()
        _refuse_weak(words)
        return words
    try:
        words = _prompt(f"New passphrase of {plain(path.name)}: ")
        _refuse_weak(words)
        again = _prompt("Once more: ")
    except EOFError as error:
        raise Refused(f"There is no terminal to ask for a passphrase at. {HOW}", UNGIVEN) from error
    if again != words:
        raise Refused("The two are not the same. Nothing was changed: do it again.", "Not the same")
    return words


def _refuse_weak(words: str) -> None:
    if why := why_weak(words):
        raise Refused(f"{why} Nothing was changed.", "Passphrase too weak")


def remember(path: Path, words: str) -> None:
    """Keep the passphrase of a store in the machine's keyring. Raises Refused where it does not take it."""
    try:
        keyrings.keep(_SERVICE, (salt_of(path) or b"").hex(), words)
    except Refused as refused:
        raise Refused(f"The passphrase is in force. {refused.sentence}", refused.title) from refused
