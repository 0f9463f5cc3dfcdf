"""Loads an edition of a harm index. Weights decide ranks, so a file with any fault is refused whole."""

from __future__ import annotations

import json
from functools import partial

from sqlalchemy import text

from core import editions
from core.editions import COLUMNS, OPTIONAL, Edition
from core.errors import Refused
from core.figures import plain_figure
from core.text import plain
from db.loading.load import FIGURE, Load, Reading, Write
from db.loading.profile import Profile
from db.loading.ways import unread_rows

_Rows = list[tuple[int, dict[str, str]]]


def load(reading: Reading) -> Write:
    """Read the edition, or refuse its file; gives what takes it.

    The same name imported again stands in the place of the earlier import; a run keeps the weights it was made with.
    """
    rows = _rows(reading)
    edition = editions.read([(line, _unknown(reading) | row) for line, row in rows], reading.file.path.name)
    return partial(_write, edition, [row for _, row in rows])


def _write(edition: Edition, weights: list[dict[str, str]], load: Load) -> None:
    earlier = _earlier(load)
    _check_name(edition, earlier, load.file.path.name)
    stands = earlier.get(edition.name, [])
    if weights == stands:
        load.unchanged = len(weights)
        return
    load.writing.insert(
        "edition_file",
        batch_id=load.batch_id,
        name=edition.name,
        harm_index=edition.index,
        dated=edition.dated,
        citation=edition.citation,
        weights=json.dumps(weights),
    )
    offences = {(row["code"], row["title"]) for row in stands}
    load.unchanged = sum(row in stands for row in weights)
    load.revised = sum(row not in stands and (row["code"], row["title"]) in offences for row in weights)
    load.taken = len(weights) - load.unchanged - load.revised


def _rows(reading: Reading) -> _Rows:
    """Every row of the file with its line, optional columns where they hold something.

    Raises Refused for a record that is no row of the file.
    """
    name = reading.file.path.name
    columns = reading.columns()
    found: _Rows = []
    for line, fields in reading.rows:
        values = zip((*COLUMNS, *OPTIONAL), columns([fields]), strict=True)
        row = {column: picked[0].strip() for column, picked in values}
        row["days"] = plain_figure(row["days"], reading.decimal)
        found.append((line, {column: value for column, value in row.items() if value or column in COLUMNS}))
    if reading.quarantine.first:
        line, reason = reading.quarantine.first
        raise Refused(f"{name}, line {line}: {reason}. Mend the line and import the file again.")
    return found


def _unknown(reading: Reading) -> dict[str, str]:
    """The columns of a file that no profile file vouches for, so that a misspelt one is not passed over."""
    if reading.mapping.name != reading.mapping.kind:
        return {}
    names = (name.strip().casefold() for name in reading.header)
    return dict.fromkeys((name for name in names if name not in COLUMNS and name not in OPTIONAL), "")


def _earlier(load: Load) -> dict[str, list[dict[str, str]]]:
    """The rows of each edition that was imported before, by its name."""
    query = text(
        "SELECT e.name, e.weights FROM edition_file e JOIN batch b ON b.id = e.batch_id "
        "WHERE b.withdrawn = :no ORDER BY e.id"
    )
    return {name: json.loads(rows) for name, rows in load.writing.connection.execute(query, {"no": False})}


def _check_name(edition: Edition, earlier: dict[str, list[dict[str, str]]], file: str) -> None:
    """See that the name means no other edition. Raises Refused for one that ships: none is ever overwritten."""
    mine = _key(edition.name)
    for name, shipped in editions.built_in().items():
        if mine in (_key(name), _key(shipped.index)):
            said = f"'{plain(edition.name)}' is a name of '{name}', which ships with the program"
            raise Refused(f"{file}: {said} and is never overwritten. Give the edition a name of its own.")
    for name in earlier:
        if mine == _key(name) and edition.name != name:
            said = f"'{plain(edition.name)}' is known as '{plain(name)}'"
            raise Refused(f"{file}: {said}. Write its name the same, or give the edition another.")


def _key(name: str) -> str:
    """A name as it is looked up: capitals, hyphens and spaces do not tell two apart."""
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


PROFILE = Profile(
    kind="edition",
    says="An edition of a harm index: what each offence weighs, in days; any fault refuses the file",
    rule=editions,
    columns=COLUMNS,
    blank=("code", "title"),
    forms={"days": FIGURE},
    optional=OPTIONAL,
    load=load,
    withdraw=(unread_rows("edition_file"),),
)
