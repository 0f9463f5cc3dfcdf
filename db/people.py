"""One person: who they are, every allegation, and where each came from."""

from __future__ import annotations

from dataclasses import dataclass

from core.allegations import Allegation, Pool, Window, allegations
from core.errors import NotFound
from core.harm import total
from core.reports import NamedBy, ReportRow, Role
from db.store import Store


@dataclass(frozen=True)
class PersonView:
    """A person as the latest extract describes them. ``born_on`` is a day number."""

    id: int
    ref: str
    surname: str
    forenames: str
    born_on: int | None
    sex: str
    ethnicity: str
    status: str

    @property
    def name(self) -> str:
        """Surname in capitals, then forenames."""
        return ", ".join(part for part in (self.surname.upper(), self.forenames) if part)


@dataclass(frozen=True)
class Explanation:
    """Why a person scores what they score: every allegation, counted or not, adding up to the score (days)."""

    person: PersonView
    window: Window
    score: float
    lines: tuple[Allegation, ...]

    @property
    def counted(self) -> tuple[Allegation, ...]:
        """The lines that make the score."""
        return tuple(line for line in self.lines if line.counted)

    @property
    def crimes(self) -> int:
        """How many reports are in the pool and the window, with or without a weight."""
        return sum(line.in_pool for line in self.lines)

    @property
    def victims(self) -> int:
        """How many people are victims of them; one who stands in two reports is one."""
        return len(frozenset().union(*(line.victim_refs for line in self.lines)))


def person(store: Store, ref: str) -> PersonView:
    """Find a person by reference, else by a name that fits one person only. Raises NotFound."""
    query = (
        "SELECT p.id, p.ref, v.surname, v.forenames, v.born_on, v.sex, v.ethnicity, v.status "
        "FROM person p JOIN person_version v ON v.id = p.version_id WHERE "
    )
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
    "c.vawg, c.outcome, c.role, c.named_by, r.victim_ref, l.borough, b.file, r.line FROM report_row r "
    "JOIN offence o ON o.id = r.offence_id JOIN circumstance c ON c.id = r.circumstance_id "
    "JOIN place l ON l.id = r.place_id JOIN batch b ON b.id = r.batch_id "
    "WHERE r.person_id = :person AND r.replaced_by IS NULL ORDER BY r.id"
)


def report_rows(store: Store, person_id: int) -> list[ReportRow]:
    """Every current row that names a person, as the rules see it."""
    return [
        ReportRow(*(*row[:9], bool(row[9]), row[10], Role(row[11]), NamedBy(row[12]), *row[13:]))
        for row in store.read.rows(_ROWS, person=person_id)
    ]


def explain(store: Store, ref: str, window: Window, pool: Pool = Pool.VAWG) -> Explanation:
    """Every allegation against a person and what it adds. Raises NotFound."""
    who = person(store, ref)
    lines = allegations(report_rows(store, who.id), window, pool)
    return Explanation(who, window, total(line.days or 0.0 for line in lines if line.counted), lines)
