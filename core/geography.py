"""London as the Metropolitan Police knows it: wards, boroughs and basic command units (BCUs).

Source: DOMAIN.md sections 0 and 5; ward codes are those of the Office for National Statistics, populations of
the 2021 census (of 2015 for wards abolished since), BCUs as in the Met business plan 2018-21.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from core.tables import table

CURRENT_EDITION = "2022"


@dataclass(frozen=True)
class Ward:
    """One ward code. ``population`` is residents (0 where unknown); ``editions`` the ward maps it is on."""

    code: str
    name: str
    borough: str
    bcu: str
    population: int
    editions: tuple[str, ...]


@dataclass(frozen=True)
class Borough:
    """One borough with its BCU (code and name) and the priorities it published for 2018-19."""

    code: str
    name: str
    bcu: str
    bcu_name: str
    priorities: tuple[str, ...]


@cache
def wards() -> dict[str, Ward]:
    """Every ward of every edition, by its code."""
    return {
        row["code"]: Ward(
            row["code"],
            row["ward"],
            row["borough"],
            row["bcu"],
            int(row["population"] or 0),
            tuple(row["editions"].split("|")),
        )
        for row in table("wards")
    }


@cache
def current_wards() -> tuple[Ward, ...]:
    """The 679 wards of the present edition, in the order of their codes."""
    return tuple(sorted((w for w in wards().values() if CURRENT_EDITION in w.editions), key=lambda w: w.code))


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


def bcu_of(borough: str) -> str:
    """The BCU code a borough belongs to, or an empty string where the name is not known."""
    found = boroughs().get(borough)
    return found.bcu if found else ""
