"""Synthetic people: a reference, a name, a birthday, and traits that have nothing to do with any score."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from core.demo.chance import pick, references, spread, uk_day
from core.demo.names import MEN, SURNAMES, WOMEN
from core.demo.places import Places

_YOUNGEST = 16 * 365 + 10
_SPAN = 59 * 365
_BOYHOOD = 14 * 366

# Roughly the shares of London's residents at the 2021 census, in the words of self-definition.
_ETHNICITIES = spread(
    ("White British", 37),
    ("White Irish", 2),
    ("White Other", 14),
    ("Mixed White and Black Caribbean", 2),
    ("Mixed White and Asian", 1),
    ("Mixed Other", 3),
    ("Asian Indian", 7),
    ("Asian Pakistani", 3),
    ("Asian Bangladeshi", 4),
    ("Asian Chinese", 2),
    ("Asian Other", 5),
    ("Black African", 8),
    ("Black Caribbean", 4),
    ("Black Other", 2),
    ("Arab", 2),
    ("Any other", 4),
    ("Not stated", 4),
)

USUAL = spread(
    ("at large", 85), ("bail", 7), ("remand", 2), ("serving", 2), ("wanted", 2), ("recalled", 1), ("abroad", 1)
) * 10 + ("deceased",)
"""Where most of the pool stands."""

WATCHED = spread(
    ("at large", 46), ("bail", 20), ("remand", 16), ("serving", 5), ("wanted", 8), ("recalled", 3), ("abroad", 2)
)
"""Where those named for the gravest reports stand: more of them on bail or on remand."""


class Person(NamedTuple):
    """A synthetic person: the seven fields of an extract row, the birthday as an ordinal, the home ward."""

    fields: tuple[str, ...]
    born: int
    home: int
    domestic: bool

    def grown_by(self, day: int) -> bool:
        """Tell whether the person was at least 14 on the ordinal *day*."""
        return day >= self.born + _BOYHOOD


class People:
    """Makes people one after another; no two share a reference."""

    def __init__(self, rng: Random, places: Places, today: int) -> None:
        self._rng = rng
        self._places = places
        self._today = today
        self._references = references(rng, "N")

    def another(self, standing: tuple[str, ...] = USUAL, surname: str | None = None) -> Person:
        """Make a person aged 16 to 75; *standing* is drawn from for the status, *surname* fixes one."""
        rng = self._rng
        chance = rng.random
        man = chance() < 0.92
        forenames = pick(rng, MEN if man else WOMEN)
        if chance() < 0.3:
            forenames = f"{forenames} {pick(rng, MEN if man else WOMEN)}"
        aged = chance()
        born = self._today - _YOUNGEST - int(_SPAN * aged * aged)
        fields = (
            next(self._references),
            surname or pick(rng, SURNAMES),
            forenames,
            uk_day(born),
            "male" if man else "female",
            pick(rng, _ETHNICITIES),
            pick(rng, standing),
        )
        return Person(fields, born, self._places.anywhere(rng), chance() < 0.6)
