"""From the records of an extract to rows as they are stored, at the speed of the file.

Most values of an extract are the same few words and dates again and again, so each distinct value, or group of values
that belong together, is checked once and remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from operator import itemgetter
from typing import Any

from core import extract, profiles
from core.extract import BadValue
from db.dimensions import Dimensions
from db.imports import Load

Row = tuple[Any, ...]
COLUMNS = (
    "batch_id",
    "line",
    "crime_ref",
    "offence_id",
    "place_id",
    "committed_from",
    "committed_to",
    "reported_on",
    "domestic_abuse",
    "vawg",
    "detected_by",
    "outcome_id",
    "person_id",
    "person_version_id",
    "role",
    "named_by",
    "victim_ref",
    "days",
    "admitted",
    "leading",
)
"""The columns of a stored row, in the order in which :func:`rows` gives them."""

_OWN = ("crime_ref", "person_ref", "victim_ref", "committed_from", "committed_to", "reported_on")
_PLACE = ("ward_code", "borough")
_OFFENCE = ("ho_code", "offence", "severity")
_CIRCUMSTANCE = ("domestic_abuse", "vawg", "detected_by", "outcome", "role", "named_by")
_PERSON = ("person_ref", "surname", "forenames", "born_on", "sex", "ethnicity", "status")


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
    """What each group of values becomes. Every method raises BadValue for the first value that is wrong."""

    def __init__(self, dimensions: Dimensions, today: int) -> None:
        self._dimensions = dimensions
        self._today = today

    def circumstance(self, has_person: bool, key: tuple[str, ...]) -> Row:
        abuse, vawg, detected, outcome, role, named_by = key
        found = extract.circumstance(abuse, vawg, detected, outcome, has_person, role, named_by)
        return (
            int(found.domestic_abuse),
            int(found.vawg),
            int(found.detected_by),
            self._dimensions.outcome(outcome),
            int(found.role),
            int(found.named_by),
            int(found.admitted),
        )

    def person(self, key: tuple[str, ...]) -> tuple[int, int]:
        ref, surname, forenames, born, sex, ethnicity, status = key
        described = extract.description(surname, forenames, born, sex, ethnicity, status, self._today)
        return self._dimensions.person(ref.strip(), described)

    def nobody(self, key: tuple[str, ...]) -> tuple[None, None]:
        ref, surname, forenames, born, *_ = key
        extract.reference("-", ref, surname, forenames, born)
        return None, None


def rows(load: Load, dimensions: Dimensions) -> Iterator[Row]:
    """Every record that can be taken, as a row; the others go to the quarantine of *load*.

    A person is looked up last, so that a row kept out for another value does not change how they are described.
    """
    own, place_of, offence_of, circumstance_of, person_of = _getters(load)
    translate = profiles.translator(load.profile, load.header, _wanted(), load.file.path.name)
    checks, batch_id, today = _Checks(dimensions, load.today), load.batch_id, load.today
    froms = _Memo(lambda text: extract.day("committed_from", text, today))
    tos = _Memo(lambda text: extract.optional_day("committed_to", text, today))
    reports = _Memo(lambda text: extract.day("reported_on", text, today))
    places = _Memo(lambda key: dimensions.place(*key))
    offences = _Memo(lambda key: dimensions.offence(*key))
    named, unnamed = (_Memo(partial(checks.circumstance, has_person)) for has_person in (True, False))
    people, nobody = _Memo(checks.person), _Memo(checks.nobody)
    for line, fields in load.rows:
        try:
            values = fields if translate is None else translate(fields)
            crime_ref, person_ref, victim_ref, since, until, reported = own(values)
            crime_ref = crime_ref.strip()
            if not crime_ref:
                extract.reference(crime_ref, person_ref)
            is_named = person_ref and not person_ref.isspace()
            reported_on, committed_from, committed_to = reports[reported], froms[since], tos[until]
            abuse, vawg, detected, outcome, role, named_by, admitted = (named if is_named else unnamed)[
                circumstance_of(values)
            ]
            offence, days = offences[offence_of(values)]
            person, version = (people if is_named else nobody)[person_of(values)]
            row = (
                batch_id, line, crime_ref, offence, places[place_of(values)], committed_from, committed_to,
                reported_on, abuse, vawg, detected, outcome, person, version, role, named_by, victim_ref.strip(),
                days, admitted, admitted,
            )  # fmt: skip
        except BadValue as fault:
            load.quarantine.add(line, fault, fields)
            continue
        yield row


def _wanted() -> tuple[str, ...]:
    return (*extract.COLUMNS, *extract.OPTIONAL)


def _getters(load: Load) -> tuple[Callable[[list[str]], tuple[str, ...]], ...]:
    """For each group of columns, what picks them out of a record (a translated one stands in our order)."""
    order = profiles.positions(load.profile, load.header, _wanted(), load.file.path.name)
    places = order if load.profile.plain else range(len(order))
    at: Mapping[str, int | None] = dict(zip(_wanted(), places, strict=True))
    groups = ([at[column] for column in group] for group in (_OWN, _PLACE, _OFFENCE, _CIRCUMSTANCE, _PERSON))
    return tuple(itemgetter(*(place for place in group if place is not None)) for group in groups)
