"""One person: who they are, every allegation, and where each came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from core.allegations import Allegation, Window, allegations
from core.children import ADULT_AT, is_child
from core.days import years_before
from core.errors import NotFound
from core.harm import total
from core.methods import Measures, Method, Part, score
from core.methods.base import measures, points
from core.pools import FLAGGED, Pool
from core.reports import NamedBy, ReportRow, Role
from core.text import counted, list_name
from db.kept_out import naming
from db.rankings import RunHead, request_again, weighing
from db.scoring import RankingRequest, Weights, as_stored, recipe_of, weights_by
from db.store import Store
from db.store.rows import field_names, from_row, maker


@dataclass(frozen=True)
class PersonView:
    """A person as the latest extract describes them. ``born_on`` is a day number.

    ``victim`` says that the same reference stands as the victim of a report. ``home`` is where they live, as
    ``core.localities.home_of`` makes it of the ward and the BCU that the extract names; empty where it names none.
    """

    id: int
    ref: str
    surname: str
    forenames: str
    born_on: int | None
    sex: str
    ethnicity: str
    status: str
    victim: bool = False
    home: str = ""
    home_ward_code: str = ""
    owning_bcu: str = ""

    @property
    def home_words(self) -> str:
        """What the extract says of the home, in words; empty where it says nothing that leads to a place."""
        owner = f"owned by {self.owning_bcu}" if self.owning_bcu else ""
        ward = f"home ward {self.home_ward_code}" if self.home_ward_code else ""
        return ", ".join(filter(None, (owner, ward))) if self.home else ""

    def child(self, as_of: int) -> bool:
        """Whether the person is under 18 on a day (a day number)."""
        return is_child(self.born_on, as_of)

    @property
    def name(self) -> str:
        """Surname in capitals, then forenames."""
        return list_name(self.surname, self.forenames)


@dataclass(frozen=True)
class Explanation:
    """Why a person scores what they score: every allegation, counted or not, and the parts that add up to the score."""

    person: PersonView
    method: Method
    edition: str
    window: Window
    pool: Pool
    measures: Measures
    parts: tuple[Part, ...]
    lines: tuple[Allegation, ...]

    @property
    def score(self) -> float:
        """What the parts add up to, in the method's unit."""
        return points(self.parts)

    @property
    def counted(self) -> tuple[Allegation, ...]:
        """The lines that make the score."""
        return tuple(line for line in self.lines if line.counted)

    @property
    def placed_by(self) -> Allegation | None:
        """The line whose borough is the person's: the latest in the pool and the window, of one day the last stored."""
        inside = (line for line in self.lines if line.in_pool)
        return max(inside, key=lambda line: (line.row.reported_on, line.row.id), default=None)

    @property
    def unweighed(self) -> tuple[Allegation, ...]:
        """The lines of the pool and the window whose offence has no weight: they add nothing, and are not 0 days."""
        return tuple(line for line in self.lines if line.in_pool and line.days is None)

    @property
    def historic(self) -> tuple[Allegation, ...]:
        """The historic lines that count, or that would if they were not set apart."""
        inside = self.window._replace(historic="count")
        return tuple(
            line
            for line in self.lines
            if line.historic
            and (line.in_pool or (line.admitted and not inside.refusal(line.row.reported_on, line.row.committed_from)))
        )

    @property
    def historic_share(self) -> float | None:
        """Their part, 0 to 1, of the harm with them counted; None where that is nothing."""
        old = total(line.days or 0.0 for line in self.historic)
        harm = self.measures.harm if self.window.historic == "count" else self.measures.harm + old
        return old / harm if harm else None

    @property
    def historic_words(self) -> str:
        """What historic reports come to, in words: ``1 historic report, 12% of the harm, counted``."""
        share = "" if self.historic_share is None else f", {100 * self.historic_share:.0f}% of the harm"
        how = "counted" if self.window.historic == "count" else "set apart"
        return f"{counted(len(self.historic), 'historic report')}{share}, {how}"

    @property
    def crimes(self) -> int:
        """How many reports are in the pool and the window, with or without a weight."""
        return self.measures.frequency

    @property
    def victims(self) -> int:
        """How many people are victims of them; one who stands in two reports is one."""
        return self.measures.victims


_PERSON = (
    "SELECT p.id, p.ref, v.surname, v.forenames, v.born_on, v.sex, v.ethnicity, v.status, p.victim, v.home, "
    "v.home_ward_code, v.owning_bcu "
    "FROM person p JOIN person_version v ON v.id = p.version_id "
)


def person(store: Store, ref: str) -> PersonView:
    """Find a person by reference, else by a name that fits one person only. Raises NotFound."""
    query = _PERSON + "WHERE "
    found = store.read.rows(query + "p.ref = :ref", ref=ref.strip())
    if not found:
        found = store.read.rows(query + "LOWER(p.ref) = LOWER(:ref)", ref=ref.strip())
    if not found and ref.strip():
        # Five references are shown; a sixth is read to know that there are more.
        found = store.read.rows(query + "LOWER(v.surname) = LOWER(:ref) LIMIT 6", ref=ref.strip())
        if len(found) > 1:
            some = ", ".join(row["ref"] for row in found[:5])
            raise NotFound(f"More than one person has that surname ({some} …). Give the reference.")
    if not found:
        kept = naming(store, ref.strip())
        known = kept or "'tasking rank --top all' lists references."
        raise NotFound(f"No person has that reference. {known}")
    return from_row(PersonView, found[0])


