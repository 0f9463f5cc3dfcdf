"""The action register: overdue first, then due, then the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import london
from core.text import counted
from db import actions
from db.actions import ActionView, Subject
from tui.session import Session
from tui.verbs.names import verbs
from tui.views.base import View
from tui.views.column import ListColumn
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column

_STYLES = {"R": "bold reverse red", "A": "bold yellow", "G": "green", "B": "blue"}


@dataclass(frozen=True)
class ActionRow:
    """An action, and what it is about as it may be shown."""

    action: ActionView
    about: Subject


def _letter(row: ActionRow) -> Text:
    return Text(row.action.rag.value, style=_STYLES[row.action.rag.value])


_NO, _RAG, _ABOUT, _ACTION, _OWNER, _DUE = (
    actions.FIELDS[key] for key in ("no", "rag", "subject", "action", "owner", "due")
)
ACTION_COLUMNS: tuple[ListColumn[ActionRow], ...] = (
    ListColumn(
        "no", _NO.title, 4, "right", show=lambda row: _NO.words(row.action), sort=lambda row: row.action.id,
    ),
    ListColumn("rag", _RAG.title, 3, show=_letter, sort=lambda row: "RAGB".index(row.action.rag.value)),
    ListColumn(
        "due", _DUE.title, 11, "right",
        show=lambda row: _DUE.words(row.action), sort=lambda row: row.action.due_at.timestamp(),
    ),
    ListColumn("action", _ACTION.title, 20, grow=True, show=lambda row: _ACTION.words(row.action)),
    ListColumn("subject", _ABOUT.title, 16, grow=True, show=lambda row: row.about.label),
    ListColumn("owner", _OWNER.title, 16, priority=1, show=lambda row: _OWNER.words(row.action)),
    ListColumn("meeting", "from", 6, priority=2, show=lambda row: row.action.kind),
)  # fmt: skip


class ActionsView(View):
    """Every open action, of this kind of meeting or of all."""

    columns: ClassVar[tuple[Column, ...]] = ACTION_COLUMNS
    empty = "No action is open. Raise one on any row with a."
    noun = "open actions"
    BINDINGS: ClassVar[list[BindingType]] = verbs("close", "carry", "edit", "why", "decision", "action")

    def read(self) -> tuple[Source, str]:
        """The register as it stands."""
        kind = self.session.kind if self.session.meeting else None
        register = actions.register(self.session.store, self.session.now(), kind)
        rows = [action_row(action, self.session) for action in register]
        lines = Lines.of(ACTION_COLUMNS, rows, key=lambda row: row.action.id, record=action_record)
        return lines, "Action register, overdue first"


def action_row(action: ActionView, session: Session) -> ActionRow:
    """An action as a row of a list."""
    return ActionRow(action, replace(action.subject, label=session.about(action.subject)))


def action_record(row: ActionRow) -> Record:
    """An action as verbs see it; they act on the action itself, Enter opens what it is about."""
    action, due = row.action, _DUE.words(row.action)
    made_of = (
        f"{action.action}; about {row.about.label}; {action.owner}, due {due}; "
        f"raised {london(action.set_at):%d/%m %H:%M}"
    )
    if action.updates:
        made_of += f"; {counted(action.updates, 'update')}"
    facts = {"RAG": action.rag.value, "due": due, "owner": action.owner, "status": action.status}
    return Record(Subject("action", str(action.id), action.action), facts, made_of, opens=row.about)
