"""What reports made more than a year after the offence come to in a run, for the people of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from core.harm import Harm, total
from db.placing import places_at
from db.rankings import Ranked, RunHead, weighing
from db.run_records import MADE_NOW, RULES
from db.scoring import HISTORIC, parameters, within
from db.store import Store


class Old(NamedTuple):
    """The historic reports of one person in the pool and the window of a run, counted or set apart as the run does.

    days: their harm. share: their part, 0 to 1, of the person's harm with them counted; None where that is nothing.
    """

    reports: int
    days: float
    share: float | None

    @property
    def percent(self) -> str:
        """The share as lists show it: ``12%``; ``?`` where it cannot be said."""
        return "?" if self.share is None else f"{100 * self.share:.0f}%"


def historic_of(store: Store, head: RunHead, entries: Iterable[Ranked]) -> dict[str, Old]:
    """Person to what their historic reports come to, for those who have any.

    Where records came in after the run was made the share is not known: the rows it was made of may stand no more.
    """
    counted = head.historic_as == "count"
    wanted = {entry.position: entry for entry in entries if entry.historic or not counted}
    if not wanted:
        return {}
    found = _days(store, head, wanted) if _as_then(store, head) else {}
    olds = {}
    for position, entry in wanted.items():
        days = found.get(position, [])
        if not days:
            if entry.historic:
                olds[entry.person] = Old(entry.historic, 0.0, None)
            continue
        old = total(one for one in days if one is not None)
        harm = entry.harm if counted else entry.harm + old
        olds[entry.person] = Old(len(days), old, old / harm if harm else None)
    return olds


def _as_then(store: Store, head: RunHead) -> bool:
    query = f"SELECT 1 FROM run WHERE id = :run AND {MADE_NOW}"  # noqa: S608 - from the code
    return bool(store.read.rows(query, run=head.id, rules=RULES))


def _days(store: Store, head: RunHead, wanted: Iterable[int]) -> dict[int, list[float | None]]:
    """Position to what each of the historic reports weighs."""
    weights: Mapping[int, Harm] = store.remember(("weighing", head.id), None, lambda: weighing(store, head))
    places = {place.person: place.position for place in places_at(store, head.id, list(wanted))}
    query = (
        "SELECT r.person_id, r.offence_id, r.days FROM report_row r "  # noqa: S608 - numbers
        f"WHERE r.person_id IN ({', '.join(map(str, places))}) "
        f"AND (r.leading & :pool) <> 0 AND {within(head.by)} AND {HISTORIC}"
    )
    given = {name: value for name, value in parameters(head.request).items() if name != "old"}
    found: dict[int, list[float | None]] = {}
    for person, offence, days in store.read.rows(query, **given):
        harm = weights.get(offence)
        found.setdefault(places[person], []).append(days if harm is None else harm.days)
    return found
