"""What may stand on a wall: what tells who someone is is shown by reference, what someone wrote only when asked for.

Nothing here changes what is stored: rows, subjects and facts carry the names, and these rules are asked when something
is shown, by the list, the page, the form and the status line, each in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple, TypeAlias

from db.actions import Subject

MARK = "PROJECTOR"
"""What stands in the head of every screen while the projector is on."""
NO_AGES = f"{MARK}, NO AGES"
"""The same for whoever sees no names: ages are hidden with them, so that nobody is marked as a child."""
MASK = "NAMES MASKED (a mask, not a lock)"
"""What stands there where the template of the meeting lets no suspect be named."""
HIDDEN = "text hidden"
"""What stands in the place of what someone wrote."""
ASK = f"{HIDDEN}, f shows it"
NAME = "projector"
"""The name that the state is remembered by."""

_PLAIN_KINDS = frozenset(
    (
        "ward", "unit", "measure", "focus measure", "role", "borough", "cohort", "category", "run", "meeting", "crime",
        "site", "marker", "item",
    )
)  # fmt: skip
"""The subjects that are called the same on a wall: places, units, roles, figures. Any other is called by its number."""
_NUMBERS = re.compile(r"[\d\s/:+.,%-]*[hd]?", re.ASCII)


class Holds(Enum):
    """What a column, a field of a form or a piece of a sentence may hold."""

    PLAIN = "nothing that tells who someone is"
    IDENTITY = "who someone is"
    WORDS = "what someone wrote, which may name anyone"


class Who(NamedTuple):
    """A piece of a sentence that tells who someone is, and what stands in its place on a wall."""

    text: str
    instead: str = ""


class Words(NamedTuple):
    """A piece of a sentence that someone wrote."""

    text: str


Piece: TypeAlias = str | Who | Words
Told: TypeAlias = str | tuple[Piece, ...]
"""A sentence: as it is, or in pieces of which some may not stand on a wall."""


def told(sentence: Told, *, hidden: bool, asked: bool = False) -> str:
    """A sentence as it may be shown. hidden: on a wall; asked: the chair has asked for what was written."""
    pieces = (sentence,) if isinstance(sentence, str) else sentence
    return "".join(_piece(piece, hidden=hidden, asked=asked) for piece in pieces)


def _piece(piece: Piece, *, hidden: bool, asked: bool) -> str:
    if isinstance(piece, str):
        return piece
    if not hidden:
        return piece.text
    if isinstance(piece, Who):
        return piece.instead
    return piece.text if asked or not piece.text else HIDDEN


def called(subject: Subject, *, hidden: bool) -> str:
    """What a subject is called: by its label; on a wall a person by reference, what someone worded by its number."""
    if not hidden:
        return subject.label or (subject.ref if subject.kind == "person" else "")
    if subject.kind in _PLAIN_KINDS:
        return subject.label
    return subject.ref if subject.kind == "person" else f"{subject.kind} {subject.ref}".strip()


def without(words: str, subjects: Iterable[Subject], typed: Iterable[str] = ()) -> str:
    """Some words with every subject in them called as on a wall, and whatever was typed hidden.

    All are looked for in the words as they are: what was typed may hold what a record was called until then, and what
    a record is called may hold what was typed. Where two lie over each other, both go.
    """
    shown = {subject.label: called(subject, hidden=True) for subject in subjects if subject.label}
    labels = [(label, re.escape(label), instead) for label, instead in shown.items() if label != instead]
    hidden = [(text, rf"(?<!\w){re.escape(text)}(?!\w)", HIDDEN) for text in typed if text]
    places = sorted(
        (found.start(), -found.end(), instead)
        for _, pattern, instead in (*labels, *hidden)
        for found in re.finditer(pattern, words)
    )
    pieces: list[str] = []
    at = 0
    for start, minus_end, instead in places:
        end = -minus_end
        if start >= at:
            pieces += [words[at:start], instead]
        elif end > at:
            pieces[-1] = HIDDEN
        at = max(at, end)
    return "".join([*pieces, words[at:]])


def only_numbers(text: str) -> bool:
    """Whether there is nothing in a text but a number, a day or a time."""
    return _NUMBERS.fullmatch(text) is not None
