"""One thing that a form asks for: what may be typed, what is offered, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from core.applying import WHY, WHY_NEEDED
from core.errors import Problem
from tui.wall import Holds, only_numbers

Values = dict[str, str]
LONGEST = 300
"""Letters that a field takes where nothing else is said: what a paper and a detail can show."""
SHORT = 60
"""Letters of a name, a role, a place."""
OFFERED = 5
"""Offers that stand below a field."""
_LISTED = 12


@dataclass(frozen=True)
class Field:
    """One thing to type. ``choices`` are offered while typing, the likeliest first; ``only`` allows nothing else.

    holds: what may stand in it; where that is not said, numbers, days and choices are plain and all else is words.
    check: looks at it among all values and raises Problem where it will not do; the field is gone to. says: a few words
    on a choice, which stand beside it. means: what a value would be, in words that may be shown; empty where it says
    nothing. longest: how many letters it takes. half: whether it shares its line with the next one that is half, too.
    """

    key: str
    label: str
    value: str = ""
    choices: Sequence[str] = field(default_factory=tuple)
    needed: bool = True
    only: bool = False
    hint: str = ""
    holds: Holds | None = None
    check: Callable[[Values], object] | None = None
    says: Mapping[str, str] = field(default_factory=dict)
    means: Callable[[str], str] | None = None
    longest: int = LONGEST
    half: bool = False

    def plain(self, value: str) -> bool:
        """Whether a value may stand on a wall."""
        return self.holds is Holds.PLAIN or only_numbers(value) or value in self.choices

    def offers(self, typed: str) -> list[str]:
        """The choices that what was typed may mean: those that begin with it, then those with words that begin so.

        In the order of the choices, which is that of use and place. Nothing once one stands there in full.
        """
        wanted = typed.strip().casefold()
        if any(choice.casefold() == wanted for choice in self.choices):
            return []
        words = wanted.split()
        fits = [choice for choice in self.choices if choice.casefold().startswith(wanted) or _fits(choice, words)]
        return sorted(fits, key=lambda choice: not choice.casefold().startswith(wanted))


def _fits(choice: str, words: Sequence[str]) -> bool:
    """Whether each word begins a word of a choice."""
    parts = choice.casefold().replace("-", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def why_field(key: str = "reason", hint: str = "", *, needed: bool = True) -> Field:
    """What asks for a reason, the last field of its form. *needed* False where it depends on what else is typed."""
    return Field(key, WHY, hint=hint, needed=needed)


def lines_of(fields: Sequence[Field]) -> list[list[Field]]:
    """The fields of each line of a sheet: one, or two that follow each other and are half a line each."""
    lines: list[list[Field]] = []
    for one in fields:
        if one.half and lines and len(lines[-1]) == 1 and lines[-1][0].half:
            lines[-1].append(one)
        else:
            lines.append([one])
    return lines


def fault_of(asked: Field, value: str) -> str:
    """What is wrong with what was typed into a field, as a sentence; empty where nothing is."""
    if asked.needed and not value:
        return WHY_NEEDED if asked.label == WHY else f"{asked.label} is needed."
    if asked.only and value and value.casefold() not in {choice.casefold() for choice in asked.choices}:
        return _not_offered(asked, value)
    if len(value) > asked.longest and value != asked.value:
        return f"{asked.label} takes {asked.longest} letters at most; this has {len(value):,}. Make it shorter."
    return ""


def _not_offered(asked: Field, value: str) -> str:
    """What is offered, or the nearest of it where that is many."""
    if len(asked.choices) <= _LISTED:
        return f"{asked.label} must be one of: {', '.join(asked.choices)}."
    near = get_close_matches(value.casefold(), asked.choices, cutoff=0.0, n=2)
    of = f"none of the {len(asked.choices)} offered"
    return f"{asked.label}: '{value}' is {of}. Nearest: {' or '.join(near)}; → takes an offer."


def field_of(problem: Problem, fields: Sequence[Field], values: Values) -> Field | None:
    """Which field a problem is about: that whose value its sentence quotes, else whose label it begins with."""
    sentence = problem.sentence
    quoted = [one for one in fields if values[one.key] and f"'{values[one.key]}'" in sentence]
    named = [one for one in fields if sentence.casefold().startswith(one.label.casefold())]
    return next(iter([*quoted, *named]), None)
