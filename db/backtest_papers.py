"""What papers say of whether past lists held up: a line for wards, one for named suspects, each with its date."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.backtest_words import dated_line
from core.days import day_of, london
from core.errors import Problem
from core.pools import Pool
from db import backtest_people, backtest_wards, rankings
from db.meetings import MeetingView
from db.rankings import RunHead
from db.store import Store
from db.store.batches import batches_version

_YEAR = 365
"""How many days follow the ranking that is looked back on."""


def backtest_lines(store: Store, meeting: MeetingView, now: datetime) -> list[str]:
    """Both lines; none of people where the meeting looks at no ranking, or its template masks named suspects."""
    return [*wards_line(store, now), *people_line(store, meeting, now)]


def wards_line(store: Store, now: datetime) -> list[str]:
    """How the list of wards held up between the latest releases, in a line with its date; none without a pair."""
    try:
        found = backtest_wards.backtest(store, backtest_wards.usual(store))
    except Problem:
        return []
    return [dated_line(found, f"{london(now):%d/%m/%Y}")]


def people_line(store: Store, meeting: MeetingView, now: datetime) -> list[str]:
    """How the list of the meeting's pool held up in a year to the end of a month, in a line with its date.

    The month is the last one that is over and that reports reach the end of: days of which nothing is held are no days
    without harm.

    It is worked once a month and kept in memory, since it takes several passes over all rows: the line says when.
    None where there is nothing that far back.
    """
    if meeting.run_id is None or meeting.agenda.is_masked:
        return []
    head = rankings.run(store, meeting.run_id)
    today = london(now).date()
    question = ("backtest of people in papers", head.ranked_in, head.method)
    worked = (_month_before(today), batches_version(store)[1])  # a file that is withdrawn may have told of the year
    if (kept := store.remembered(question, worked)) is not None:
        return [str(kept)]
    line = _worked(store, head, today)
    return [store.remember(question, worked, lambda: line)] if line else []


def _month_before(day: date) -> int:
    """The number of the last day of the month before a day."""
    return day_of(day.replace(day=1) - timedelta(days=1))


def _worked(store: Store, head: RunHead, today: date) -> str:
    try:
        held = backtest_people.usual(store, Pool.EVERYTHING).until
        until = _month_before(min(today, date.fromordinal(held + 1)))
        asked = backtest_people.Asked(until - _YEAR, _YEAR, head.ranked_in)
        found = backtest_people.backtest(store, asked, front=head.method, methods=[head.method])
    except Problem:
        return ""
    return dated_line(found, f"{today:%d/%m/%Y}")
