"""Holding a store to a sealed paper: is the entry that the paper names in the journal, with its hash?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.anchors import Anchor, anchor_of
from core.errors import Refused
from core.text import counted
from db import addenda, meetings
from db.store import Store


def against(store: Store, paper: str, name: str) -> tuple[Anchor, str | None]:
    """What a paper says of the journal, and what is wrong with the store by it, in words; None where it holds.

    Raises Refused for no sealed paper, and for one of another store.
    """
    said = anchor_of(paper, name)
    found = store.read.rows("SELECT hash FROM journal WHERE id = :number", number=said.entry)
    if found and found[0]["hash"] == said.hash:
        return said, None
    ours = _meetings_with(store, f"Journal at entry {said.entry}, {said.hash}")
    entries = store.read.rows("SELECT COUNT(*) AS n FROM journal")[0]["n"]
    if not ours:
        raise Refused(
            f"{name} is a paper of another store, or this store was made anew without its meeting: no meeting here was "
            f"sealed at entry {said.entry:,} with its hash. Name a paper of a meeting of this store.",
            "Another store's paper",
        )
    if not found:
        has = counted(entries, "entry", "entries")
        return said, f"The paper was sealed at entry {said.entry:,}; the journal has {has}: its end is cut off."
    return said, f"Entry {said.entry:,} of the journal has not the hash that the paper says: the journal was made anew."


def sealed_with(store: Store, hashed: str) -> Iterator[str]:
    """Each paper that was sealed with a hash, as Markdown: without addenda, with the first of them, and so on."""
    for number in _meetings_with(store, hashed):
        held, added = meetings.meeting(store, number), addenda.addenda(store, number)
        for text in (held.minutes, held.report):
            for many in range(len(added) + 1) if text else ():
                yield addenda.with_addenda(text, added[:many])


def _meetings_with(store: Store, words: str) -> Sequence[int]:
    """The meetings whose sealed papers hold some words, by their numbers."""
    query = "SELECT id FROM meeting WHERE minutes LIKE :held OR report LIKE :held"
    return [number for (number,) in store.read.rows(query, held=f"%{words}%")]
