"""``tasking init``: an empty store whose maker owns it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from core.errors import Conflict
from core.text import plain
from db import users
from db.store import access, default_path, encrypting, forget_unused, holds_nothing, make_store
from tui.cli import passphrase
from tui.cli.common import say


def run(path: Path | None, *, encrypted: bool = False, keyring: bool = False) -> None:
    """Make a store, or finish one that was only begun. Raises Conflict where another file is there already."""
    place = path or default_path()
    if place.exists() and (encrypted or not holds_nothing(place)):
        raise Conflict(f"{place} is there already. Name another with --store.")
    login = access.machine_user()
    words = ""
    if encrypted:
        words = passphrase.new(place, keep=keyring)
        encrypting.begin(place, words)
    with ExitStack() as unless_owned:
        unless_owned.callback(forget_unused, place)
        with make_store(place, login) as store:
            users.add(store, login, "owner")
        unless_owned.pop_all()
    say(f"Made {plain(place)}: {login} owns it, and it opens for its users alone ('tasking users').")
    if encrypted:
        say("It is encrypted: without the passphrase nobody opens it, so keep that where it is not lost.")
    if keyring:
        passphrase.remember(place, words)
    say("Take files in: tasking import FILE.")
