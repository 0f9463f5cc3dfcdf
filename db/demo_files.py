"""The files that the synthetic London's store is handed each morning, as a force would send them, written to a folder.

They need nothing of the store. So they can be written by a process beside the one that imports them.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from core import demo
from core.days import day_of
from core.focus_model import default
from core.geography import current_wards

_DAY = Callable[[Sequence[str]], str]
_NEW_RANKING = (0, 2, 4)
"""Weekdays on which the crime reports and markers come in, and the list is ranked anew: Monday, Wednesday, Friday."""


_TOLD_BEFORE = timedelta(weeks=14)
"""So long before the first morning incidents are told, so that it is known what is usual."""


def ranks_anew(day: date) -> bool:
    """Whether an extract of the crime reports comes in on a day of the weeks before."""
    return day.weekday() in _NEW_RANKING


@dataclass(frozen=True)
class Delivered:
    """What is to be written: files of the mornings from *first* to *as_of*, each with what was known by then."""

    folder: Path
    first: date
    as_of: date
    seed: int
    suspects: int

    def files(self) -> Iterator[Path | None]:
        """Write the files in the order in which they come in; each as soon as it is whole, None after each morning."""
        writing = _Writing(self)
        yield from filter(None, writing.at_first())
        yield None
        for back in range((self.as_of - self.first).days - 1, -1, -1):
            yield from filter(None, writing.on(self.as_of - timedelta(days=back)))
            yield None


class _Writing:
    """The files of every morning; None in place of one that would hold nothing, which is not written."""

    def __init__(self, asked: Delivered) -> None:
        self._asked = asked
        self._places = current_wards()
        self._reported: date | None = None
        self._walked: date | None = None

    def at_first(self) -> Iterator[Path | None]:
        """Write what the first morning finds. Crime reports take longest to make: all else is imported meanwhile."""
        asked, first = self._asked, self._asked.first
        month = (first.replace(day=1) - timedelta(days=1)).replace(day=1)
        header = demo.ward_release_header(month)
        yield self._write("ward-counts.csv", header, demo.ward_release(self._places, month, asked.seed))
        yield self._write("ward-panels.csv", demo.PANEL_HEADER, demo.ward_panels(self._places, first, asked.seed))
        council = [ward for ward in self._places if ward.borough == default().borough]
        yield self._write("fly-tip-sites.csv", demo.FLY_TIPS_HEADER, demo.fly_tips(council, first, asked.seed))
        self._activity = list(demo.activity(self._places, asked.as_of, asked.seed))
        yield self._write("other-units.csv", demo.OTHER_UNITS_HEADER, demo.other_units())
        yield from self._of_the_task_force(first, days_back=30)
        self._patrols = list(demo.patrols(self._places, asked.as_of, asked.seed))
        self._flags = list(demo.unsafe_places(self._places, asked.as_of, asked.seed))
        yield from self._of_wards(first)
        share = asked.suspects / demo.USUAL_POOL
        self._incidents = list(demo.incidents(self._places, first - _TOLD_BEFORE, asked.as_of, asked.seed, share))
        yield self._of_the_night(first, since=first - _TOLD_BEFORE)
        self._london = demo.London(self._places, asked.as_of, asked.seed, asked.suspects)
        yield from self._reports(first)

    def on(self, day: date) -> Iterator[Path | None]:
        """Write what a later morning finds."""
        yield self._of_the_night(day, since=day)
        yield from self._of_the_task_force(day)
        if ranks_anew(day) or day == self._asked.as_of:
            yield from self._reports(day)
        if day.weekday() == 2 or day == self._asked.as_of:
            yield from self._of_wards(day)

    def _reports(self, day: date) -> Iterator[Path | None]:
        since = None if self._reported is None else day_of(self._reported)
        number, named = day_of(day), "" if since is None else f"-{day.isoformat()}"
        yield self._write(f"crime-reports{named}.csv", demo.EXTRACT_HEADER, self._london.reports(number, since))
        yield self._write(f"markers{named}.csv", demo.MARKERS_HEADER, self._london.markers(number, since))
        self._reported = day

    def _of_the_task_force(self, day: date, days_back: int = 1) -> Iterator[Path | None]:
        """What was counted until yesterday, and where the units are today."""
        counted = _between(self._activity, day - timedelta(days=days_back), day, lambda line: line[0])
        yield self._write(f"activity-{day.isoformat()}.csv", demo.ACTIVITY_HEADER, counted)
        units = demo.deployments(self._places, day, self._asked.seed)
        yield self._write(f"deployments-{day.isoformat()}.csv", demo.DEPLOYMENTS_HEADER, units)

    def _of_the_night(self, day: date, since: date) -> Path | None:
        """What happened and is no crime report yet, as the mornings since a day have told it."""
        mornings = range(day_of(since), day_of(day) + 1)
        rows = {one.row[0]: one.row for one in self._incidents if one.morning in mornings}
        return self._write(f"incidents-{day.isoformat()}.csv", demo.INCIDENTS_HEADER, rows.values())

    def _of_wards(self, day: date) -> Iterator[Path | None]:
        """What ward teams walked and residents flagged, up to yesterday."""
        since = self._walked or day - timedelta(days=400)
        patrols = _between(self._patrols, since, day, lambda line: line[0])
        yield self._write(f"patrols-{day.isoformat()}.csv", demo.PATROLS_HEADER, patrols)
        flags = _between(self._flags, since, day, lambda line: line[1])
        yield self._write(f"unsafe-places-{day.isoformat()}.csv", demo.UNSAFE_HEADER, flags)
        self._walked = day

    def _write(self, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path | None:
        path = self._asked.folder / name
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(header)
            writer.writerows(rows)
            empty = stream.tell() == len(",".join(header)) + 2
        return None if empty else path


def _between(rows: Sequence[Sequence[str]], since: date, until: date, day: _DAY) -> Iterator[Sequence[str]]:
    """The rows of the days from *since* until before *until*, by the text of their day."""
    days = {f"{since + timedelta(days=nth):%d/%m/%Y}" for nth in range((until - since).days)}
    return (row for row in rows if day(row) in days)
