"""Synthetic people: a reference, a name, a birthday, and traits that have nothing to do with any score."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from core.demo.chance import pick, references, spread, uk_day
from core.demo.names import MEN, SURNAMES, WOMEN
from core.demo.places import Places

_GROWN = 18 * 366
_CHILD = 14 * 366
_CHILD_SPAN = 4 * 365 - 20
_SPAN = 57 * 365
_BOYHOOD = 12 * 366
_MEN = 0.92
_CHILDREN = 0.06
"""Share of suspects aged 14 to 17; the demo's own guess."""

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
    ("at large", 40), ("bail", 20), ("remand", 20), ("serving", 5), ("wanted", 10), ("recalled", 3), ("abroad", 2)
)
"""Where those named for the gravest reports stand: more of them on bail or on remand."""

KILLERS = spread(("remand", 66), ("serving", 8), ("wanted", 14), ("bail", 5), ("abroad", 3), ("at large", 4))
"""Where those named for a killing stand: most are charged and held, some are not caught yet."""

HELD = ("remand", "serving", "recalled")
"""Where someone is held."""

AT_LARGE = ("at large",)
"""Where someone stands against whom nothing is left."""

ROLES = {
    "bail": spread(("named suspect", 65), ("charged", 35)),
    "remand": spread(("named suspect", 10), ("charged", 90)),
    "serving": spread(("named suspect", 30), ("charged", 25), ("convicted", 45)),
    "recalled": spread(("named suspect", 40), ("charged", 40), ("convicted", 20)),
    "wanted": spread(("named suspect", 85), ("charged", 15)),
}
"""The role in a report that a status allows: someone at large is neither charged nor convicted, as yet."""


class Person(NamedTuple):
    """A synthetic person: the seven fields of an extract row, the birthday as an ordinal, the home ward."""

    fields: tuple[str, ...]
    born: int
    home: int
    domestic: bool

    @property
    def status(self) -> str:
        """Where the person stands, as the extract says it."""
        return self.fields[-1]

    @property
    def ref(self) -> str:
        """The reference of the person."""
        return self.fields[0]

    @property
    def man(self) -> bool:
        """Whether the extract calls them male."""
        return self.fields[4] == "male"

    def grown_by(self, day: int) -> bool:
        """Tell whether the person was at least 12 on the ordinal *day*."""
        return day >= self.born + _BOYHOOD


class People:
    """Makes people one after another; no two share a reference."""

    def __init__(self, rng: Random, places: Places, today: int) -> None:
        self._rng = rng
        self._places = places
        self._today = today
        self._references = references(rng, "N")

    def is_man(self) -> bool:
        """Draw whether the next person is a man."""
        return self._rng.random() < _MEN

    def another(
        self, standing: tuple[str, ...] = USUAL, children: float = _CHILDREN, man: bool | None = None
    ) -> Person:
        """Make a person aged 14 to 75; *standing* is drawn from for the status, *children* is the chance of a child.

        man: as `is_man` has drawn it, drawn here if left out.
        """
        rng = self._rng
        chance = rng.random
        man = self.is_man() if man is None else man
        forenames = pick(rng, MEN if man else WOMEN)
        if chance() < 0.3:
            second = pick(rng, MEN if man else WOMEN)
            forenames = forenames if second == forenames else f"{forenames} {second}"
        fields = (
            next(self._references),
            pick(rng, SURNAMES),
            forenames,
            uk_day(born := self._today - self._age(children)),
            "male" if man else "female",
            pick(rng, _ETHNICITIES),
            pick(rng, standing),
        )
        return Person(fields, born, self._places.anywhere(rng), chance() < 0.6)

    def _age(self, children: float) -> int:
        """An age in days: a child's, or a grown person's, of whom the most are young."""
        chance, aged = self._rng.random(), self._rng.random()
        return _CHILD + int(_CHILD_SPAN * aged) if chance < children else _GROWN + int(_SPAN * aged * aged)
