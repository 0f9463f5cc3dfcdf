"""``tasking backup`` and ``tasking restore``: a copy of the store, and a copy in its place."""

from __future__ import annotations

from pathlib import Path

from core.text import counted, plain
from db.store import HEAD, default_path, revision_of, utc_now
from db.store.backup import back_up, free_name
from db.store.backup import restore as put_back
from db.store.damage import TITLE
from db.store.encrypting import refuse_unencrypted_copy
from db.store.verify import chains_fault
from db.store.viewings import export
from tui import exits
from tui.cli.common import complain, say
from tui.cli.gate import gate_file


def run(path: Path | None, file: Path | None, recipient: str) -> int:
    """Copy the store to a file, for someone; into a folder under a name of its own. Gives the exit code.

    A store whose pages cannot be read is not copied. One whose chains do not hold is, as the copy tells what was done
    to it; but it is said, so that nobody takes the copy for a sound one.
    """
    store = path or default_path()
    revision = revision_of(store)
    target = file or store.parent
    if target.is_dir():
        target = target / free_name(store, "backup", utc_now()).name
    gate_file(store, lambda opened: export(opened, "a copy of the store", "", target, recipient))
    copied = back_up(store, target)
    say(f"Copied to {plain(copied.path)}: {counted(copied.entries, 'journal entry', 'journal entries')}.")
    if copied.last_hash:
        say(f"Last entry's hash: {copied.last_hash}")
    if revision == HEAD and (fault := chains_fault(copied.path)) is not None:
        complain(TITLE, f"{fault} The copy has it, too. {FROM_BEFORE}")
        return exits.REFUSED
    return exits.OK


FROM_BEFORE = "Keep both as they are and put back a copy from before it: tasking restore FILE."


def restore(path: Path | None, file: Path) -> None:
    """Put a copy in the store's place."""
    store = path or default_path()
    if file.is_file():
        refuse_unencrypted_copy(file, store)
        revision_of(file)
    gate_file(store)
    restored = put_back(file, store, utc_now())
    say(f"Restored {plain(store)}: {counted(restored.entries, 'journal entry', 'journal entries')}.")
    if restored.kept is not None:
        say(f"The store as it was is kept as {plain(restored.kept)}.")
