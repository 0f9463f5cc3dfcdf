"""``tasking verify``: is the store as it was written?"""

from __future__ import annotations

from pathlib import Path

from core.text import counted
from db import addenda
from db.meetings import broken_seals, meetings
from db.store import Store
from db.store.verify import verify
from tui import exits
from tui.cli.common import complain, existing, print_json, say


def run(path: Path | None, *, json: bool) -> int:
    """Walk the chain and check the seals; gives the exit code."""
    with existing(path) as store:
        verdict = verify(store)
        fault = verdict.fault or _papers_fault(store)
    if json:
        print_json({"entries": verdict.entries, "last_hash": verdict.last_hash, "sound": fault is None, "fault": fault})
    elif fault is None:
        entries = counted(verdict.entries, "journal entry", "journal entries")
        say(f"Sound: {entries}, every sealed meeting and addendum as it was written.")
        say(f"Last entry's hash: {verdict.last_hash}")
    if fault is not None:
        complain("Store damaged", f"{fault} Keep the file as it is and restore the latest copy.")
        return exits.REFUSED
    return exits.OK


def _papers_fault(store: Store) -> str | None:
    """The first meeting whose sealed papers or addenda are not as they were written, in words."""
    if broken := broken_seals(store):
        return f"The papers of meeting {broken[0]} are not what was sealed."
    for held in meetings(store):
        if wrong := addenda.broken(store, held):
            return f"Addendum {wrong[0]} of meeting {held.id} is not as it was written."
    return None
