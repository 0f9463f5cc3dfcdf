"""The published releases of ward counts in the store, side by side."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from core.errors import NotFound
from core.releases import Flag, fragments, span, unknown
from core.street import POLICE_UK_STREET
from core.ward_file import MPS_WARD
from db import report_counts, street
from db.store import Store
from db.store.engine import Row
from db.store.rows import from_row


@dataclass(frozen=True)
class ReleaseHead:
    """One published release: its name, its months (``YYYYMM``), all offences of each, and where it came from.

    ``forces`` is empty for the Met's ward file; ``notes`` are sentences on what a reader must know.
    """

    id: int
    name: str
    profile: str
    months: tuple[str, ...]
    file: str
    totals: tuple[int, ...] = ()
    forces: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """The months that are fragments, and why."""
        return fragments(self.months, self.totals)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The months between its first and its last that it does not hold."""
        return unknown(self.months)


@dataclass(frozen=True)
class ReleaseSummary:
    """A release with the wards it holds and the offences it counts."""

    release: ReleaseHead
    wards: int
    total: int


def releases(store: Store) -> list[ReleaseHead]:
    """Every release in the store: ward files first, of each kind the one that ends latest first."""
    rows = store.read.rows(
        "SELECT r.id, r.name, r.profile, r.months, b.file, f.totals, f.forces, f.notes FROM release r "
        "JOIN batch b ON b.id = r.batch_id JOIN release_facts f ON f.release_id = r.id WHERE b.withdrawn = :no",
        no=False,
    )
    return sorted(map(_head, rows), key=lambda one: (one.profile == MPS_WARD, one.months[-1], one.id), reverse=True)


def _head(row: Row) -> ReleaseHead:
    lists = {name: tuple(json.loads(row[name])) for name in ("months", "totals", "forces", "notes")}
    return from_row(ReleaseHead, row, **lists)


def release(store: Store, name: str | None = None) -> ReleaseHead:
    """A release by its name, or the one that ends latest (a ward file if there is one). Raises NotFound.

    A name may leave out what stands behind the months where only one release has them. ``reports`` stands for the crime
    reports of the store, counted as a release would be.
    """
    if name == report_counts.REPORTS:
        return of_reports(store)
    found = releases(store)
    if not found:
        raise NotFound(
            "The store holds no ward counts. Import a Met ward-level file or street-level crime first: tasking import "
            f"FILE.{_instead(store)}"
        )
    if name is None:
        return found[0]
    asked = name.strip().casefold()
    exact = [one for one in found if one.name == asked] or [one for one in found if asked in _short(one.months)]
    if len(exact) == 1:
        return exact[0]
    raise NotFound(f"There is no release '{name}'. There are: {', '.join(one.name for one in found)}.")


def _instead(store: Store) -> str:
    """What crime reports with a ward would do in the place of published counts; empty where there are none."""
    held = store.read.rows("SELECT 1 FROM place WHERE ward_code <> '' LIMIT 1")
    return " Crime reports name wards: --source reports ranks by them (M in the list of wards)." if held else ""


def of_reports(store: Store) -> ReleaseHead:
    """The crime reports of the store as a release. Raises NotFound where none of them names a ward."""
    found = report_counts.counts(store)
    if not report_counts.with_ward(store):
        raise NotFound(
            "No crime report of this store names a ward. Import reports with a ward_code: tasking import FILE."
        )
    return ReleaseHead(
        report_counts.RELEASE_ID,
        report_counts.REPORTS,
        report_counts.PROFILE,
        found.months,
        "crime reports",
        found.totals,
        notes=("Counted from crime reports, each once; published counts are not in these numbers.",),
    )


def _short(months: Sequence[str]) -> tuple[str, ...]:
    return (span(months), months[0]) if len(months) == 1 else (span(months),)


def summaries(store: Store) -> list[ReleaseSummary]:
    """Every release with its number of wards and of offences."""
    return [ReleaseSummary(one, _wards(store, one), sum(one.totals)) for one in releases(store)]


def _wards(store: Store, one: ReleaseHead) -> int:
    if one.profile == POLICE_UK_STREET:
        return len(street.wards(store, one.id))
    query = "SELECT COUNT(DISTINCT ward_code) FROM ward_series WHERE release_id = :id"
    return int(store.read.rows(query, id=one.id)[0][0])
