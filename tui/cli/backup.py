"""``tasking backup`` and ``tasking restore``: a copy of the store, and a copy in its place."""

from __future__ import annotations

from pathlib import Path

from core.text import counted, plain
from db.store import default_path, revision_of, utc_now
from db.store.backup import back_up, free_name
from db.store.backup import restore as put_back
from db.store.encrypting import refuse_unencrypted_copy
from db.store.viewings import export
from tui.cli.common import say
from tui.cli.gate import gate_file


def run(path: Path | None, file: Path | None, recipient: str) -> None:
    """Copy the store to a file, for someone; into a folder under a name of its own."""
    store = path or default_path()
    revision_of(store)
    target = file or store.parent
    if target.is_dir():
        target = target / free_name(store, "backup", utc_now()).name
    gate_file(store, lambda opened: export(opened, "a copy of the store", "", target, recipient))
    copied = back_up(store, target)
    say(f"Copied to {plain(copied.path)}: {counted(copied.entries, 'journal entry', 'journal entries')}.")
    if copied.last_hash:
        say(f"Last entry's hash: {copied.last_hash}")


def restore(path: Path | None, file: Path) -> None:
    """Put a copy in the store's place."""
    store = path or default_path()
    if file.is_file():
        revision_of(file)
    gate_file(store)
    refuse_unencrypted_copy(file, store)
    restored = put_back(file, store, utc_now())
    say(f"Restored {plain(store)}: {counted(restored.entries, 'journal entry', 'journal entries')}.")
    if restored.kept is not None:
        say(f"The store as it was is kept as {plain(restored.kept)}.")
