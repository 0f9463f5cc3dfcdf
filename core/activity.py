"""The previous 24 hours in counts, as the Daily Violent Crime Strategic Briefing Report has them.

Source: DOMAIN.md section 6 (stops and searches, warrants, arrests, items seized; lines beside them from releases).
"""

from __future__ import annotations

COLUMNS = ("day", "bcu", "measure", "count")
HEADLINES = ("stops and searches", "warrants", "arrests", "items seized")

_ITEMS = (
    "knives seized",
    "firearms seized",
    "other weapons seized",
    "drugs seizures",
    "vehicles seized",
    "mopeds seized",
)


def headline(measure: str) -> str:
    """The headline a measure adds to: anything seized is an item seized; the rest stands for itself."""
    word = " ".join(measure.casefold().split())
    return "items seized" if word in _ITEMS or "seiz" in word else word
