"""London as the Metropolitan Police knows it: wards, boroughs and basic command units (BCUs).

Source: DOMAIN.md sections 0 and 5; ward codes are those of the Office for National Statistics, populations of
the 2021 census (of 2015 for wards abolished since), BCUs as in the Met business plan 2018-21.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from core.figures import is_unknown
from core.tables import table
from core.text import counted, plain

CURRENT_EDITION = "2022"
_CODE = re.compile(r"[A-Z][0-9]{8}", re.IGNORECASE | re.ASCII)


class Ward(NamedTuple):
    """One ward code. ``population`` is residents (0 where unknown); ``editions`` the ward maps it is on.

    ``imd_decile`` is the mean decile of the Index of Multiple Deprivation of its small areas, None where it is not
    known; 1 is the most deprived.
    """

    code: str
    name: str
    borough: str
    bcu: str
    population: int
    editions: tuple[str, ...]
    imd_decile: float | None = None

    @property
    def is_current(self) -> bool:
        """Whether it is on the present ward map or a later one."""
        return any(edition.isdigit() and edition >= CURRENT_EDITION for edition in self.editions)


class Borough(NamedTuple):
    """One borough with its BCU (code and name) and the priorities it published for 2018-19."""

    code: str
    name: str
    bcu: str
    bcu_name: str
    priorities: tuple[str, ...]


@lru_cache(maxsize=65_536)
def area_code(text: str) -> str:
    """The code of a ward or small area as a file writes it: its letter in capitals, no blanks about it.

    A word that says nothing is known (``n/a``, ``-``) is no code, so it gives an empty string: it would be counted as a
    ward that is called so. A code of another form is one of a force's own, and stays as it is written.
    """
    code = text.strip()
    if _CODE.fullmatch(code):
        return code.upper()
    return "" if is_unknown(code) else code


def is_area_code(code: str) -> bool:
    """Whether a code has the form of those of the Office for National Statistics: a letter and eight figures."""
    return _CODE.fullmatch(code) is not None


def undescribed(codes: Iterable[str], known: Mapping[str, Ward]) -> str:
    """What to say of ward codes of a file that no ward map describes, as slips are; empty where there are none.

    known: the wards as they stand; one that only reports or a lookup without names mention is called by its code.
    """
    odd = sorted({code for code in codes if code and (code not in known or known[code].name == code)})
    if not odd:
        return ""
    one, each = ("namely", "it") if len(odd) == 1 else ("as", "each")
    return (
        f"{counted(len(odd), 'ward code is', 'ward codes are')} on no ward map, {one} '{plain(odd[0][:40])}': {each} "
        "counts as a ward of its own, whose residents are not known. Write the codes of the map, or import a file of "
        "the profile wards."
    )


def of_two_maps(codes: Iterable[str], known: Mapping[str, Ward]) -> str:
    """What to say of a file whose ward codes are of no one ward map; empty where one map has them all.

    known: the wards as they stand. Codes on no map are passed over, see :func:`undescribed`.
    """
    there = [known[code] for code in sorted(set(codes)) if code in known and known[code].editions]
    maps = [set(ward.editions) for ward in there]
    if not maps or set.intersection(*maps):
        return ""
    latest = max(set.union(*maps), key=lambda edition: (edition[-4:], edition.isdigit()))  # "pre-2014" before "2014"
    old = [ward for ward in there if latest not in ward.editions]
    return (
        f"{_earlier(old)}, beside codes of that of {latest}: one place can count as two wards. Ask for the codes of "
        "one map."
    )


def of_an_earlier_map(codes: Iterable[str], known: Mapping[str, Ward]) -> str:
    """What to say of ward codes of a file that are not on the present map; empty where there are none.

    known: the wards as they stand. What is said of such a ward is in no list of today's wards.
    """
    old = [known[code] for code in sorted(set(codes)) if code in known and not known[code].is_current]
    if not old:
        return ""
    each = "it" if len(old) == 1 else "each"
    return (
        f"{_earlier(old)}: what the file says of {each} is at no ward of today. Ask for the codes of the present map."
    )


def _earlier(old: Sequence[Ward]) -> str:
    return (
        f"{counted(len(old), 'ward code is', 'ward codes are')} of an earlier ward map, as {old[0].code} "
        f"({plain(old[0].name)})"
    )


@cache
def wards() -> dict[str, Ward]:
    """Every ward of every edition that ships, by its code."""
    return {
        row["code"]: Ward(
            row["code"],
            row["ward"],
            row["borough"],
            row["bcu"],
            int(row["population"] or 0),
            tuple(row["editions"].split("|")),
            float(row["imd_decile"]) if row["imd_decile"] else None,
        )
        for row in table("wards")
    }


@cache
def current_wards() -> tuple[Ward, ...]:
    """The 679 wards of the present edition that ship, in the order of their codes."""
    return current_of(wards().values())


def current_of(known: Iterable[Ward]) -> tuple[Ward, ...]:
    """Those of some wards that are on the present map or a later one, in the order of their codes."""
    return tuple(sorted((ward for ward in known if ward.is_current), key=lambda ward: ward.code))


@cache
def boroughs() -> dict[str, Borough]:
    """Every borough by its name. The City of London has no BCU: it has its own force."""
    return {
        row["borough"]: Borough(
            row["code"],
            row["borough"],
            row["bcu"],
            row["bcu_name"],
            tuple(p for p in (row["priority_1"], row["priority_2"], row["priority_3"]) if p),
        )
        for row in table("boroughs")
    }


@cache
def bcus() -> dict[str, str]:
    """The twelve BCUs: code to name, in the order of their codes."""
    return dict(sorted({b.bcu: b.bcu_name for b in boroughs().values() if b.bcu}.items()))


@lru_cache(maxsize=1024)
def bcu_called(name: str) -> str:
    """The code of a BCU by code or name (``Central East``, ``CE BCU``), in any case; empty where there is none."""
    folded = _folded(name).removesuffix(" bcu")
    return next((code for code, known in bcus().items() if folded in (code.casefold(), known.casefold())), "")


def borough_called(name: str) -> str:
    """The known spelling of a borough as files write it: capitals, hyphens and ``&`` for ``and`` do not matter.

    ``City of Westminster``, ``London Borough of Hackney``, ``LB Hackney`` and ``Kingston`` are known, too. An empty
    string where there is none. ``London`` alone is no borough.
    """
    return _spellings().get(_folded(name), "")


@cache
def _spellings() -> dict[str, str]:
    """Every way to write a borough, folded, to its known spelling."""
    return {
        form.format(short): known
        for form in ("city of {}", "london borough of {}", "royal borough of {}", "lb {}", "lb of {}", "{} lb", "{}")
        for known in boroughs()
        for short in (_folded(known).split(" upon ")[0], _folded(known))
    }


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("&", " and ").replace("-", " ").split())


@lru_cache(maxsize=4096)
def district_called(name: str) -> str:
    """A borough or district by one name, whichever way round files write it: London's as :func:`borough_called` has it.

    Small areas are named after ``Kingston upon Hull``, lookups lead them to ``Kingston upon Hull, City of``.
    """
    words = " ".join(name.split())
    stem = next((words.removesuffix(ending) for ending in _ENDINGS if words.endswith(ending)), words)
    return borough_called(words) or (borough_called(f"City of {stem}") if stem != words else "") or stem


_ENDINGS = (", City of", ", County of")
"""What the Office for National Statistics writes behind the name of some districts."""


def bcu_of(borough: str) -> str:
    """The BCU code a borough belongs to, or an empty string where the name is not known."""
    found = boroughs().get(borough)
    return found.bcu if found else ""
