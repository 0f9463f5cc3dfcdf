"""What the records say of a person or a ward, and which of the demo's words may be said of them.

A sentence of the demo names the facts that it needs; it is said only of whom they hold, so that no action, result,
decision or reason contradicts a record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FRIDAY = 4


class Line(NamedTuple):
    """A sentence with what it needs.

    needs: words with blanks between, each of which must hold; ``a|b`` is one of two, ``!a`` is that it does not hold.
    words: the sentence; a name in braces is filled in from the figures of the facts.
    """

    needs: str
    words: str

    def fits(self, facts: Facts) -> bool:
        """Whether it may be said where these facts hold."""
        return all(_holds(need, facts.hold) for need in self.needs.split())

    def about(self, facts: Facts) -> str:
        """The sentence with its figures."""
        return self.words.format_map(facts.figures)


def _holds(need: str, hold: Collection[str]) -> bool:
    if need.startswith("!"):
        return need[1:].replace("_", " ") not in hold
    return any(one.replace("_", " ") in hold for one in need.split("|"))


@dataclass(frozen=True)
class Facts:
    """What holds, in words, and the figures by name as a sentence takes them."""

    hold: frozenset[str]
    figures: Mapping[str, str]


def working_day(day: int) -> int:
    """The ordinal of a day, or of the Monday after it where it falls on a weekend."""
    place = date.fromordinal(day).weekday()
    return day if place <= _FRIDAY else day + 7 - place


def weekday(day: int) -> str:
    """The weekday of an ordinal, in English whatever the machine speaks."""
    return _WEEK[date.fromordinal(day).weekday()]


def ahead(day: int) -> dict[str, str]:
    """The weekdays that a sentence said on a day may name: two nights on, working days two and four days on."""
    return {
        "night": weekday(day + 2),
        "soon": weekday(working_day(day + 2)),
        "later": weekday(working_day(day + 4)),
    }


def share(part: int, reports: int) -> str:
    """So many of someone's reports in words: ``3 of 8 reports``, ``all 8 reports``, ``the one report``."""
    if reports == 1:
        return "the one report" if part else "no report"
    return f"all {reports} reports" if part == reports else f"{part or 'none'} of {reports} reports"


S = TypeVar("S", bound=Line)


class Wording:
    """Chooses among the sentences that fit the one that was said least, so that nothing becomes a formula."""

    def __init__(self) -> None:
        self._said: Counter[str] = Counter()

    def choose(self, sentences: Sequence[S], facts: Facts, start: int = 0, but: Collection[str] = ()) -> S | None:
        """The sentence said least of those that fit; None where none does.

        start: which of equals comes first. but: what is not to be said again, as it reads when filled in.
        """
        turned = [*sentences[start % len(sentences) :], *sentences[: start % len(sentences)]]
        fitting = [said for said in turned if said.fits(facts) and said.about(facts) not in but]
        if not fitting:
            return None
        chosen = min(fitting, key=lambda said: self._said[said.words])
        self._said[chosen.words] += 1
        return chosen
