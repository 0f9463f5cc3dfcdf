"""One person: who they are, every allegation, and where each came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.allegations import Allegation, Window, allegations
from core.errors import NotFound
from core.methods import Measures, Method, Part, score
from core.methods.base import measures, points
from core.pools import FLAGGED, Pool
from core.reports import NamedBy, ReportRow, Role
from db.rankings import RunHead, asked_again, weighing
from db.scoring import Asked, Weights, as_stored, recipe_of, weights
from db.store import Store


@dataclass(frozen=True)
class PersonView:
    """A person as the latest extract describes them. ``born_on`` is a day number.

    ``victim`` says that the same reference stands as the victim of a report.
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

    @property
    def name(self) -> str:
        """Surname in capitals, then forenames."""
        return ", ".join(part for part in (self.surname.upper(), self.forenames) if part)


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
    def crimes(self) -> int:
        """How many reports are in the pool and the window, with or without a weight."""
        return self.measures.frequency

    @property
    def victims(self) -> int:
        """How many people are victims of them; one who stands in two reports is one."""
        return self.measures.victims


_PERSON = (
    "SELECT p.id, p.ref, v.surname, v.forenames, v.born_on, v.sex, v.ethnicity, v.status, p.victim "
    "FROM person p JOIN person_version v ON v.id = p.version_id "
)


def person(store: Store, ref: str) -> PersonView:
    """Find a person by reference, else by a name that fits one person only. Raises NotFound."""
    query = _PERSON + "WHERE "
    found = store.read.rows(query + "p.ref = :ref", ref=ref.strip())
    if not found:
        found = store.read.rows(query + "LOWER(p.ref) = LOWER(:ref)", ref=ref.strip())
    if not found and ref.strip():
        found = store.read.rows(query + "LOWER(v.surname) = LOWER(:ref) LIMIT 6", ref=ref.strip())
        if len(found) > 1:
            some = ", ".join(row[1] for row in found[:5])
            raise NotFound(f"More than one person has that surname ({some} …). Give the reference.")
    if not found:
        raise NotFound("No person has that reference. 'tasking rank --top all' lists references.")
    return PersonView(*found[0])


_ROWS = (
    "SELECT r.id, r.crime_ref, o.ho_code, o.title, r.days, o.confidence, o.note, r.committed_from, r.reported_on, "
    "c.vawg, c.outcome, c.role, c.named_by, r.victim_ref, l.borough, b.file, r.line, c.domestic_abuse, o.knife, "
    "o.pools, r.batch_id, r.replaced_by, r.offence_id, r.person_id FROM report_row r "
    "JOIN offence o ON o.id = r.offence_id JOIN circumstance c ON c.id = r.circumstance_id "
    "JOIN place l ON l.id = r.place_id JOIN batch b ON b.id = r.batch_id "
    "WHERE r.person_id {whom} ORDER BY r.person_id, r.id"
)


def report_rows(store: Store, person_id: int) -> list[ReportRow]:
    """Every current row that names a person, as the rules see it."""
    return [_row(row) for row in _current(store, person_id)]


def _current(store: Store, person_id: int) -> list[Any]:
    return store.read.rows(_ROWS.format(whom="= :person AND r.replaced_by IS NULL"), person=person_id)


def victims_too(store: Store) -> set[str]:
    """The references of the suspects who are victims in a report, too."""
    return {row[0] for row in store.read.rows("SELECT ref FROM person WHERE victim = 1")}


def several(store: Store, numbers: Sequence[int]) -> Iterator[tuple[PersonView, list[ReportRow]]]:
    """Some people by their numbers, each with every current row that names them."""
    marks = ", ".join(str(int(number)) for number in numbers)
    who = store.read.rows(f"{_PERSON}WHERE p.id IN ({marks}) ORDER BY p.id")
    found: dict[int, list[ReportRow]] = {row[0]: [] for row in who}
    query = _ROWS.format(whom=f"IN ({marks}) AND r.replaced_by IS NULL")
    for row in store.read.rows(query):
        found[row[23]].append(_row(row))
    for row in who:
        yield PersonView(*row), found[row[0]]


def ever_stored(store: Store, numbers: Sequence[int], after: int) -> dict[int, list[tuple[ReportRow, int]]]:
    """Every row that names some people, replaced ones too, each with the number of its offence; by person.

    after: a day number; reports of which no row bears a later day are left out.
    """
    late = "({0}.reported_on > :after OR {0}.committed_from > :after)"
    query = _ROWS.format(
        whom=f"IN ({', '.join(str(int(number)) for number in numbers)}) AND ({late.format('r')} OR EXISTS "  # noqa: S608
        f"(SELECT 1 FROM report_row s WHERE s.crime_ref = r.crime_ref AND s.person_id = r.person_id "
        f"AND {late.format('s')}))"
    )
    found: dict[int, list[tuple[ReportRow, int]]] = {}
    for row in store.read.rows(query, after=after):
        found.setdefault(row[23], []).append((_row(row), row[22]))
    return found


def _row(row: Any) -> ReportRow:
    of_offence = (bool(row[17]), bool(row[18]), Pool(row[19]) & ~FLAGGED)
    of_report = (*row[7:9], bool(row[9]), row[10], Role(row[11]), NamedBy(row[12]), *row[13:17])
    values: tuple[Any, ...] = (*row[:7], *of_report, *of_offence, *row[20:22])
    return ReportRow(*values)


def explain(store: Store, ref: str, asked: Asked, weighed: Weights | None = None) -> Explanation:
    """Every allegation against a person and what it adds to their score.

    weighed: what offences weighed in a run that was made before; by the editions asked for if None. Raises NotFound.
    """
    who = person(store, ref)
    made = recipe_of(store, asked)
    if weighed is None and not as_stored(made):
        weighed = weights(store, made)
    rows = _current(store, who.id)
    offences = {row[0]: row[22] for row in rows}

    def weigh(row: ReportRow) -> ReportRow:
        harm = weighed.get(offences[row.id]) if weighed is not None else None
        return row if harm is None else replace(row, days=harm.days, confidence=harm.confidence, note=harm.note)

    lines = allegations([_row(row) for row in rows], asked.days, asked.ranked_in, weigh)
    found = measures(lines, asked.days)
    parts = score(made.method, found, made.bands)
    return Explanation(who, made.method, made.edition, asked.days, asked.ranked_in, found, parts, lines)


def explain_in(store: Store, ref: str, head: RunHead) -> Explanation:
    """The same by the rules of a run: its method, window, pool, bands and weights. Raises NotFound."""
    found = explain(store, ref, asked_again(store, head), weighing(store, head) or None)
    return replace(found, edition=head.edition)
