"""What happened around a person, by day: every allegation, counted or not, and every dated fact about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from core.allegations import Allegation
from core.days import uk
from core.markers import KINDS, Marker
from core.text import counted, figure, plain
from db import markers
from db.actions import Subject
from tui.session import Session
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.registry import SOURCE
from tui.views.source import Lines, Record, Source
from tui.views.why import detail, explained
from tui.wall import HIDDEN, only_numbers
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """An allegation or a dated fact on its day (a day number).

    *days*: what it weighs, None without a weight. *wall*: the words on a wall.
    """

    number: int
    day: int
    what: str
    words: str
    counts: str
    record: Record
    days: float | None = None
    days_shown: str = ""
    victims: int | None = None
    borough: str = ""
    wall: str = ""
    source: str = ""


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("day", "day", 10, show=lambda row: uk(row.day), sort=lambda row: row.day, holds=PLAIN),
    ListColumn("what", "what", 10, show=lambda row: row.what, holds=PLAIN),
    ListColumn("days", "days", 7, "right", show=lambda row: row.days_shown, sort=lambda row: row.days),
    ListColumn("words", "offence or fact", 20, grow=True, show=lambda row: row.words, instead=lambda row: row.wall),
    ListColumn(
        "victims", "victims", 7, "right",
        show=lambda row: "" if row.victims is None else str(row.victims), sort=lambda row: row.victims,
    ),
    ListColumn("counts", "counts", 18, grow=True, show=lambda row: row.counts, holds=PLAIN),
    ListColumn("borough", "borough", 14, priority=1, show=lambda row: row.borough, holds=PLAIN),
    ListColumn(SOURCE, "file:line", 22, priority=2, inside=True, show=lambda row: row.source),
)  # fmt: skip


class TimelineView(View):
    """Allegations and markers in the order of their days; the cursor begins at the latest."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No crime report and no dated fact names this person."
    noun = "entries"
    singular = "entry"

    def __init__(self, session: Session, subject: Subject, point: Callable[[int | None], None]) -> None:
        """*point* is told the day number of the row under the cursor, whenever that is another."""
        super().__init__(session)
        self.subject = subject
        self._point = point
        self._days: list[int] = []

    def read(self) -> tuple[Source, str]:
        """Every allegation and every marker, the oldest first."""
        found = explained(self.session, self.subject.ref)
        entries: list[tuple[int, Allegation | Marker]] = [(one.row.reported_on, one) for one in found.lines]
        entries += [(one.starts, one) for one in markers.of_person(self.session.store, found.person.ref)]
        entries.sort(key=lambda entry: (entry[0], isinstance(entry[1], Allegation)))
        self._days = [day for day, _ in entries]
        rows = [
            _allegation(number, entry) if isinstance(entry, Allegation) else _marker(number, entry)
            for number, (_, entry) in enumerate(entries, 1)
        ]
        lines = Lines.of(_COLUMNS, rows, key=lambda row: row.number, record=lambda row: row.record)
        return lines, f"{len(found.counted)} of {counted(len(found.lines), 'allegation')} counted;"

    def start(self, keys: Sequence[int]) -> int | None:
        """The latest."""
        return keys[-1] if keys else None

    def _write_made_of(self) -> None:
        super()._write_made_of()
        key = self.records.cursor_key
        self._point(None if key is None else self._days[key - 1])


def _allegation(number: int, allegation: Allegation) -> _Row:
    report, days = allegation.row, allegation.days
    derived = days is not None and report.confidence == "derived"
    lead, offence = "* derived weight; " if derived else "", f"{report.ho_code} {report.offence}"
    made_of = f"{lead}{detail(allegation)}"
    return _Row(
        number=number,
        day=report.reported_on,
        what="allegation",
        words=offence,
        wall=offence,
        counts="yes" if allegation.counted else f"no: {allegation.why_not}",
        record=Record(Subject("crime", report.crime_ref, report.crime_ref), {}, made_of, wall=made_of),
        days=days,
        days_shown="-" if days is None else f"{figure(days)}{'*' if derived else ''}",
        victims=allegation.victims,
        borough=report.borough,
        source=f"{plain(report.file)}:{report.line}",
    )


def _marker(number: int, marker: Marker) -> _Row:
    state = _state(marker)
    words = " ".join(part for part in (marker.value, marker.note) if part)
    made_of = (
        f"{marker.kind} {marker.value} from {uk(marker.starts)}, {state}; {marker.note or 'no note'}; "
        f"{plain(marker.file)}:{marker.line}"
    )
    said = marker_on_a_wall(marker)
    wall = f"{marker.kind} {said} from {uk(marker.starts)}, {state}"
    record = Record(Subject("marker", "", marker.kind), {}, made_of, wall=wall)
    source = f"{plain(marker.file)}:{marker.line}"
    return _Row(number, marker.starts, marker.kind, words, state, record, wall=said, source=source)


def marker_on_a_wall(marker: Marker) -> str:
    """The value of a dated fact as a wall may show it: one of those that its kind may have, or a figure."""
    known = marker.kind in KINDS and marker.value in KINDS[marker.kind].values
    return marker.value if known or only_numbers(marker.value) else HIDDEN


def _state(marker: Marker) -> str:
    if marker.kind == "breach":
        return f"followed up {uk(marker.ends)}" if marker.ends else "not followed up"
    return f"to {uk(marker.ends)}" if marker.ends else "no end"
