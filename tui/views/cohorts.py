"""Who is in a cohort: since when and why, who adopted them, when that is reviewed, and whether the rule still holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from textual.binding import BindingType

from core.children import CHILD
from core.cohorts import COHORTS, cohort_named
from core.days import day_of, uk
from core.errors import NotFound, Problem
from core.localities import NOWHERE, Locality
from db import cohorts, localities, memberships, people
from db.actions import Subject
from db.memberships import Member
from db.store import Store
from tui.commands import command
from tui.dialogs.cohort import EVERY, cohort_pick
from tui.means import Meaning
from tui.opening import Open
from tui.session import named
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import IDENTITY, PLAIN, ListColumn
from tui.views.list_reading import Heading
from tui.views.localities import locality_columns
from tui.views.ranked import short
from tui.views.registers import RegisterRow
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column

Holds = Callable[[Member], tuple[str, str]]
"""A member in; ``yes``, ``no`` or ``?`` out, with the facts that say so."""


@dataclass(frozen=True)
class _Row:
    """A membership with the name, whether a review is due, whether the rule is met and why."""

    member: Member
    name: str
    due: bool
    met: str
    because: str
    child: bool
    where: Locality


def _badge(row: _Row) -> str:
    cohort = COHORTS.get(row.member.cohort)
    return cohort.badge if cohort else row.member.cohort


def _title(row: _Row) -> str:
    cohort = COHORTS.get(row.member.cohort)
    return cohort.title if cohort else ""


_RULE = {"yes": Meaning.DONE, "no": Meaning.LATE, "?": Meaning.UNKNOWN}
_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("cohort", "cohort", 6, show=_badge, holds=PLAIN, found_by=_title),
    ListColumn(
        "name", "named suspect", 16, grow=True, show=lambda row: row.name,
        holds=IDENTITY, instead=lambda row: row.member.person,
    ),
    ListColumn("ref", "ref", 9, priority=3, show=lambda row: row.member.person, holds=PLAIN),
    *locality_columns(lambda row: row.where),
    ListColumn(
        "since", "since", 8, "right", show=lambda row: short(row.member.since), sort=lambda row: row.member.since
    ),
    ListColumn(
        "review", "review", 8, "right",
        show=lambda row: short(row.member.review_on), sort=lambda row: row.member.review_on,
    ),
    ListColumn(
        "due", "due", 3,
        show=lambda row: "DUE" if row.due else "", sort=lambda row: not row.due, holds=PLAIN,
        means=Meaning.DUE,
    ),
    ListColumn(
        "holds", "rule", 4, show=lambda row: row.met, holds=PLAIN, means=lambda row: _RULE.get(row.met)
    ),
    ListColumn("reason", "reason", 16, grow=True, show=lambda row: row.member.reason),
    ListColumn("adopted_by", "adopted by", 16, priority=2, show=lambda row: row.member.adopted_by, holds=PLAIN),
    ListColumn("also", "also", 5, show=lambda row: CHILD if row.child else "", holds=PLAIN),
)  # fmt: skip


class CohortsView(View):
    """The members of one cohort or of all, those whose review is due first."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Cohorts"
    empty = "No one is in a cohort. O shows who qualifies for one, or is on a register; A adopts."
    noun = "members"
    reads_beside = True
    BINDINGS: ClassVar[list[BindingType]] = [
        command("O", "qualify", "qualify", "Who qualifies for the cohort and is not in it", "cohort.qualify"),
        *verbs("leave", "review", "why"),
        command("o", "choose", "cohort", "Choose the cohort that is shown", "cohort.choose", footer=False),
        *verbs("action", "decision", "rationale", "timeline", "compare", footer=False),
    ]
    _cohort = EVERY

    def read(self) -> tuple[Source, Heading]:
        """The members as they stand on the as-of date."""
        as_of = day_of(self.session.as_of)
        members = memberships.members(self.session.store, self._cohort or None, as_of)
        holds = holds_on(self.session.store, as_of)
        members.sort(key=lambda member: not member.due(as_of))
        title = cohort_named(self._cohort).title if self._cohort else "Every cohort"
        due = frozenset(member.id for member in members if member.due(as_of))
        store, children = self.session.store, people.children(self.session.store, as_of)
        where = localities.of_people(store, self.session.run_id, (member.person for member in members))
        rows = [
            _row(
                store, member, as_of, holds,
                child=member.person in children, where=where.get(member.person, NOWHERE),
            )
            for member in members
        ]  # fmt: skip
        lines = Lines.of(_COLUMNS, rows, key=lambda row: row.member.id, record=_record)
        return lines, lambda keys: f"{title} on {uk(as_of)}, {len(due.intersection(keys))} due for review,"

    def action_choose(self) -> None:
        """Ask for the cohort."""
        self.app.push_screen(
            cohort_pick(self.session.store, "Show the members of", self._cohort, every=True), self._show_cohort
        )

    def _show_cohort(self, key: str | None) -> None:
        if key and cohort_named(key).is_register and not memberships.members(self.session.store, key):
            self._qualify(key)  # it has no members: who is on it is read from the records
        elif key is not None:
            self._cohort = key
            self.reload()

    def action_qualify(self) -> None:
        """Show who qualifies for the cohort that is shown; ask for one where all are."""
        if self._cohort:
            self._qualify(self._cohort)
        else:
            self.app.push_screen(cohort_pick(self.session.store, "Who qualifies for"), self._qualify)

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
            if why := cohorts.must_leave(store, member, as_of, case):
                return "no", f"MUST LEAVE: {why}"
            if cohort.needs == "ranking":
                words = within().get(member.person)
                return ("yes", words) if words else ("no", "not among the first 100 of the latest ranking")
            found = cohorts.meets(store, cohort, case(member.person), as_of)
        except Problem as problem:
            return "?", problem.sentence
        return ("yes", found.sentence) if found else ("no", "the records no longer meet the rule")

    return holds


def name_of(store: Store, ref: str) -> str:
    """A person's name; the reference where the store knows no such person."""
    try:
        return named(people.person(store, ref).name, ref)
    except NotFound:
        return ref


def _row(store: Store, member: Member, as_of: int, holds: Holds, *, child: bool, where: Locality) -> _Row:
    met, because = holds(member)
    return _Row(member, name_of(store, member.person), member.due(as_of), met, because, child, where)


def _record(row: _Row) -> Record:
    """A membership as verbs see it: those on people act on the person, those on cohorts on the membership."""
    member = row.member
    made_of = (
        f"rule met: {row.met}, {row.because}; proposed by {member.proposed_by}, "
        f"adopted by {member.adopted_by}: {member.reason}"
    )
    made_of += "".join(f"; {review.sentence}" for review in member.reviews[:1])
    facts = {
        "cohort": member.cohort,
        "since": uk(member.since),
        "review": uk(member.review_on),
        "rule met": row.met,
    }
    person = Subject("person", member.person, row.name)
    wall = f"rule met: {row.met}; adopted by {member.adopted_by}"
    behind = "rule" if member.cohort in COHORTS else "journal"
    return Record(
        person, facts, made_of, detail=RegisterRow(group=member.cohort, entry=member.id), wall=wall, why=behind,
        rows=(("membership", member.id),),
    )  # fmt: skip
