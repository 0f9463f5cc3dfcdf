"""A backtest as it is told: its rankings at each n, in figures and in sentences that can be read aloud.

It says what a list held of what followed, never that a list foretells anything: places and people picked at a peak fall
anyway (DOMAIN2.md section 5), and most of a later list is new (section 6).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.backtest import Calibrated, Entry, Everyone, Followed, calibration, entries, gini
from core.not_counted import NotCounted
from core.text import counted

_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
Step = Callable[[float], object]
"""Told which share of a backtest is worked, 0 to 1."""
NO_MORE = "It says how past lists held up, no more: a place or a person picked at a peak falls anyway."
"""What stands below every backtest."""


def untold(_: float) -> None:
    """Nobody waits to be told."""


@dataclass(frozen=True)
class Beside:
    """What else became of the first n people of one ranking.

    named_again: how many of them have a counted report in the span. next_new: how many of the first n by the same
    method at the end of the span were not among them. below, below_named_again, below_captured: the people just below
    the line, at most n: how many they are, how many of them were named again, and their share of the harm. children:
    how many of the first n are under 18 on the day, and age_unknown: of how many no birth date is known; None where
    whoever asks is not shown birth dates. custody: how many were in custody for some of the span, and
    custody_throughout for all of it; None where no custody is on record.
    """

    ranking: str
    first: int
    named_again: int
    next_new: int
    below: int
    below_named_again: int
    below_captured: float
    children: int | None
    age_unknown: int | None
    custody: int | None
    custody_throughout: int | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The same, in sentences."""
        first, below = f"Of {lead(self.first)} by {self.ranking}", counted(self.below, "person", "people")
        again = f"{self.below_named_again:,} were named again"
        return (
            f"{first}, {self.named_again:,} were named again; of the next {self.first:,}, {self.next_new:,} are new.",
            f"The {below} just below the line held {percent(self.below_captured)}; {again}.",
            f"{first}, {self._children} and {self._in_custody}{self._so}.",
        )

    @property
    def _children(self) -> str:
        if self.children is None:
            return "who is a child is hidden from you"
        none, several = "none is a child", counted(self.children, "is a child", "are children")
        unknown = (
            f" (the age of {counted(self.age_unknown, 'person', 'people')} is not known)" if self.age_unknown else ""
        )
        return f"{several if self.children else none}{unknown}"

    @property
    def _in_custody(self) -> str:
        if self.custody is None:
            return "who was in custody is not known: none is on record"
        if not self.custody:
            return "none was in custody"
        throughout = f"({self.custody_throughout:,} throughout)"
        return f"{self.custody:,} {_was(self.custody)} in custody for some of the time {throughout}"

    @property
    def _so(self) -> str:
        return ", so could not offend as others could" if self.children or self.custody else ""

    def as_json(self) -> dict[str, str | int | float | None]:
        """The same for JSON."""
        return {**vars(self), "below_captured": round(self.below_captured, 6)}


