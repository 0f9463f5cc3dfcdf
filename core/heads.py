"""Keyed heads: the last entry of a chain under a key that is kept outside the store.

Who knows the rule of a chain can make all of it anew; who has not the key cannot sign its end. Transparency logs sign
their checkpoints so (RFC 6962 section 3.5), with HMAC (RFC 2104) in place of a signature, as who checks is who signs.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import NamedTuple

from core.journal import canonical

KEY_BYTES = 32
_NAMED_BY = 16


def name_of(key: bytes) -> str:
    """What a key is called in the store: it tells nothing of the key."""
    return hashlib.sha256(b"tasking head " + key).hexdigest()[:_NAMED_BY]


class Head(NamedTuple):
    """The end of a chain: the table that it is of, how many entries it has, the hash of the last."""

    of: str
    entries: int
    hash: str

    def signed(self, key: bytes) -> str:
        """The head under a key, with the key's name before it."""
        words = canonical([self.of, self.entries, self.hash]).encode()
        return f"{name_of(key)}:{hmac.new(key, words, hashlib.sha256).hexdigest()}"

    def holds(self, key: bytes, signed: str) -> bool:
        """Whether it is what was signed with the key."""
        return hmac.compare_digest(self.signed(key).encode(), signed.encode())
