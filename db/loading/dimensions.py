"""The things rows speak of again and again: offences, places, circumstances, details, people. Each is stored once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, text

from core import extract, harm
from core.geography import wards
from core.particulars import Particulars
from db.store.engine import insert_many

Who = tuple[int | None, int | None]
"""Person and version; None where no suspect is named."""


class Dimensions:
    """Gives the number of an offence, place, circumstance or person, adding those that are new."""

    def __init__(self, connection: Connection, batch_id: int) -> None:
        self._connection = connection
        self._batch_id = batch_id
        self._places: dict[tuple[str, str], int] = {
            (w, b): i for i, w, b in self._all("SELECT id, ward_code, borough FROM place")
        }
        self._circumstances: dict[tuple[Any, ...], int] = {
            tuple(said): i
            for i, *said in self._all(
                "SELECT id, domestic_abuse, vawg, detected_by, outcome, role, named_by, allowed FROM circumstance"
            )
        }
        offences = self._all("SELECT id, ho_code, title, severity, knife, days, pools FROM offence")
        self._offences: dict[tuple[str, str, str, bool], tuple[int, float | None, int]] = {
            (c, t, s, bool(k)): (i, d, p) for i, c, t, s, k, d, p in offences
        }
        self._people: dict[str, tuple[int, int]] = {}
        self._versions: dict[str, int] = {}
        self._asked: set[str] = set()
        self._details: dict[tuple[Any, ...], int] = {}
        self._next = {name: self._highest(name) for name in _COLUMNS}
        self._known_before = self._next["person"] > 0
        self._all_details_known = not self._next["report_detail"]
        self._new: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COLUMNS}
        self._moved: dict[int, int] = {}

    def know(self, refs: Iterable[str]) -> None:
        """Read who of these references is in the store, so that :meth:`person` knows them and their versions."""
        unknown = sorted({*refs} - self._asked) if self._known_before else []
        self._asked.update(unknown)
        for start in range(0, len(unknown), _ASK):
            rows = self._connection.execute(_KNOWN, {"refs": unknown[start : start + _ASK]})
            for ref, person, current, version, *values in rows:
                self._people[ref] = (person, current)
                self._versions[_as_key(person, values)] = version

    def _all(self, query: str) -> Any:
        return self._connection.execute(text(query))

    def _highest(self, table: str) -> int:
        return int(self._connection.execute(text(f"SELECT COALESCE(MAX(id), 0) FROM {table}")).scalar_one())  # noqa: S608

    def _add(self, table: str, *values: Any) -> int:
        self._next[table] += 1
        self._new[table].append((self._next[table], *values))
        return self._next[table]

    def place(self, ward_code: str, borough: str) -> int:
        """The number of a ward code and borough; a row that tells the ward alone lies in the borough of that ward."""
        if not borough and ward_code in wards():
            borough = wards()[ward_code].borough
        key = (ward_code, borough)
        if key not in self._places:
            self._places[key] = self._add("place", *key)
        return self._places[key]

    def circumstance(self, key: tuple[Any, ...]) -> int:
        """The number of a circumstance: its values in the order of their columns."""
        if key not in self._circumstances:
            self._circumstances[key] = self._add("circumstance", *key)
        return self._circumstances[key]

    def offence(self, code: str, title: str, severity: str, knife: bool) -> tuple[int, float | None, int]:
        """The number of an offence, what it weighs in days, and the pools it can be in."""
        key = (code, title, severity, knife)
        if key not in self._offences:
            found = harm.weigh(*key[:3])
            pools = int(extract.groups(code, title, knife))
            values = (found.days, found.confidence, found.note, pools)
            number = self._add("offence", *key[:3], int(knife), harm.EDITION, *values)
            self._offences[key] = (number, found.days, pools)
        return self._offences[key]

    def details(self, told: Sequence[tuple[Any, ...]]) -> list[int]:
        """The numbers of what rows tell besides, in their order."""
        if not self._all_details_known:
            unknown = [one for one in told if one not in self._details]
            for start in range(0, len(unknown), _DETAILS_ASKED):
                self._ask_details(unknown[start : start + _DETAILS_ASKED])
        for one in told:
            if one not in self._details:
                self._details[one] = self._add("report_detail", *one)
        return [self._details[one] for one in told]

    def _ask_details(self, told: Sequence[tuple[Any, ...]]) -> None:
        names = Particulars._fields
        each = f"({', '.join('?' * len(names))})"
        query = (
            f"SELECT id, {', '.join(names)} FROM report_detail "  # noqa: S608 - our names
            f"WHERE ({', '.join(names)}) IN (VALUES {', '.join([each] * len(told))})"
        )
        values = tuple(value for one in told for value in one)
        for number, *row in self._connection.exec_driver_sql(query, values):
            self._details[tuple(row)] = number

    def person(self, ref: str, described: Sequence[Any]) -> Who:
        """The numbers of a person and of the version that describes them as given."""
        person, current = self._people.get(ref) or (self._next["person"] + 1, None)
        key = _as_key(person, described)
        version = self._versions.get(key)
        if version is None:
            version = self._versions[key] = self._add("person_version", person, self._batch_id, *described)
        if current is None:
            self._add("person", ref, version)
        elif version != current:
            self._moved[person] = version
        numbers = self._people[ref] = (person, version)
        return numbers

    def write(self, least: int = 0) -> None:
        """Write what is new, so that rows can point at it; nothing where there are not at least so many of a kind."""
        if max(map(len, self._new.values())) < least:
            return
        for table, columns in _COLUMNS.items():
            insert_many(self._connection, table, columns, self._new[table])
            self._new[table].clear()
        if len(self._details) > _DETAILS_KEPT:
            self._details.clear()
            self._all_details_known = False
        if self._moved:
            self._connection.execute(
                text("UPDATE person SET version_id = :version WHERE id = :person"),
                [{"person": person, "version": version} for person, version in self._moved.items()],
            )
            self._moved.clear()


_ASK = 500
_DETAILS_ASKED = 100
_DETAILS_KEPT = 262_144
"""Details remembered; then all are forgotten and the store is asked, so that memory does not grow with the file."""
_KNOWN = text(
    "SELECT p.ref, p.id, p.version_id, v.id, v.surname, v.forenames, v.born_on, v.sex, v.ethnicity, v.status, "
    "v.home_ward_code, v.owning_bcu, v.home "
    "FROM person p JOIN person_version v ON v.person_id = p.id WHERE p.ref IN :refs ORDER BY v.id"
).bindparams(bindparam("refs", expanding=True))


def _as_key(person: int, described: Sequence[Any]) -> str:
    """A person as described, in one string: it takes a third of the memory of its parts, and no two are the same."""
    return repr((person, *described))


_COLUMNS = {
    "place": ("id", "ward_code", "borough"),
    "circumstance": (
        "id", "domestic_abuse", "vawg", "detected_by", "outcome", "role", "named_by", "allowed",
    ),
    "offence": ("id", "ho_code", "title", "severity", "knife", "edition", "days", "confidence", "note", "pools"),
    "report_detail": ("id", *Particulars._fields),
    "person": ("id", "ref", "version_id"),
    "person_version": (
        "id", "person_id", "batch_id", "surname", "forenames", "born_on", "sex", "ethnicity", "status",
        "home_ward_code", "owning_bcu", "home",
    ),
}  # fmt: skip
