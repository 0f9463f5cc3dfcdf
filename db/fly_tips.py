"""Fly-tip sites: the list with plan and checks as they stood on a day; sites, steps and checks written down.

Source: DOMAIN.md section 5, S3. Days are day numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.days import uk
from core.errors import Conflict, NotFound, Problem
from core.fly_tips import CHECKS_A_WEEK, FINDINGS, TARGET_SITES, checks_due, same_place, week_of, worst
from core.geography import Ward
from core.text import counted
from db.store import Store
from db.store.engine import Row
from db.store.rows import from_row
from db.ward_map import ward_map

if TYPE_CHECKING:
    from db.store.journal import Values, Writing


@dataclass(frozen=True)
class Site:
    """One site as it stood on a day.

    ward, borough: their names; the code and an empty string where the ward map has no such ward. since: open since that
    day, ``closed_on`` is None while it is. rank: among the open sites, None once closed. steps_late: open
    steps that were due before the day. checks: those of the week of the day, up to it. last_check: the day of the
    latest, None for none, and what it found.
    """

    id: int
    place: str
    ward_code: str
    ward: str
    borough: str
    reports: int
    since: int
    closed_on: int | None
    closed_reason: str
    steps: int
    steps_open: int
    steps_late: int
    checks: int
    last_check: int | None
    last_found: str
    as_of: int
    rank: int | None = None

    @property
    def target(self) -> bool:
        """Whether it is one of the worst, which are checked every week."""
        return self.rank is not None and self.rank <= TARGET_SITES

    @property
    def checks_due(self) -> int:
        """How many checks are behind on the day; none where the site is not among the worst."""
        return checks_due(self.checks, self.as_of) if self.target else 0

    @property
    def checks_counted(self) -> int:
        """How many of the three checks of the week are made; none where the site is not among the worst."""
        return min(self.checks, CHECKS_A_WEEK) if self.target else 0

    @property
    def days_open(self) -> int:
        """How many days it has been open, or was."""
        return max(0, (self.as_of if self.closed_on is None else self.closed_on) - self.since)


@dataclass(frozen=True)
class Step:
    """One line of a site's plan; ``done_on`` is None and ``result`` empty until it is done."""

    id: int
    site_id: int
    issue: str
    action: str
    owner: str
    due_on: int
    done_on: int | None
    result: str

    def late(self, as_of: int) -> bool:
        """Whether it was due before a day and was not done."""
        return self.done_on is None and self.due_on < as_of


@dataclass(frozen=True)
class Check:
    """One visit: what was found."""

    id: int
    site_id: int
    day: int
    checked_by: str
    found: str
    note: str


_SITES = (
    "SELECT s.id, s.place, s.ward_code, s.reports, s.since, "
    "CASE WHEN s.closed_on <= :day THEN s.closed_on END AS closed_on, "
    "CASE WHEN s.closed_on <= :day THEN s.closed_reason ELSE '' END AS closed_reason, "
    "(SELECT COUNT(*) FROM fly_tip_step p WHERE p.site_id = s.id) AS steps, "
    "(SELECT COUNT(*) FROM fly_tip_step p WHERE p.site_id = s.id AND (p.done_on IS NULL OR p.done_on > :day)) "
    "AS steps_open, "
    "(SELECT COUNT(*) FROM fly_tip_step p WHERE p.site_id = s.id AND (p.done_on IS NULL OR p.done_on > :day) "
    "AND p.due_on < :day) AS steps_late, "
    "(SELECT COUNT(*) FROM fly_tip_check c WHERE c.site_id = s.id AND c.day BETWEEN :monday AND :day) AS checks, "
    "l.day AS last_check, COALESCE(l.found, '') AS last_found FROM fly_tip_site s LEFT JOIN fly_tip_check l ON l.id = "
    "(SELECT c.id FROM fly_tip_check c WHERE c.site_id = s.id AND c.day <= :day ORDER BY c.day DESC, c.id DESC LIMIT 1)"
)


def sites(store: Store, as_of: int) -> list[Site]:
    """Every site: the open ones from the worst down, then those closed by the day, the latest first."""
    known = ward_map(store)
    found = [_site(row, known, as_of) for row in store.read.rows(_SITES, day=as_of, monday=week_of(as_of)[0])]
    ranked = [replace(site, rank=rank) for rank, site in enumerate(worst(found, len(found)), 1)]
    closed = [site for site in found if site.closed_on is not None]
    return [*ranked, *sorted(closed, key=lambda site: (-(site.closed_on or 0), site.id))]


def _site(row: Row, known: Mapping[str, Ward], as_of: int) -> Site:
    ward = known.get(row["ward_code"])
    return from_row(
        Site,
        row,
        ward=ward.name if ward else row["ward_code"],
        borough=ward.borough if ward else "",
        as_of=as_of,
    )


def site(store: Store, number: int, as_of: int) -> Site:
    """One site with its rank. Raises NotFound."""
    for one in sites(store, as_of):
        if one.id == number:
            return one
    raise NotFound(f"There is no fly-tip site {number} any longer. Refresh with ctrl+r.")


