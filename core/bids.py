"""Bids for resources: what can become of one (DOMAIN.md section 7: granted, part, deferred, refused)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

OPEN = ""
"""The outcome of a bid that is not decided."""


@dataclass(frozen=True)
class Outcome:
    """What became of a bid. ``settles``: it is decided for good; otherwise a later meeting decides it again."""

    key: str
    says: str
    settles: bool = True

    @property
    def past(self) -> str:
        """The outcome as it is said of a bid: "granted in part"."""
        return "granted in part" if self.key == "part" else self.key


OUTCOMES: Mapping[str, Outcome] = {
    outcome.key: outcome
    for outcome in (
        Outcome("granted", "All that was asked for is given."),
        Outcome("part", "Some of what was asked for is given."),
        Outcome("deferred", "A later meeting decides.", settles=False),
        Outcome("refused", "Nothing is given."),
    )
}
"""Every outcome by the word that is stored, in the order in which they are offered."""


def is_settled(outcome: str) -> bool:
    """Whether a bid of a stored outcome is decided for good; an open one is not."""
    return outcome != OPEN and (outcome not in OUTCOMES or OUTCOMES[outcome].settles)
