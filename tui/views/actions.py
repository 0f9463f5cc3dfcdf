"""The open actions: overdue first, then due, then the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.actions import OWNERS
from core.days import london
from core.text import counted
from db import actions
from db.actions import ActionView, Subject
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import IDENTITY, PLAIN, ListColumn, SortValue
from tui.views.source import Lines, Record, Source
from tui.wall import HIDDEN, Holds, called
from tui.widgets.columns import Align, Cell, Column

_STYLES = {"R": "bold reverse red", "A": "bold yellow", "G": "green", "B": "blue"}


def _letter(action: ActionView) -> Text:
    return Text(action.rag.value, style=_STYLES[action.rag.value])


def _column(
    key: str, width: int, align: Align = "left", *, grow: bool = False, priority: int = 0,
    show: Callable[[ActionView], Cell] | None = None, sort: Callable[[ActionView], SortValue] | None = None,
    holds: Holds | None = None, instead: Callable[[ActionView], Cell] | None = None,
) -> ListColumn[ActionView]:  # fmt: skip
    """A column of a field under its own title; it shows the words of the field unless *show* says otherwise."""
    field = actions.FIELDS[key]
    return ListColumn(
        key,
        field.title,
        width,
        align,
        grow,
        priority,
        show=show or field.words,
        sort=sort,
        holds=holds,
        instead=instead,
    )


ACTION_COLUMNS: tuple[ListColumn[ActionView], ...] = (
    _column("no", 4, "right", sort=lambda action: action.id),
    _column("rag", 3, show=_letter, sort=lambda action: "RAGB".index(action.rag.value), holds=PLAIN),
    _column("due", 11, "right", sort=lambda action: action.due_at.timestamp()),
    _column("action", 20, grow=True),
    _column("subject", 16, grow=True, holds=IDENTITY, instead=lambda action: called(action.subject, hidden=True)),
    _column("owner", 16, priority=1, instead=lambda action: owner_on_a_wall(action.owner)),
    ListColumn("meeting", "from", 6, priority=2, show=lambda action: action.kind, holds=PLAIN),
)


class ActionsView(View):
    """Every open action, of this kind of meeting or of all."""

    columns: ClassVar[tuple[Column, ...]] = ACTION_COLUMNS
    empty = "No action is open. Raise one on any row with a."
    noun = "open actions"
    BINDINGS: ClassVar[list[BindingType]] = verbs("close", "carry", "edit", "why", "decision", "action")

    def read(self) -> tuple[Source, str]:
        """Every open action, as it is now."""
        kind = self.session.kind if self.session.meeting else None
        open_actions = actions.open_actions(self.session.store, self.session.now(), kind)
        lines = Lines.of(ACTION_COLUMNS, open_actions, key=lambda action: action.id, record=action_record)
        return lines, "Actions, overdue first"


def owner_on_a_wall(owner: str) -> str:
    """An owner as a wall may show it: a role that is offered; anything else was typed, and may name anyone."""
    return owner if not owner or owner in OWNERS else HIDDEN


def action_record(action: ActionView) -> Record:
    """An action as verbs see it; they act on the action itself, Enter opens what it is about."""
    due = actions.FIELDS["due"].words(action)
    made_of = (
        f"{action.action}; about {action.subject.label}; {action.owner}, due {due}; "
        f"raised {london(action.set_at):%d/%m %H:%M}"
    )
    if action.updates:
        made_of += f"; {counted(action.updates, 'update')}"
    wall = f"about {called(action.subject, hidden=True)}; {owner_on_a_wall(action.owner)}, due {due}"
    facts = {"RAG": action.rag.value, "due": due, "owner": action.owner, "status": action.status}
    about = Subject("action", str(action.id), action.action)
    return Record(about, facts, made_of, opens=action.subject, wall=wall)
