"""The extract of crime reports as a force would hand it over: one row per report and suspect, one victim a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from core.demo import rest, violence
from core.demo.chance import stream, uk_day
from core.demo.offences import ACQUISITIVE, ROBBERIES
from core.demo.places import DemoWard
from core.demo.pool import fill_pool
from core.demo.ranked import head_of_list, head_size
from core.demo.world import Report, World
from core.extract import COLUMNS

EXTRACT_HEADER = (*COLUMNS, "knife")
"""Columns of the extract; days are dd/mm/yyyy, flags yes or no, what is not known is empty."""

_NOBODY = ("",) * 9
_USUAL_POOL = 35_000
_LIST = 26
"""People that a list of knife carriers, robbers or thieves has even in the smallest London."""


def crime_reports(
    wards: Sequence[DemoWard], as_of: date, seed: int = 1, suspects: int = _USUAL_POOL
) -> Iterator[tuple[str, ...]]:
    """Give three years of crime reports up to *as_of*, sorted by the day reported.

    *suspects* is how many people a victim or witness named in the last 365 days for violence against women
    and girls (DOMAIN.md section 2); all other volumes follow it. Fixed by *seed* and *as_of*; a ward keeps
    its character from day to day. Raises ValueError on no wards or fewer than 100 suspects.
    """
    if suspects < 100:
        raise ValueError("the demo needs at least 100 suspects")
    world = World(wards, as_of, seed)
    top, below = head_size(suspects)
    head = head_of_list(world, top, below)
    share = suspects / _USUAL_POOL
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
    return _rows(world)


def _enough(count: float) -> int:
    """So many, but never too few to fill a list of them."""
    return max(int(count), _LIST)


def _rows(world: World) -> Iterator[tuple[str, ...]]:
    wards = [(ward.code, ward.borough) for ward in world.places.wards]
    step = world.rng.random
    year, number = "", 0
    for report in world.reports:
        reported = uk_day(int(report.when))
        if reported[8:] != year:
            year, number = reported[8:], 100_000
        number += 1 + int(step() * 8)
        start = _start(f"{number:07d}/{year}", reported, wards[report.ward], report)
        knife = "yes" if report.knife else "no"
        for person, role, named_by in report.suspects:
            yield (*start, *person.fields, role, named_by, report.victim, knife)
        if not report.suspects:
            yield (*start, *_NOBODY, report.victim, knife)


def _start(reference: str, reported: str, ward: tuple[str, str], report: Report) -> tuple[str, ...]:
    return (
        reference,
        report.offence.code,
        report.offence.title,
        uk_day(report.began),
        uk_day(report.ended) if report.ended else "",
        reported,
        *ward,
        "yes" if report.domestic else "no",
        "yes" if report.vawg else "no",
        "police" if report.police else "public",
        report.outcome,
    )
