"""Where something is, as lists say it: a BCU (basic command unit) and a borough; and what a filter asks of that.

Source: DOMAIN.md section 5 (which borough belongs to which BCU, by ``core.geography``). A borough that the table does
not know keeps its name and has no BCU.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from core.geography import bcu_of, bcus, boroughs, district_called, wards

_ASKS_BCU = "bcu:"


class Locality(NamedTuple):
    """A BCU by its two letters and a borough by its name; each empty where it is not known."""

    bcu: str = ""
    borough: str = ""

    def is_in(self, name: str) -> bool:
        """Whether it lies in a BCU (by its code) or in a borough (by its name)."""
        return bool(name) and name in (self.bcu, self.borough)


NOWHERE = Locality()


ONLY_BCU = "BCU "
"""What stands before the code of a BCU where a place is written of which nothing but the BCU is known."""


@lru_cache(maxsize=1024)
def locality_of(borough: str) -> Locality:
    """The locality of a borough as files write it, or of a BCU alone as :func:`home_of` does."""
    if borough.startswith(ONLY_BCU) and borough[len(ONLY_BCU) :] in bcus():
        return Locality(borough[len(ONLY_BCU) :])
    known = district_called(borough)
    return Locality(bcu_of(known), known)


def home_of(ward_code: str, owning_bcu: str) -> str:
    """The home of a person as one word: the borough of their ward, ``BCU NW`` where only the BCU is known, else empty.

    The BCU that owns them goes before that of the ward where they live; either may be empty.
    """
    ward = wards().get(ward_code)
    if ward is not None and owning_bcu in ("", ward.bcu):
        return ward.borough
    return f"{ONLY_BCU}{owning_bcu}" if owning_bcu else ""


def is_locality(name: str) -> bool:
    """Whether a word is the code of a BCU or the name of a borough."""
    return name in bcus() or name in boroughs()


class Asked(NamedTuple):
    """What a list is narrowed to. words: what must stand in some field. places: the BCUs and boroughs to be in."""

    words: str
    places: tuple[str, ...]


def asked(needle: str, within: str = "") -> Asked:
    """Part a filter into words and BCUs: a code in two capitals, ``NW``, or ``bcu:nw`` in any case, asks for a BCU.

    within: a BCU or borough that was picked; none if empty.
    """
    words = [word for word in needle.split() if not _bcu(word)]
    places = [code for word in needle.split() if (code := _bcu(word))]
    return Asked(" ".join(words), (*places, within) if within else tuple(places))


def _bcu(word: str) -> str:
    if word.casefold().startswith(_ASKS_BCU):
        word = word[len(_ASKS_BCU) :].upper()
    return word if word in bcus() else ""
