"""What a row says of a register, for the verbs that adopt, review and end."""

from __future__ import annotations

from typing import NamedTuple

from core.proposals import Proposal


class RegisterRow(NamedTuple):
    """How the subject of a row stands to a register.

    proposal: the rank, rule or composite that puts it forward. group: for which part of the register (a cohort) where
    the row says so. entry: the number of the entry by which it is in.
    """

    proposal: Proposal | None = None
    group: str = ""
    entry: int | None = None
