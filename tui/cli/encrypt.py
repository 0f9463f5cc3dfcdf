"""``tasking encrypt`` and ``tasking rekey``: a store that only a passphrase opens, and another passphrase for it."""

from __future__ import annotations

from pathlib import Path

from core.text import counted, plain
from db.store import default_path, encrypting, revision_of
from db.store.keys import KEYS
from tui.cli import passphrase
from tui.cli.common import complain, say
from tui.cli.gate import gate_file

DELETED = (
    "What a disk once held may be read from it after a file is deleted or written over: on a solid-state disk, in "
    "snapshots and in copies made elsewhere. Where that matters, encrypt the disk, too."
)


def run(path: Path | None, *, keyring: bool) -> None:
    """Encrypt a store in its place. Raises Problem where that cannot be, the store as it was."""
    store = path or default_path()
    KEYS.named = False  # the passphrase that is given is the one to come
    encrypting.prepare(store)
    _rewritten(store, keyring, "Encrypted")
    say(f"The file in the clear is gone. {DELETED}")


def rekey(path: Path | None, *, keyring: bool) -> None:
    """Give an encrypted store another passphrase. By a file descriptor: the one in force first, then the new one."""
    store = path or default_path()
    encrypting.refuse_plain(store)
    _rewritten(store, keyring, "Under a new passphrase")
    say("Copies made before are opened by the passphrase of their day.")


def _rewritten(store: Path, keyring: bool, done: str) -> None:
    revision_of(store)
    gate_file(store)
    words = passphrase.new(store, keep=keyring)
    made = encrypting.rewrite(store, words)
    say(f"{done}: {plain(store)}, {counted(made.entries, 'journal entry', 'journal entries')}.")
    say("Without the passphrase nobody opens it, nor anyone who could help: keep it where it is not lost.")
    for copy in made.in_the_clear:
        complain(
            "In the clear",
            f"{copy}, beside it, is a store that anyone reads who has the file. Delete it, or encrypt it, too.",
        )
    if keyring:
        passphrase.remember(store, words)