@dataclass(frozen=True)
class Backtest:
    """Rankings of wards or people against what followed.

    of: ``wards`` or ``people``. named: the members of the JSON that say what was ranked and against what, in their
    order. ranked_on, against: the same in words. followed: each ranking, the one that is looked at first at the front.
    left_out: what is in no figure. beside: what else is known of people; empty for wards.
    """

    of: str
    named: Mapping[str, str]
    ranked_on: str
    against: str
    followed: tuple[Followed, ...]
    entries: tuple[Entry, ...]
    left_out: tuple[NotCounted, ...]
    beside: tuple[Beside, ...] = ()

    @property
    def basis(self) -> str:
        """What was ranked on and against what, in a sentence."""
        return f"{_capital(self.ranked_on)}; harm of {self.against}."

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a chair reads aloud: how the first list did, whether that is more than chance, the others, the basis."""
        one = self.entries[0]
        others = against_others(one, self.at(one.first))
        return (headline(one), verdict(one, self.of), *([others] if others else []), self.basis)

    @property
    def calibration(self) -> tuple[Calibrated, ...]:
        """The harm a head that followed, by band of ranks of each ranking."""
        return tuple(band for one in self.followed for band in calibration(one))

    @property
    def bands_words(self) -> str:
        """What stands above the calibration."""
        return f"Days of harm that followed, a {'ward' if self.of == 'wards' else 'person'}, by rank:"

    @property
    def gini(self) -> float:
        """How unequally the harm of the span fell."""
        return gini(self.followed[0].every)

    @property
    def gini_words(self) -> str:
        """The same in a sentence, with what its ends mean."""
        return f"Gini of the harm that followed: {self.gini:.2f} (0: all the same; 1: one has it all)."

    @property
    def firsts(self) -> tuple[int, ...]:
        """Every n, in the order asked for."""
        return tuple(dict.fromkeys(one.first for one in self.entries))

    def at(self, first: int) -> tuple[Entry, ...]:
        """Every ranking at one n, in the order of the rankings."""
        return tuple(one for one in self.entries if one.first == first)

    def as_json(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "of": self.of,
            **self.named,
            "entries": [one.as_json() for one in self.entries],
            "left_out": [one.as_json() for one in self.left_out],
            "gini": round(self.gini, 6),
            "calibration": [{**vars(one), "per_head": round(one.per_head, 2)} for one in self.calibration],
            **({"beside": [one.as_json() for one in self.beside]} if self.of == "people" else {}),
        }


def made(
    of: str,
    named: Mapping[str, str],
    words: tuple[str, str],
    followed: Sequence[Followed],
    firsts: Sequence[int],
    left_out: Sequence[NotCounted],
    beside: Sequence[Beside] = (),
) -> Backtest:
    """A backtest of rankings at each n. words: what was ranked on, and against what. Raises as ``entries``."""
    everyone = Everyone(followed[0].every)
    every = tuple(entry for first in firsts for one in followed for entry in entries(one, [first], everyone))
    return Backtest(of, named, *words, tuple(followed), every, tuple(left_out), tuple(beside))


def lead(first: int) -> str:
    """The head of a list: ``the first ten``."""
    return f"the first {_NUMBERS[first] if first < len(_NUMBERS) else f'{first:,}'}"


def percent(share: float) -> str:
    """A share, 0 to 1, as it is read aloud: below one in a hundred by one figure more."""
    return f"{100 * share:.{1 if share >= 0.01 or not share else 2}f}%"


def headline(one: Entry) -> str:
    """How a list did against the best, in a sentence."""
    any_n = _NUMBERS[one.first] if one.first < len(_NUMBERS) else f"{one.first:,}"
    held = f"{100 * one.of_best:.0f} of every 100 days that any {any_n} could"
    return f"{_capital(lead(one.first))} by {one.ranking} held {held}."


def verdict(one: Entry, noun: str) -> str:
    """Whether that is better than chance, with the figures."""
    figures = f"{percent(one.captured)} of all harm (95%: {percent(one.low)} to {percent(one.high)})"
    lot = f"{one.first:,} of {one.pool:,} {noun} by lot hold {percent(one.chance)}"
    if one.beats_chance:
        return f"That is better than chance: {figures}; {lot}."
    return f"That is not told from chance: {figures}; {lot}."


def against_others(one: Entry, others: Sequence[Entry]) -> str:
    """The other rankings at the same n, best first, and whether all are too close to tell any two apart."""
    ordered = sorted(others, key=lambda other: -other.captured)
    named = ", ".join(f"{other.ranking} {percent(other.captured)}" for other in ordered if other is not one)
    close = all(first.low <= other.captured <= first.high for first in others for other in others)
    told = " All lie within each other's range: too close to tell apart." if close else ""
    return f"Beside it: {named}.{told}" if named else ""


def dated_line(found: Backtest, day: str) -> str:
    """One line for the papers: how the first of the list held up, with the day it was worked."""
    one = found.entries[0]
    return (
        f"Backtest worked on {day}: {headline(one)[:-1]} ({percent(one.captured)}; best {percent(one.best)}, chance "
        f"{percent(one.chance)}); {found.ranked_on}, against {found.against}. {_new(found)}"
        "It says how a past list held up, no more."
    )


def _new(found: Backtest) -> str:
    """Who could be in no list since nothing was held of them: an extract that begins late leaves out most."""
    return "".join(f"{one.sentence} " for one in found.left_out if one.kind == "new")


def _was(many: int) -> str:
    return "was" if many == 1 else "were"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
