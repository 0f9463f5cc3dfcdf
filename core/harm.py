"""Harm of an offence in days, by the Cambridge Crime Harm Index (CCHI).

Rule: the weight of an offence is the days of custody of the Sentencing Council's starting point for a first
offender; a year is 365 days (DOMAIN.md section 1; Sherman, Neyroud and Neyroud 2016; CCHI 2020 workbook,
copyright Cambridge Centre for Evidence Based Policing 2020). Editions stand side by side; none is overwritten.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from core.tables import table

EDITION = "CCHI 2020"
CITATION = (
    "Cambridge Crime Harm Index, October 2020 workbook, copyright Cambridge Centre for Evidence Based "
    "Policing 2020 (cambridge-ebp.co.uk); 21 rows derived by this project are marked."
)

_CODE = re.compile(r"\s*0*([0-9]{1,3})\s*/\s*0*([0-9]{1,2})\s*")
_POLICE = re.compile(r"\b(police|constable|officer|emergency worker|pc)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Weight:
    """One row of the index: an offence title under a Home Office code, and its days."""

    code: str
    title: str
    days: float
    confidence: str
    basis: str
    default: bool


@dataclass(frozen=True)
class Harm:
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


def home_office_code(text: str) -> str:
    """Write a Home Office code as the index does: ``8/1`` and ``00801`` become ``008/01``.

    A text that is no such code is given back as it stands, without spaces around it.
    """
    text = text.strip()
    if match := _CODE.fullmatch(text):
        return f"{int(match[1]):03d}/{int(match[2]):02d}"
    if len(text) == 5 and text.isascii() and text.isdigit():
        return f"{text[:3]}/{text[3:]}"
    return text


@cache
def weights() -> dict[str, tuple[Weight, ...]]:
    """The index: every weight of every code, in the order of the workbook."""
    found: dict[str, list[Weight]] = {}
    for row in table("cchi-2020"):
        weight = Weight(
            row["code"],
            row["title"],
            float(row["days"]),
            row["confidence"],
            row["basis"],
            row["default"] == "yes",
        )
        found.setdefault(row["code"], []).append(weight)
    return {code: tuple(rows) for code, rows in found.items()}


def weigh(code: str, offence: str, severity: str = "") -> Harm:
    """Give the harm of one recorded offence under :data:`EDITION`.

    code: Home Office code. offence: its title as recorded. severity: any words the extract gives about how
    serious it was. A code with several weights takes the one the words describe, else the default of the
    index table, and says so (DOMAIN.md section 1, split codes).
    """
    rows = weights().get(home_office_code(code), ()) if code.strip() else _by_title(offence)
    if not rows:
        return Harm(None, offence.strip(), "none", f"no weight for {code.strip() or 'an empty code'} in {EDITION}")
    if len({row.days for row in rows}) == 1:
        row = _nearest(rows, offence)
        return Harm(row.days, row.title, row.confidence, _basis(row))
    return _split(rows, f"{offence} {severity}")


def _by_title(offence: str) -> tuple[Weight, ...]:
    """Rows the index holds without a code, found by their title alone."""
    wanted = _words(offence)
    return tuple(row for row in weights().get("", ()) if wanted and _words(row.title) == wanted)


def _split(rows: tuple[Weight, ...], words: str) -> Harm:
    """Choose among the weights of one code by the words that tell them apart, else by the stated default."""
    said, signs = _words(words), _signs(rows)
    known = frozenset().union(*(_words(row.title) for row in rows))
    score = {days: len(sign & said) - len(sign - said) if said & known else 0 for days, sign in signs.items()}
    best = [days for days in score if score[days] == max(score.values())]
    default = next((row.days for row in rows if row.default), best[0])
    days = best[0] if len(best) == 1 else default if default in best else max(best)
    row = _nearest(tuple(row for row in rows if row.days == days), words)
    low, high = min(score), max(score)
    taken = "as recorded" if len(best) == 1 else "severity not given, default"
    note = f"split code, {taken}: {days:g} d of {low:g} to {high:g} d"
    return Harm(days, row.title, row.confidence if len(best) == 1 else "derived", note)


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
    return "" if row.basis == "own guideline" else f"weight by {row.basis}"
