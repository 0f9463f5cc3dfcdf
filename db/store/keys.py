"""The keys of encrypted stores: made of a passphrase, held in memory while the program runs, and written nowhere.

A key is known by the salt that an encrypted file begins with: a copy of a store has the salt, and so the key, of it.
How a passphrase is come by (a prompt, a keyring, a file descriptor) is said by whoever knows the terminal.
"""

from __future__ import annotations

import hashlib
import os
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from core.errors import Refused

SALT = 16
"""Bytes that an encrypted file begins with."""
_KEY = 32
_ROUNDS = 256_000
"""What SQLCipher 4 itself stretches a passphrase by (PBKDF2 with HMAC-SHA512): any tool of it opens a store so."""
WRONG = "Wrong passphrase"
UNGIVEN = "No passphrase"
HOW = "Type it at a terminal, or give it by a file descriptor: --key-fd N."


Asks: TypeAlias = Callable[[Path, bytes, int], str]
"""Gives the passphrase of a store: its place, its salt, how many were wrong before. Raises Refused where none is."""


@dataclass(frozen=True, repr=False)
class Key:
    """What opens a file that begins with a salt."""

    raw: bytes
    salt: bytes

    @property
    def literal(self) -> str:
        """The key as SQLCipher takes one that is stretched already."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"

    def secret(self, use: str) -> bytes:
        """Another key for another use, from which this one cannot be made."""
        return hashlib.blake2b(use.encode(), key=self.raw, digest_size=_KEY).digest()


def derived(passphrase: str, salt: bytes) -> Key:
    """The key of a passphrase: of the same letters, however the keyboard put them together (NFC)."""
    return _stretched(_words(passphrase), salt)


def _words(passphrase: str) -> bytes:
    return unicodedata.normalize("NFC", passphrase).encode()


def _stretched(words: bytes, salt: bytes) -> Key:
    return Key(hashlib.pbkdf2_hmac("sha512", words, salt, _ROUNDS, _KEY), salt)


def fresh(passphrase: str) -> Key:
    """The key of a store that is to be made, with a salt of its own."""
    return derived(passphrase, os.urandom(SALT))


def nobody_asks(path: Path, _salt: bytes, _before: int) -> str:
    """Come by none. Raises Refused, always."""
    raise Refused(f"{path} is encrypted, and no passphrase was given. {HOW}", UNGIVEN)


def _nothing() -> None:
    """Do nothing."""


class Keys:
    """The keys that this program holds, by salt. ``named``: whether a passphrase was named when it was started.

    ``meanwhile``: what is done while a passphrase is stretched, which takes a quarter of a second and leaves Python
    free for anything else. The room loads what it shows.
    """

    def __init__(self) -> None:
        self.named = False
        self.meanwhile: Callable[[], object] = _nothing
        self._asks: Asks = nobody_asks
        self._held: dict[bytes, Key] = {}
        self._asking = threading.Lock()

    def begin(self, asks: Asks) -> None:
        """Forget every key; from now on passphrases are come by so."""
        self.named, self._asks, self.meanwhile = False, asks, _nothing
        self._held.clear()

    def hold(self, key: Key) -> Key:
        """Hold a key; gives it."""
        self._held[key.salt] = key
        return key

    def held(self, salt: bytes) -> Key | None:
        """The key that is held for a salt; None where none is, and nobody is asked."""
        return self._held.get(salt)

    def of(self, path: Path, salt: bytes, opens: Callable[[Key], bool]) -> Key:
        """The key of a file, asked for once. Raises Refused where none is given that *opens* it."""
        with self._asking:
            before = 0
            while (found := self._held.get(salt)) is None:
                key = self._stretched(self._asks(path, salt, before), salt)
                before += 1
                if opens(key):
                    self.hold(key)
            return found

    def _stretched(self, passphrase: str, salt: bytes) -> Key:
        words = _words(passphrase)
        made: list[Key] = []
        beside = threading.Thread(target=lambda: made.append(_stretched(words, salt)))
        beside.start()
        self.meanwhile()
        beside.join()
        return made[0]


KEYS = Keys()
"""The keys of this program. One for all of it, as a file is opened by many: readers, the writer, copies, checks."""
