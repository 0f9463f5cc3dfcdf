"""What ``tasking verify`` checks of the records themselves: every sealed paper, and every addendum to one.

The file, the chain of the journal and the rows are checked by ``db.store.verify``, which knows no subject.
"""

from __future__ import annotations

from db import addenda
from db.meetings import broken_seals, meetings
from db.store import Store


def papers_fault(store: Store) -> str | None:
    """The first meeting whose sealed papers or addenda are not as they were written, in words; None if all are."""
    if broken := broken_seals(store):
        return f"The papers of meeting {broken[0]} are not what was sealed."
    for held in meetings(store):
        if wrong := addenda.broken(store, held):
            return f"Addendum {wrong[0]} of meeting {held.id} is not as it was written."
    return None
