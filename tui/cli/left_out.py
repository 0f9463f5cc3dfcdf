"""Whom only the least number of reports leaves out, as commands print them: JSON, and a table of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.text import counted, figure
from db.left_out import LeftOut
from tui.cli.common import number, print_table, say


def as_json(found: Sequence[LeftOut]) -> list[dict[str, Any]]:
    """The group as JSON; empty where the rule leaves no one out whose score lies within the first 100."""
    return [
        {"person": one.person, "score": number(one.score), "would_be": one.would_be, "why": one.why} for one in found
    ]


def print_group(found: Sequence[LeftOut], unit: str) -> None:
    """Print the group with a sentence on what it is; nothing where there is no one."""
    if not found:
        return
    rows = [(one.would_be, one.person, one.name, f"{figure(one.score)} {unit}", one.why, one.status) for one in found]
    print_table(("would be", "person", "left out by the rule", "score", "why", "status"), rows, right=(0, 3))
    people = counted(len(found), "person has no rank", "people have no rank")
    say(
        f"{people} only because of the least number of reports: by score they would be within the first 100. "
        "Would be: their rank if one report made a rank, equal scores sharing it; --min-crimes 1 ranks them."
    )
