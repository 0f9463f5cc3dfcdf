"""What is typed for one of many names: wards first of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.errors import Problem
from core.text import ordinal, plain
from db import wards
from db.store import Store
from db.ward_map import current_wards, name_of


def ward_names(store: Store) -> dict[str, str]:
    """What is typed for a ward of the present map, to its code; those with the most harm first."""
    ranks = _by_harm(store)
    every = sorted(current_wards(store), key=lambda ward: ranks.get(ward.code, len(ranks) + 1))
    return _named((f"{ward.name}, {ward.borough}", ward.code) for ward in every)


def ward_places(store: Store, wards_: Mapping[str, str]) -> dict[str, str]:
    """Where wards stand by harm, in words, by what is typed for them."""
    ranks = _by_harm(store)
    return {name: f"{ordinal(ranks[code])} in harm" for name, code in wards_.items() if code in ranks}


def _by_harm(store: Store) -> Mapping[str, int]:
    """The rank of each ward by harm in the latest release; none where it has none."""
    try:
        return {code: entry.rank for code, entry in wards.ward_entries(wards.ranking(store)).items()}
    except Problem:
        return {}


def names_of(store: Store, codes: Iterable[str]) -> dict[str, str]:
    """What is typed for a ward of a few in one borough, to its code."""
    return _named((name_of(store, code), code) for code in codes)


def _named(wards: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names to codes; the code stands behind a name that stands there already."""
    codes: dict[str, str] = {}
    for ward, code in wards:
        name = plain(ward)
        codes[f"{name}, {code}" if name in codes else name] = code
    return codes


def several(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The codes of the wards that a text names with ``;`` between. Raises Problem where a name fits none or several."""
    return tuple(names[the_one(part.strip(), names)] for part in text.split(";") if part.strip())


def typed_of(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """The same the other way round: wards as they are typed; a code that no name has stands for itself."""
    called = {code: name for name, code in names.items()}
    return "; ".join(called.get(code, code) for code in codes)


def the_one(text: str, names: Iterable[str]) -> str:
    """The one name that a text means: the whole of it, its beginning, or words of it. Raises Problem."""
    wanted, names = text.casefold(), list(names)
    fits = [name for name in names if name.casefold() == wanted]
    fits = fits or [name for name in names if name.casefold().startswith(wanted)]
    fits = fits or [name for name in names if all(word in name.casefold() for word in wanted.split())]
    if not fits:
        raise Problem(f"'{text}' is none of the {len(names):,} names. Type the beginning of one; → takes the offer.")
    if len(fits) > 1:
        some = "; ".join(fits[:3])
        raise Problem(f"'{text}' fits {len(fits)} names: {some}. Type more of it; → takes the offer.")
    return fits[0]
