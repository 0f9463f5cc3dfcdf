"""Harm of an offence in days, by an edition of a harm index.

Rule: under the Cambridge Crime Harm Index (CCHI) the weight of an offence is the days of custody of the Sentencing
Council's starting point for a first offender, a year being 365 days (Sherman, Neyroud and Neyroud 2016; CCHI 2020
workbook, copyright Cambridge Centre for Evidence Based Policing 2020); under the ONS Crime Severity Score (CSS) it is
the mean actual sentence. Both: DOMAIN.md section 1. The CCHI of 2020 is meant where no edition is named.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from core.editions import DEFAULT, Edition, Weight, built_in, home_office_code

__all__ = ["CITATION", "EDITION", "Harm", "Split", "Weight", "home_office_code", "total", "weigh", "weights"]

EDITION = DEFAULT
CITATION = (
    "Cambridge Crime Harm Index, October 2020 workbook, copyright Cambridge Centre for Evidence Based "
    "Policing 2020 (cambridge-ebp.co.uk); 23 rows derived by this project are marked."
)

Split = Literal["default", "lowest", "highest"]
"""Which weight a code with several takes where the severity was not given."""

_FLOORS = {"CCHI": 1.0}
"""The least that an index charges for an offence, in days."""
_PROXY = "weight by proxy"
_POLICE = re.compile(r"\b(police|constable|officer|emergency worker|pc)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")


class Harm(NamedTuple):
    """What one recorded offence weighs. ``days`` is None where the edition has no weight for it.

    ``confidence`` is ``published``, ``derived`` (not in the index as published, or a severity that was not
    given) or ``none``; ``note`` says in words what was assumed.
    """

    days: float | None
    title: str
    confidence: str
    note: str


def total(days: Iterable[float]) -> float:
    """Sum harm in days so that the same lines give the same sum in any order (hundredths of a day)."""
    return round(math.fsum(days), 2)


def weights() -> Mapping[str, tuple[Weight, ...]]:
    """The edition that is meant where none is named: every weight of every code, in the order of the workbook."""
    return built_in()[EDITION].weights


def weigh(
    code: str, offence: str, severity: str = "", edition: Edition | None = None, split: Split = "default"
) -> Harm:
    """Give the harm of one recorded offence under an edition, or under :data:`EDITION` where none is given.

    code: Home Office code. offence: its title as recorded. severity: any words the extract gives about how
    serious it was. A code with several weights takes the one the words describe (DOMAIN.md section 1, split codes).
    Where they leave more than one open, split says which is taken: the default of the edition's table, the lowest
    or the highest; the note says so.
    """
    under = edition or built_in()[EDITION]
    rows = under.weights.get(home_office_code(code), ()) if code.strip() else _by_title(offence, under)
    if not rows:
        return Harm(None, offence.strip(), "none", f"no weight for {code.strip() or 'an empty code'} in {under.name}")
    return _floored(_weighed(rows, offence, severity, split), under)


def _weighed(rows: tuple[Weight, ...], offence: str, severity: str, split: Split) -> Harm:
    if len({row.days for row in rows}) == 1:
        row = _nearest(rows, offence)
        return Harm(row.days, row.title, row.confidence, _basis(row))
    return _choose(rows, f"{offence} {severity}", split)


def _floored(found: Harm, under: Edition) -> Harm:
    """A weight below the floor of an index is none: what it stands for has no score, and is not an offence of 0 days.

    Whatever is notifiable weighs a day or more in the CCHI; incidents and what is not notifiable have no score
    (DOMAIN.md section 1, minimum charge).
    """
    if found.days is None or found.days >= _FLOORS.get(under.index, math.ulp(0.0)):
        return found
    return Harm(None, found.title, "none", f"not a notifiable offence: no score in {under.name}")


def kind(confidence: str, note: str) -> str:
    """What a weight rests on, in one word: ``published``, ``proxy`` (the guideline of a near offence), ``derived``.

    ``unweighed`` where there is none. confidence, note: those of the :class:`Harm`.
    """
    if confidence == "none":
        return "unweighed"
    return "proxy" if confidence == "published" and note.startswith(_PROXY) else confidence


def _by_title(offence: str, edition: Edition) -> tuple[Weight, ...]:
    """Rows the edition holds without a code, found by their title alone."""
    wanted = _words(offence)
    return tuple(row for row in edition.weights.get("", ()) if wanted and _words(row.title) == wanted)


def _choose(rows: tuple[Weight, ...], words: str, split: Split) -> Harm:
    """Choose among the weights of one code by the words that tell them apart, else as split says."""
    said, signs = _words(words), _signs(rows)
    known = frozenset().union(*(_words(row.title) for row in rows))
    score = {days: len(sign & said) - len(sign - said) if said & known else 0 for days, sign in signs.items()}
    best = [days for days in score if score[days] == max(score.values())]
    recorded = len(best) == 1
    days = _open_choice(rows, best, split)
    row = _nearest(tuple(row for row in rows if row.days == days), words)
    taken = "as recorded" if recorded else f"severity not given, {split}"
    note = f"split code, {taken}: {days:g} d of {min(score):g} to {max(score):g} d"
    return Harm(days, row.title, row.confidence if recorded else "derived", note)


def _open_choice(rows: tuple[Weight, ...], best: list[float], split: Split) -> float:
    """One of the weights that the words leave open; the heaviest of them where the default is not among them."""
    if split == "lowest":
        return min(best)
    stated = next((row.days for row in rows if row.default), None)
    return stated if split == "default" and stated in best else max(best)


def _signs(rows: tuple[Weight, ...]) -> dict[float, frozenset[str]]:
    """The words that mark each weight of a code: in all its titles, and in none of another weight's."""
    titles: dict[float, list[frozenset[str]]] = {}
    for row in rows:
        titles.setdefault(row.days, []).append(_words(row.title))
    every = {days: frozenset.intersection(*group) for days, group in titles.items()}
    some = {days: frozenset.union(*group) for days, group in titles.items()}
    telling = {word for one in every for other in some for word in every[one] - some[other]}
    return {days: words & telling for days, words in every.items()}


def _nearest(rows: tuple[Weight, ...], offence: str) -> Weight:
    """Among rows of equal days, the one whose title is nearest to what was recorded."""
    said = _words(offence)
    return max(rows, key=lambda row: len(said & _words(row.title)) - len(_words(row.title) - said))


def _words(text: str) -> frozenset[str]:
    found = set(_WORD.findall(text.casefold()))
    if _POLICE.search(text):
        found.add("police")
    if "non-dwelling" in text.casefold():
        found = (found - {"dwelling"}) | {"nondwelling"}
    return frozenset(found)


def _basis(row: Weight) -> str:
    """What a weight was taken from, where that is not the offence's own guideline or class."""
    return "" if not row.basis or row.basis.startswith("own ") else f"weight by {row.basis}"
