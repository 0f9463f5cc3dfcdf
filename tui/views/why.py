"""Why is this here: the records behind a person and a ward."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.allegations import Allegation
from core.cohorts import COHORTS
from core.days import day_of, uk
from core.harm import kind
from core.localities import Locality, locality_of
from core.pools import entry as rule
from core.reports import ReportRow
from core.text import counted, figure, in_days, plain, spans
from db import cohorts, rankings
from db.actions import Subject
from db.people import Explanation, explain, explain_in
from db.scoring import RankingRequest
from db.ward_pages import CategoryLine, WardPage, ward_page
from tui.session import Session
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.localities import locality_columns
from tui.views.registry import SOURCE
from tui.views.source import CountedFrom, Lines, Record, Source, details
from tui.views.subject import SubjectView
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _AllegationRow:
    """An allegation and its number in the list.

    so: the badge of the cohort by whose rule the pool lists first. places: whether it gives the
    person's BCU and borough.
    """

    number: int
    allegation: Allegation
    so: str = ""
    places: bool = False

    @property
    def report(self) -> ReportRow:
        """The line of the crime report it stands in."""
        return self.allegation.row

    @property
    def where(self) -> Locality:
        """The BCU and the borough of the report."""
        return locality_of(self.report.borough)


def _days(row: _AllegationRow) -> str:
    days = row.allegation.days
    return "-" if days is None else figure(days)


def _counts(row: _AllegationRow) -> str:
    """Whether it counts, and that it is historic where it is."""
    return f"{'yes' if row.allegation.counted else 'no'}{' hist' if row.allegation.historic else ''}"


_SO = ListColumn[_AllegationRow]("so", "by rule", 7, show=lambda row: row.so, holds=PLAIN)
"""Stands in the list where the pool lists first by the rule of a cohort: which reports make the person one of it."""
_ALLEGATIONS: tuple[ListColumn[_AllegationRow], ...] = (
    ListColumn("counts", "counts", 8, show=_counts, holds=PLAIN),
    ListColumn("days", "days", 7, "right", show=_days, sort=lambda row: row.allegation.days),
    ListColumn(
        "offence", "offence", 20, grow=True, show=lambda row: f"{row.report.ho_code} {row.report.offence}", holds=PLAIN
    ),
    ListColumn(
        "weight", "weight", 9, priority=2, show=lambda row: kind(row.report.confidence, row.report.note), holds=PLAIN
    ),
    ListColumn(
        "committed", "committed", 10, priority=2,
        show=lambda row: uk(row.report.committed_from), sort=lambda row: row.report.committed_from, holds=PLAIN,
    ),
    ListColumn(
        "reported", "reported", 10,
        show=lambda row: uk(row.report.reported_on), sort=lambda row: row.report.reported_on, holds=PLAIN,
    ),
    *locality_columns(lambda row: row.where, bcu=1, borough=2),
    ListColumn("named_by", "named by", 8, priority=1, show=lambda row: row.report.named_by.words, holds=PLAIN),
    ListColumn(
        "victims", "victims", 7, "right",
        show=lambda row: str(row.allegation.victims), sort=lambda row: row.allegation.victims,
    ),
    ListColumn(
        SOURCE, "file:line", 22, grow=True, inside=True, show=lambda row: f"{plain(row.report.file)}:{row.report.line}"
    ),
)  # fmt: skip


def explained(session: Session, ref: str) -> Explanation:
    """Why a person stands where they stand in the run that is looked at, else by V100 to the as-of date."""
    if session.run_id is None:
        return explain(session.store, ref, RankingRequest(day_of(session.as_of)))
    return explain_in(session.store, ref, rankings.run(session.store, session.run_id))


class AboutView(View):
    """A list of what is behind one row."""

    def __init__(self, session: Session, about: Record, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(session, id=id)
        self.about = about

    @property
    def subject(self) -> Subject:
        """What the row is about."""
        return self.about.subject


class AboutSubjectView(SubjectView, AboutView):
    """What is behind a person or a ward; verbs act on them, whichever row the cursor is on."""

    BINDINGS: ClassVar[list[BindingType]] = verbs("action", "decision")


class AllegationsView(AboutSubjectView):
    """Every allegation against a person: counted or not, why not, what it weighs, and the line it came from."""

    columns: ClassVar[tuple[Column, ...]] = _ALLEGATIONS
    empty = "No crime report names this person."
    noun = "allegations"

    def read(self) -> tuple[Source, str]:
        """The explanation of the person's score."""
        found = explained(self.session, self.subject.ref)
        badge, so = _listed_first(self.session, found)
        placed_by = None if found.person.home else found.placed_by
        rows = [
            _AllegationRow(number, line, badge if line.row.crime_ref in so else "", places=line is placed_by)
            for number, line in enumerate(found.lines, 1)
        ]
        columns = (*_ALLEGATIONS[:1], _SO, *_ALLEGATIONS[1:]) if so else _ALLEGATIONS
        lines = Lines.of(columns, rows, key=lambda row: row.number, record=_allegation_record)
        return lines, _sum_of(found, len(found.counted))


def _listed_first(session: Session, found: Explanation) -> tuple[str, frozenset[str]]:
    """The badge of the cohort that the pool lists first, and the reports that make the person one of it."""
    first = rule(found.pool).first
    if not first:
        return "", frozenset()
    cohort = COHORTS[first]
    case = cohorts.case_of(session.store, found.person.ref)
    because = cohorts.meets(session.store, cohort, case, found.window.as_of)
    crimes = because.facts.get("crimes", ()) if because is not None else ()
    return cohort.badge, frozenset(map(str, crimes)) if isinstance(crimes, Iterable) else frozenset()


