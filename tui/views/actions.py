"""The open actions: overdue first, then due, then the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType

from core.actions import OWNERS, Rag, lateness
from core.addresses import is_for
from core.days import london
from core.localities import NOWHERE, Locality
from core.text import counted
from db import actions, localities
from db.actions import ActionView, Subject
from tui.commands import command
from tui.means import Meaning
from tui.session import Session
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import IDENTITY, PLAIN, ListColumn, SortValue
from tui.views.localities import locality_columns
from tui.views.source import Lines, Record, Source
from tui.wall import HIDDEN, Holds, called
from tui.widgets.columns import Align, Cell, Column

_WORDS = {Rag.RED: "late", Rag.AMBER: "due", Rag.GREEN: "on time", Rag.BLUE: "done"}
_STALE = "no update"
"""Why an action is amber that is not due yet: nothing was said of it since the last meeting."""
_MEANS = {Rag.RED: Meaning.LATE, Rag.AMBER: Meaning.DUE, Rag.GREEN: Meaning.ON_TIME, Rag.BLUE: Meaning.DONE}


def _means(action: ActionView) -> Meaning:
    return _MEANS[action.rag]


def _urgency(action: ActionView) -> float:
    """The later the first; then amber, green and done, each by its time."""
    return "RAGB".index(action.rag.value) * 1e11 + action.due_at.timestamp()


def _column(
    key: str, width: int, align: Align = "left", *, grow: bool = False, priority: int = 0,
    show: Callable[[ActionView], Cell] | None = None, sort: Callable[[ActionView], SortValue] | None = None,
    holds: Holds | None = None, instead: Callable[[ActionView], Cell] | None = None,
    means: Callable[[ActionView], Meaning | None] | None = None,
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
        means=means,
    )


def _columns(where: Mapping[Subject, Locality], now: datetime | None = None) -> tuple[ListColumn[ActionView], ...]:
    """The columns. *where*: the localities of what the actions are about; *now*: since when they are late."""

    def rag(action: ActionView) -> str:
        late = lateness(action.due_at, now) if action.rag is Rag.RED and now is not None else ""
        return f"{action.rag.value} {late or (_STALE if action.stale else _WORDS[action.rag])}"

    return (
        _column("no", 4, "right", sort=lambda action: action.id),
        _column("rag", 11, show=rag, sort=_urgency, holds=PLAIN, means=_means),
        _column("due", 11, "right", sort=lambda action: action.due_at.timestamp(), means=_means),
        _column("action", 20, grow=True),
        _column("subject", 13, grow=True, holds=IDENTITY, instead=lambda action: called(action.subject, hidden=True)),
        *locality_columns(lambda action: where.get(action.subject, NOWHERE), bcu=2),
        _column("owner", 13, priority=1, instead=lambda action: owner_on_a_wall(action.owner)),
        ListColumn("meeting", "meeting", 7, priority=3, show=lambda action: action.kind, holds=PLAIN),
        ListColumn("scope", "scope", 5, priority=3, show=lambda action: action.scope, holds=PLAIN),
    )


ACTION_COLUMNS: tuple[ListColumn[ActionView], ...] = _columns({})
_STATE = _column("status", 9, priority=2, show=lambda action: _state(action), holds=PLAIN)
"""Stands in the list only while an action is escalated or answered: it would be empty in every row. In a narrow list
it gives way to the owner, who is asked; the line below the list begins with it."""


def _state(action: ActionView) -> str:
    """Escalated or answered, in a word: by whom stands below the list."""
    return action.state.partition(", ")[2].partition(" ")[0]


class ActionsView(View):
    """The register: every open action of all meetings, or only this meeting's."""

    scoped_by_place = False
    columns: ClassVar[tuple[Column, ...]] = ACTION_COLUMNS
    title = "Actions"
    empty = "No action is open. Raise one on any row with a."
    noun = ""
    goes_by_the_clock = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("close", "carry", "escalate", "edit", "why", "action"),
        *verbs("update", "decision", "rationale", footer=False),
        command(
            "m", "narrow", "this meeting", "Only this meeting's actions, or those of all meetings", "list.narrow",
            footer=False,
        ),
    ]  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Outside a meeting there is none to narrow to."""
        if action == "narrow":
            return True if self.session.meeting else None
        return super().check_action(action, parameters)

    def why_dimmed(self, action: str, parameters: tuple[object, ...]) -> str:
        """Outside a meeting the list is of all meetings."""
        if action == "narrow":
            return "No meeting is open: these are the actions of all."
        return super().why_dimmed(action, parameters)

    def action_narrow(self) -> None:
        """Only this meeting's actions, or those of all; list and head count the same."""
        self.session.register = "" if self.session.register else self.session.kind
        self.post_message(self.Switched())

    def read(self) -> tuple[Source, str]:
        """Every open action as it is now; first what waits for this meeting's answer, then what was answered."""
        session = self.session
        listed = actions.open_actions(session.store, session.now(), session.register, session.looks_at)
        columns = _columns(
            localities.of_subjects(session.store, session.run_id, {action.subject for action in listed}), session.now()
        )
        if any(action.state != action.status for action in listed):
            columns = (*columns, _STATE)
        ordered = sorted(listed, key=lambda action: _place_in_register(action, session))
        lines = Lines.of(columns, ordered, key=lambda action: action.id, record=action_record)
        return lines, _heading(listed, session)


