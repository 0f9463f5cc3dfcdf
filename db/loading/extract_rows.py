"""From the records of an extract to rows as they are stored, at the speed of the file.

Most values of an extract are the same few words and dates again and again, so each distinct value, or group of values
that belong together, is checked once and remembered; records are turned into rows column by column, a few at a time,
so that they are still in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, repeat
from operator import and_
from typing import Any

from core import extract
from core.date_columns import DateColumns
from core.extract import BadValue
from db.loading.dimensions import Dimensions
from db.loading.load import Load

Row = tuple[Any, ...]
Who = tuple[int | None, int | None]
"""Person and version; None where no suspect is named."""
COLUMNS = (
    "batch_id",
    "line",
    "crime_ref",
    "offence_id",
    "place_id",
    "committed_from",
    "committed_to",
    "reported_on",
    "circumstance_id",
    "person_id",
    "person_version_id",
    "victim_ref",
    "days",
    "admitted",
    "leading",
)
"""The columns of a stored row, in the order in which :func:`chunks` gives them."""

_CHUNK = 198
"""Records turned into rows at once: few, so that they stay in the processor's cache.

A row has 15 columns and a statement takes 999 values (``db.store.engine``), so 66 rows go into one: 198 fill three.
"""
_KEPT = 131_072
"""Descriptions of people remembered; then all are forgotten, so that memory does not grow with the file."""
_SEPARATOR = "\x1f"
"""Joins the words that describe someone to one string, which is looked up faster than they are. Where a word holds
it, too, they are written out instead, with it escaped: the two forms never meet."""


class _Memo(dict[Any, Any]):
    """Remembers what a check gave for a value, up to a bound, so that memory does not grow with the file."""

    def __init__(self, make: Callable[[Any], Any], bound: int = 65_536) -> None:
        self._make = make
        self._bound = bound

    def __missing__(self, key: Any) -> Any:
        if len(self) >= self._bound:
            self.clear()
        value = self[key] = self._make(key)
        return value


class _Checks:
    """What the values of one file become. Everything raises BadValue for the first value that is wrong."""

    def __init__(self, dimensions: Dimensions, today: int, dates: DateColumns) -> None:
        self._dimensions = dimensions
        self._today = today
        since, until, reported = (dates[name].read for name in ("committed_from", "committed_to", "reported_on"))
        self._born: extract.ReadDay = _Memo(dates["born_on"].read).__getitem__
        self.committed_from = _Memo(lambda value: extract.day("committed_from", value, today, since))
        self.committed_to = _Memo(lambda value: extract.optional_day("committed_to", value, today, until))
        self.reported_on = _Memo(lambda value: extract.day("reported_on", value, today, reported))
        self.place = _Memo(lambda key: dimensions.place(*key))
        self.offence = _Memo(lambda key: dimensions.offence(key[0], key[1], key[2], extract.flag("knife", key[3])))
        self.circumstance = _Memo(self._circumstance)
        self._seen: dict[str, Who] = {}

    def _circumstance(self, key: tuple[Any, ...]) -> tuple[int, int]:
        outcome = key[3]
        found = extract.circumstance(*key)
        return self._dimensions.circumstance(found, outcome), int(found.allowed)

    def people(self, described: list[tuple[str, ...]]) -> list[Who]:
        """Person and version of each description."""
        keys = list(map(_SEPARATOR.join, described))
        if "".join(keys).count(_SEPARATOR) > len(keys) * (len(described[0]) - 1):
            keys = list(map(repr, described))
        found = list(map(self._seen.get, keys))
        if None in found:
            self._dimensions.know(said[0].strip() for who, said in zip(found, described, strict=True) if not who)
            found = [who or self._person(key, said) for who, key, said in zip(found, keys, described, strict=True)]
        return found  # type: ignore[return-value]

    def _person(self, key: str, said: tuple[str, ...]) -> Who:
        ref, surname, forenames, born, sex, ethnicity, status = said
        who: Who = (None, None)
        if ref.strip():
            described = extract.description(surname, forenames, born, sex, ethnicity, status, self._today, self._born)
            who = self._dimensions.person(ref.strip(), described)
        else:
            extract.no_suspect(ref, surname, forenames, born)
        if len(self._seen) >= _KEPT:
            self._seen.clear()
        self._seen[key] = who
        return who


def chunks(load: Load, dimensions: Dimensions) -> Iterator[list[Row]]:
    """Every record that can be taken, as a row, a few at a time; the others go to the quarantine of *load*."""
    checks = _Checks(dimensions, load.today, load.dates)
    columns = load.columns()

    def taken(records: list[tuple[int, list[str]]]) -> list[Row]:
        try:
            return _rows(load.batch_id, [line for line, _ in records], columns([r for _, r in records]), checks)
        except BadValue as fault:
            if len(records) == 1:
                load.quarantine.add(records[0][0], fault, records[0][1])
                return []
            half = len(records) // 2
            return taken(records[:half]) + taken(records[half:])

    while records := list(islice(load.rows, _CHUNK)):
        yield taken(records)


def _rows(batch_id: int, lines: list[int], columns: list[Sequence[str]], checks: _Checks) -> list[Row]:
    """Records, column by column, as rows. Raises BadValue if any of them has a value that is wrong.

    People are looked up last, so that a row kept out for another value does not change how someone is described.
    """
    (
        crime_ref, code, offence, since, until, reported, ward, borough, abuse, vawg, detected, outcome,
        person_ref, surname, forenames, born, sex, ethnicity, status, role, named_by, victim_ref, severity, knife,
    ) = columns  # fmt: skip
    crime_refs = list(map(str.strip, crime_ref))
    if not all(crime_refs):
        crime_refs = list(map(extract.report, crime_ref))
    reported_on = list(map(checks.reported_on.__getitem__, reported))
    committed_from = list(map(checks.committed_from.__getitem__, since))
    committed_to = list(map(checks.committed_to.__getitem__, until))
    has_person = map(bool, map(str.strip, person_ref))
    circumstances = zip(abuse, vawg, detected, outcome, has_person, role, named_by, strict=True)
    whats, allowed = zip(*map(checks.circumstance.__getitem__, circumstances), strict=True)
    described_as = zip(code, offence, severity, knife, strict=True)
    offences, days, groups = zip(*map(checks.offence.__getitem__, described_as), strict=True)
    admitted = list(map(and_, allowed, groups))
    places = map(checks.place.__getitem__, zip(ward, borough, strict=True))
    described = list(zip(person_ref, surname, forenames, born, sex, ethnicity, status, strict=True))
    people, versions = zip(*checks.people(described), strict=True)
    return list(
        zip(
            repeat(batch_id), lines, crime_refs, offences, places, committed_from, committed_to, reported_on, whats,
            people, versions, map(str.strip, victim_ref), days, admitted, admitted,
        )
    )  # fmt: skip
