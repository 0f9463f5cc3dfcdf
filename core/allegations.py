"""What counts as an allegation against a person: the one definition that ranking and explanation share.

The parts that a record fixes (who named the suspect, in what role, in what kind of report) are decided here once
per stored row, by :func:`refusal`, and kept with the row; the part that the day of the meeting moves (the window)
is a range of day numbers that :class:`Window` gives. A crime report counts once per suspect, however many victims
and rows it has: :func:`leads` says which row carries it.

A row is admitted to a pool where its circumstances allow it and its offence belongs to it; who may have named the
suspect is the entry rule of the pool (``core.pools``).

Source: DOMAIN.md section 2 (V100: named by victims and witnesses, nobody on intelligence alone, a rolling 365 days);
section 1 (crimes of an earlier year that are reported now are a separate series in the total of an area; for people
they count, unless a ranking sets them apart).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from core.pools import FLAGGED, Pool, entry
from core.reports import NamedBy, ReportRow, Role, is_cancelled

By = Literal["reported", "committed"]
Historic = Literal["count", "apart"]
"""What becomes of historic reports in a score: they count as any other, or stand apart and add nothing."""
HISTORIC_AFTER = 365
"""Days between offence and report after which an allegation is marked historic."""


def is_historic(reported_on: int, committed_on: int) -> bool:
    """Whether a report was made more than :data:`HISTORIC_AFTER` days after the offence."""
    return committed_on < reported_on - HISTORIC_AFTER


class Window(NamedTuple):
    """The days that count: ``as_of - days < day <= as_of``, by the day reported or the day committed.

    Whatever the window goes by, a report made after ``as_of`` was not known then and does not count. historic: what
    becomes of reports of offences long before.
    """

    as_of: int
    days: int = 365
    by: By = "reported"
    historic: Historic = "count"

    @property
    def after(self) -> int:
        """The last day that is too old."""
        return self.as_of - self.days

    def refusal(self, reported_on: int, committed_on: int) -> str | None:
        """Why a report of these days is outside, in words; None if it is inside."""
        if reported_on > self.as_of:
            return "reported after the as-of date"
        day = reported_on if self.by == "reported" else committed_on
        if day <= self.after:
            return f"{self.by} more than {self.days} days before the as-of date"
        if day > self.as_of:
            return "committed after the as-of date"
        if self.historic == "apart" and is_historic(reported_on, committed_on):
            return f"historic: committed more than {HISTORIC_AFTER} days before it was reported, set apart"
        return None


def refusal(
    *,
    has_person: bool,
    vawg: bool,
    domestic_abuse: bool,
    outcome: str,
    role: Role,
    named_by: NamedBy,
    pool: Pool,
    groups: Pool = Pool.EVERYTHING,
) -> str | None:
    """Why a row can never count in *pool*, in words; None if it is admitted.

    groups: the pools that the offence itself belongs to (``core.pools.of_offence``).
    """
    if not has_person:
        return "no suspect is named"
    if pool is Pool.VAWG and not vawg:
        return "not violence against women and girls"
    if pool is Pool.DOMESTIC_ABUSE and not domestic_abuse:
        return "not domestic abuse"
    if pool not in groups | FLAGGED:
        return f"not in the pool {pool.words}"
    if is_cancelled(outcome):
        return "the report was cancelled"
    if role is Role.ELIMINATED:
        return "eliminated as a suspect"
    rule = entry(pool)
    if named_by.words in rule.named_by:
        return None
    if named_by is NamedBy.NONE:
        return "the extract does not say who named the suspect"
    return f"named by {named_by.words} only, not by {rule.namers}"


def admitted(
    *, has_person: bool, vawg: bool, domestic_abuse: bool, outcome: str, role: Role, named_by: NamedBy
) -> Pool:
    """The pools that the circumstances of a row allow; it is admitted to those that its offence belongs to, too."""
    pools = Pool(0)
    for pool in Pool:
        why = refusal(
            has_person=has_person,
            vawg=vawg,
            domestic_abuse=domestic_abuse,
            outcome=outcome,
            role=role,
            named_by=named_by,
            pool=pool,
            groups=pool,
        )
        if why is None:
            pools |= pool
    return pools


def leads(rows: Iterable[tuple[int, Pool, float | None]]) -> dict[int, Pool]:
    """Say which row carries a crime report for one suspect, per pool.

    rows: (row id, pools it is admitted to, harm in days) of one suspect in one report. Gives, for every row id, the
    pools it leads: the heaviest admitted row, the earliest stored among equals; rows without a weight come last.
    """
    ordered = sorted(rows, key=lambda row: (row[2] is None, -(row[2] or 0.0), row[0]))
    taken = Pool(0)
    result: dict[int, Pool] = {}
    for row_id, pools, _ in ordered:
        result[row_id] = pools & ~taken
        taken |= pools
    return result


class Allegation(NamedTuple):
    """One person in one crime report: what it weighs, and whether and why not it counts.

    ``in_pool`` says that the report is in the pool and the window; it is ``counted`` where it carries a weight, too.
    ``admitted`` says that the pool takes it in, whatever the window. ``victim_refs`` are the victims of the rows that
    were admitted in the window, ``victims`` is how many the report has.
    """

    row: ReportRow
    victims: int
    victim_refs: frozenset[str]
    in_pool: bool
    why_not: str | None
    historic: bool
    admitted: bool = True

    @property
    def counted(self) -> bool:
        """Whether it is part of the score."""
        return self.why_not is None

    @property
    def days(self) -> float | None:
        """Harm in days, None where the index has no weight."""
        return self.row.days


def as_it_is(row: ReportRow) -> ReportRow:
    """A row with the weight that it carries."""
    return row


def allegations(
    rows: Sequence[ReportRow],
    window: Window,
    pool: Pool = Pool.VAWG,
    weigh: Callable[[ReportRow], ReportRow] = as_it_is,
) -> tuple[Allegation, ...]:
    """Every allegation against one person, counted or not, the newest first.

    rows: all current rows that name the person, with the weights they carry. A report stands once, under the row that
    leads it, which is the same by whatever index it is weighed then. weigh: gives a row the weight of another index.
    """
    by_report: dict[str, list[ReportRow]] = {}
    for row in rows:
        by_report.setdefault(row.crime_ref, []).append(row)
    found = [_allegation(group, window, pool, weigh) for group in by_report.values()]
    return tuple(sorted(found, key=lambda a: (-a.row.reported_on, a.row.crime_ref)))


def _allegation(
    rows: list[ReportRow], window: Window, pool: Pool, weigh: Callable[[ReportRow], ReportRow]
) -> Allegation:
    why = {row.id: _why_not(row, pool) for row in rows}
    lead = leads((row.id, pool if why[row.id] is None else Pool(0), row.days) for row in rows)
    row = weigh(next((row for row in rows if lead[row.id]), rows[0]))
    out = why[row.id] or window.refusal(row.reported_on, row.committed_from)
    standing = [r for r in rows if why[r.id] is None]
    inside = (r for r in standing if window.refusal(r.reported_on, r.committed_from) is None)
    return Allegation(
        row=row,
        victims=len({r.victim_ref for r in standing or rows if r.victim_ref}),
        victim_refs=frozenset(r.victim_ref for r in inside if r.victim_ref),
        in_pool=out is None,
        why_not=out or (row.note or "no weight" if row.days is None else None),
        historic=is_historic(row.reported_on, row.committed_from),
        admitted=why[row.id] is None,
    )


def _why_not(row: ReportRow, pool: Pool) -> str | None:
    return refusal(
        has_person=True,
        vawg=row.vawg,
        domestic_abuse=row.domestic_abuse,
        outcome=row.outcome,
        role=row.role,
        named_by=row.named_by,
        pool=pool,
        groups=row.groups,
    )
