"""The extract of crime reports as a force would hand it over: one row per report and suspect, one victim a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from core.demo import rest, violence
from core.demo.chance import stream, uk_day
from core.demo.offences import ACQUISITIVE, ROBBERIES
from core.demo.particulars import told_of
from core.demo.people import Person
from core.demo.places import DemoWard
from core.demo.pool import fill_pool
from core.demo.ranked import head_of_list, head_size
from core.demo.world import Report, World
from core.extract import COLUMNS, PARTICULARS

EXTRACT_HEADER = (*COLUMNS, "knife", *PARTICULARS)
"""Columns of the extract; days are dd/mm/yyyy, flags yes or no, what is not known is empty."""

_NOBODY = ("",) * 9
USUAL_POOL = 35_000
"""Named suspects a year, as published (DOMAIN.md section 2)."""
_CHARGED = ("charged", "convicted")
_LIST = 26
"""People that a list of knife carriers, robbers or thieves has even in the smallest London."""

Row = tuple[str, ...]


class Filed(NamedTuple):
    """A report under its reference, with the ward it was put down to: code and borough."""

    reference: str
    ward: tuple[str, str]
    report: Report


def file_reports(wards: Sequence[DemoWard], as_of: date, seed: int, suspects: int) -> list[Filed]:
    """Make three years of crime reports up to the morning of *as_of*, each under its reference, in the order reported.

    *suspects* is how many people a victim or witness named in the last 365 days for violence against women
    and girls (DOMAIN.md section 2); all other volumes follow it. Fixed by *seed* and *as_of*; a ward keeps
    its character from day to day. The day itself has the reports of its night alone. Raises ValueError on no wards
    or fewer than 100 suspects.
    """
    if suspects < 100:
        raise ValueError("the demo needs at least 100 suspects")
    world = World(wards, as_of, seed)
    top, below = head_size(suspects)
    head = head_of_list(world, top, below)
    share = suspects / USUAL_POOL
    killers = violence.homicides(world, share)
    people = fill_pool(world, suspects - len(head) - len(killers))
    rest.police_only(world, people, int(12_500 * share))
    rest.cancelled(world, people, int(900 * share))
    rest.eliminated(world, people, int(700 * share))
    rest.unsolved(world, int(6_000 * share))
    rest.other_crime(world, head + people, int(8_500 * share))
    violence.knife_carriers(world, people, _enough(160 * share))
    violence.prolific(world, people, ROBBERIES, _enough(110 * share))
    violence.prolific(world, people, ACQUISITIVE, _enough(160 * share))
    rest.history(world, people, int(14_700 * share))
    both = stream(seed, "both", as_of)
    rest.victims_too(world, head, both, top // 6)
    rest.victims_too(world, people, both, int(600 * share))
    world.reports.sort(key=attrgetter("when"))
    return list(_filed(world))


def _enough(count: float) -> int:
    """So many, but never too few to fill a list of them."""
    return max(int(count), _LIST)


def _filed(world: World) -> Iterator[Filed]:
    wards = [(ward.code, ward.borough) for ward in world.places.wards]
    step = world.rng.random
    year, number = "", 0
    for report in world.reports:
        reported = uk_day(int(report.when))
        if reported[6:] != year:
            year, number = reported[6:], 100_000
        number += 1 + int(step() * 8)
        yield Filed(f"{number:07d}/{year[2:]}", wards[report.ward], report)


def rows_of(reports: Iterable[Filed], stood: Mapping[str, str] | None = None) -> Iterator[Row]:
    """Give the rows of reports. stood: where people stood when the extract was made, who stand elsewhere since.

    Whoever was not held then was not charged either.
    """
    before = stood or {}
    for filed in reports:
        report = filed.report
        named = report.suspects
        if not named:
            yield (*_start(filed, report.outcome), *_NOBODY, *_end(filed, ()))
            continue
        stand = [_stood(person, role, before) for person, role, _ in named]
        start, end = _start(filed, _outcome_then(report, before)), _end(filed, stand)
        for (person, _, named_by), (status, role) in zip(named, stand, strict=True):
            yield (*start, *person.fields[:-1], status, role, named_by, *end)


def _stood(person: Person, role: str, before: Mapping[str, str]) -> tuple[str, str]:
    """The status and the role of a suspect when the extract was made."""
    if (status := before.get(person.ref)) is None:
        return person.status, role
    return status, "named suspect" if role in _CHARGED else role


def _outcome_then(report: Report, before: Mapping[str, str]) -> str:
    """What had come of a report when the extract was made: of a suspect who was not held then nothing had."""
    if not before or report.outcome not in _CHARGED:
        return report.outcome
    roles = {role for person, role, _ in report.suspects if person.ref not in before}
    return next((role for role in reversed(_CHARGED) if role in roles), "under investigation")


def _start(filed: Filed, outcome: str) -> Row:
    report = filed.report
    return (
        filed.reference,
        report.offence.code,
        report.offence.title,
        uk_day(report.began),
        uk_day(report.ended) if report.ended else "",
        uk_day(int(report.when)),
        *filed.ward,
        "yes" if report.domestic else "no",
        "yes" if report.vawg else "no",
        "police" if report.police else "public",
        outcome,
    )


def _end(filed: Filed, stand: Sequence[tuple[str, str]]) -> Row:
    report = filed.report
    told = told_of(filed.reference, report, stand)
    return report.victim, "yes" if report.knife else "no", *told
