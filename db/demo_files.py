"""What is handed to the synthetic London's store each morning: files as a force would send them, through the import."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from core import demo
from core.days import day_of
from core.focus_model import default
from core.geography import current_wards
from db.loading.importing import import_file
from db.store import Store

_DAY = Callable[[Sequence[str]], str]
_NEW_RANKING = (0, 2, 4)
"""Weekdays on which the crime reports and markers come in, and the list is ranked anew: Monday, Wednesday, Friday."""


_TOLD_BEFORE = timedelta(weeks=14)
"""So long before the first morning incidents are told, so that it is known what is usual."""


def ranks_anew(day: date) -> bool:
    """Whether an extract of the crime reports comes in on a day of the weeks before."""
    return day.weekday() in _NEW_RANKING


class Deliveries:
    """The files of every morning from the *first* to *as_of*, each holding what had come to be known by then."""

    def __init__(self, store: Store, folder: Path, first: date, as_of: date, seed: int, suspects: int) -> None:
        self._store = store
        self._folder = folder
        self._first = first
        self._as_of = as_of
        self._seed = seed
        self._places = current_wards()
        self._london = demo.London(self._places, as_of, seed, suspects)
        self._activity = list(demo.activity(self._places, as_of, seed))
        self._patrols = list(demo.patrols(self._places, as_of, seed))
        told = demo.incidents(self._places, first - _TOLD_BEFORE, as_of, seed, suspects / demo.USUAL_POOL)
        self._incidents = list(told)
        self._flags = list(demo.unsafe_places(self._places, as_of, seed))
        self._reported: date | None = None
        self._walked: date | None = None

    def at_first(self) -> Iterator[tuple[str, float]]:
        """Import what the first morning finds; before each file its name and the share of these files that is done."""
        first, month = self._first, (self._first.replace(day=1) - timedelta(days=1)).replace(day=1)
        yield "crime-reports.csv", 0.0
        self._reports(first)
        yield "ward-counts.csv", 0.85
        header = demo.ward_release_header(month)
        self._import("ward-counts.csv", header, demo.ward_release(self._places, month, self._seed))
        yield "ward-panels.csv", 0.95
        self._import("ward-panels.csv", demo.PANEL_HEADER, demo.ward_panels(self._places, first, self._seed))
        council = [ward for ward in self._places if ward.borough == default().borough]
        self._import("fly-tip-sites.csv", demo.FLY_TIPS_HEADER, demo.fly_tips(council, first, self._seed))
        yield "activity.csv", 0.98
        self._import("other-units.csv", demo.OTHER_UNITS_HEADER, demo.other_units())
        self._of_the_task_force(first, days_back=30)
        self._of_wards(first)
        self._of_the_night(first, since=first - _TOLD_BEFORE)

    def on(self, day: date) -> None:
        """Import what a later morning finds."""
        self._of_the_night(day, since=day)
        self._of_the_task_force(day)
        if ranks_anew(day) or day == self._as_of:
            self._reports(day)
        if day.weekday() == 2 or day == self._as_of:
            self._of_wards(day)

    def _reports(self, day: date) -> None:
        since = None if self._reported is None else day_of(self._reported)
        number, named = day_of(day), "" if since is None else f"-{day.isoformat()}"
        reports, markers = self._london.reports(number, since), self._london.markers(number, since)
        self._import(f"crime-reports{named}.csv", demo.EXTRACT_HEADER, reports)
        self._import(f"markers{named}.csv", demo.MARKERS_HEADER, markers)
        self._reported = day

    def _of_the_task_force(self, day: date, days_back: int = 1) -> None:
        """What was counted until yesterday, and where the units are today."""
        counted = _between(self._activity, day - timedelta(days=days_back), day, lambda line: line[0])
        self._import(f"activity-{day.isoformat()}.csv", demo.ACTIVITY_HEADER, counted)
        units = demo.deployments(self._places, day, self._seed)
        self._import(f"deployments-{day.isoformat()}.csv", demo.DEPLOYMENTS_HEADER, units)

    def _of_the_night(self, day: date, since: date) -> None:
        """What happened and is no crime report yet, as the mornings since a day have told it."""
        mornings = range(day_of(since), day_of(day) + 1)
        rows = {one.row[0]: one.row for one in self._incidents if one.morning in mornings}
        self._import(f"incidents-{day.isoformat()}.csv", demo.INCIDENTS_HEADER, rows.values())

    def _of_wards(self, day: date) -> None:
        """What ward teams walked and residents flagged, up to yesterday."""
        since = self._walked or day - timedelta(days=400)
        patrols = _between(self._patrols, since, day, lambda line: line[0])
        self._import(f"patrols-{day.isoformat()}.csv", demo.PATROLS_HEADER, patrols)
        flags = _between(self._flags, since, day, lambda line: line[1])
        self._import(f"unsafe-places-{day.isoformat()}.csv", demo.UNSAFE_HEADER, flags)
        self._walked = day

    def _import(self, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Write a file and import it; where nothing has come in there is none."""
        path = self._folder / name
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(header)
            writer.writerows(rows)
            empty = stream.tell() == len(",".join(header)) + 2
        if not empty:
            import_file(self._store, path)


def _between(rows: Sequence[Sequence[str]], since: date, until: date, day: _DAY) -> Iterator[Sequence[str]]:
    """The rows of the days from *since* until before *until*, by the text of their day."""
    days = {f"{since + timedelta(days=nth):%d/%m/%Y}" for nth in range((until - since).days)}
    return (row for row in rows if day(row) in days)
