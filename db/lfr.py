"""Deployments of live facial recognition as they stand: of two files the later holds, deployment by deployment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import lfr
from core.days import uk
from core.errors import NotFound
from core.lfr import Deployment, Rate
from core.not_counted import NotCounted
from db import kept_out
from db.batch_kinds import LFR
from db.store import Store
from db.store.rows import fields

if TYPE_CHECKING:
    from db.store.rows import AnyRow

STANDING = (
    "SELECT d.nth, d.day, d.watchlist, d.faces, d.alerts, d.borough, d.place, d.use_case, d.duration, d.false_alerts, "
    "d.arrests, d.other_disposal, d.no_action FROM lfr_deployment d JOIN batch b ON b.id = d.batch_id "
    "WHERE b.withdrawn = :no ORDER BY d.id"
)
"""Every row of a batch that stands, the one that holds last."""


@dataclass(frozen=True)
class Deployments:
    """Deployments from a day to another (day numbers, both included), by day, borough and place.

    unknown: how many of their days, boroughs, faces, alerts, false alerts and arrests are not known. of_faces,
    of_alerts: false alerts held against both. not_counted: the rows in quarantine, which can be of any day.
    """

    first: int
    last: int
    rows: tuple[Deployment, ...]
    unknown: int
    of_faces: Rate
    of_alerts: Rate
    not_counted: tuple[NotCounted, ...] = ()


def standing(rows: Iterable[AnyRow]) -> dict[tuple[int, str, str, int], Deployment]:
    """Rows of :data:`STANDING` by what makes them one deployment: of two the later holds."""
    found = {}
    for row in rows:
        columns = fields(row)
        nth = columns.pop("nth")
        one = Deployment(**columns)
        found[(*one.key, nth)] = one
    return found


def deployments(store: Store, first: int, last: int) -> Deployments:
    """The deployments of some days. Raises NotFound where the store holds none of these days."""
    every = standing(store.read.rows(STANDING, no=False))
    rows = tuple(every[key] for key in sorted(every) if first <= key[0] <= last)
    if not rows:
        raise NotFound(_nothing(sorted({row.day for row in every.values()}), first, last))
    cells = ((row.borough or None, row.faces, row.alerts, row.false_alerts, row.arrests) for row in rows)
    return Deployments(
        first=first,
        last=last,
        rows=rows,
        unknown=sum(cell is None for row in cells for cell in row),
        of_faces=lfr.rate((row.false_alerts, row.faces) for row in rows),
        of_alerts=lfr.rate((row.false_alerts, row.alerts) for row in rows),
        not_counted=kept_out.of_kind(store, LFR),
    )


def _nothing(days: list[int], first: int, last: int) -> str:
    none = f"The store holds no deployment of live facial recognition from {uk(first)} to {uk(last)}"
    if not days:
        return f"{none}, nor of any other day. Take the records in: tasking import FILE."
    return f"{none}; those it holds are from {uk(days[0])} to {uk(days[-1])}. Name other days."
