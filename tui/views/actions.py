"""The action register: overdue first, then due, then the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import london
from core.text import counted
from db import actions
from db.actions import ActionView, Subject
from tui.session import Session
from tui.verb import verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

ACTION_COLUMNS = (
    Column("no", "no.", 4, "right"),
    Column("rag", "RAG", 3),
    Column("due", "due", 11, "right"),
    Column("action", "action", 20, grow=True),
    Column("subject", "about", 16, grow=True),
    Column("owner", "owner", 16, priority=1),
    Column("meeting", "from", 6, priority=2),
)
_STYLES = {"R": "bold reverse red", "A": "bold yellow", "G": "green", "B": "blue"}


class ActionsView(View):
    """Every open action, of this kind of meeting or of all."""

    columns: ClassVar[tuple[Column, ...]] = ACTION_COLUMNS
    empty = "No action is open. Raise one on any row with a."
    noun = "open actions"
    BINDINGS: ClassVar[list[BindingType]] = verbs("close", "carry", "edit", "why", "decision", "action")

    def read(self) -> tuple[Source, str]:
        """The register as it stands."""
        kind = self.session.kind if self.session.meeting else None
        found = actions.register(self.session.store, self.session.now(), kind)
        lines = [action_line(one, self.session) for one in found]
        return Lines(ACTION_COLUMNS, lines), "Action register, overdue first"


def action_line(one: ActionView, session: Session) -> Line:
    """One action as a row; verbs act on the action itself."""
    about = replace(one.subject, label=session.about(one.subject))
    due = f"{london(one.due_at):%d/%m %H:%M}"
    cells = (
        str(one.id),
        Text(one.rag.value, style=_STYLES[one.rag.value]),
        due,
        one.action,
        about.label,
        one.owner,
        one.kind,
    )
    values = (
        one.id,
        "RAGB".index(one.rag.value),
        one.due_at.timestamp(),
        one.action,
        about.label,
        one.owner,
        one.kind,
    )
    made_of = f"{one.action}; about {about.label}; {one.owner}, due {due}; raised {london(one.set_at):%d/%m %H:%M}"
    if one.updates:
        made_of += f"; {counted(one.updates, 'update')}"
    facts = {"RAG": one.rag.value, "due": due, "owner": one.owner, "status": one.status}
    return Line(one.id, cells, Record(Subject("action", str(one.id), one.action), facts, made_of, about), values)
