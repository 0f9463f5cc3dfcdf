"""The closed list of tactics, as data: what each is, whom it takes, what it needs before it starts.

Source: ``core/data/tactics.toml``, which names where every label and figure is from (DOMAIN.md section 6, DOMAIN2.md
section 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from core.errors import Problem
from core.shipped import shipped
from core.toml_part import loads

SECTION_60, SURVEILLANCE = "section 60", "directed surveillance"
"""What a tactic may need to be authorised by before it starts."""


class Tactic(NamedTuple):
    """What a unit is sent to do. source: where the label comes from.

    crew: the fewest officers. vehicles: the fewest vehicles, 0 where it is not told by them. skills: each must be among
    the skills of somebody who is sent. authority: what it must be authorised by, empty where by nothing. measure: what
    a deployment of it is measured by unless a person says otherwise.
    """

    label: str
    source: str
    crew: int = 2
    vehicles: int = 0
    skills: frozenset[str] = frozenset()
    authority: str = ""
    measure: str = ""


def _read() -> Iterator[Tactic]:
    held: dict[str, Any] = loads(shipped("tactics.toml"))
    for source in held["sources"]:
        for one in source["tactics"]:
            yield Tactic(
                one["label"],
                source["of"],
                one["crew"],
                one.get("vehicles", 0),
                frozenset(one.get("skills", ())),
                one.get("authority", ""),
                one.get("measure", held["measure"]),
            )


TACTICS: Mapping[str, Tactic] = {tactic.label: tactic for tactic in _read()}
"""The closed list of tactics by their labels; a convoy is named in the source without a definition."""


def tactic_called(words: str) -> str:
    """The label of a tactic as the list has it; capitals and spaces do not matter. Raises Problem for another."""
    known = tactic_known(words)
    if not known:
        raise Problem(f"There is no such tactic. Use one of: {', '.join(TACTICS)}.")
    return known


def tactic_known(words: str) -> str:
    """The same, empty for another."""
    folded = " ".join(words.split()).casefold()
    return next((label for label in TACTICS if label.casefold() == folded), "")
