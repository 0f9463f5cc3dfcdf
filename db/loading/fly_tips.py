"""Loads fly-tip sites; a place that is known is revised, its earlier state stays in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import text

from core import fly_tips
from core.errors import Conflict
from core.extract import BadValue
from core.fly_tips import SiteRow, same_place
from db.loading.load import COUNT, Load, Reading, Write, once
from db.loading.profile import Profile
from db.loading.ways import journaled_rows
from db.store.journal import Writing


def load(reading: Reading) -> Write:
    """Check every site; gives what takes those that can be taken.

    A closed site stays closed while its number of reports does; where there are more, the place is a new site.
    """
    wards = reading.wards()
    seen: dict[tuple[str, str], SiteRow] = {}

    def check(fields: list[str]) -> SiteRow:
        row = fly_tips.checked(fields, wards, reading.today)
        fault = BadValue("place", row.place, "this place stands on an earlier line of the file")
        return once(seen, row.key, row, fault)

    return partial(_write, list(reading.checked(check)))


def _write(sites: Sequence[tuple[int, SiteRow]], load: Load) -> None:
    rows = load.writing.connection.execute(text("SELECT * FROM fly_tip_site ORDER BY id"))
    known = {same_place(row.place, row.ward_code): row for row in rows}
    for line, row in sites:
        _take(load, row, known.get(row.key), line)


def _take(load: Load, row: SiteRow, stands: Any, line: int) -> None:
    """Add one site, change it, or leave it as it stands. line: where it stands in the file."""
    place = {"batch_id": load.batch_id, "line": line}
    if stands is None or (stands.closed_on is not None and row.reports > stands.reports):
        since = load.today if row.since is None else row.since
        load.writing.insert(
            "fly_tip_site", place=row.place, ward_code=row.ward_code, reports=row.reports, since=since,
            closed_reason="", **place,
        )  # fmt: skip
        load.taken += 1
        return
    changed = {"reports": row.reports, "since": stands.since if row.since is None else row.since}
    if stands.closed_on is not None or (stands.reports, stands.since) == tuple(changed.values()):
        load.unchanged += 1
    else:
        load.writing.update("fly_tip_site", stands.id, **changed, **place)
        load.revised += 1


def _check_unused(writing: Writing, batch_id: int, site_id: int) -> None:
    """Raise Conflict where a site the batch added has a plan or checks: they would stand on nothing."""
    for table in ("fly_tip_step", "fly_tip_check"):
        query = text(f"SELECT 1 FROM {table} WHERE site_id = :site LIMIT 1")  # noqa: S608 - our own names
        if writing.connection.execute(query, {"site": site_id}).first():
            raise Conflict(
                f"A fly-tip site of batch {batch_id} has a plan or checks by now, so the batch stays. "
                "Close the sites that should not be on the list."
            )


PROFILE = Profile(
    kind="fly-tip-sites",
    says="Places where waste is dumped again and again; a place that is known is revised",
    rule=fly_tips,
    columns=fly_tips.COLUMNS,
    optional=fly_tips.OPTIONAL,
    dated=("since",),
    forms={"reports": COUNT},
    alone=True,
    load=load,
    withdraw=(journaled_rows("fly_tip_site", _check_unused),),
)
