"""The plan of a fly-tip site: each issue, the action against it, who does it by when, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import day_of, uk
from core.fly_tips import OWNERS
from db import fly_tips
from db.actions import Subject
from db.fly_tips import Step
from tui.means import Meaning
from tui.session import Session
from tui.verb import Verb, verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.wall import HIDDEN
from tui.widgets.record_list import Cell, Column


@dataclass(frozen=True)
class _Row:
    """A step of the plan, and whether it is late on the as-of day."""

    step: Step
    late: bool


def _state(row: _Row) -> Cell:
    if row.late:
        return Text("LATE", style=Meaning.LATE)
    return "open" if row.step.done_on is None else Text(f"done {uk(row.step.done_on)[:5]}", style=Meaning.DONE)


def _owner(step: Step) -> str:
    return step.owner if not step.owner or step.owner in OWNERS else HIDDEN


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("issue", "issue", 18, grow=True, show=lambda row: row.step.issue),
    ListColumn("action", "action", 22, grow=True, show=lambda row: row.step.action),
    ListColumn("owner", "owner", 14, show=lambda row: row.step.owner, instead=lambda row: _owner(row.step)),
    ListColumn("due", "due", 10, "right", show=lambda row: uk(row.step.due_on), sort=lambda row: row.step.due_on),
    ListColumn("state", "state", 10, show=_state, holds=PLAIN),
    ListColumn("result", "result", 16, grow=True, priority=1, show=lambda row: row.step.result),
)


_OF_A_STEP = ("finish_step", "why")
"""The verbs that act on a step of the plan, not on its site."""


class PlanView(View):
    """The steps of one site, open ones by due day, then those done. Verbs act on the site; finishing acts on steps."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No plan yet. i adds an issue with its action."
    noun = "steps"
    BINDINGS: ClassVar[list[BindingType]] = verbs("finish_step", "plan", "why", "action", "decision")

    def __init__(self, session: Session, about: Record, item: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(session, item, id=id)
        self.about = about

    def read(self) -> tuple[Source, str]:
        """The plan as it stands."""
        as_of = day_of(self.session.as_of)
        steps = fly_tips.steps(self.session.store, int(self.about.subject.ref))
        left = sum(step.done_on is None for step in steps)
        rows = [_Row(step, step.late(as_of)) for step in steps]
        return Lines.of(_COLUMNS, rows, key=lambda row: row.step.id, record=_record), f"Plan, {left} open,"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The site is always there to act on; only a step must be there to be finished."""
        if action == "verb" and parameters[0] not in _OF_A_STEP:
            return True
        return super().check_action(action, parameters)

    def acted_on_by(self, verb: Verb) -> list[Record]:
        """Steps are finished, and asked why they are there; everything else is done to the site."""
        return super().acted_on_by(verb) if verb.name in _OF_A_STEP else [self.about]


def _record(row: _Row) -> Record:
    step = row.step
    came = f"; done {uk(step.done_on)}: {step.result}" if step.done_on is not None else ""
    made_of = f"{step.issue}: {step.action}; {step.owner} by {uk(step.due_on)}{came}"
    return Record(Subject("step", str(step.id), step.issue), {}, made_of, wall=f"{_owner(step)} by {uk(step.due_on)}")
