"""The synthetic London day by day: what an extract of each morning holds, and nothing that came later."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from core.demo.markers import INSIDE, Marked, Stated, stated
from core.demo.markers import Row as MarkerRow
from core.demo.orders import Stay
from core.demo.people import Person
from core.demo.places import DemoWard
from core.demo.reports import USUAL_POOL, Filed, Row, file_reports, rows_of
from core.demo.world import MORNING

_BEFORE = {"remand": "bail", "serving": "bail", "recalled": "at large", "wanted": "at large"}
"""Where someone stood until a marker says otherwise."""
_NOT_YET = ("charged", "convicted")


class Change(NamedTuple):
    """Since which day someone stands where they do, and where they stood before."""

    day: int
    before: str


class London:
    """A year's crime reports and markers as each morning of the last weeks knew them.

    An extract of a day is made at six in the morning: it holds the reports of the nights and days before and those of
    its own night, and each person as they stood then. Fixed by *seed* and *as_of*, as the reports are.
    """

    def __init__(self, wards: Sequence[DemoWard], as_of: date, seed: int = 1, suspects: int = USUAL_POOL) -> None:
        self._as_of = as_of
        self._seed = seed
        self._filed = file_reports(wards, as_of, seed, suspects)

    def reports(self, day: int, since: int | None = None) -> Iterator[Row]:
        """Rows of the extract of a morning; those that are new or have changed *since* another, or every one."""
        end = bisect_left(self._filed, day + MORNING, key=_when)
        if since is None:
            return rows_of(islice(self._filed, end), self._stood(day))
        begin = bisect_left(self._filed, since + MORNING, key=_when)
        moved = {
            filed.reference: filed
            for ref, change in self.changes.items()
            if since < change.day <= day
            for filed in self._naming[ref]
            if filed.report.when < since + MORNING
        }
        return rows_of(chain(moved.values(), islice(self._filed, begin, end)), self._stood(day))

    def markers(self, day: int, since: int | None = None) -> Iterator[MarkerRow]:
        """Rows of the markers as they were known on a day; those that are new or have changed *since* another."""
        for marker in self._markers:
            known = marker.known_on(day)
            if known and (since is None or known != marker.known_on(since)):
                yield known.row()

    @cached_property
    def changes(self) -> dict[str, Change]:
        """Who has come to where they stand by a marker, and when: held since, wanted since."""
        return {
            marker.ref: Change(marker.starts, _BEFORE[self._people[marker.ref].status])
            for marker in self._markers
            if marker.ends is None and _tells(marker.kind, self._people[marker.ref].status)
        }

    @cached_property
    def _markers(self) -> list[Stated]:
        marked = [
            Marked(ref, person.status, person.born, *self._deeds[ref]) for ref, person in sorted(self._people.items())
        ]
        return list(stated(marked, self._as_of, self._seed))

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {person.ref: person for filed in self._filed for person, _, _ in filed.report.suspects}

    @cached_property
    def _deeds(self) -> dict[str, tuple[int, str, int, list[Stay]]]:
        """What the reports say of everyone, as :class:`Marked` has it from ``busy`` to ``deeds``."""
        latest: dict[str, int] = {}
        gravest: dict[str, tuple[float, int, str]] = {}
        deeds: defaultdict[str, list[Stay]] = defaultdict(list)
        for filed in self._filed:
            report = filed.report
            last = report.ended or report.began
            done = report.began, last
            for person, role, _ in report.suspects:
                ref, status = person.ref, person.status
                deeds[ref].append(done)
                held = status in INSIDE and role in _NOT_YET
                # Held from the day of a charge at the earliest.
                until = max(last, int(report.when) - 1) if held else last
                if until > latest.get(ref, 0):
                    latest[ref] = until
                if status == "wanted" and role != "eliminated" and report.outcome != "cancelled":
                    weighs = report.offence.days, -int(report.when), report.offence.code
                    gravest[ref] = max(gravest.get(ref, weighs), weighs)
        nothing = (0.0, 0, "")
        graves = ((ref, gravest.get(ref, nothing)) for ref in latest)
        return {ref: (latest[ref], code, -since, deeds[ref]) for ref, (_, since, code) in graves}

    def _stood(self, day: int) -> dict[str, str]:
        """Where those stood on a day who have come to stand elsewhere since."""
        return {ref: change.before for ref, change in self.changes.items() if change.day > day}

    @cached_property
    def _naming(self) -> dict[str, list[Filed]]:
        """The reports that name those who have come to stand where they do, by reference."""
        naming: dict[str, list[Filed]] = {ref: [] for ref in self.changes}
        for filed in self._filed:
            for person, _, _ in filed.report.suspects:
                if person.ref in naming:
                    naming[person.ref].append(filed)
        return naming


def _when(filed: Filed) -> float:
    return filed.report.when


def _tells(kind: str, status: str) -> bool:
    """Whether a marker that lasts is why someone stands where they do."""
    return (kind == "custody" and status in INSIDE) or (kind == "wanted" and status == "wanted")
