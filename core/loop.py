"""Does the meeting work? What was raised, closed with a result, carried and escalated, week by week.

Source: DOMAIN.md section 7 (action log, reviews, times of an agenda); the figures are the project's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from core.days import day_of, iso, london, monday_of
from core.text import counted

MOST_WEEKS = 260
KINDS = ("raised", "closed", "carried", "escalated")
"""What is counted of a week."""


@dataclass(frozen=True)
class Week:
    """What became of actions in one week, by its Monday (a day number): each action, carry and escalation counts."""

    monday: int
    raised: int = 0
    closed: int = 0
    carried: int = 0
    escalated: int = 0

    @property
    def words(self) -> str:
        """The week as a meeting reads it."""
        return f"{date.fromordinal(self.monday):%d/%m}"


@dataclass(frozen=True)
class ItemTime:
    """An item of the agenda: minutes planned, and minutes it took on average; over so many meetings that held it."""

    item: str
    planned: int
    minutes: float
    meetings: int


@dataclass(frozen=True)
class DueDecision:
    """A decision whose review, end of a risk or expectation is due. due: what, in a few words; on: the earliest day."""

    id: int
    decision: str
    about: str
    decided_by: str
    due: str
    on: str


@dataclass(frozen=True)
class OwnerLoad:
    """An owner with the open actions and those of them that are overdue."""

    owner: str
    open: int
    overdue: int


@dataclass(frozen=True)
class Loop:
    """What a meeting's promises came to. Days are day numbers; oldest_days: None where no action is open.

    began: the day of the first action that is known, None where there is none: weeks before it hold nothing because
    nothing was written down.
    """

    first: int
    last: int
    scope: str
    weeks: Sequence[Week]
    oldest_days: int | None
    items: Sequence[ItemTime] = field(default_factory=tuple)
    decisions_due: Sequence[DueDecision] = field(default_factory=tuple)
    owners: Sequence[OwnerLoad] = field(default_factory=tuple)
    began: int | None = None

    @property
    def sentence(self) -> str:
        """What came of the promises of these weeks, in one sentence."""
        totals = {kind: sum(getattr(week, kind) for week in self.weeks) for kind in KINDS}
        oldest = "no action is open"
        if self.oldest_days is not None:
            oldest = f"the oldest is {counted(self.oldest_days, 'day')} old"
        return (
            f"{totals['raised']} raised, {totals['closed']} closed with a result, {totals['carried']} carried, "
            f"{totals['escalated']} escalated in {counted(len(self.weeks), 'week')}; {oldest}"
        )

    def counts(self, week: Week) -> tuple[int | None, ...]:
        """What is counted of a week, in the order of :data:`KINDS`; None of one that ended before anything is known."""
        unknown = self.began is not None and week.monday + 6 < self.began
        return tuple(None if unknown else getattr(week, kind) for kind in KINDS)

    def as_json(self) -> dict[str, object]:
        """The figures for JSON, as documented."""
        return {
            "from": iso(self.first),
            "to": iso(self.last),
            "scope": self.scope,
            "weeks": [
                {"monday": iso(week.monday), **dict(zip(KINDS, self.counts(week), strict=True))} for week in self.weeks
            ],
            "oldest_days": self.oldest_days,
            "items": [{"item": one.item, "planned_minutes": one.planned, "minutes": one.minutes} for one in self.items],
            "decisions_due": [asdict(one) for one in self.decisions_due],
            "owners": [asdict(one) for one in self.owners],
        }


def span(today: int, weeks: int) -> tuple[int, int]:
    """The first day and the last of so many weeks, the one of today the last of them."""
    return monday_of(today) - 7 * (weeks - 1), today


def by_week(first: int, weeks: int, happened: Iterable[tuple[str, datetime]]) -> list[Week]:
    """Count what happened by the London week it was in. happened: its kind, one of :data:`KINDS`, and its moment."""
    counts: dict[tuple[int, str], int] = {}
    for kind, moment in happened:
        monday = monday_of(day_of(london(moment).date()))
        counts[monday, kind] = counts.get((monday, kind), 0) + 1
    mondays = [first + 7 * number for number in range(weeks)]
    return [Week(monday, **{kind: counts.get((monday, kind), 0) for kind in KINDS}) for monday in mondays]


def age_in_days(since: datetime, now: datetime) -> int:
    """Whole days between two moments."""
    return (now - since) // timedelta(days=1)
