"""What every method is: how an offence weighs in it, and what makes its score of a person's measures.

A method either adds up harm (its score is in days) or bands its measures into points (its score is in points). Sex,
ethnicity, age and name are no measures and cannot become one: :class:`Measures` is all a method sees.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core import bands as band_tables
from core.allegations import Allegation, Window
from core.bands import Bands
from core.editions import Edition, built_in
from core.harm import Harm, Split, total, weigh
from core.pools import Pool, Trait, traits


class Measures(NamedTuple):
    """What one person's reports in the window come to.

    recency: days since the last of them. frequency: how many reports. gravity: days of the heaviest, None where none
    carries a weight. harm: days of all together. victims: people who are victims of them.
    """

    recency: int
    frequency: int
    gravity: float | None
    harm: float
    victims: int


class Part(NamedTuple):
    """One component of a score: the measure, its value, and what it adds (days or points)."""

    measure: str
    value: float | None
    adds: float


Combine = Callable[[Sequence[Harm], Trait, Bands], Harm]
"""From the harm of one offence under each index of a method, its traits and the bands to what it weighs there."""


def as_indexed(found: Sequence[Harm], _traits: Trait, _bands: Bands) -> Harm:
    """What the method's one index says."""
    return found[0]


class Method(NamedTuple):
    """A way to rank. ``measures`` are banded into points; where there are none the score is the harm in days.

    ``any_index`` says that an edition of another index may stand in for that of its own. ``version`` is raised whenever
    the rule of the method changes (``core.rules``).
    """

    key: str
    title: str
    says: str
    source: str
    indexes: tuple[str, ...] = ("CCHI",)
    measures: tuple[str, ...] = ()
    pool: Pool = Pool.VAWG
    min_crimes: int = 1
    any_index: bool = False
    combine: Combine = as_indexed
    version: int = 1

    @property
    def unit(self) -> str:
        """What a score is counted in: ``d`` days of harm, or ``pt`` points."""
        return "pt" if self.measures else "d"


@dataclass(frozen=True)
class Recipe:
    """A method with all that it reads: editions (one for each index), bands, and the choice for split codes."""

    method: Method
    editions: tuple[Edition, ...]
    bands: Bands
    split: Split = "default"

    @property
    def edition(self) -> str:
        """The editions as a ranking names them."""
        return " + ".join(edition.name for edition in self.editions)

    @property
    def index(self) -> str:
        """The indexes as a ranking names them."""
        return " + ".join(edition.index for edition in self.editions)

    def weigh(self, code: str, title: str, severity: str = "") -> Harm:
        """What one recorded offence weighs in days. ``days`` of it is None where an edition has no weight."""
        found = [weigh(code, title, severity, edition, self.split) for edition in self.editions]
        return self.method.combine(found, traits(code, title), self.bands)


def recipe(
    method: Method, editions: Sequence[Edition] = (), bands: Bands | None = None, split: Split = "default"
) -> Recipe:
    """A method with the editions given, the latest that ship for its other indexes, and the bands that ship."""
    mine = {edition.index: edition for edition in sorted(built_in().values(), key=lambda one: one.dated)}
    mine |= {edition.index: edition for edition in editions}
    if method.any_index and editions:
        return Recipe(method, (editions[-1],), bands or band_tables.default(), split)
    return Recipe(method, tuple(mine[index] for index in method.indexes), bands or band_tables.default(), split)


def score(method: Method, measures: Measures, bands: Bands) -> tuple[Part, ...]:
    """The parts of a person's score, in the order in which they are shown; the score is what they add up to."""
    if not method.measures:
        return (Part("harm", measures.harm, measures.harm),)
    values = measures._asdict()
    return tuple(Part(name, values[name], bands.points(name, values[name])) for name in method.measures)


def points(parts: Sequence[Part]) -> float:
    """What the parts add up to."""
    return total(part.adds for part in parts)


def measures(lines: Sequence[Allegation], window: Window) -> Measures:
    """What the allegations against one person come to, those in the pool and the window (all zero where none is)."""
    inside = [line for line in lines if line.in_pool]
    weighed = [line.days for line in inside if line.days is not None]
    days = [line.row.reported_on if window.by == "reported" else line.row.committed_from for line in inside]
    victims: frozenset[str] = frozenset().union(*(line.victim_refs for line in lines))
    return Measures(
        recency=window.as_of - max(days) if days else 0,
        frequency=len(inside),
        gravity=max(weighed, default=None),
        harm=total(weighed),
        victims=len(victims),
    )
