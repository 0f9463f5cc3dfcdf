"""Where two methods disagree about a person, and why.

Source: DOMAIN.md section 1: different indexes and methods give materially different priorities for the same data, so
a chair sees who stands apart and what makes the difference before anything is decided on one list alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.methods import Part
from core.text import counted, figure


@dataclass(frozen=True)
class Place:
    """Where one method puts a person; ``rank`` is None where too few reports make a rank there."""

    rank: int | None
    score: float
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Disagreement:
    """One person under two methods. ``places`` is how far apart, positive where the second puts them higher."""

    person: str
    first: Place
    second: Place
    places: int | None
    why: str


def apart(first: Mapping[str, Place], second: Mapping[str, Place], more_than: int) -> list[Disagreement]:
    """Everyone whose ranks differ by more than *more_than* places, or whom one method alone ranks, the widest first."""
    none = Place(None, 0.0, ())
    people = sorted({*first, *second})
    every = (_disagreement(person, first.get(person, none), second.get(person, none)) for person in people)
    wide = (each for each in every if _is_wide(each, more_than))
    return sorted(wide, key=lambda each: (each.places is not None, -abs(each.places or 0), each.person))


def _is_wide(one: Disagreement, more_than: int) -> bool:
    if one.places is None:
        return one.first.rank is not None or one.second.rank is not None
    return abs(one.places) > more_than


def _disagreement(person: str, first: Place, second: Place) -> Disagreement:
    both = first.rank is not None and second.rank is not None
    places = first.rank - second.rank if both else None  # type: ignore[operator]
    return Disagreement(person, first, second, places, _why(first, second))


def _why(first: Place, second: Place) -> str:
    """What each method saw that the other did not, in words."""
    ours, theirs = _by_measure(first.parts), _by_measure(second.parts)
    alike = [name for name in ours if name in theirs and ours[name].adds == theirs[name].adds]
    said = [_part_in_words(name, part) for parts in (ours, theirs) for name, part in parts.items() if name not in alike]
    same = f"{' and '.join(alike)} the same in both" if alike else ""
    return "; ".join(part for part in (*dict.fromkeys(said), same) if part)


def _by_measure(parts: Iterable[Part]) -> dict[str, Part]:
    return {part.measure: part for part in parts}


def _part_in_words(name: str, part: Part) -> str:
    """One part in words: ``harm 2,943 d gives 25``, or the sum itself where harm is not banded."""
    value = "no weight" if part.value is None else _with_unit(name, part.value)
    return f"{name} {value}" if part.value == part.adds else f"{name} {value} gives {part.adds:g}"


def _with_unit(name: str, value: float) -> str:
    if name in ("gravity", "harm"):
        return f"{figure(value)} d"
    if name == "recency":
        return f"{counted(int(value), 'day')} ago"
    return figure(value)
