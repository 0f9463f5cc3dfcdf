"""Notes of tension that stand, the highest level first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.days import clock_words, london
from db import tension
from db.actions import Subject
from db.tension import TensionNote
from tui.means import Meaning, of_level
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, WORDS, ListColumn
from tui.views.localities import locality_columns
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """A note, when it is to be looked at again in words, and whether that is past."""

    note: TensionNote
    review: str
    past: bool


def _due(note: TensionNote) -> float:
    return note.review_at.timestamp()


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn(
        "level", "level", 5, "right", show=lambda row: str(row.note.level), sort=lambda row: row.note.level,
        means=lambda row: of_level(row.note.level),
    ),
    ListColumn("sort", "sort", 11, show=lambda row: row.note.sort, holds=PLAIN),
    ListColumn("ward", "ward", 12, grow=True, show=lambda row: row.note.ward or "-", holds=PLAIN),
    *locality_columns(lambda row: row.note.place, borough=2),
    ListColumn("group", "group", 8, grow=True, show=lambda row: row.note.community, holds=WORDS),
    ListColumn("reason", "reason", 14, grow=True, show=lambda row: row.note.reason, holds=WORDS),
    ListColumn("by", "by", 8, priority=1, show=lambda row: row.note.author, holds=WORDS),
    ListColumn(
        "review", "look again", 11, "right", show=lambda row: row.review, sort=lambda row: _due(row.note),
        means=lambda row: Meaning.LATE if row.past else None,
    ),
)  # fmt: skip


class TensionView(View):
    """Every note of tension that stands in the scope that is looked at."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Tension"
    empty = "No tension is noted. n notes it, in a ward or a group."
    noun = "notes"
    scoped_by_place = False
    BINDINGS: ClassVar[list[BindingType]] = verbs("tension", "end_tension", "action", "decision", "why")

    def read(self) -> tuple[Source, str]:
        """The notes as they stand now."""
        session = self.session
        now = session.now()
        rows = [
            _Row(note, clock_words(note.review_at, now), note.review_at <= now)
            for note in tension.notes(session.store, now, session.looks_at)
        ]
        due = sum(row.past for row in rows)
        return Lines.of(_COLUMNS, rows, key=lambda row: row.note.id, record=_record), (
            f"Tension in {session.looks_at.label}: {due:,} to be looked at again,"
        )


def _record(row: _Row) -> Record:
    note = row.note
    wall = f"{note.sort}, level {note.level}, look again {row.review}"
    made_of = f"{note.about}: {wall}: {note.reason}; {note.author}, {london(note.raised_at):%d/%m %H:%M}"
    opens = Subject("ward", note.ward_code, note.ward) if note.ward_code else None
    facts = {"level": str(note.level), "sort": note.sort, "ward": note.ward}
    about = Subject("tension", str(note.id), f"Tension in {note.about}")
    return Record(about, facts, made_of, opens=opens, detail=note, wall=wall, rows=(("tension", note.id),))
