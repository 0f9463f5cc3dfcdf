"""The bulk form of the methods: what everyone in a pool scores, added up by the database in one pass.

What is admitted and which row leads a report is decided by ``core.allegations`` and stands with each row, what an
offence weighs and what a measure is worth is decided by ``core.methods``; here they are put into SQL, and tests hold
the two equal. The database works without holding up the keys of a screen beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core import bands as band_tables
from core.allegations import HISTORIC_AFTER, By, Window
from core.bands import Bands
from core.days import uk
from core.harm import EDITION, Harm, Split
from core.methods import Recipe, method_named
from core.methods.base import as_indexed, recipe
from core.pools import Pool
from core.ranking import Standing
from core.rules import Rule
from db import editions
from db.store import Store


@dataclass(frozen=True)
class Asked:
    """What a ranking is to be made of. ``as_of`` is a day number, ``window`` in days.

    min_crimes and pool: those of the method where they are None. editions: names of editions in place of the latest
    that ship. statuses: the statuses that are taken in, all where empty.
    """

    as_of: int
    by: By = "reported"
    window: int = 365
    min_crimes: int | None = None
    method: str = "v100"
    pool: Pool | None = None
    editions: tuple[str, ...] = ()
    bands: Bands = field(default_factory=band_tables.default)
    split: Split = "default"
    statuses: tuple[str, ...] = ()

    @property
    def days(self) -> Window:
        """The window as the rules know it."""
        return Window(self.as_of, self.window, self.by)

    @property
    def ranked_in(self) -> Pool:
        """The pool asked for, or the method's own."""
        return method_named(self.method).pool if self.pool is None else self.pool

    @property
    def at_least(self) -> int:
        """How many reports make a rank."""
        return method_named(self.method).min_crimes if self.min_crimes is None else self.min_crimes


def recipe_of(store: Store, asked: Asked) -> Recipe:
    """The method with the editions and bands it reads. Raises Refused for a name that is not known."""
    chosen = [editions.named(store, name) for name in asked.editions]
    return recipe(method_named(asked.method), chosen, asked.bands, asked.split)


Weights = Mapping[int, Harm]
"""Offence number to what it weighs."""


def weights(store: Store, made: Recipe) -> dict[int, Harm]:
    """What every offence of the store weighs by a recipe."""
    rows = store.read.rows("SELECT id, ho_code, title, severity FROM offence ORDER BY id")
    return {number: made.weigh(code, title, severity) for number, code, title, severity in rows}


def as_stored(made: Recipe) -> bool:
    """Whether a recipe weighs as the rows themselves carry it, so that no weights need be joined."""
    plain = made.method.combine is as_indexed and made.split == "default"
    return plain and [edition.name for edition in made.editions] == [EDITION]


def standings(store: Store, asked: Asked) -> list[Standing]:
    """What everyone in the pool comes to, in no order."""
    made = recipe_of(store, asked)
    query = scored(made, asked, {} if as_stored(made) else weights(store, made))
    columns = ", ".join("person_id" if name == "person" else name for name in Standing._fields)
    return list(map(Standing._make, store.read.rows(f"SELECT {columns} FROM ({query})", **values(asked))))  # noqa: S608


def values(asked: Asked) -> dict[str, Any]:
    """The parameters of the queries below."""
    return {
        "after": asked.days.after,
        "as_of": asked.as_of,
        "pool": int(asked.ranked_in),
        "old": HISTORIC_AFTER,
    }


def in_window(by: By) -> str:
    """The condition that ``core.allegations.Window`` puts into words, on the columns of a report row."""
    if by == "committed":
        return "committed_from > :after AND committed_from <= :as_of AND reported_on <= :as_of"
    return "reported_on > :after AND reported_on <= :as_of"


def scored(made: Recipe, asked: Asked, weighed: Weights, source: str = "") -> str:
    """Everyone in the pool with measures and score, one row a person.

    weighed: what offences weigh, empty where rows carry it. source: what gives the measures, in place of the rows.
    """
    return (
        "SELECT m.*, :as_of - m.newest AS recency, p.ref, p.version_id, "  # noqa: S608 - the code's own names
        f"{_score(made)} AS score FROM ({source or measured(asked, weighed)}) m CROSS JOIN person p "
        "WHERE p.id = m.person_id"
    )


MEASURED = (
    "person_id", "oldest", "newest", "last", "gravity", "harm", "allegations", "crimes", "victims", "historic",
    "heaviest", "latest",
)  # fmt: skip
"""The columns of :func:`measured`."""


