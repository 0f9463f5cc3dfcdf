"""The people of a run who were named in crime reports in one ward."""

from __future__ import annotations

from dataclasses import dataclass

from db import rankings
from db.placing import placing
from db.rankings import Ranked, RunHead
from db.scoring import in_window, parameters
from db.store import Store


@dataclass(frozen=True)
class WardPerson:
    """One person of a run: their entry, how many of their counted reports are of this ward, the latest (day number)."""

    entry: Ranked
    reports: int
    latest: int


def people_of_ward(store: Store, head: RunHead, ward_code: str) -> list[WardPerson]:
    """Everyone in a run with a report of the run's pool and window in a ward, in the order of the run.

    A report counts where its row leads in the pool, as in the run itself; replaced rows lead in none.
    """
    request = head.request
    query = (
        "SELECT r.person_id, COUNT(*), MAX(r.reported_on) FROM report_row r JOIN place l ON l.id = r.place_id "  # noqa: S608
        "WHERE l.ward_code = :ward AND r.person_id IS NOT NULL AND r.replaced_by IS NULL AND (r.leading & :pool) <> 0 "
        f"AND {in_window(request)} GROUP BY r.person_id"
    )
    given = {name: value for name, value in parameters(request).items() if f":{name}" in query}
    of_ward = {person: (reports, day) for person, reports, day in store.read.rows(query, ward=ward_code, **given)}
    if not of_ward:
        return []
    places = sorted(placing(store, head.id).of(of_ward).values(), key=lambda place: place.position)
    entries = rankings.entries_at(store, head.id, [place.position for place in places])
    return [WardPerson(entries[place.position], *of_ward[place.person]) for place in places]
