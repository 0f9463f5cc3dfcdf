"""Which crime reports count towards a cohort, and how far back: the one definition every criterion shares.

"Suspect on CRIS" (DOMAIN.md section 3, S2) is wider than the pool of V100: a person that police named counts, and so
does one where the extract does not say who did. Nobody counts on intelligence alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from core.days import iso, uk, years_before
from core.pools import Pool, Trait, traits
from core.reports import NamedBy, ReportRow, Role, is_cancelled

SUSPECTED = (Role.NAMED_SUSPECT, Role.CHARGED, Role.CONVICTED)

traits_of = lru_cache(maxsize=4096)(traits)
"""What an offence is, by its code and title; kept, since the rules ask for each report anew."""


@dataclass(frozen=True)
class Period:
    """Days by which a report counts, both included, by the day it was reported."""

    first: int
    last: int

    @property
    def since(self) -> str:
        """The first day as it is read aloud: ``since 22/11/2023``."""
        return f"since {uk(self.first)}"


def period(as_of: int, years: int) -> Period:
    """The *years* that end with the as-of day: ``years_before(as_of, years) < day <= as_of``.

    The same calendar day that many years earlier is outside. From 29 February it is counted from 28 February where
    the earlier year has none, so that a window never loses a day to the calendar.
    """
    return Period(years_before(as_of, years) + 1, as_of)


def counts(row: ReportRow) -> bool:
    """Whether a row makes the person a suspect: named, charged or convicted, not cancelled, not by intelligence."""
    return makes_suspect(row) and row.named_by != NamedBy.INTELLIGENCE


def makes_suspect(row: ReportRow) -> bool:
    """Whether a row has the person as suspected, charged or convicted and was not cancelled, whoever named them."""
    return row.role in SUSPECTED and not is_cancelled(row.outcome)


@dataclass(frozen=True)
class Report:
    """One crime report against one person: its counting rows, the first stored first. What is asked of it is kept."""

    crime_ref: str
    rows: tuple[ReportRow, ...]

    @cached_property
    def reported_on(self) -> int:
        """The day number it was reported: a report has one, the earliest of its rows."""
        return min(row.reported_on for row in self.rows)

    @cached_property
    def domestic_abuse(self) -> bool:
        """Whether it is flagged as domestic abuse; one flagged row flags the report."""
        return any(row.domestic_abuse for row in self.rows)

    @property
    def knife(self) -> bool:
        """Whether a knife was used or carried, by the extract's column or by the offence."""
        return any(row.knife or Pool.KNIFE in row.groups for row in self.rows)

    @cached_property
    def victims(self) -> frozenset[str]:
        """The distinct victims that the extract names."""
        return frozenset(row.victim_ref.strip() for row in self.rows) - {""}

    @cached_property
    def borough(self) -> str:
        """The borough of offence: a report has one, that of the first row that gives it; empty where none does."""
        return next((name for row in self.rows if (name := " ".join(row.borough.split()))), "")

    @cached_property
    def traits(self) -> Trait:
        """What its offences are."""
        found = Trait(0)
        for row in self.rows:
            found |= traits_of(row.ho_code, row.offence)
        return found

    def is_in(self, pool: Pool) -> bool:
        """Whether its offence belongs to a pool."""
        return any(pool in row.groups for row in self.rows)


def reports(rows: Iterable[ReportRow]) -> tuple[Report, ...]:
    """The reports that count, each once however many rows it has, the newest first."""
    found: dict[str, list[ReportRow]] = {}
    for row in rows:
        if counts(row):
            found.setdefault(row.crime_ref, []).append(row)
    every = (Report(ref, tuple(sorted(group, key=lambda row: row.id))) for ref, group in found.items())
    return tuple(sorted(every, key=lambda one: (-one.reported_on, one.crime_ref)))


def victims(counted: Iterable[Report]) -> frozenset[str]:
    """The distinct victims over reports."""
    return frozenset().union(*(one.victims for one in counted))


def boroughs(counted: Iterable[Report]) -> list[str]:
    """The distinct boroughs of offence over reports, in order; capitals and outer spaces do not tell them apart."""
    spelled: dict[str, str] = {}
    for name in sorted({one.borough for one in counted} - {""}):
        spelled[name.casefold()] = name
    return [spelled[key] for key in sorted(spelled)]


def evidence(counted: Iterable[Report], within: Period) -> dict[str, object]:
    """The end of every fact list about reports: the window as ISO dates, and the crime references."""
    return {"from": iso(within.first), "to": iso(within.last), "crimes": [one.crime_ref for one in counted]}