_ASKED, _ANSWERED, _OTHERS = range(3)


def _place_in_register(action: ActionView, session: Session) -> int:
    """Where an action stands in the register of a meeting."""
    kind, scope = session.kind, session.scope.name
    if is_for(action.escalated_to, kind, scope, action.scope):
        return _ASKED
    own = (f"answered by {kind}:", f"answered by {kind} {scope}:")
    return _ANSWERED if action.answered and not action.answered.startswith(own) else _OTHERS


def _heading(listed: Sequence[ActionView], session: Session) -> str:
    """What the list holds, in the figures of the head."""
    turns = [_place_in_register(action, session) for action in listed]
    asked, answered = turns.count(_ASKED), turns.count(_ANSWERED)
    first = [f"{asked} escalated here, E answers"] if asked else []
    first += [f"{answered} answered"] if answered else []
    whose = session.actions_of if session.register else "all meetings"
    if not session.looks_at.is_force:
        whose = f"{session.looks_at}, {whose}"
    holds = actions.counted_in(listed)
    order = "" if first else ", overdue first"
    words = f"{whose}{order}: {holds.open} open, {holds.due} due, {holds.overdue} overdue"
    stale = sum(action.stale for action in listed)
    words += f", {stale} without an update" if stale else ""
    words = "; ".join([*first, words])
    return words[0].upper() + words[1:]


def owner_on_a_wall(owner: str) -> str:
    """An owner as a wall may show it: a role that is offered; anything else was typed, and may name anyone."""
    return owner if not owner or owner in OWNERS else HIDDEN


def action_record(action: ActionView) -> Record:
    """An action as verbs see it; they act on the action itself, Enter opens what it is about."""
    due = actions.FIELDS["due"].words(action)
    words = action.escalation or action.answered
    made_of = (
        f"{action.action}; {f'{words}; ' if words else ''}about {action.subject.label}; {action.owner}, due {due}; "
        f"raised {london(action.set_at):%d/%m %H:%M}"
    )
    if action.updates:
        made_of += f"; {counted(action.updates, 'update')}"
    wall = f"about {called(action.subject, hidden=True)}; {owner_on_a_wall(action.owner)}, due {due}"
    facts = {"RAG": action.rag.value, "due": due, "owner": action.owner, "status": action.state}
    about = Subject("action", str(action.id), action.action)
    return Record(about, facts, made_of, opens=action.subject, wall=wall)
