"""``tasking journal``: what was done, when, by whom, in which meeting at which item, and in which sitting."""

from __future__ import annotations

from pathlib import Path

from core.days import london
from core.errors import NotFound
from db import meetings
from db.store.history import Entry, entries
from tui.cli.common import existing, print_json, print_table, say


def run(path: Path | None, meeting: int | None, sitting: int | None, *, json: bool) -> None:
    """List the entries of a meeting, of a sitting, or all, the earliest first. Raises NotFound for no such meeting."""
    with existing(path) as store:
        if meeting is not None:
            meetings.meeting(store, meeting)
        found = entries(store, meeting=meeting, sitting=sitting)
        if sitting is not None and not entries(store, sitting=sitting):
            raise NotFound(f"There is no sitting {sitting}. 'tasking journal' names the sitting of each entry.")
    if json:
        print_json([_as_json(one) for one in found])
        return
    if not found:
        say("No entry of the journal is of that." if meeting or sitting else "The journal is empty.")
        return
    rows = [
        (
            one.id,
            f"{london(one.at):%d/%m/%Y %H:%M:%S}",
            one.who,
            one.meeting_words,
            one.item or "-",
            "not known" if one.sitting is None else one.sitting,
            one.what,
        )
        for one in found
    ]
    print_table(("entry", "when", "who", "meeting", "item", "sitting", "what"), rows, right=(0,))


def _as_json(one: Entry) -> dict[str, object]:
    return {
        "entry": one.id,
        "at": one.at.isoformat(),
        "who": one.who,
        "what": one.what,
        "kind": one.kind,
        "meeting": one.meeting,
        "meeting_known": one.known,
        "item": one.item,
        "sitting": one.sitting,
        "undoes": one.undoes,
    }
