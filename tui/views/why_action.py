"""Why is an action here: how it began, what was said about it since, and the entries of the journal that hold it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.days import london, moment_of
from core.text import plain
from db import actions, trail
from db.actions import Subject
from tui.views.actions import owner_on_a_wall
from tui.views.column import PLAIN, ListColumn
from tui.views.registry import SOURCE
from tui.views.source import Lines, Record, Source
from tui.views.why import AboutView
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _UpdateRow:
    """What was said about an action, with its number in the list and the entry of the journal that holds it."""

    number: int
    at: datetime
    by: str
    words: str
    by_on_a_wall: str
    source: str


_UPDATES: tuple[ListColumn[_UpdateRow], ...] = (
    ListColumn(
        "at",
        "when",
        14,
        show=lambda row: f"{london(row.at):%d/%m %H:%M}",
        sort=lambda row: row.at.timestamp(),
        holds=PLAIN,
    ),
    ListColumn("by", "who", 20, show=lambda row: row.by, instead=lambda row: row.by_on_a_wall),
    ListColumn("words", "what", 30, grow=True, show=lambda row: row.words),
    ListColumn(SOURCE, "from", 10, show=lambda row: row.source, holds=PLAIN),
)


class UpdatesView(AboutView):
    """What happened to an action, the latest first."""

    columns: ClassVar[tuple[Column, ...]] = _UPDATES
    empty = "Nothing was said about it yet."
    noun = "updates"

    def read(self) -> tuple[Source, str]:
        """The action's updates, and how it began."""
        store, number = self.session.store, int(self.subject.ref)
        action = actions.action(store, number, self.session.now())
        first = ("action", number)
        updates = trail.parts(store, first)
        added = trail.added_by(store, [first, *updates])

        def source(row: tuple[str, int]) -> str:
            return f"entry {added[row]}" if row in added else "not in the journal"

        said = zip(updates, actions.updates(store, number), strict=True)
        rows = [
            _UpdateRow(place, at, by, words, by, source(update))
            for place, (update, (at, by, words)) in enumerate(said, 1)
        ]
        begun = trail.begun(store, first)
        who, row = begun if begun is not None else ("not known", {})
        words, due = row.get("action", action.action), row.get("due_at")
        due_at = moment_of(due) if due else action.due_at
        raised = f"raised: {words}; for {row.get('owner', action.owner)}; due {london(due_at):%d/%m/%Y %H:%M}"
        rows.append(_UpdateRow(len(rows) + 1, action.set_at, who, raised, owner_on_a_wall(who), source(first)))
        lines = Lines.of(_UPDATES, rows, key=lambda row: row.number, record=_update_record)
        about = plain(self.session.about(action.subject))
        return lines, f"Action {number}, {action.status}, about {about}:"


def _update_record(row: _UpdateRow) -> Record:
    return Record(Subject("update", "", row.words), {}, row.words)
