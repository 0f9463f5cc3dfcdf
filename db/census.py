"""The census as the store holds it: residents of each ward by ethnic group, from the file imported last."""

from __future__ import annotations

from dataclasses import dataclass

from core.census import BROAD, broad_group
from db.store import Store
from db.store.damage import damaged

LATEST = "SELECT MAX(c.batch_id) FROM census c JOIN batch b ON b.id = c.batch_id WHERE b.withdrawn = :no"
"""The batch whose rows count: a later file replaces the earlier one as a whole."""


@dataclass(frozen=True)
class Residents:
    """Residents by broad ethnic group, over how many wards, from which file, and rows of it not taken."""

    file: str
    wards: int
    left_out: int
    by_group: dict[str, int]

    @property
    def total(self) -> int:
        """Everyone counted."""
        return sum(self.by_group.values())


def residents(store: Store) -> Residents | None:
    """The residents of every ward together, or None where no census is imported. Raises Damaged for no known group."""
    latest = store.read.rows(LATEST, no=False)[0][0]
    if latest is None:
        return None
    head = "SELECT file, quarantined, (SELECT COUNT(DISTINCT ward_code) FROM census WHERE batch_id = :batch) FROM batch"
    [(file, left_out, wards)] = store.read.rows(f"{head} WHERE id = :batch", batch=latest)
    by_group = dict.fromkeys(BROAD, 0)
    query = "SELECT ethnicity, SUM(residents) FROM census WHERE batch_id = :batch GROUP BY ethnicity"
    for ethnicity, number in store.read.rows(query, batch=latest):
        if (group := broad_group(ethnicity)) not in by_group:
            raise damaged("a figure of the census is of no group that there is")
        by_group[group] += number
    return Residents(file, wards, left_out, by_group)
