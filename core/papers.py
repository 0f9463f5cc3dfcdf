"""The papers of a meeting: what each is called, and the file it is written into."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

MASKED = "named suspects are masked; a mask on what is shown, not a lock on the records"
"""What is said of a meeting whose template lets no named suspect be named."""


@dataclass(frozen=True)
class Paper:
    """One paper. ``key`` is also the name under which a sealed meeting keeps it.

    title, stem: of the file; ``{meeting}`` stands for the title of the meeting, ``{kind}`` for its template, and its
    scope where that is not the force, ``{day}`` for its day in ISO form, ``{of}`` for the kind with a dash, nothing for
    the force's daily, ``{report}`` and ``{name}`` for what its report is called and how its file is named.
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
            "{report}",
            "{day}-{of}{name}",
            "What happened in the 24 hours before a daily meeting; units and officer-hours of a weekly one.",
        ),
    )
}
"""Every paper by its key, in the order in which they are written."""


class Report(NamedTuple):
    """The report of a meeting. name: how its file is called."""

    title: str
    name: str


BRIEFING = Report("Daily Violent Crime Strategic Briefing Report", "briefing-report")
TASKING = Report("Tasking Report of Units and Bids", "report")


def report_of(views: Collection[str]) -> Report | None:
    """Which report a meeting has by its views: of the last 24 hours, else of its units and bids; None for none."""
    if "activity" in views:
        return BRIEFING
    return TASKING if "bids" in views else None
