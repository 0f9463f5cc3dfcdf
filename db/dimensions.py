"""The things rows speak of again and again: offences, places, outcomes, people. Each is stored once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from core import harm
from core.extract import Description, description
from db.engine import insert_many


class Dimensions:
    """Gives the number of an offence, place, outcome or person, adding those that are new."""

    def __init__(self, connection: Connection, batch_id: int, today: int) -> None:
        self._connection = connection
        self._batch_id = batch_id
        self._today = today
        self._places = {(w, b): i for i, w, b in self._all("SELECT id, ward_code, borough FROM place")}
        self._outcomes = {w: i for i, w in self._all("SELECT id, words FROM outcome")}
        offences = self._all("SELECT id, ho_code, title, severity, days FROM offence")
        self._offences = {(c, t, s): (i, d) for i, c, t, s, d in offences}
        people = self._all(
            "SELECT p.ref, p.id, v.id, v.surname, v.forenames, v.born_on, v.sex, v.ethnicity, v.status "
            "FROM person p JOIN person_version v ON v.id = p.version_id"
        )
        self._people: dict[str, tuple[int, int, Description]] = {
            ref: (person, version, Description(*values)) for ref, person, version, *values in people
        }
        self._next = {name: self._highest(name) for name in ("place", "outcome", "offence", "person", "person_version")}
        self._new: dict[str, list[tuple[Any, ...]]] = {name: [] for name in self._next}
        self._moved: dict[int, int] = {}

    def _all(self, query: str) -> list[Any]:
        return list(self._connection.execute(text(query)))

    def _highest(self, table: str) -> int:
        return int(self._connection.execute(text(f"SELECT COALESCE(MAX(id), 0) FROM {table}")).scalar_one())  # noqa: S608

    def _number(self, table: str) -> int:
        self._next[table] += 1
        return self._next[table]

    def place(self, ward_code: str, borough: str) -> int:
        """The number of a ward code and borough."""
        key = (ward_code.strip(), borough.strip())
        if key not in self._places:
            self._places[key] = self._number("place")
            self._new["place"].append((self._places[key], *key))
        return self._places[key]

    def outcome(self, words: str) -> int:
        """The number of an outcome."""
        key = words.strip()
        if key not in self._outcomes:
            self._outcomes[key] = self._number("outcome")
            self._new["outcome"].append((self._outcomes[key], key))
        return self._outcomes[key]

    def offence(self, code: str, title: str, severity: str) -> tuple[int, float | None]:
        """The number of an offence and what it weighs in days."""
        key = (harm.home_office_code(code), title.strip(), severity.strip())
        if key not in self._offences:
            found = harm.weigh(*key)
            number = self._number("offence")
            self._offences[key] = (number, found.days)
            self._new["offence"].append((number, *key, harm.EDITION, found.days, found.confidence, found.note))
        return self._offences[key]

    def person(self, ref: str, *details: str) -> tuple[int, int]:
        """The numbers of a person and of the version that describes them as given. Raises BadValue."""
        described = description(*details, self._today)  # type: ignore[misc, arg-type]
        known = self._people.get(ref)
        if known is not None and known[2] == described:
            return known[0], known[1]
        person = known[0] if known else self._number("person")
        version = self._number("person_version")
        if known is None:
            self._new["person"].append((person, ref, version))
        else:
            self._moved[person] = version
        self._new["person_version"].append((version, person, self._batch_id, *described))
        self._people[ref] = (person, version, described)
        return person, version

    def write(self) -> None:
        """Write what is new, so that rows can point at it."""
        for table, columns in _COLUMNS.items():
            insert_many(self._connection, table, columns, self._new[table])
            self._new[table] = []
        if self._moved:
            self._connection.execute(
                text("UPDATE person SET version_id = :version WHERE id = :person"),
                [{"person": person, "version": version} for person, version in self._moved.items()],
            )
            self._moved.clear()


_COLUMNS = {
    "place": ("id", "ward_code", "borough"),
    "outcome": ("id", "words"),
    "offence": ("id", "ho_code", "title", "severity", "edition", "days", "confidence", "note"),
    "person": ("id", "ref", "version_id"),
    "person_version": (
        "id", "person_id", "batch_id", "surname", "forenames", "born_on", "sex", "ethnicity", "status",
    ),
}  # fmt: skip
