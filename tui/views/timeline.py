"""What happened around a person, by day: every allegation, counted or not, and every dated fact about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from core.allegations import Allegation
from core.days import uk
from core.markers import Marker
from core.text import plain
from db import markers
from db.actions import Subject
from tui.session import Session
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.views.why import detail, explained
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("day", "day", 10),
    Column("what", "what", 10),
    Column("days", "days", 7, "right"),
    Column("words", "offence or fact", 20, grow=True),
    Column("victims", "vic", 3, "right"),
    Column("counts", "counts", 18, grow=True),
    Column("borough", "borough", 14, priority=1),
)


class TimelineView(View):
    """Allegations and markers in the order of their days; the cursor begins at the latest."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No crime report and no dated fact names this person."
    noun = "entries"

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
        lines = [
            _allegation(number, one) if isinstance(one, Allegation) else _marker(number, one)
            for number, (_, one) in enumerate(entries, 1)
        ]
        return Lines(_COLUMNS, lines), f"{len(found.counted)} of {len(found.lines)} allegations counted;"

    def start(self, keys: Sequence[int]) -> int | None:
        """The latest."""
        return keys[-1] if keys else None

    def _write_made_of(self) -> None:
        super()._write_made_of()
        key = self.records.cursor_key
        self._point(None if key is None else self._days[key - 1])


def _allegation(number: int, one: Allegation) -> Line:
    row = one.row
    days = "-" if one.days is None else f"{one.days:,g}{'*' if row.confidence == 'derived' else ''}"
    counts = "yes" if one.counted else f"no: {one.why_not}"
    offence = f"{row.ho_code} {row.offence}"
    cells = (uk(row.reported_on), "allegation", days, offence, str(one.victims), counts, row.borough)
    values = (row.reported_on, cells[1], one.days, offence, one.victims, counts, row.borough)
    made_of = f"{'* derived weight; ' if days.endswith('*') else ''}{detail(one)}"
    return Line(number, cells, Record(Subject("crime", row.crime_ref, row.crime_ref), {}, made_of), values)


def _marker(number: int, one: Marker) -> Line:
    if one.kind == "breach":
        state = f"followed up {uk(one.ends)}" if one.ends else "not followed up"
    else:
        state = f"to {uk(one.ends)}" if one.ends else "no end"
    words = " ".join(part for part in (one.value, one.note) if part)
    cells = (uk(one.starts), one.kind, "", words, "", state, "")
    made_of = (
        f"{one.kind} {one.value} from {uk(one.starts)}, {state}; {one.note or 'no note'}; {plain(one.file)}:{one.line}"
    )
    values = (one.starts, one.kind, None, words, None, state, "")
    return Line(number, cells, Record(Subject("marker", "", one.kind), {}, made_of), values)