def _sum_of(found: Explanation, counted: int) -> str:
    more = f", +{len(found.unweighed):,} unweighed" if found.unweighed else ""
    if found.historic:
        more += f", {len(found.historic):,} historic {'counted' if found.window.historic == 'count' else 'apart'}"
    if not found.method.measures:
        return f"{in_days(found.score)} = {counted} counted ({found.edition}){more}, of"
    parts = " + ".join(f"{part.measure} {part.adds:g}" for part in found.parts)
    return f"{figure(found.score)} pt = {parts} ({found.edition}); {counted} counted{more} of"


def _allegation_record(row: _AllegationRow) -> Record:
    place = ", ".join(part for part in row.where if part) or "not known"
    said = (
        f"latest that counts, so BCU and borough are {place}" if row.places else "",
        f"{row.so} by this report" if row.so else "",
        detail(row.allegation) if row.places else f"{detail(row.allegation)}; {place}",
    )
    made_of = "; ".join(part for part in said if part)
    return Record(Subject("crime", row.report.crime_ref, row.report.crime_ref), {}, made_of, wall=made_of)


def detail(one: Allegation) -> str:
    """One allegation in full: whether it counts, what it is, who named the suspect, when, and its file and line."""
    row = one.row
    word = kind(row.confidence, row.note)
    said = [
        row.crime_ref,
        f"{row.ho_code} {row.offence}",
        f"named by {row.named_by.words or 'no one said'}",
        row.role.words,
        f"committed {uk(row.committed_from)}{' (historic)' if one.historic else ''}",
        f"{word}: {row.note}" if row.note else word,
        f"{plain(row.file)}:{row.line}",
    ]
    because = f"NOT COUNTED: {one.why_not}. " if one.why_not else ""
    return because + "; ".join(part for part in said if part)


@dataclass(frozen=True)
class _CategoryRow:
    """A category of a ward with its number in the list."""

    number: int
    category: CategoryLine


def _each(row: _CategoryRow) -> str:
    weight = row.category.weight
    return "-" if weight is None else figure(weight.days)


def _band(row: _CategoryRow) -> str:
    weight = row.category.weight
    return "-" if weight is None else f"{figure(weight.low)}-{figure(weight.high)}"


def _days_each(row: _CategoryRow) -> float | None:
    return None if row.category.weight is None else row.category.weight.days


_LINES = 12
"""The width of the column of lines."""


def _file_lines(row: _CategoryRow) -> str:
    """The lines, or the first of them and how many more there are; below the list stand all, with their files."""
    lines = row.category.lines
    words = _numbers(lines)
    if len(words) <= _LINES and len(row.category.files) == 1:
        return words
    return f"{lines[0]} +{len(lines) - 1:,}" if lines else ""


def _first_line(row: _CategoryRow) -> int | None:
    return next(iter(row.category.lines), None)


def _numbers(lines: tuple[int, ...]) -> str:
    return spans(lines)


_CATEGORIES: tuple[ListColumn[_CategoryRow], ...] = (
    ListColumn("category", "category", 24, grow=True, show=lambda row: row.category.category, holds=PLAIN),
    ListColumn(
        "count", "offences", 8, "right", show=lambda row: f"{row.category.count:,}", sort=lambda row: row.category.count
    ),
    ListColumn("each", "days each", 9, "right", show=_each, sort=_days_each),
    ListColumn("band", "low to high", 15, "right", priority=1, show=_band, sort=_days_each),
    ListColumn(
        "harm", "harm (days)", 11, "right",
        show=lambda row: f"{row.category.harm:,.0f}", sort=lambda row: row.category.harm,
    ),
    ListColumn("apart", "apart", 22, priority=1, show=lambda row: row.category.apart, holds=PLAIN),
    ListColumn(SOURCE, "file line", _LINES, "right", show=_file_lines, sort=_first_line, holds=PLAIN),
)  # fmt: skip


class CategoriesView(AboutSubjectView):
    """A ward's categories over the last twelve months: offences, days each, harm, and the line of the file."""

    columns: ClassVar[tuple[Column, ...]] = _CATEGORIES
    empty = "The release does not hold this ward."
    noun = "categories"
    singular = "category"

    def read(self) -> tuple[Source, str]:
        """The ward's part of the latest release."""
        of_row = details([self.about], CountedFrom)
        source = of_row[0].release if of_row else self.session.counted_from
        page = ward_page(self.session.store, self.subject.ref, source)
        rows = [_CategoryRow(number, category) for number, category in enumerate(page.categories, 1)]
        lines = Lines.of(_CATEGORIES, rows, key=lambda row: row.number, record=_category_record)
        return lines, f"{in_days(page.harm, ',.0f')} in {_months(page)} ({page.release.name}) ="


def _months(page: WardPage) -> str:
    """Over how many months, and what is to be known of them."""
    return counted(len(page.counted), "month") + "".join(f", {caveat}" for caveat in page.caveats)


def _category_record(row: _CategoryRow) -> Record:
    line, weight = row.category, row.category.weight
    each = "no weight"
    if weight is not None:
        each = f"{in_days(weight.days)} ({figure(weight.low)} to {figure(weight.high)}), {weight.confidence}"
    made_of = f"{line.count:,} x {each} = {in_days(line.harm, ',.0f')}; {line.apart or 'in the harm'}; "
    made_of += "; ".join(f"{plain(file)}:{_numbers(lines)}" for file, lines in line.files)
    return Record(Subject("category", line.category, line.category), {}, made_of, wall=made_of)