_ROWS = (
    "SELECT r.id, r.crime_ref, o.ho_code, o.title AS offence, r.days, o.confidence, o.note, r.committed_from, "
    "r.reported_on, c.vawg, c.outcome, c.role, c.named_by, r.victim_ref, l.borough, b.file, r.line, "
    "c.domestic_abuse, o.knife, o.pools AS groups, r.batch_id AS batch, r.replaced_by, r.offence_id, r.person_id "
    "FROM report_row r JOIN offence o ON o.id = r.offence_id JOIN circumstance c ON c.id = r.circumstance_id "
    "JOIN place l ON l.id = r.place_id JOIN batch b ON b.id = r.batch_id "
    "WHERE r.person_id {whom} ORDER BY r.person_id, r.id"
)


_FIELDS = field_names(ReportRow)
_report_row = maker(
    ReportRow,
    _FIELDS,
    vawg=bool,
    role=cache(Role),
    named_by=cache(NamedBy),
    domestic_abuse=bool,
    knife=bool,
    groups=cache(lambda pools: Pool(pools) & ~FLAGGED),
)


class StoredRow(NamedTuple):
    """A row with the numbers of the person that it names and of its offence."""

    person: int
    offence: int
    row: ReportRow


def _stored(store: Store, whom: str, **values: object) -> Iterator[StoredRow]:
    """The rows that name some people, by person. whom: the condition on their numbers."""
    names = ("person_id", "offence_id", *_FIELDS)
    for person, offence, *columns in store.read.picked(names, _ROWS.format(whom=whom), **values):
        yield StoredRow(person, offence, _report_row(columns))


def report_rows(store: Store, person_id: int) -> list[ReportRow]:
    """Every current row that names a person, as the rules see it."""
    return [stored.row for stored in _current(store, person_id)]


def _current(store: Store, person_id: int) -> list[StoredRow]:
    return list(_stored(store, "= :person AND r.replaced_by IS NULL", person=person_id))


def victims_too(store: Store) -> set[str]:
    """The references of the suspects who are victims in a report, too."""
    return {ref for (ref,) in store.read.rows("SELECT ref FROM person WHERE victim = 1")}


def children(store: Store, as_of: int) -> frozenset[str]:
    """The references of everyone under 18 on a day (a day number), as the latest extract describes them."""
    query = "SELECT p.ref FROM person p JOIN person_version v ON v.id = p.version_id WHERE v.born_on > :adult"
    return frozenset(ref for (ref,) in store.read.rows(query, adult=years_before(as_of, ADULT_AT)))


def several(store: Store, numbers: Sequence[int]) -> Iterator[tuple[PersonView, list[ReportRow]]]:
    """Some people by their numbers, each with every current row that names them: for rules.

    Their birth dates are read from the table itself: the view of the same name hides them from some, and a rule would
    take them for not known.
    """
    marks = ", ".join(str(int(number)) for number in numbers)
    query = _PERSON.replace("v.born_on", "b.born_on") + "JOIN main.person_version b ON b.id = v.id "
    who = store.read.rows(f"{query}WHERE p.id IN ({marks}) ORDER BY p.id")
    found: dict[int, list[ReportRow]] = {row["id"]: [] for row in who}
    for stored in _stored(store, f"IN ({marks}) AND r.replaced_by IS NULL"):
        found[stored.person].append(stored.row)
    for row in who:
        yield from_row(PersonView, row), found[row["id"]]


def ever_stored(store: Store, numbers: Sequence[int], after: int) -> dict[int, list[StoredRow]]:
    """Every row that names some people, replaced ones too, by person.

    after: a day number; reports of which no row bears a later day are left out.
    """
    late = "({0}.reported_on > :after OR {0}.committed_from > :after)"
    whom = (
        f"IN ({', '.join(str(int(number)) for number in numbers)}) AND ({late.format('r')} OR EXISTS "  # noqa: S608
        f"(SELECT 1 FROM report_row s WHERE s.crime_ref = r.crime_ref AND s.person_id = r.person_id "
        f"AND {late.format('s')}))"
    )
    found: dict[int, list[StoredRow]] = {}
    for stored in _stored(store, whom, after=after):
        found.setdefault(stored.person, []).append(stored)
    return found


def explain(store: Store, ref: str, request: RankingRequest, weights: Weights | None = None) -> Explanation:
    """Every allegation against a person and what it adds to their score.

    weights: what offences weighed in a run that was made before; by the editions asked for if None. Raises NotFound.
    """
    who = person(store, ref)
    recipe = recipe_of(store, request)
    if weights is None and not as_stored(recipe):
        weights = weights_by(store, recipe)
    current = _current(store, who.id)
    offences = {stored.row.id: stored.offence for stored in current}

    def weigh(row: ReportRow) -> ReportRow:
        harm = weights.get(offences[row.id]) if weights is not None else None
        return row if harm is None else row._replace(days=harm.days, confidence=harm.confidence, note=harm.note)

    lines = allegations([stored.row for stored in current], request.days, request.ranked_in, weigh)
    measured = measures(lines, request.days)
    parts = score(recipe.method, measured, recipe.bands)
    return Explanation(who, recipe.method, recipe.edition, request.days, request.ranked_in, measured, parts, lines)


def explain_in(store: Store, ref: str, head: RunHead) -> Explanation:
    """The same by the rules of a run: its method, window, pool, bands and weights. Raises NotFound."""
    found = explain(store, ref, request_again(store, head), weighing(store, head) or None)
    return replace(found, edition=head.edition)