def steps(store: Store, site_id: int) -> list[Step]:
    """The plan of a site: what is open by due day, then what is done, the latest first."""
    query = (
        "SELECT id, site_id, issue, action, owner, due_on, done_on, result FROM fly_tip_step WHERE site_id = :site "
        "ORDER BY done_on IS NOT NULL, done_on DESC, due_on, id"
    )
    return [from_row(Step, row) for row in store.read.rows(query, site=site_id)]


def checks(store: Store, site_id: int) -> list[Check]:
    """The checks of a site, the latest first."""
    query = (
        "SELECT id, site_id, day, checked_by, found, note FROM fly_tip_check WHERE site_id = :site "
        "ORDER BY day DESC, id DESC"
    )
    return [from_row(Check, row) for row in store.read.rows(query, site=site_id)]


def add_site(
    store: Store, place: str, ward_code: str, reports: int, since: int, *, meeting_id: int | None = None
) -> int:
    """Put a place on the list; gives its number.

    Raises Problem without a place, NotFound for an unknown ward, Conflict where it is on the list.
    """
    words = " ".join(place.split())
    if not words:
        raise Problem("A fly-tip site needs a place.")
    if ward_code not in ward_map(store):
        raise NotFound(f"There is no ward {ward_code}.")
    with store.change(f"Fly-tip site {words}", meeting=meeting_id) as writing:
        standing = store.read.rows(
            "SELECT place FROM fly_tip_site WHERE ward_code = :ward AND closed_on IS NULL", ward=ward_code
        )
        if any(same_place(name, ward_code) == same_place(words, ward_code) for (name,) in standing):
            raise Conflict(f"{words} is on the list of fly-tip sites already.")
        return writing.insert(
            "fly_tip_site", place=words, ward_code=ward_code, reports=reports, since=since, closed_reason=""
        )


def close_site(store: Store, site_ids: Sequence[int], on: int, reason: str, *, meeting_id: int | None = None) -> None:
    """Take sites off the list of open ones. Raises Problem without a reason, Conflict where one is closed."""
    if not reason.strip():
        raise Problem("Closing a fly-tip site needs a reason.")
    with store.change(f"Close {counted(len(site_ids), 'fly-tip site')}", meeting=meeting_id) as writing:
        for number in site_ids:
            row = _open_site(writing, number)
            if on < row["since"]:
                raise Problem(f"{row['place']} is open only since {uk(row['since'])}; close it on that day or later.")
            writing.update("fly_tip_site", number, closed_on=on, closed_reason=reason.strip())


def plan(
    store: Store,
    site_ids: Sequence[int],
    issue: str,
    action: str,
    owner: str,
    due_on: int,
    *,
    meeting_id: int | None = None,
) -> list[int]:
    """Add a step to the plan of each site; gives the numbers of the steps.

    Raises Problem where issue, action or owner is missing, Conflict where a site is closed.
    """
    said = {"issue": issue.strip(), "action": action.strip(), "owner": owner.strip()}
    for name, words in said.items():
        if not words:
            raise Problem(f"A step of a plan needs its {name}.")
    with store.change(f"Plan for {counted(len(site_ids), 'fly-tip site')}", meeting=meeting_id) as writing:
        for number in site_ids:
            _open_site(writing, number)
        return [writing.insert("fly_tip_step", site_id=number, due_on=due_on, result="", **said) for number in site_ids]


def finish_step(store: Store, step_ids: Sequence[int], on: int, result: str, *, meeting_id: int | None = None) -> None:
    """Finish steps with their result. Raises Problem without one, Conflict where a step is done or gone."""
    if not result.strip():
        raise Problem("A step is finished with its result.")
    with store.change(f"Finish {counted(len(step_ids), 'step')}", meeting=meeting_id) as writing:
        for number in step_ids:
            row = writing.row("fly_tip_step", number)
            if row is None or row["done_on"] is not None:
                raise Conflict("A step in the selection is done already. Refresh with ctrl+r.")
            writing.update("fly_tip_step", number, done_on=on, result=result.strip())


def check(
    store: Store,
    site_ids: Sequence[int],
    day: int,
    by: str,
    found: str,
    note: str = "",
    *,
    meeting_id: int | None = None,
) -> list[int]:
    """Write down a check of each site; gives their numbers.

    Raises Problem where the finding is none or no one checked, Conflict where a site is closed.
    """
    if found not in FINDINGS:
        raise Problem(f"'{found}' is nothing a check finds. Use one of: {', '.join(FINDINGS)}.")
    if not by.strip():
        raise Problem("A check needs who made it.")
    with store.change(f"Check {counted(len(site_ids), 'fly-tip site')}", meeting=meeting_id) as writing:
        for number in site_ids:
            _open_site(writing, number)
        return [
            writing.insert(
                "fly_tip_check", site_id=number, day=day, checked_by=by.strip(), found=found, note=note.strip()
            )
            for number in site_ids
        ]


def _open_site(writing: Writing, number: int) -> Values:
    row = writing.row("fly_tip_site", number)
    if row is None or row["closed_on"] is not None:
        raise Conflict("A site in the selection is closed. Refresh with ctrl+r.")
    return row
