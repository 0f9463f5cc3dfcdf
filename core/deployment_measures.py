"""What a deployment will be measured by, fixed when it is tasked: a stated rule proposes, a person takes or changes it.

Rule (the project's own, after DOMAIN2.md section 5, "honest before/after"): the measure is the tactic's. The comparison
wards are the three whose harm is nearest in rank, that do not lie beside the ward (a buffer against what is only moved
next door) and where no unit is sent then. It is measured until the deployment ends, and for four weeks at least. They
are fixed beforehand: places picked at a peak fall anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from core.errors import Problem
from core.neighbours import same_or_beside
from core.tactics import TACTICS

COMPARED = 3
SHORTEST = timedelta(days=28)


class Measure(NamedTuple):
    """What will be measured. wards: the codes of the comparison wards; none where no ranking tells of any."""

    words: str
    wards: tuple[str, ...]
    until: datetime


def proposed(
    tactic: str,
    ward_code: str,
    starts: datetime,
    ends: datetime,
    ranks: Mapping[str, int],
    sent_to: Collection[str] = (),
) -> Measure:
    """What the rule proposes. ranks: wards to their rank by harm. sent_to: wards that have a unit at that time."""
    words = TACTICS[tactic].measure if tactic in TACTICS else ""
    here = ranks.get(ward_code)
    others: list[str] = []
    if here is not None:
        far = sorted((abs(rank - here), code) for code, rank in ranks.items() if code not in sent_to)
        others = [code for _, code in far if not same_or_beside(ward_code, code)][:COMPARED]
    return Measure(words, tuple(sorted(others)), max(ends, starts + SHORTEST))


def refuse_own(ward_code: str, compared: Collection[str]) -> None:
    """Raise Problem where a ward is compared with itself, or one is named twice."""
    if ward_code in compared:
        raise Problem("A ward is no comparison for itself. Name others, or leave the field empty for those proposed.")
    if len(set(compared)) < len(compared):
        raise Problem("A comparison ward is named twice. Name each once.")
