"""Why is this here: the records behind a person, a ward, an action."""

from __future__ import annotations

from typing import ClassVar

from core.allegations import Allegation
from core.days import day_of, london, uk
from core.text import plain
from db import actions, rankings
from db.actions import Subject
from db.people import Explanation, explain, explain_in
from db.scoring import RankingRequest
from db.ward_pages import CategoryLine, ward_page
from tui.session import Session
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_ALLEGATIONS = (
    Column("counts", "counts", 6),
    Column("days", "days", 7, "right"),
    Column("offence", "offence", 20, grow=True),
    Column("weight", "weight", 9, priority=2),
    Column("committed", "committed", 10, priority=2),
    Column("reported", "reported", 10),
    Column("named_by", "named by", 8, priority=1),
    Column("victims", "vic", 3, "right"),
    Column("from", "file:line", 22, grow=True),
)


def explained(session: Session, ref: str) -> Explanation:
    """Why a person stands where they stand in the run that is looked at, else by V100 to the as-of date."""
    if session.run_id is None:
        return explain(session.store, ref, RankingRequest(day_of(session.as_of)))
    return explain_in(session.store, ref, rankings.run(session.store, session.run_id))


class _AboutView(View):
    """A view of the records behind one subject."""

    def __init__(self, session: Session, subject: Subject, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(session, id=id)
        self.subject = subject


class AllegationsView(_AboutView):
    """Every allegation against a person: counted or not, why not, what it weighs, and the line it came from."""

    columns: ClassVar[tuple[Column, ...]] = _ALLEGATIONS
    empty = "No crime report names this person."
    noun = "allegations"

    def read(self) -> tuple[Source, str]:
        """The explanation of the person's score."""
        found = explained(self.session, self.subject.ref)
        lines = [_allegation(number, one) for number, one in enumerate(found.lines, 1)]
        counted = len(found.counted)
        return Lines(_ALLEGATIONS, lines), _sum_of(found, counted)


def _sum_of(found: Explanation, counted: int) -> str:
    if not found.method.measures:
        return f"{found.score:,g} d = {counted} counted ({found.edition}), of"
    parts = " + ".join(f"{part.measure} {part.adds:g}" for part in found.parts)
    return f"{found.score:,g} pt = {parts} ({found.edition}); {counted} counted of"


def _allegation(number: int, one: Allegation) -> Line:
    row = one.row
    where = f"{plain(row.file)}:{row.line}"
    cells = (
        "yes" if one.counted else "no",
        "-" if one.days is None else f"{one.days:,g}",
        f"{row.ho_code} {row.offence}",
        row.confidence,
        uk(row.committed_from),
        uk(row.reported_on),
        row.named_by.words,
        str(one.victims),
        where,
    )
    values = (
        cells[0], one.days, cells[2], row.confidence, row.committed_from, row.reported_on, row.named_by.words,
        one.victims, where,
    )  # fmt: skip
    return Line(number, cells, Record(Subject("crime", row.crime_ref, row.crime_ref), {}, detail(one)), values)


def detail(one: Allegation) -> str:
    """One allegation in full: whether it counts, what it is, who named the suspect, when, and its file and line."""
    row = one.row
    said = [
        row.crime_ref,
        f"{row.ho_code} {row.offence}",
        f"named by {row.named_by.words or 'no one said'}",
        row.role.words,
        f"committed {uk(row.committed_from)}{' (historic)' if one.historic else ''}",
        row.note,
        f"{plain(row.file)}:{row.line}",
    ]
    because = f"NOT COUNTED: {one.why_not}. " if one.why_not else ""
    return because + "; ".join(part for part in said if part)


_CATEGORIES = (
    Column("category", "category", 24, grow=True),
    Column("count", "offences", 8, "right"),
    Column("each", "days each", 9, "right"),
    Column("band", "low to high", 15, "right", priority=1),
    Column("harm", "harm (days)", 11, "right"),
    Column("apart", "apart", 22, priority=1),
    Column("from", "file line", 10, "right"),
)


class CategoriesView(_AboutView):
    """A ward's categories over the last twelve months: offences, days each, harm, and the line of the file."""

    columns: ClassVar[tuple[Column, ...]] = _CATEGORIES
    empty = "The release does not hold this ward."
    noun = "categories"

    def read(self) -> tuple[Source, str]:
        """The ward's part of the latest release."""
        page = ward_page(self.session.store, self.subject.ref)
        lines = [_category(number, one, page.release.file) for number, one in enumerate(page.categories, 1)]
        return Lines(_CATEGORIES, lines), f"{page.harm:,.0f} d in 12 months ({page.release.name}) ="


def _category(number: int, one: CategoryLine, file: str) -> Line:
    weight = one.weight
    where = ", ".join(str(line) for line in one.lines)
    cells = (
        one.category,
        f"{one.count:,}",
        "-" if weight is None else f"{weight.days:,g}",
        "-" if weight is None else f"{weight.low:,g}-{weight.high:,g}",
        f"{one.harm:,.0f}",
        one.apart,
        where,
    )
    each = (
        "no weight" if weight is None else f"{weight.days:g} d ({weight.low:g} to {weight.high:g}), {weight.confidence}"
    )
    made_of = f"{one.count:,} x {each} = {one.harm:,.0f} d; {one.apart or 'in the harm'}; {plain(file)}:{where}"
    days = None if weight is None else weight.days
    values = (one.category, one.count, days, days, one.harm, one.apart, one.lines[0])
    return Line(number, cells, Record(Subject("category", one.category, one.category), {}, made_of), values)


_UPDATES = (Column("at", "when", 14), Column("by", "who", 20), Column("words", "what", 30, grow=True))


class UpdatesView(_AboutView):
    """What happened to an action, the latest first."""

    columns: ClassVar[tuple[Column, ...]] = _UPDATES
    empty = "Nothing was said about it yet."
    noun = "updates"

    def read(self) -> tuple[Source, str]:
        """The action's updates, and how it began."""
        number = int(self.subject.ref)
        one = actions.action(self.session.store, number, self.session.now())
        rows = [*actions.updates(self.session.store, number)]
        rows.append((one.set_at, one.owner, f"raised: {one.action}; due {london(one.due_at):%d/%m/%Y %H:%M}"))
        lines = [
            Line(
                place,
                cells := (f"{london(at):%d/%m %H:%M}", by, words),
                Record(Subject("update", "", words), {}, words),
                cells,
            )
            for place, (at, by, words) in enumerate(rows, 1)
        ]
        return Lines(_UPDATES, lines), f"Action {number}, {one.status}, about {plain(self.session.about(one.subject))}:"


def _said(words: str) -> Subject:
    return Subject("update", "", words)


WHY: dict[str, type[_AboutView]] = {
    "person": AllegationsView,
    "ward": CategoriesView,
    "action": UpdatesView,
}
