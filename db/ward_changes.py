"""Two releases in the store compared, ward by ward."""

from __future__ import annotations

from dataclasses import dataclass

from core.category_weights import is_antisocial
from core.errors import NotFound, Problem
from core.ward_changes import Months, WardChange, changes, months_of
from core.wards import Series
from db import wards
from db.releases import ReleaseHead, release
from db.store import Store
from db.ward_map import ward_map


@dataclass(frozen=True)
class Comparison:
    """What changed from one release to the other, over which months."""

    before: ReleaseHead
    after: ReleaseHead
    months: Months
    entries: tuple[WardChange, ...]


def compare(store: Store, before: str, after: str, ward: str | None = None) -> Comparison:
    """Compare two releases by their names. ward: only this ward code.

    Raises NotFound where a release or the ward is not there, Problem where the two are not of the same kind.
    """
    old, new = release(store, before), release(store, after)
    if old.profile != new.profile:
        raise Problem(
            f"{old.name} is '{old.profile}' and {new.name} '{new.profile}': their categories and places differ. "
            "Compare two releases of one kind."
        )
    if old.forces != new.forces:
        raise Problem(f"{old.name} and {new.name} are of different forces. Compare two releases of one force.")
    months = months_of(old.months, old.flags, new.months, new.flags)
    series = _offences(store, old), _offences(store, new)
    found = changes(series[0], old.months, series[1], new.months, months, known=ward_map(store))
    if ward is not None:
        code = ward.strip().upper()
        found = tuple(one for one in found if one.ward_code == code)
        if not found:
            raise NotFound(f"Neither {old.name} nor {new.name} holds ward {ward}.")
    return Comparison(old, new, months, found)


def _offences(store: Store, head: ReleaseHead) -> list[Series]:
    """The series of a release without anti-social behaviour, which is no offence."""
    return [one for one in wards.series(store, head) if not is_antisocial(one.category)]
