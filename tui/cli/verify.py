"""``tasking verify``: is the store as it was written?"""

from __future__ import annotations

from pathlib import Path

from db.meetings import broken_seals
from db.store.verify import verify
from tui import exits
from tui.cli.common import complain, existing, print_json, say


def run(path: Path | None, *, json: bool) -> int:
    """Walk the chain and check the seals; gives the exit code."""
    with existing(path) as store:
        verdict = verify(store)
        broken = broken_seals(store)
    fault = verdict.fault or (f"The papers of meeting {broken[0]} are not what was sealed." if broken else None)
    if json:
        print_json({"entries": verdict.entries, "last_hash": verdict.last_hash, "sound": fault is None, "fault": fault})
    elif fault is None:
        say(f"Sound: {verdict.entries:,} journal entries, every sealed meeting as it was sealed.")
        say(f"Last entry's hash: {verdict.last_hash}")
    if fault is not None:
        complain("Store damaged", f"{fault} Keep the file as it is and restore the latest copy.")
        return exits.REFUSED
    return exits.OK
