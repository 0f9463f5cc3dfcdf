"""The papers of a meeting: what each is called, and the file it is written into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MASKED = "named suspects are masked; a mask on what is shown, not a lock on the records"
"""What is said of a meeting whose template lets no named suspect be named."""
REPORT_TITLE = "Daily Violent Crime Strategic Briefing Report"


@dataclass(frozen=True)
class Paper:
    """One paper. ``key`` is also the name under which a sealed meeting keeps it.

    title, stem: of the file; ``{meeting}`` stands for the title of the meeting, ``{kind}`` for its template, and its
    scope where that is not the force, ``{day}`` for its day in ISO form, ``{of}`` for the kind with a dash, nothing for
    the force's daily.
    """

    key: str
    title: str
    stem: str
    says: str


PAPERS: Mapping[str, Paper] = {
    paper.key: paper
    for paper in (
        Paper("minutes", "Minutes: {meeting}", "{day}-{kind}-minutes", "What the meeting saw and decided."),
        Paper(
            "report",
            REPORT_TITLE,
            "{day}-{of}briefing-report",
            "The activity of the 24 hours before a daily meeting.",
        ),
    )
}
"""Every paper by its key, in the order in which they are written."""
