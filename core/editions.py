"""Editions of harm indexes: dated tables of weights, side by side, none overwritten.

An edition is one CSV file, so adding an edition is adding a file to ``core/data/editions``. Every weight is in days;
what the days stand for is the index's own affair: a starting point for a first offender (CCHI), a mean actual
sentence (CSS). Source: DOMAIN.md section 1, editions and the alternative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from core.errors import Refused
from core.shipped import DATA
from core.tables import table
from core.text import plain

COLUMNS = ("index", "edition", "dated", "code", "title", "days")
"""What an edition file must have; index, edition and dated may stand in its first row alone."""

_NEEDED = ("index", "edition", "dated", "days")
"""What no file can be without; one of code and title may be missing, as it may be empty in every row."""

OPTIONAL = ("confidence", "basis", "category", "subgroup", "default", "citation")
"""What it may have. Without a confidence a weight is as published; without a default no weight of a code is one."""

DEFAULT = "CCHI 2020"
"""The edition that is meant where none is named."""

_MOST_DAYS = 1_000_000_000
"""The most that an offence can weigh: with more, what is added up would no longer be a figure."""
_CODE = re.compile(r"\s*0*([0-9]{1,3})\s*/\s*0*([0-9]{1,2})\s*")
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_A_DATE = re.compile(
    rf"[0-9]{{1,2}}[- ]({_MONTH})|({_MONTH})[- ][0-9]{{2}}|[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{4}}", re.IGNORECASE
)
_DAYS = re.compile(r"[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Weight(NamedTuple):
    """One row of an index: an offence title under a Home Office code, and its days.

    ``confidence`` is ``published`` or ``derived``; ``basis`` says what the weight was taken from; ``default`` marks
    the weight that a code with several takes where the severity was not given.
    """

    code: str
    title: str
    days: float
    confidence: str
    basis: str
    default: bool


@dataclass(frozen=True, eq=False)
class Edition:
    """The weights of an index as they stood on a date, by Home Office code; under no code, those known by title."""

    name: str
    index: str
    dated: str
    citation: str
    weights: Mapping[str, tuple[Weight, ...]]


def made_a_date(code: str) -> bool:
    """Whether a spreadsheet made a date of a code, as ``08-Jun`` of 8/6: as a code of its own it weighs nothing."""
    return _A_DATE.fullmatch(code.strip()) is not None


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
def built_in() -> dict[str, Edition]:
    """The editions that ship with the rules, by name."""
    found: dict[str, Edition] = {}
    for name in sorted(path.name for path in (DATA / "editions").glob("*.csv")):
        edition = read(enumerate(table(f"editions/{name.removesuffix('.csv')}"), start=2), name)
        if edition.name in found:
            raise Refused(f"{name}: '{edition.name}' is in another file too. Keep one file for each edition.")
        found[edition.name] = edition
    return found


_UNKNOWN = "No such edition"


def edition_named(text: str, editions: Mapping[str, Edition]) -> Edition:
    """The edition of a name, or the latest of an index: ``CSS 2021``, ``css-2021`` and ``css`` find the same.

    Raises Refused for a name that is not known.
    """
    wanted = _key(text)
    for edition in editions.values():
        if _key(edition.name) == wanted:
            return edition
    of_index = [edition for edition in editions.values() if _key(edition.index) == wanted]
    if not of_index:
        raise Refused(f"There is no edition '{_shown(text)}'. Use one of: {', '.join(map(plain, editions))}.", _UNKNOWN)
    return max(of_index, key=lambda edition: (edition.dated, edition.name))


def read(rows: Iterable[tuple[int, Mapping[str, str]]], file: str) -> Edition:
    """Make an edition of the rows of a file, each with the number of its line.

    Raises Refused, with the file, the line and what to do, for the first row that is not sound; nothing of the
    file is taken then.
    """
    head: dict[str, str] = {}
    weights: dict[str, list[Weight]] = {}
    offences: dict[tuple[str, str], float] = {}
    defaults: dict[str, float] = {}
    for line, row in rows:
        where = f"{file}, line {line}"
        if not head:
            _check_columns(row, file)
        cells = {name: (row.get(name) or "").strip() for name in (*COLUMNS, *OPTIONAL)}
        _keep_head(head, cells, where)
        weight = _weight(cells, where)
        _check_agrees(weight, offences, defaults, where)
        weights.setdefault(weight.code, []).append(weight)
    if not head:
        raise Refused(f"{file} has no rows. Give it a row for each offence, with {', '.join(COLUMNS)}.")
    frozen = MappingProxyType({code: tuple(found) for code, found in weights.items()})
    return Edition(head["edition"], head["index"], head["dated"], head.get("citation", ""), frozen)


def _check_columns(row: Mapping[str, str], file: str) -> None:
    either = () if "code" in row or "title" in row else ("code",)
    if missing := [name for name in (*_NEEDED, *either) if name not in row]:
        raise Refused(f"{file}, line 1: there is no column '{missing[0]}'. An edition needs {', '.join(COLUMNS)}.")
    if odd := [name for name in row if name not in COLUMNS and name not in OPTIONAL]:
        known = ", ".join(OPTIONAL)
        raise Refused(f"{file}, line 1: the column '{_shown(odd[0])}' is not known. Beside the needed, use {known}.")


def _keep_head(head: dict[str, str], cells: Mapping[str, str], where: str) -> None:
    """Take the name of the edition from its first row, and see that no later row says otherwise."""
    first = not head
    for name in ("index", "edition", "dated"):
        value = cells[name]
        if first and not value:
            raise Refused(f"{where}: {name} is ''. Fill it in, in the first row at least.")
        if value and value != head.setdefault(name, value):
            was, now = _shown(head[name]), _shown(value)
            raise Refused(f"{where}: {name} is '{now}', but '{was}' above. Put each edition in a file of its own.")
    if first and not _is_date(cells["dated"]):
        raise Refused(f"{where}: '{_shown(cells['dated'])}' is no date. Write it as in 2020-10-06.")
    if cells["citation"]:
        head.setdefault("citation", cells["citation"])


def _weight(cells: Mapping[str, str], where: str) -> Weight:
    code, title, days = home_office_code(cells["code"]), cells["title"], cells["days"]
    if made_a_date(code):
        raise Refused(f"{where}: a spreadsheet made a date of '{plain(code)}'. Write it as 008/06, the column as text.")
    if not code and not title:
        raise Refused(f"{where}: '' is neither a code nor a title. Give the row one of the two, or take it out.")
    if not _DAYS.fullmatch(days) or float(days) > _MOST_DAYS:
        raise Refused(f"{where}: '{_shown(days)}' is no number of days. Write 0 to {_MOST_DAYS:,}, as in 547.5.")
    confidence, default = cells["confidence"] or "published", cells["default"] or "no"
    if confidence not in ("published", "derived"):
        raise Refused(f"{where}: '{_shown(confidence)}' is no confidence. Write published or derived.")
    if default not in ("yes", "no"):
        raise Refused(f"{where}: '{_shown(default)}' does not say whether it is the default. Write yes or no.")
    return Weight(code, title, float(days), confidence, cells["basis"], default == "yes")


def _check_agrees(
    weight: Weight, offences: dict[tuple[str, str], float], defaults: dict[str, float], where: str
) -> None:
    """See that no row above gives other days to the same offence, or to the default of the same code."""
    above = offences.setdefault((weight.code, weight.title), weight.days)
    if above != weight.days:
        what, days = _shown(weight.title or weight.code), f"{weight.days:g} days, but {above:g} days above"
        raise Refused(f"{where}: '{what}' has {days}. Keep one of the two, or give each a title of its own.")
    if not weight.default:
        return
    above = defaults.setdefault(weight.code, weight.days)
    if above != weight.days:
        days = f"{weight.days:g} days, but {above:g} days above"
        raise Refused(f"{where}: the default of '{weight.code}' has {days}. Write yes for one weight alone.")


def _is_date(text: str) -> bool:
    """Whether a text is a day of the calendar as ISO 8601 writes it in full."""
    try:
        return _DATE.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _key(text: str) -> str:
    """A name without the differences that do not matter to whoever types it."""
    return " ".join(re.sub(r"[-_]", " ", text).casefold().split())


def _shown(value: str) -> str:
    """A value of a file, as much of it as a sentence can hold."""
    text = plain(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
