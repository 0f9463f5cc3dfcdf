"""What is typed for one of many names: wards first of all."""

from __future__ import annotations

from collections.abc import Iterable

from core.errors import Problem
from core.text import plain
from db.store import Store
from db.ward_map import current_wards


def ward_names(store: Store) -> dict[str, str]:
    """What is typed for a ward, to its code; the code stands behind a name that a borough has twice."""
    found: dict[str, str] = {}
    for ward in current_wards(store):
        name = plain(f"{ward.name}, {ward.borough}")
        found[f"{name}, {ward.code}" if name in found else name] = ward.code
    return found


def the_one(text: str, names: Iterable[str]) -> str:
    """The one name that a text means: the whole of it, its beginning, or words of it. Raises Problem."""
    wanted, names = text.casefold(), list(names)
    fits = [name for name in names if name.casefold() == wanted]
    fits = fits or [name for name in names if name.casefold().startswith(wanted)]
    fits = fits or [name for name in names if all(word in name.casefold() for word in wanted.split())]
    if len(fits) != 1:
        some = f": {'; '.join(fits[:3])}" if fits else ""
        raise Problem(f"'{text}' fits {len(fits)} names{some}. Type more of it; → takes the offer.")
    return fits[0]
