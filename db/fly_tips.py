"""Fly-tip sites: the list with plan and checks as they stood on a day; sites, steps and checks written down.

Source: DOMAIN.md section 5, S3. Days are day numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.applying import Unfit, all_or_none, reason_given
from core.days import uk
from core.errors import NotFound, Problem
from core.fly_tips import CHECKS_A_WEEK, FINDINGS, TARGET_SITES, checks_due, same_place, week_of, worst
from core.geography import Ward
from core.text import named
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
    with store.change(f"{words} put on the list of fly-tip sites", meeting=meeting_id) as writing:
        standing = store.read.rows(
            "SELECT place FROM fly_tip_site WHERE ward_code = :ward AND closed_on IS NULL", ward=ward_code
        )
        if any(same_place(name, ward_code) == same_place(words, ward_code) for (name,) in standing):
            all_or_none([Unfit(words, words, "is on the list of fly-tip sites already")])
        return writing.insert(
            "fly_tip_site", place=words, ward_code=ward_code, reports=reports, since=since, closed_reason=""
        )


def close_site(store: Store, site_ids: Sequence[int], on: int, reason: str, *, meeting_id: int | None = None) -> None:
    """Take sites off the list of open ones. Raises Problem without a reason, Conflict where one is closed."""
    why = reason_given(reason)
    with store.change("Close sites", meeting=meeting_id) as writing:
        rows = _open_sites(writing, site_ids)
        writing.says(f"{_places(rows)} closed: {why}")
        for number, row in zip(site_ids, rows, strict=True):
            if on < row["since"]:
                raise Problem(f"{row['place']} is open only since {uk(row['since'])}; close it on that day or later.")
            writing.update("fly_tip_site", number, closed_on=on, closed_reason=why)


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
    with store.change("Plan for sites", meeting=meeting_id) as writing:
        rows = _open_sites(writing, site_ids)
        writing.says(f"{_places(rows)}, into the plan: {said['issue']}; {said['action']}")
        return [writing.insert("fly_tip_step", site_id=number, due_on=due_on, result="", **said) for number in site_ids]


def finish_step(store: Store, step_ids: Sequence[int], on: int, result: str, *, meeting_id: int | None = None) -> None:
    """Finish steps with their result. Raises Problem without one, Conflict where a step is done or gone."""
    if not result.strip():
        raise Problem("A step is finished with its result.")
    with store.change("Finish steps", meeting=meeting_id) as writing:
        rows = [writing.row("fly_tip_step", number) for number in step_ids]
        all_or_none([_step_done(row) for row in rows])
        places = _places([site for row in rows if row and (site := writing.row("fly_tip_site", row["site_id"]))])
        writing.says(f"{named([row['issue'] for row in rows if row])} done at {places}: {result.strip()}")
        for number in step_ids:
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
    with store.change("Check sites", meeting=meeting_id) as writing:
        rows = _open_sites(writing, site_ids)
        writing.says(f"{_places(rows)} checked: {found}")
        return [
            writing.insert(
                "fly_tip_check", site_id=number, day=day, checked_by=by.strip(), found=found, note=note.strip()
            )
            for number in site_ids
        ]


def _open_sites(writing: Writing, ids: Sequence[int]) -> list[Values]:
    """Sites that are open. Raises Conflict, which names those that are not."""
    rows = [writing.row("fly_tip_site", number) for number in ids]
    all_or_none([_closed(row["place"], row["closed_on"]) if row else _GONE for row in rows])
    return [row for row in rows if row is not None]


_GONE = Unfit("", "A record", "is no longer in the store")


def _closed(place: str, closed_on: int | None) -> Unfit | None:
    return None if closed_on is None else Unfit(place, place, f"is closed already, since {uk(closed_on)}")


def refuse_closed(store: Store, ids: Sequence[int]) -> None:
    """Raise Conflict, which names them, where sites are closed: before anyone is asked for what is not kept."""
    known = {row["id"]: row for row in store.read.rows("SELECT id, place, closed_on FROM fly_tip_site")}
    all_or_none([_closed(known[one]["place"], known[one]["closed_on"]) if one in known else _GONE for one in ids])


def _step_done(row: Values | None) -> Unfit | None:
    if row is None or row["done_on"] is None:
        return _GONE if row is None else None
    return Unfit(str(row["id"]), row["issue"], f"is done already, since {uk(row['done_on'])}")


def refuse_done(store: Store, step_ids: Sequence[int]) -> None:
    """Raise Conflict, which names them, where steps are done: before anyone is asked for what is not kept."""
    known = {row["id"]: row for row in store.read.rows("SELECT id, issue, done_on FROM fly_tip_step")}
    all_or_none([_step_done(dict(known[one])) if one in known else _GONE for one in step_ids])


def _places(rows: Sequence[Values]) -> str:
    return named([row["place"] for row in rows])
