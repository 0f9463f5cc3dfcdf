"""From the records of an extract to checked chunks, at the speed of the file.

Most values of an extract are the same few words and dates again and again, so each distinct value, or group of values
that belong together, is checked once and remembered; records are checked column by column, a few at a time, so that
they are still in the processor's cache. What rows speak of again and again (offences, places, circumstances, suspects)
is numbered here as it comes, and by the store only as it is written: its numbers are known under its lock alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from core import extract, particulars
from core.date_columns import DateColumns
from core.extract import BadValue
from core.figures import is_unknown
from core.geography import area_code, of_two_maps, undescribed
from core.text import counted
from db.loading.load import Reading

_CHUNK = 186
"""Records checked at once: few, so that they stay in the processor's cache.

A row has 16 columns and a statement takes 999 values (``db.store.engine``), so 62 rows go into one: 186 fill three.
"""
_KEPT = 131_072
"""Descriptions of people remembered; then all are forgotten, so that memory does not grow with the file."""
_SEPARATOR = "\x1f"
"""Joins the words that describe someone to one string, which is looked up faster than they are. Where a word holds
it, too, they are written out instead, with it escaped: the two forms never meet."""


_AT, _WEAPON = (extract.PARTICULARS.index(name) for name in ("committed_at", "weapon"))


class Chunk(NamedTuple):
    """Rows of an extract, column by column, and before them what they are the first to speak of.

    Places, circumstances, offences, suspects and details of rows are numbered from 0 in the order in which they come.
    ``new_suspects`` are reference and description, None for no suspect; a row has None for a detail that tells nothing.
    """

    new_places: list[tuple[str, str]]
    new_circumstances: list[tuple[Any, ...]]
    new_offences: list[tuple[str, str, str, bool]]
    new_suspects: list[tuple[str, tuple[Any, ...]] | None]
    new_details: list[tuple[Any, ...]]
    columns: list[list[Any]]


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


class _Numbered(list[Any]):
    """What has come since the last chunk; gives each its number."""

    def __init__(self) -> None:
        super().__init__()
        self._before = 0

    def number(self, value: Any) -> int:
        """Add one, and give its number."""
        self.append(value)
        return self._before + len(self) - 1

    def taken(self) -> list[Any]:
        """What has come; from now on it is known."""
        new = list(self)
        self._before += len(new)
        self.clear()
        return new


class _Noticed:
    """Rows of a file that are taken, and of which something is to be said: how many they are, and the first line."""

    def __init__(self) -> None:
        self._rows, self._first = 0, 0

    def _notice(self, lines: Collection[int]) -> None:
        if lines:
            self._rows, self._first = self._rows + len(lines), self._first or min(lines)

    def _have(self) -> str:
        """What they have, to stand after how many they are."""
        raise NotImplementedError

    @property
    def note(self) -> str:
        """What is said of them; empty where there are none."""
        return f"{counted(self._rows, 'row has', 'rows have')} {self._have()}" if self._rows else ""


class _Unnamed(_Noticed):
    """The rows whose suspect or victim has a word for unknown in place of a reference."""

    def count(self, lines: Sequence[int], *columns: tuple[Sequence[str], Sequence[str]]) -> None:
        """Take in rows that are taken: their lines, and each column as it is written and as it is read."""
        if any(not all(read) for _, read in columns):
            cells = [zip(*column, strict=True) for column in columns]
            rows = zip(lines, *cells, strict=True)
            self._notice([line for line, *row in rows if any(not read and written.strip() for written, read in row)])

    def _have(self) -> str:
        return (
            f"a word for unknown in place of the reference of a suspect or victim (first: line {self._first}), "
            "which is read as no reference: nobody is ranked or counted by it."
        )


class _Disordered(_Noticed):
    """The rows whose days stand in an order that cannot be."""

    def count(self, lines: Sequence[int], since: Sequence[int], until: Sequence[int | None], on: Sequence[int]) -> None:
        """Take in rows that are taken: their lines, first and last day of the offence, and the day it was reported."""
        rows = zip(lines, since, until, on, strict=True)
        self._notice([line for line, first, last, day in rows if first > day or (last is not None and last < first)])

    def _have(self) -> str:
        return (
            f"a day of report before that of the offence, or its last day before its first (first: line {self._first})"
            ": taken as written. Look at these dates in the source, and import the file again."
        )


class _Keyed(_Noticed):
    """The rows that lack a value in a column of the key that makes their reference, and in which.

    columns: every column of the profile, in the order of a record. key: those that make the reference.
    """

    def __init__(self, columns: Sequence[str], key: Sequence[str]) -> None:
        super().__init__()
        self._key = [(name, columns.index(name)) for name in key]
        self._lacking: dict[str, None] = {}

    def count(self, lines: Sequence[int], columns: Sequence[Sequence[str]]) -> None:
        """Take in rows that are taken, column by column."""
        lacking: set[int] = set()
        for name, at in self._key:
            empty = [line for line, value in zip(lines, columns[at], strict=True) if is_unknown(value)]
            if empty:
                self._lacking[name] = None
                lacking.update(empty)
        self._notice(lacking)

    def _have(self) -> str:
        return (
            f"nothing in a column of the key ({', '.join(self._lacking)}; "
            f"first: line {self._first}): rows that agree in the rest of the key count as one report. Where they are "
            "several, withdraw the batch and name a further column in the key."
        )


class _Checks:
    """What the values of one file become. Everything raises BadValue for the first value that is wrong."""

    def __init__(self, today: int, minute: int, dates: DateColumns, keyed: _Keyed) -> None:
        self._today, self._minute, self.keyed = today, minute, keyed
        since, until, reported = (dates[name].read for name in ("committed_from", "committed_to", "reported_on"))
        self._born: extract.ReadDay = _Memo(dates["born_on"].read).__getitem__
        self.committed_from = _Memo(lambda value: extract.day("committed_from", value, today, since))
        self.committed_to = _Memo(lambda value: extract.optional_day("committed_to", value, today, until))
        self.reported_on = _Memo(lambda value: extract.day("reported_on", value, today, reported))
        self._new = tuple(_Numbered() for _ in range(5))
        places, circumstances, offences, self._suspects, details = self._new
        self.wards: set[str] = set()
        self.unnamed, self.disordered = _Unnamed(), _Disordered()
        self.place = _Memo(lambda key: places.number((self._ward(key[0]), key[1].strip())))
        self.circumstance = _Memo(lambda key: circumstances.number(_circumstance(key)))
        self.offence = _Memo(lambda key: offences.number(_offence(*key)))
        self.detail = _Memo(lambda key: _detail(key, details))
        self._seen: dict[str, int] = {}

    def new(self) -> Iterator[list[Any]]:
        """What has come since it was asked last: places, circumstances, offences, suspects, details."""
        return (numbered.taken() for numbered in self._new)

    def _ward(self, written: str) -> str:
        code = area_code(written)
        self.wards.add(code)
        return code

    def refuse_to_come(self, days: Sequence[int], hours: Sequence[str]) -> None:
        """See that no crime is of an hour that is yet to come. Raises BadValue."""
        for day, hour in zip(days, hours, strict=True):
            if day == self._today and particulars.minute("committed_at", hour) > self._minute:
                raise BadValue("committed_at", hour, "the hour lies in the future")

    def people(self, described: list[tuple[str, ...]]) -> list[int]:
        """The number of each suspect as described."""
        keys = list(map(_SEPARATOR.join, described))
        if "".join(keys).count(_SEPARATOR) > len(keys) * (len(described[0]) - 1):
            keys = list(map(repr, described))
        met = list(map(self._seen.get, keys))
        if None in met:
            return [
                self._person(key, words) if number is None else number
                for number, key, words in zip(met, keys, described, strict=True)
            ]
        return met  # type: ignore[return-value]

    def _person(self, key: str, words: tuple[str, ...]) -> int:
        written, surname, forenames, born, sex, ethnicity, status, home, owner = words
        suspect = None
        if ref := extract.reference(written):
            described = extract.description(
                surname, forenames, born, sex, ethnicity, status, self._today, self._born, home, owner
            )
            suspect = ref, tuple(described)
        else:
            extract.no_suspect(written, surname, forenames, born, home, owner)
        if len(self._seen) >= _KEPT:
            self._seen.clear()
        number = self._seen[key] = self._suspects.number(suspect)
        return number


def _circumstance(key: tuple[Any, ...]) -> tuple[Any, ...]:
    """The checked values of a circumstance, as the store has them."""
    checked = extract.circumstance(*key)
    return (
        int(checked.domestic_abuse), int(checked.vawg), int(checked.detected_by), key[3].strip(), int(checked.role),
        int(checked.named_by), int(checked.allowed),
    )  # fmt: skip


def _offence(code: str, title: str, severity: str, knife: str, weapon: str) -> tuple[str, str, str, bool]:
    return extract.offence_code(code), title.strip(), severity.strip(), particulars.knife_used(knife, weapon)


def _detail(key: tuple[str, ...], known: _Numbered) -> int | None:
    told = particulars.particulars(key)
    return None if told == particulars.NOTHING else known.number(tuple(told))


def check(reading: Reading) -> None:
    """Check every record into the spool of *reading*, chunk by chunk; those that cannot be taken go to quarantine."""
    names = (*reading.mapping.needed, *reading.mapping.optional)
    checks = _Checks(reading.today, reading.minute, reading.dates, _Keyed(names, reading.mapping.key))
    columns = reading.columns()

    def taken(records: list[tuple[int, list[str]]]) -> list[list[Any]]:
        try:
            return _checked([line for line, _ in records], columns([r for _, r in records]), checks)
        except BadValue as fault:
            if len(records) == 1:
                reading.quarantine.add(records[0][0], fault, records[0][1])
                return []
            half = len(records) // 2
            halves = taken(records[:half]), taken(records[half:])
            return [one + other for one, other in zip(*halves, strict=True)] if all(halves) else halves[0] or halves[1]

    while records := list(islice(reading.rows, _CHUNK)):
        rows = taken(records)
        reading.spool.add((*checks.new(), rows))
    known = reading.ward_map()
    of_rows = checks.keyed.note, checks.unnamed.note, checks.disordered.note
    of_wards = undescribed(checks.wards, known)
    reading.notes += filter(None, (*of_rows, of_wards, of_two_maps(checks.wards, known)))


def _checked(lines: list[int], columns: list[Sequence[str]], checks: _Checks) -> list[list[Any]]:
    """Records, column by column, checked. Raises BadValue if any of them has a value that is wrong.

    People are looked up last, so that a row kept out for another value does not change how someone is described.
    """
    (
        crime_ref, code, offence, since, until, reported, ward, borough, abuse, vawg, detected, outcome,
        person_ref, surname, forenames, born, sex, ethnicity, status, role, named_by, victim_ref, severity, knife,
        home_ward, owner, *told,
    ) = columns  # fmt: skip
    crime_refs = list(map(extract.reference, crime_ref))
    if not all(crime_refs):
        crime_refs = list(map(extract.report, crime_ref))
    reported_on = list(map(checks.reported_on.__getitem__, reported))
    committed_from = list(map(checks.committed_from.__getitem__, since))
    committed_to = list(map(checks.committed_to.__getitem__, until))
    suspect_refs, victim_refs = list(map(extract.reference, person_ref)), list(map(extract.reference, victim_ref))
    has_person = map(bool, suspect_refs)
    said_of_it = zip(abuse, vawg, detected, outcome, has_person, role, named_by, strict=True)
    circumstances = list(map(checks.circumstance.__getitem__, said_of_it))
    offences = list(map(checks.offence.__getitem__, zip(code, offence, severity, knife, told[_WEAPON], strict=True)))
    details: list[int | None] = [None] * len(lines)
    if any(map(any, told)):
        details = list(map(checks.detail.__getitem__, zip(*told, strict=True)))
        checks.refuse_to_come(committed_from, told[_AT])
    described = zip(person_ref, surname, forenames, born, sex, ethnicity, status, home_ward, owner, strict=True)
    suspects = checks.people(list(described))
    places = list(map(checks.place.__getitem__, zip(ward, borough, strict=True)))
    checks.keyed.count(lines, columns)
    checks.disordered.count(lines, committed_from, committed_to, reported_on)
    checks.unnamed.count(lines, (person_ref, suspect_refs), (victim_ref, victim_refs))
    return [
        lines, crime_refs, offences, places, committed_from, committed_to, reported_on, circumstances, suspects,
        victim_refs, details,
    ]  # fmt: skip
