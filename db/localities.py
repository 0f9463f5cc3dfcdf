"""Where people, wards and what actions are about are, as lists say it: one rule for each kind.

A ward's locality is that of the ward map. A person's is their home where an extract says it, else the place of their
latest allegation: in the run that is looked at, else in the records. A unit's is that of the ward it was sent to. What
is in no one place, as a meeting, has none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from core.localities import NOWHERE, Locality, locality_of
from db.actions import Subject
from db.kept_state import numbers, state_of
from db.store import Store
from db.store.batches import batches_version
from db.store.rows import lookup
from db.ward_map import ward_map

PLACE = "COALESCE(NULLIF(v.home, ''), l.borough)"
"""The place of a person, whose version is ``v``: their home where an extract says it, else that of a report, ``l``."""
_AT_ONCE = 500
_IN_A_RUN = (
    f"SELECT p.ref, {PLACE} AS borough FROM ({{entries}}) e CROSS JOIN person p ON p.id = e.person_id "  # noqa: S608
    "JOIN person_version v ON v.id = e.person_version_id "
    "JOIN report_row t ON t.id = e.last_row_id JOIN place l ON l.id = t.place_id"
)
_IN_THE_RECORDS = (
    f"SELECT p.ref, {PLACE} AS borough FROM person p JOIN person_version v ON v.id = p.version_id "  # noqa: S608
    "JOIN report_row t ON t.person_id = p.id JOIN place l ON l.id = t.place_id "
    "WHERE t.replaced_by IS NULL AND p.ref IN ({marks}) "
    "ORDER BY t.reported_on, t.id"
)
"""Of several rows for a person the last holds."""


def boroughs_in(store: Store, places: Collection[str]) -> list[str]:
    """The boroughs, as extracts have written them, that lie in every one of some BCUs or boroughs."""
    written = store.remember("written boroughs", batches_version(store), lambda: _written(store))
    return [borough for borough in written if all(locality_of(borough).is_in(place) for place in places)]


def _written(store: Store) -> list[str]:
    query = "SELECT borough FROM place UNION SELECT home FROM person_version WHERE home <> ''"
    return [str(row["borough"]) for row in store.read.rows(query)]


def of_ward(store: Store, code: str) -> Locality:
    """The locality of a ward by its code; nowhere where no ward map has it."""
    ward = ward_map(store).get(code)
    return Locality(ward.bcu, ward.borough) if ward else NOWHERE


def of_people(store: Store, run_id: int | None, refs: Iterable[str]) -> dict[str, Locality]:
    """The localities of some people by their references; who has no allegation is not in it."""
    wanted = sorted(set(refs))
    boroughs = {} if run_id is None else _in_a_run(store, run_id, wanted)
    boroughs |= _looked_up(store, _IN_THE_RECORDS, [ref for ref in wanted if ref not in boroughs])
    known = {borough: locality_of(borough) for borough in set(boroughs.values())}
    return {ref: known[borough] for ref, borough in boroughs.items()}


def _in_a_run(store: Store, run_id: int, refs: Sequence[str]) -> dict[str, str]:
    state = state_of(store, run_id)
    who = list(_looked_up(store, "SELECT ref, id FROM person WHERE ref IN ({marks})", refs).values())
    found: dict[str, str] = {}
    query = _IN_A_RUN.format(entries=state.some())
    for start in range(0, len(who), _AT_ONCE):
        people = numbers(who[start : start + _AT_ONCE])
        found |= lookup(store.read.rows(query, people=people, **state.values))
    return found


def _looked_up(store: Store, query: str, refs: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for start in range(0, len(refs), _AT_ONCE):
        named = {f"r{number}": ref for number, ref in enumerate(refs[start : start + _AT_ONCE])}
        marks = ", ".join(f":{name}" for name in named)
        found |= lookup(store.read.rows(query.format(marks=marks), **named))
    return found


def of_subjects(store: Store, run_id: int | None, subjects: Collection[Subject]) -> dict[Subject, Locality]:
    """The localities of what actions are about; nowhere for what is in no one place."""
    people = of_people(store, run_id, (about.ref for about in subjects if about.kind == "person"))
    kinds = {about.kind for about in subjects}
    codes = {kind: lookup(store.read.rows(query)) for kind, query in _WARDS.items() if kind in kinds}
    places: Mapping[str, Callable[[str], Locality]] = {
        "person": lambda ref: people.get(ref, NOWHERE),
        "ward": lambda ref: of_ward(store, ref),
        "borough": locality_of,
        **{kind: _by_ward(store, known) for kind, known in codes.items()},
    }
    return {about: places[about.kind](about.ref) if about.kind in places else NOWHERE for about in subjects}


_WARDS = {
    "unit": (
        "SELECT u.unit, COALESCE((SELECT d.ward_code FROM deployment_unit l JOIN deployment_record d "
        "ON d.id = l.deployment_id WHERE l.unit_id = u.id ORDER BY l.id DESC LIMIT 1), '') FROM deployment u"
    ),
    "site": "SELECT CAST(id AS TEXT), ward_code FROM fly_tip_site",
    "focus item": ("SELECT CAST(i.id AS TEXT), w.ward_code FROM focus_item i JOIN focus_week w ON w.id = i.week_id"),
}
"""The ward of what is in one, by the reference that a subject of that kind has; of a unit where it was last sent."""


def _by_ward(store: Store, codes: Mapping[str, str]) -> Callable[[str], Locality]:
    return lambda ref: of_ward(store, codes.get(ref, ""))
