"""What the keyring of this machine keeps for the program: passphrases, and keys that sign the heads of chains."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from core.errors import Refused
from core.text import plain
from db.store.driver import NOT_INSTALLED


def keyring() -> Any:
    """The machine's keyring. Raises Refused where what works with it is not installed."""
    try:
        import_module("keyring.errors")
        return import_module("keyring")
    except ImportError as error:
        raise Refused(
            "Keeping a secret in the machine's keyring needs a package that is not installed: pip install keyring.",
            NOT_INSTALLED,
        ) from error


def kept(service: str, name: str) -> str:
    """What is kept there under a name; empty where nothing is, or there is no keyring."""
    try:
        ring = keyring()
    except Refused:
        return ""
    try:
        return str(ring.get_password(service, name) or "")
    except ring.errors.KeyringError:
        return ""


def keep(service: str, name: str, secret: str) -> None:
    """Keep a secret there. Raises Refused, in words that say why, where it does not take it."""
    ring = keyring()
    try:
        ring.set_password(service, name, secret)
    except ring.errors.KeyringError as error:
        raise Refused(
            f"The keyring of this machine did not take it: {plain(error)}.", "Not kept in the keyring"
        ) from error
