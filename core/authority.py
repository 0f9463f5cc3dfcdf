"""What authorises a tactic: section 60 by rank, grounds and area for 24 hours, 48 with an extension; else a reference.

Rule: an inspector or above may authorise searches under section 60 of the Criminal Justice and Public Order Act 1994 in
an area where violence may occur, for up to 24 hours; a superintendent or above may extend that to 48 hours in all.
Source: DOMAIN2.md section 5. Of directed surveillance only the reference of the authority is kept, which is held
elsewhere (DOMAIN.md section 9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import Problem
from core.tactics import SECTION_60, SURVEILLANCE, TACTICS

RANKS = (
    "constable", "sergeant", "inspector", "chief inspector", "superintendent", "chief superintendent", "commander",
    "deputy assistant commissioner", "assistant commissioner", "deputy commissioner", "commissioner",
)  # fmt: skip
"""Ranks from the lowest up, as they are written in an authority."""
_AUTHORISES, _EXTENDS = RANKS.index("inspector"), RANKS.index("superintendent")
USUAL, EXTENDED = timedelta(hours=24), timedelta(hours=48)
HOW = "rank; grounds; area, and to extend it a second rank: inspector; two stabbings since 18:00; Brownswood"
"""How a section 60 is typed."""


@dataclass(frozen=True)
class Authority:
    """What a deployment is authorised by. extended_by: the rank that extended it, empty where none did.

    reference: of an authority that is held elsewhere; then nothing else is kept.
    """

    kind: str = ""
    rank: str = ""
    grounds: str = ""
    area: str = ""
    extended_by: str = ""
    reference: str = ""

    @property
    def words(self) -> str:
        """As it stands in papers and lists, without a full stop; empty where nothing is authorised."""
        if self.reference:
            return f"{self.kind}, reference {self.reference}"
        if not self.kind:
            return ""
        more = f"; extended by {self.extended_by}" if self.extended_by else ""
        return f"{self.kind} by {self.rank}: {self.grounds}; area {self.area}{more}"

    @property
    def typed(self) -> str:
        """As it is typed."""
        parts = (self.rank, self.grounds, self.area, self.extended_by)
        return self.reference or "; ".join(part for part in parts if part)


def authority_of(tactic: str, text: str) -> Authority:
    """What was typed as the authority of a tactic. Raises Problem where it lacks something or its rank is too low."""
    needed = TACTICS[tactic].authority if tactic in TACTICS else ""
    if not needed:
        if text.strip():
            raise Problem(f"{tactic or 'This tactic'} needs no authority. Leave it empty.")
        return Authority()
    if needed == SURVEILLANCE:
        if not text.strip():
            raise Problem("Surveillance needs the reference of its authority; nothing else of it is kept here.")
        return Authority(SURVEILLANCE, reference=" ".join(text.split()))
    return _section_60(text)


def _section_60(text: str) -> Authority:
    parts = [" ".join(part.split()) for part in text.split(";")]
    rank, grounds, area, extended_by = (*parts, "", "", "", "")[:4]
    for part, what in ((rank, "the rank of who authorises it"), (grounds, "its grounds"), (area, "its area")):
        if not part:
            raise Problem(f"A section 60 needs {what}. Write {HOW}.")
    if len(parts) > 4:
        raise Problem(f"That is more than a section 60 has. Write {HOW}.")
    if _rank(rank) < _AUTHORISES:
        raise Problem(f"A section 60 is authorised by an inspector or above, not by a {rank}.")
    if extended_by and _rank(extended_by) < _EXTENDS:
        raise Problem(f"A section 60 is extended by a superintendent or above, not by a {extended_by}.")
    return Authority(SECTION_60, rank.casefold(), grounds, area, extended_by.casefold())


def _rank(words: str) -> int:
    folded = words.casefold().removeprefix("detective ").removeprefix("det ")
    if folded not in RANKS:
        raise Problem(f"'{words}' is no rank. Use {', '.join(RANKS[1:6])} or above.")
    return RANKS.index(folded)


def refuse_too_long(authority: Authority, starts: datetime, ends: datetime) -> None:
    """Raise Problem where a section 60 lasts longer than it was authorised for."""
    if authority.kind != SECTION_60:
        return
    lasts = ends - starts
    hours = f"{lasts / timedelta(hours=1):g}"
    if lasts > EXTENDED:
        raise Problem(f"A section 60 lasts 48 hours at most, with its extension; this is {hours}. Give an earlier end.")
    if lasts > USUAL and not authority.extended_by:
        raise Problem(
            f"A section 60 lasts 24 hours unless a superintendent extends it; this is {hours}. Give an earlier end, or "
            "add the rank that extends it to the authority."
        )