def measured(asked: Asked, weighed: Weights, among: str = "") -> str:
    """What the reports of everyone in the pool come to, one row a person; heaviest and latest row are packed.

    among: a query that gives the numbers of the people who are looked at, everyone if empty.
    """
    days = "s.days" if weighed else "r.days"
    lead = "(r.leading & :pool) <> 0"
    day = "r.reported_on" if asked.by == "reported" else "r.committed_from"
    who, same = ("a", "r.person_id = a.person_id") if among else ("r", "r.person_id > 0")
    return (
        f"SELECT {who}.person_id, MIN(r.reported_on) AS oldest, "  # noqa: S608 - the code's own names
        f"MAX(CASE WHEN {lead} THEN {day} END) AS newest, "
        f"MAX(CASE WHEN {lead} THEN r.reported_on END) AS last, MAX(CASE WHEN {lead} THEN {days} END) AS gravity, "
        f"COALESCE(ROUND(SUM(CASE WHEN {lead} THEN {days} END) * 100) / 100, 0.0) AS harm, "
        f"COUNT(CASE WHEN {lead} THEN {days} END) AS allegations, SUM(CASE WHEN {lead} THEN 1 ELSE 0 END) AS crimes, "
        "COUNT(DISTINCT NULLIF(r.victim_ref, '')) AS victims, "
        f"SUM(CASE WHEN {lead} AND r.committed_from < r.reported_on - :old THEN 1 ELSE 0 END) AS historic, "
        f"MAX(CASE WHEN {lead} THEN {_packed(f'CAST(COALESCE({days}, 0) * 100 AS BIGINT)')} END) AS heaviest, "
        f"MAX(CASE WHEN {lead} THEN {_packed('r.reported_on')} END) AS latest "
        f"FROM {f'({among}) a CROSS JOIN ' if among else ''}report_row r {_weights_of(weighed)} "
        f"{same} AND {in_window(asked.by)} AND (r.admitted & :pool) <> 0 GROUP BY {who}.person_id "
        f"HAVING SUM(CASE WHEN {lead} THEN 1 ELSE 0 END) > 0"
    )


MEASURES = Rule("measures", 1, (measured, in_window))
"""How reports are added up in SQL, with its version."""

ROW = 1 << 40
"""A row's number stands below this in a packed value."""


def _packed(what: str) -> str:
    return f"{what} * {ROW} + r.id"


def _weights_of(weighed: Weights) -> str:
    """What gives rows the weights of a recipe, a table of a few hundred figures; ends where conditions go on."""
    if not weighed:
        return "WHERE"
    rows = ", ".join(
        f"({int(number)}, {'NULL' if harm.days is None else repr(float(harm.days))})"
        for number, harm in weighed.items()
    )
    table = f"SELECT column1 AS offence_id, column2 AS days FROM (VALUES {rows})"  # noqa: S608 - figures of the index
    return f"CROSS JOIN ({table}) s WHERE s.offence_id = r.offence_id AND"


def _score(made: Recipe) -> str:
    """The score in SQL: the harm, or what the bands give for each measure."""
    if not made.method.measures:
        return "m.harm"
    columns = {"recency": ":as_of - m.newest", "frequency": "m.crimes"}
    return " + ".join(banded(made.bands, name, columns.get(name, f"m.{name}")) for name in made.method.measures)


def banded(bands: Bands, measure: str, column: str) -> str:
    """The points of a measure in SQL."""
    whens = "".join(
        f"WHEN {column} <= {band.to!r} THEN {band.points!r} " for band in bands.tables[measure] if band.to is not None
    )
    last = bands.tables[measure][-1].points
    return f"CASE WHEN {column} IS NULL THEN 0.0 {whens}ELSE {last!r} END"


def with_status(asked: Asked, whom: str) -> tuple[str, dict[str, str]]:
    """What leaves only people of the statuses asked for, and its parameters; *whom* has their numbers."""
    names = {f"status{turn}": status.casefold() for turn, status in enumerate(asked.statuses)}
    if not names:
        return "", {}
    marks = ", ".join(f":{name}" for name in names)
    who = f"JOIN person w ON w.id = {whom}.person_id JOIN person_version v ON v.id = w.version_id"
    return f"{who} AND LOWER(v.status) IN ({marks})", names


def without_weight(asked: Asked, weighed: Weights) -> str:
    """The query for Home Office codes of counted reports that carry no weight, and how many reports each."""
    marks = ", ".join(str(int(number)) for number, harm in weighed.items() if harm.days is None) or "NULL"
    return (
        "SELECT o.ho_code, COUNT(*) FROM report_row r JOIN offence o ON o.id = r.offence_id "  # noqa: S608 - numbers
        f"WHERE r.offence_id IN ({marks}) AND r.person_id > 0 AND {in_window(asked.by)} "
        "AND (r.leading & :pool) <> 0 GROUP BY o.ho_code ORDER BY o.ho_code"
    )


def nothing_to_rank(store: Store, asked: Asked) -> str:
    """Why no one is in the pool, in a sentence that says what to do."""
    first = store.read.rows("SELECT MIN(reported_on), MAX(reported_on), COUNT(*) FROM report_row")[0]
    if not first[2]:
        return "The store holds no crime reports. Import an extract first: tasking import FILE."
    among = f" with the status {' or '.join(asked.statuses)}" if asked.statuses else ""
    return (
        f"No one{among} in the pool '{asked.ranked_in.words}' was named between {uk(asked.days.after + 1)} and "
        f"{uk(asked.as_of)}. The reports in the store run from {uk(first[0])} to {uk(first[1])}: choose another "
        "--as-of, --window or --pool."
    )
