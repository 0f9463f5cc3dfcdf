"""A keyring in memory in the place of the machine's: the fixture ``ring`` puts it there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import pytest

from db.store import heads


class Ring:
    """A keyring that keeps what it is given in memory; ``locked`` it gives and takes nothing."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, name: str) -> str | None:
        self._refuse()
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, secret: str) -> None:
        self._refuse()
        self.kept[service, name] = secret

    def _refuse(self) -> None:
        if self.locked:
            raise sys.modules["keyring.errors"].KeyringError("it is locked")


@contextmanager
def put_in_place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    """While it lasts, the machine has this keyring."""
    found = Ring()
    errors = ModuleType("keyring.errors")
    vars(errors)["KeyringError"] = type("KeyringError", (Exception,), {})
    package = ModuleType("keyring")
    vars(package).update(errors=errors, get_password=found.get_password, set_password=found.set_password)
    monkeypatch.setitem(sys.modules, "keyring", package)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    heads._in_keyring.cache_clear()
    yield found
    heads._in_keyring.cache_clear()


def forget(ring: Ring) -> None:
    """Let the program be of a machine that has none of the keys."""
    ring.kept.clear()
    heads._in_keyring.cache_clear()
