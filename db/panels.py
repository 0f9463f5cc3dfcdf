"""What ward panels ask for, as it stands on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from core.panels import Asked
from db.store import Store
from db.store.rows import fields, from_row

if TYPE_CHECKING:
    from db.store.rows import AnyRow

    T = TypeVar("T", bound=AnyRow)

STANDING = (
    "SELECT p.ward_code, p.priority, p.set_on, p.ends_on, b.file, p.line FROM panel_priority p "
    "JOIN batch b ON b.id = p.batch_id WHERE b.withdrawn = :no ORDER BY p.id"
)
"""Every row of a batch that stands, the one that holds last."""


@dataclass(frozen=True)
class PanelPriority:
    """One priority of a ward panel. ``set_on`` and ``ends_on`` are day numbers, both included; None while it stands.

    ``file`` and ``line`` say where it was read.
    """

    ward_code: str
    priority: str
    set_on: int
    ends_on: int | None
    file: str
    line: int


def standing(rows: Iterable[T]) -> dict[tuple[str, str, int], T]:
    """Rows of :data:`STANDING` by what makes them one priority: of two the later holds."""
    return {_asked(row).key: row for row in rows}


def _asked(row: AnyRow) -> Asked:
    columns = fields(row)
    return Asked(**{name: columns[name] for name in Asked._fields})


def panel_priorities(store: Store, as_of_day: int, ward_code: str | None = None) -> list[PanelPriority]:
    """The priorities that stand on a day (a day number), of one ward or of all, by ward and the day they were set."""
    rows = standing(store.read.rows(STANDING, no=False)).values()
    found = [from_row(PanelPriority, row) for row in rows if _asked(row).stands(as_of_day)]
    found.sort(key=lambda one: (one.ward_code, one.set_on, one.priority))
    return [one for one in found if ward_code in (None, one.ward_code)]


def asked_by_panels(store: Store, day: int) -> dict[str, int]:
    """Ward code to how many priorities its panel has standing on a day; a ward without one is left out."""
    return dict(Counter(one.ward_code for one in panel_priorities(store, day)))


def any_panel(store: Store) -> bool:
    """Whether the store holds a priority of any panel, of whatever day."""
    return bool(store.read.rows(f"SELECT 1 FROM ({STANDING}) held LIMIT 1", no=False))  # noqa: S608 - the text above
