"""What a criterion may know of a person. Name, sex and ethnicity are not among it, so no rule can read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from core.cohorts.counting import Period, Report, reports
from core.markers import Marker
from core.reports import ReportRow


@dataclass(frozen=True)
class Case:
    """One person as the rules of cohorts see them.

    ``born_on`` is a day number, None where it is not known; ``status`` is shown beside a membership and decides none.
    ``rows`` are the current report rows that name the person, ``markers`` all dated facts about them.
    """

    ref: str
    born_on: int | None = None
    status: str = ""
    rows: tuple[ReportRow, ...] = ()
    markers: tuple[Marker, ...] = ()

    @cached_property
    def every_report(self) -> tuple[Report, ...]:
        """The crime reports that make the person a suspect, whenever they were reported, the newest first."""
        return reports(self.rows)

    def reports(self, within: Period) -> tuple[Report, ...]:
        """Those of a period, the newest first."""
        return tuple(one for one in self.every_report if within.first <= one.reported_on <= within.last)

    def holding(self, kind: str, day: int) -> list[Marker]:
        """The markers of a kind in force on a day, in order."""
        return in_order(one for one in self.markers if one.kind == kind and one.holds(day))

    def custody(self, within: Period) -> list[Marker]:
        """The times in custody that touch a period, in order."""
        return in_order(
            one for one in self.markers if one.kind == "custody" and one.overlaps(within.first, within.last)
        )


def in_order(markers: Iterable[Marker]) -> list[Marker]:
    """Markers by start, value and end, the latest last, so that facts do not hang on the order of an extract."""
    return sorted(markers, key=lambda one: (one.starts, one.value, one.ends is None, one.ends or 0, one.note))
