"""Who is in a cohort: since when and why, who adopted them, when that is reviewed, and whether the rule still holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.cohorts import COHORTS, Qualifies, cohort_named
from core.days import day_of, uk
from core.errors import NotFound, Problem
from db import cohorts, memberships, people
from db.actions import Subject
from db.memberships import Member
from db.store import Store
from tui.commands import command
from tui.dialogs.cohort import EVERY, cohort_pick
from tui.opening import Open
from tui.session import Session
from tui.verb import verbs
from tui.views.base import View
from tui.views.ranked import short
from tui.views.registers import RegisterRow
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("cohort", "coh", 4),
    Column("name", "named suspect", 16, grow=True),
    Column("ref", "ref", 9, priority=3),
    Column("since", "since", 8, "right"),
    Column("review", "review", 8, "right"),
    Column("due", "due", 3),
    Column("holds", "rule", 4),
    Column("reason", "reason", 16, grow=True),
    Column("adopted_by", "adopted by", 16, priority=2),
)
Holds = Callable[[Member], tuple[str, str]]
"""A member in; ``yes``, ``no`` or ``?`` out, with the facts that say so."""


class CohortsView(View):
    """The members of one cohort or of all, those whose review is due first."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No one is in a cohort. O shows who qualifies for one; A adopts, here or in the ranked list."
    noun = "members"
    reads_beside = True
    BINDINGS: ClassVar[list[BindingType]] = [
        command("O", "qualify", "qualify", "Who qualifies for the cohort and is not in it", "cohort.qualify"),
        *verbs("leave", "review", "why"),
        command("o", "choose", "cohort", "Choose the cohort that is shown", "cohort.choose", footer=False),
        *verbs("action", "decision", "timeline", "compare", footer=False),
    ]
    _cohort = EVERY

    def read(self) -> tuple[Source, str]:
        """The members as they stand on the as-of date."""
        as_of = day_of(self.session.as_of)
        found = memberships.members(self.session.store, self._cohort or None, as_of)
        holds = holds_on(self.session.store, as_of)
        found.sort(key=lambda one: not one.due(as_of))
        title = cohort_named(self._cohort).title if self._cohort else "Every cohort"
        due = sum(one.due(as_of) for one in found)
        lines = [member_line(self.session, one, as_of, holds) for one in found]
        return Lines(_COLUMNS, lines), f"{title} on {uk(as_of)}, {due} due for review,"

    def action_choose(self) -> None:
        """Ask for the cohort."""
        self.app.push_screen(cohort_pick("Show the members of", self._cohort, every=True), self._show_cohort)

    def _show_cohort(self, key: str | None) -> None:
        if key is not None:
            self._cohort = key
            self.reload()

    def action_qualify(self) -> None:
        """Show who qualifies for the cohort that is shown; ask for one where all are."""
        if self._cohort:
            self._qualify(self._cohort)
        else:
            self.app.push_screen(cohort_pick("Who qualifies for"), self._qualify)

    def _qualify(self, key: str | None) -> None:
        if key:
            self.post_message(self.PageWanted(Open("qualifying", (key, self.item))))


def holds_on(store: Store, as_of: int) -> Holds:
    """Says of members whether the rule of their cohort is met on a day; each person is read once."""
    case = cache(lambda ref: cohorts.case_of(store, ref))

    @cache
    def within() -> dict[str, str]:
        return {one.person: one.sentence for one in cohorts.qualifying(store, COHORTS["v100"], as_of)}

    def holds(member: Member) -> tuple[str, str]:
        cohort = COHORTS.get(member.cohort)
        if cohort is None:
            return "?", "this cohort is not known any more"
        try:
            if cohort.must_leave is not None and (why := cohort.must_leave(case(member.person), as_of, member.since)):
                return "no", f"MUST LEAVE: {why}"
            if cohort.needs == "ranking":
                words = within().get(member.person)
                return ("yes", words) if words else ("no", "not among the first 100 of the latest ranking")
            found: Qualifies | None = cohort.qualifies(case(member.person), as_of)
        except Problem as problem:
            return "?", problem.sentence
        return ("yes", found.sentence) if found else ("no", "the records no longer meet the rule")

    return holds


def name_of(session: Session, ref: str) -> str:
    """A person's name as it may be shown; the reference where the store knows no such person."""
    try:
        return session.shown(people.person(session.store, ref).name, ref)
    except NotFound:
        return ref


def member_line(session: Session, one: Member, as_of: int, holds: Holds) -> Line:
    """One membership as a row; verbs on people act on the person, verbs on cohorts on the membership."""
    cohort = COHORTS.get(one.cohort)
    name = name_of(session, one.person)
    met, because = holds(one)
    due = one.due(as_of)
    cells = (
        cohort.badge if cohort else one.cohort,
        name,
        one.person,
        short(one.since),
        short(one.review_on),
        Text("DUE" if due else "", style="bold reverse"),
        Text(met, style="" if met == "yes" else "bold"),
        one.reason,
        one.adopted_by,
    )
    made_of = f"rule met: {met}, {because}; proposed by {one.proposed_by}, adopted by {one.adopted_by}: {one.reason}"
    made_of += "".join(f"; {review.sentence}" for review in one.reviews[:1])
    facts = {"cohort": one.cohort, "since": uk(one.since), "review": uk(one.review_on), "rule met": met}
    row = RegisterRow(group=one.cohort, entry=one.id)
    record = Record(Subject("person", one.person, name), facts, made_of, detail=row)
    values = (*cells[:3], one.since, one.review_on, not due, met, one.reason, one.adopted_by)
    return Line(one.id, cells, record, values)
