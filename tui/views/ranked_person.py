"""A person of a ranking as verbs see them: who it is, the facts that go with a decision, the rank as a proposal."""

from __future__ import annotations

from core.children import CHILD
from core.proposals import Proposal
from core.text import figure
from db.actions import Subject
from db.rankings import Ranked, RunHead
from tui.session import named


def rank_of(entry: Ranked) -> str:
    """The rank, or ``-`` where the ranking gives none."""
    return "-" if entry.rank is None else str(entry.rank)


def facts_of(head: RunHead, entry: Ranked) -> dict[str, str]:
    """The facts of an entry that go with a decision on the person; the run is named."""
    facts = {
        "rank": rank_of(entry),
        "score": f"{figure(entry.score)} {head.how.unit}",
        "allegations": str(entry.allegations),
        "victims": str(entry.victims),
        "run": str(head.id),
    }
    return facts | ({"age": CHILD} if entry.child(head.as_of) else {})


def person_of(entry: Ranked) -> Subject:
    """The person of an entry, as what verbs act on and records name."""
    return Subject("person", entry.person, named(entry.name, entry.person))


def proposed(head: RunHead, entry: Ranked) -> Proposal:
    """A rank as what puts a person forward for a cohort."""
    by = f"rank {entry.rank}" if entry.rank is not None else "no rank"
    facts = {"rank": entry.rank, "run": head.id, "method": head.method, "pool": head.pool, "score": entry.score}
    return Proposal(entry.person, f"{by} in run {head.id}", facts | {"reports": entry.crimes, "victims": entry.victims})
