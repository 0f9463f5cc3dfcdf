"""Which categories of a release are meant by the names that were typed: minor ones by a text, major ones by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

from core.errors import Problem

Majors = Mapping[str, Collection[str]]
"""Major category to the minor ones that a release has under it; empty where a release has none."""
_NEAR = 0.5


def categories_meant(texts: Sequence[str], minors: Collection[str], majors: Majors, release: str) -> tuple[str, ...]:
    """The minor categories that are counted, in the order of the alphabet; all where nothing was typed.

    A text means every minor category whose name holds it, and every minor one under the major one whose name it is;
    capitals and spaces do not matter. Raises Problem, naming it and the nearest there is, for each that means none.
    """
    if not texts:
        return tuple(sorted(minors))
    meant: set[str] = set()
    nothing: list[str] = []
    for text in texts:
        matches = _meant(text, minors, majors)
        meant |= matches
        if not matches:
            nothing.append(text)
    if nothing:
        raise Problem(
            f"Release {release} has no category like {' or '.join(_near(text, minors, majors) for text in nothing)}. "
            f"It has: {_listed(minors, majors)}."
        )
    return tuple(sorted(meant))


def _meant(text: str, minors: Collection[str], majors: Majors) -> set[str]:
    wanted = _folded(text)
    if not wanted:
        return set()
    under = {minor for major, held in majors.items() if _folded(major) == wanted for minor in held}
    return under | {minor for minor in minors if wanted in _folded(minor)}


def _near(text: str, minors: Collection[str], majors: Majors) -> str:
    """A text that means nothing, with the nearest name beside it where one is near."""
    names = {_folded(name): name for name in (*sorted(minors), *sorted(majors))}
    near = get_close_matches(_folded(text), names, 1, _NEAR)
    words = f"'{text}'"
    return f"{words} (nearest: {names[near[0]]})" if near else words


def _listed(minors: Collection[str], majors: Majors) -> str:
    """Every name that can be asked for: the minor categories, then the major ones."""
    listed = ", ".join(sorted(minors))
    return f"{listed}; as a whole: {', '.join(sorted(majors))}" if majors else listed


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
