"""Does the meeting work? Pictures first: weeks, time per item against its plan, what is due, owners by what is late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import uk
from core.loop import KINDS, Loop
from core.text import counted
from db.actions import Subject
from db.loop import loop
from tui.means import Meaning
from tui.verb import verbs
from tui.views.actions import owner_on_a_wall
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column

WEEKS = 12
_CELLS = 24
_SIGNS = {
    "raised": ("█", Meaning.SENT),
    "closed": ("█", Meaning.DONE),
    "carried": ("▒", Meaning.DUE),
    "escalated": ("▓", Meaning.LATE),
}
"""How each kind is drawn: signs that differ without colour, too."""


@dataclass(frozen=True)
class _Row:
    """One line of the page: of which part, what, its picture, its figures, what stands on a wall, and its key."""

    number: int
    part: str
    what: str
    picture: Text
    figures: str
    wall: str
    key: str


@dataclass(frozen=True)
class LineKey:
    """Which line of the page a row is: its part, and what of that part it is, as ``db.loop.rows_behind`` asks."""

    part: str
    key: str


def _bar(share: float, sign: str, style: str, width: int = _CELLS) -> Text:
    return Text(sign * max(1 if share > 0 else 0, round(share * width)), style=style)


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("part", "", 9, show=lambda row: row.part, holds=PLAIN),
    ListColumn("what", "what", 22, grow=True, show=lambda row: row.what, instead=lambda row: row.wall),
    ListColumn("picture", "picture", _CELLS, show=lambda row: row.picture, holds=PLAIN),
    ListColumn("figures", "figures", 30, grow=True, show=lambda row: row.figures, holds=PLAIN),
)


class LoopView(View):
    """What became of promises in the last twelve weeks, whose they are, and where the time of meetings goes."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Does the meeting work?"
    empty = "No action was ever raised, so nothing can be said of what came of any."
    noun = "lines"
    BINDINGS: ClassVar[list[BindingType]] = verbs("action", "decision", "why")

    def read(self) -> tuple[Source, str]:
        """The loop of the scope that is looked at, up to the day of the meeting."""
        session = self.session
        scope = session.looks_at
        found = loop(session.store, scope, session.as_of, session.now(), WEEKS)
        self.empty = (
            LoopView.empty if scope.is_force else f"{scope.name} has raised no action yet. * shows the force's."
        )
        rows = [_Row(number, *line) for number, line in enumerate(_lines(found), 1)]
        lines = Lines.of(_COLUMNS, rows, key=lambda row: row.number, record=_record)
        began = (
            "" if found.began is None or found.began <= found.first else f"; nothing is known before {uk(found.began)}"
        )
        whose = "" if scope.is_force else f"{scope.name}: "
        return lines, f"Does the meeting work? {whose}{found.sentence}{began};"


_Line = tuple[str, str, Text, str, str, str]
"""A row without its number."""


def _lines(found: Loop) -> Iterator[_Line]:
    yield from _weeks(found)
    most = max((one.overdue for one in found.owners), default=0) or 1
    for one in found.owners:
        figures, picture = f"{one.overdue} overdue of {one.open} open", _bar(one.overdue / most, "█", Meaning.LATE)
        yield "owner", one.owner, picture, figures, owner_on_a_wall(one.owner), one.owner
    for time in found.items:
        share = time.minutes / time.planned if time.planned else 0.0
        figures = f"{time.minutes:g} of {time.planned} min, over {counted(time.meetings, 'meeting')}"
        style = Meaning.LATE if share > 1 else Meaning.DONE
        yield "item", time.item, _bar(min(share, 1.5) / 1.5, "█", style), figures, time.item, time.item
    for due in found.decisions_due:
        what, figures = f"{due.id}: {due.decision}", f"{due.due}; {due.decided_by}"
        yield "decision", what, Text(""), figures, f"decision {due.id}", str(due.id)


def _weeks(found: Loop) -> Iterator[_Line]:
    known = [week for week in found.weeks if found.began is not None and week.monday + 6 >= found.began]
    most = max((getattr(week, kind) for week in known for kind in KINDS), default=0) or 1
    for week in reversed(known):
        picture = Text()
        for kind in KINDS:
            sign, style = _SIGNS[kind]
            picture.append_text(_bar(getattr(week, kind) / most, sign, style, _CELLS // len(KINDS)))
        figures = ", ".join(f"{getattr(week, kind)} {kind}" for kind in KINDS)
        yield "week", f"of {uk(week.monday)}", picture, figures, f"of {uk(week.monday)}", str(week.monday)


def _record(row: _Row) -> Record:
    week = "week " if row.part == "week" else ""
    line, wall = f"{week}{row.what}: {row.figures}", f"{week}{row.wall}: {row.figures}"
    about = Subject("item", "loop", "Does the meeting work?")
    return Record(about, {}, line, detail=LineKey(row.part, row.key), wall=wall, why="loop")
