"""Measures of the focus wards against their baselines: fly-tip FPNs served in a month, open HMO requests on a day.

Source: DOMAIN.md section 5, S3: fly-tip FPNs up from 21 a month, open suspected-HMO requests down from 140. A month or
a day for which nothing is known is left out of a series: it is unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.days import uk
from core.focus_model import Measure


@dataclass(frozen=True)
class Point:
    """A value of a measure. ``day`` is the day it was read on, or the first of its month."""

    day: int
    value: float


@dataclass(frozen=True)
class Progress:
    """The latest value of a measure beside its baseline.

    standing: ``better``, ``worse`` or ``level``; ``open`` where nothing is known, or a month that is not over may yet
    pass its baseline. words: the whole as a sentence without its full stop.
    """

    value: float | None
    difference: float | None
    standing: str
    words: str


def first_of_month(day: int) -> int:
    """The first day of the month a day is in."""
    return date.fromordinal(day).replace(day=1).toordinal()


def by_month(done: Iterable[tuple[int, float]]) -> tuple[Point, ...]:
    """Add up what was done, given as (Monday of the week, number), month by month.

    A week belongs to the month of its Monday.
    """
    found: dict[int, float] = {}
    for monday, number in done:
        month = first_of_month(monday)
        found[month] = found.get(month, 0) + number
    return tuple(Point(month, found[month]) for month in sorted(found))


def as_read(measure: Measure, readings: Iterable[tuple[int, float]]) -> tuple[Point, ...]:
    """The series of a measure that is read, from (day, value) in the order of reading.

    Of several readings of one day, or of one month where it is counted per month, the last stands.
    """
    by_period = {(first_of_month(day) if measure.per == "month" else day): value for day, value in readings}
    return tuple(Point(period, by_period[period]) for period in sorted(by_period))


def progress(measure: Measure, points: Sequence[Point], as_of: int) -> Progress:
    """Set the latest value against the baseline: "27 in November 2026, 6 above the baseline of 21 a month"."""
    baseline = figure(measure.baseline) + (" a month" if measure.per == "month" else "")
    if not points:
        return Progress(None, None, "open", f"nothing known yet; the baseline is {baseline}")
    latest = points[-1]
    difference = latest.value - measure.baseline
    over = measure.per == "day" or as_of >= _last_of_month(latest.day)
    if difference:
        against = f"{figure(abs(difference))} {'above' if difference > 0 else 'below'} the baseline of {baseline}"
    else:
        against = f"level with the baseline of {baseline}"
    period = period_of(measure, latest.day)
    when = f"on {period}" if measure.per == "day" else f"in {period}{'' if over else ' so far'}"
    words = f"{figure(latest.value)} {when}, {against}"
    return Progress(latest.value, difference, _standing(measure, difference, over=over), words)


def _standing(measure: Measure, difference: float, *, over: bool) -> str:
    if not over and difference <= 0:  # it only grows until the month is over
        return "open"
    if not difference:
        return "level"
    return "better" if (difference > 0) == (measure.better == "more") else "worse"


def period_of(measure: Measure, day: int) -> str:
    """The month or the day of a point as it is said: ``November 2026``, ``20/11/2026``."""
    return uk(day) if measure.per == "day" else f"{date.fromordinal(day):%B %Y}"


def figure(value: float) -> str:
    """A figure as it is shown: whole where it is whole, else with one decimal."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _last_of_month(day: int) -> int:
    first = date.fromordinal(day).replace(day=1)
    return ((first + timedelta(days=32)).replace(day=1) - timedelta(days=1)).toordinal()
