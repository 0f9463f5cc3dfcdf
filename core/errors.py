"""The one family of errors: a title for the bar, a sentence that says what to do next."""

from __future__ import annotations


class Problem(Exception):
    """Something the person at the keyboard can act on.

    title: a few words. sentence: what is wrong, where, and what to do. Never holds a person's data.
    """

    title = "That cannot be done"

    def __init__(self, sentence: str, title: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if title is not None:
            self.title = title


class Refused(Problem):
    """A file is not what it claims to be; nothing of it was taken."""

    title = "File refused"


class NotFound(Problem):
    """A record, run, release or store that was named is not there."""

    title = "Not found"


class Conflict(Problem):
    """A change cannot be made because the record has changed, is sealed, or is not allowed."""

    title = "Not changed"


_NOTHING = " Nothing was changed."


def headed(title: str, sentence: str) -> str:
    """A sentence behind the title of its problem, in one line; what the title says is not said again."""
    if title == Conflict.title:
        sentence = sentence.replace(_NOTHING, "", 1)
    return sentence if not title or sentence.startswith(title) else f"{title}: {sentence}"


class Busy(Problem):
    """Another program is writing to the store: what was to be written can be tried again as it is."""

    title = "Store is being written"


class Damaged(Problem):
    """The store, or its journal, is not as it was written."""

    title = "Store damaged"
