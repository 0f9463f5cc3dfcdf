"""Whether a command applies to every record that it is given: one rule for all commands, and one for their reasons.

Rule (the project's own): all or none. A command on several records is one change with one entry in the journal and one
undo, so what its message says holds for each of them. Where it does not apply to one, nothing is written, and that
record is named with its state.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from core.errors import Conflict, Problem
from core.text import counted

WHY = "Why"
"""What a form asks a reason by."""
WHY_NEEDED = "Why is needed. Write the reason in a few words; it stays in the record."
_NAMED = 3


class Unfit(NamedTuple):
    """A record that a command does not apply to.

    ref: its reference, by which a screen may call it as it shows it. label: what it is called here. state: why the
    command does not apply, to stand after the label: "is free".
    """

    ref: str
    label: str
    state: str

    @property
    def sentence(self) -> str:
        """The record and its state."""
        return f"{self.label} {self.state}"


class DoesNotApply(Conflict):
    """A command does not apply to some of the records it was given, so that nothing was written."""

    def __init__(self, unfit: Sequence[Unfit], number: int) -> None:
        """*number*: how many records the command was given."""
        super().__init__(_sentence(unfit, number))
        self.unfit = tuple(unfit)
        self.number = number

    def named(self, labels: Mapping[str, str]) -> DoesNotApply:
        """The same with some records called otherwise: their references to what they are called."""
        return DoesNotApply([one._replace(label=labels.get(one.ref, one.label)) for one in self.unfit], self.number)


def _sentence(unfit: Sequence[Unfit], number: int) -> str:
    named = "; ".join(one.sentence for one in unfit[:_NAMED])
    more = f"; and {counted(len(unfit) - _NAMED, 'other')}" if len(unfit) > _NAMED else ""
    if number == 1:
        return f"{named}. Nothing was changed."
    return f"{named}{more}. None of the {number} was changed: space takes a mark away."


def all_or_none(unfit: Sequence[Unfit | None], number: int | None = None) -> None:
    """Raise DoesNotApply where a command does not apply to one of the records it was given.

    unfit: for each record why it does not, or None. number: how many records were given, where *unfit* is not of all.
    """
    wrong = [one for one in unfit if one is not None]
    if wrong:
        raise DoesNotApply(wrong, len(unfit) if number is None else number)


def reason_given(why: str) -> str:
    """A reason without spaces around it. Raises Problem where there is none."""
    if not why.strip():
        raise Problem(WHY_NEEDED)
    return why.strip()
