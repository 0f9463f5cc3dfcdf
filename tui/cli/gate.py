"""Which command is running, and whether whoever runs it may: asked of every store that a command opens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from core.errors import Damaged, NotFound
from core.roles import COMMANDS
from db.store import HEAD, Store, access, open_store, revision_of
from db.store.viewings import Shown, record
from tui.cli.running import RUNNING
from tui.printing import complain
from tui.small_counts import SMALL_COUNTS

_SILENT = ("verify", "users", "open")
"""Commands that show no record of a person; the room puts its opening on the record itself."""


def _nothing(_store: Store) -> None:
    """Ask nothing."""


def gated(store: Store) -> Store:
    """A store that was opened for the command that is running, which is put on the record.

    Raises Refused, the store closed, for another role and where nothing can be recorded.
    """
    SMALL_COUNTS.for_user(store.rights)
    if store.taken_back:
        complain("Note", store.taken_back)
    if store.rights is not None and (command := RUNNING.get()) is not None:
        with ExitStack() as unless_allowed:
            unless_allowed.callback(store.close)
            store.rights.require(COMMANDS.get(command.name), f"'tasking {command.name}'")
            if command.name not in _SILENT:
                record(store, Shown("command", command.name, command.ref, command.told))
            unless_allowed.pop_all()
    return store


def gate_file(path: Path, more: Callable[[Store], object] = _nothing) -> None:
    """The same for a command that works on the file itself. One that cannot be read keeps nobody from mending it.

    more: what else is asked of the open store. A store of an earlier version has no users, and stays as it is.
    """
    try:
        if revision_of(path) != HEAD:
            return
    except (Damaged, NotFound):
        return
    with gated(open_store(path, access.machine_user())) as store:
        more(store)
