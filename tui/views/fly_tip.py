"""The plan of a fly-tip site: each issue, the action against it, who does it by when, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import day_of, uk
from db import fly_tips
from db.actions import Subject
from db.fly_tips import Step
from tui.session import Session
from tui.verb import Verb, verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("issue", "issue", 18, grow=True),
    Column("action", "action", 22, grow=True),
    Column("owner", "owner", 14),
    Column("due", "due", 10, "right"),
    Column("state", "state", 10),
    Column("result", "result", 16, grow=True, priority=1),
)


class PlanView(View):
    """The steps of one site, open ones by due day, then those done. Verbs act on the site; finishing acts on steps."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No plan yet. i adds an issue with its action."
    noun = "steps"
    BINDINGS: ClassVar[list[BindingType]] = verbs("finish_step", "plan", "action", "decision")

    def __init__(self, session: Session, about: Record, item: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(session, item, id=id)
        self.about = about

    def read(self) -> tuple[Source, str]:
        """The plan as it stands."""
        found = fly_tips.steps(self.session.store, int(self.about.subject.ref))
        as_of = day_of(self.session.as_of)
        left = sum(one.done_on is None for one in found)
        return Lines(_COLUMNS, [_line(one, as_of) for one in found]), f"Plan, {left} open,"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The site is always there to act on; only a step must be there to be finished."""
        if action == "verb" and parameters[0] != "finish_step":
            return True
        return super().check_action(action, parameters)

    def acted_on_by(self, verb: Verb) -> list[Record]:
        """Steps are finished; everything else is done to the site."""
        return super().acted_on_by(verb) if verb.name == "finish_step" else [self.about]


def _line(one: Step, as_of: int) -> Line:
    late = one.late(as_of)
    state = "LATE" if late else "open" if one.done_on is None else f"done {uk(one.done_on)[:5]}"
    cells = (
        one.issue,
        one.action,
        one.owner,
        uk(one.due_on),
        Text(state, style="bold reverse" if late else ""),
        one.result,
    )
    values: Sequence[object] = (one.issue, one.action, one.owner, one.due_on, state, one.result)
    came = f"; done {uk(one.done_on)}: {one.result}" if one.done_on is not None else ""
    made_of = f"{one.issue}: {one.action}; {one.owner} by {uk(one.due_on)}{came}"
    return Line(one.id, cells, Record(Subject("step", str(one.id), one.issue), {}, made_of), values)
