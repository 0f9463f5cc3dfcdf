"""What everyone came to in a run, read from the step of the kept measures that the run points at.

A series holds what stands now and, in a table that is only added to, what stood from one step until before another. A
run is everyone who stood at its step: score and recency are worked out as they are read, by the run's own bands. A run
of before that no step tells is read from the table that its people were kept in.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from core import bands as band_tables
from core import methods
from core.errors import NotFound
from db.scoring import ROW, banded
from db.store import Store
from db.store.damage import damaged
from db.store.engine import Row

_HEAD = (
    "SELECT r.id, r.method, r.as_of, r.min_crimes, r.bands, r.statuses, r.ahead, r.people, r.ranked, "
    "r.earlier_id, r.step_id, s.kept_id, s.seq, "
    "(SELECT MAX(n.seq) FROM kept_step n WHERE n.kept_id = s.kept_id) AS last "
    "FROM run r LEFT JOIN kept_step s ON s.id = r.step_id WHERE r.id = :run"
)
_ENTRIES = (
    "SELECT person_id, person_version_id AS version_id, score, recency, gravity, harm, allegations, crimes, victims, "
    "historic, last_allegation AS last, largest_row_id AS heaviest, last_row_id AS latest, previous_rank, position "
    "FROM run_entry WHERE run_id = {run}"
)
"""The people of a run that no step tells, by the names that those of a step have."""
ENTRY: Mapping[str, str] = {
    "person_id": "m.person_id",
    "person_version_id": "m.version_id",
    "gravity": "m.gravity",
    "harm": "m.harm",
    "allegations": "m.allegations",
    "crimes": "m.crimes",
    "victims": "m.victims",
    "historic": "m.historic",
    "last_allegation": "m.last",
    "largest_row_id": f"m.heaviest % {ROW}",
    "last_row_id": f"m.latest % {ROW}",
}
"""What an entry of a run is made of, in SQL on a row ``m`` of the kept measures; score and recency go by the run."""


@dataclass(frozen=True)
class State:
    """Where the people of one run stand. Its queries give a row a person, by the names of :data:`ENTRY`.

    step: the number of its step among those of the series, and of the series; none where no step tells the run.
    is_newest: whether its step was the last of the series when this was read, in one snapshot. score: the score in
    SQL, on a row ``m``. least: how many reports make a rank. ahead: who stands first, as the pool says.
    """

    run: int
    kept: int | None
    seq: int
    is_newest: bool
    as_of: int
    score: str
    by_harm: bool
    least: int
    statuses: tuple[str, ...]
    ahead: frozenset[int]
    people: int
    ranked: int
    earlier: int | None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def as_it_was(self) -> bool:
        """Whether the people are kept as they were, with position, rank and score: no step tells this run."""
        return self.kept is None

    @property
    def enough(self) -> str:
        """The condition that someone has as many reports as make a rank."""
        return f"m.crimes >= {self.least}"

    @property
    def stands_in_an_index(self) -> bool:
        """Whether the scores of the run are those that an index of the store has, for :meth:`now` to go along."""
        return self.is_newest and self.by_harm and not self.statuses

    def everyone(self, *names: str, where: str = "") -> str:
        """The query for everyone in the run, or those for whom a condition on ``m`` holds. names: of the columns."""
        return self._query(names, where, "m.until >")

    def some(self, *names: str) -> str:
        """The query for the people of ``:people`` (:func:`numbers`); those who are not in the run are left out.

        One statement, whoever they are: one that was asked stays prepared, and thirty that name a thousand people each
        take twice the memory of all else that is held of a run.
        """
        # "+ until" hides the column from the index by it: SQLite must look each person up by the index of theirs.
        return self._query(names, "m.person_id IN (SELECT value FROM json_each(:people))", "+m.until >")

    def _query(self, names: Collection[str], where: str, until: str) -> str:
        columns = ", ".join(f"{self._column(name)} AS {name}" for name in names or (*ENTRY, "score", "recency"))
        more = f" AND {where}" if where else ""
        if self.kept is None:
            return f"SELECT {columns} FROM ({_ENTRIES.format(run=self.run)}) m WHERE 1{more}"  # noqa: S608 - numbers
        if self.statuses:
            marks = ", ".join(f":{name}" for name in self.values)
            of_them = f"SELECT id FROM person_version WHERE LOWER(status) IN ({marks})"  # noqa: S608 - names
            more += f" AND m.version_id IN ({of_them})"
        of = f"m.kept_id = {self.kept} AND m.since <= {self.seq}"
        # Both conditions always stand, so that a step that is written meanwhile takes nobody away.
        return (
            f"SELECT {columns} FROM kept_measure m WHERE {of}{more} UNION ALL "  # noqa: S608 - numbers, own names
            f"SELECT {columns} FROM kept_closed m WHERE {of} AND {until} {self.seq}{more}"
        )

    def now(self, *names: str, where: str) -> str:
        """The query for a run of the newest step, from what stands now alone: it can go along an index."""
        columns = ", ".join(f"{self._column(name)} AS {name}" for name in names)
        return f"SELECT {columns} FROM kept_measure m WHERE m.kept_id = {self.kept} AND {where}"  # noqa: S608

    def _column(self, name: str) -> str:
        own = {"score": self.score, "enough": self.enough, "recency": f"{self.as_of} - m.newest", "last": "m.last"}
        if self.kept is None:
            own |= {"recency": "m.recency", "rank": "m.rank"}
        return own.get(name) or ENTRY[name]


def numbers(people: Iterable[int]) -> str:
    """People by their numbers, as :meth:`State.some` is told them."""
    return json.dumps(list(people))


def state_of(store: Store, run_id: int) -> State:
    """Where the people of a run stand. Raises NotFound where there is no such run, Damaged where they are gone."""
    known = store.remembered(("state", run_id), None)
    if isinstance(known, State) and not known.is_newest:
        return known
    rows = store.read.rows(_HEAD, run=run_id)
    if not rows:
        raise NotFound(f"There is no run {run_id}.")
    made = _state(rows[0])
    return made if made.is_newest else store.remember(("state", run_id), None, lambda: made)


def _state(row: Row) -> State:
    if row["step_id"] is not None and row["kept_id"] is None:
        raise damaged(f"the figures that run {row['id']} was made of are no longer in the store")
    statuses = tuple(str(status).casefold() for status in json.loads(row["statuses"]))
    return State(
        run=row["id"],
        kept=row["kept_id"],
        seq=row["seq"] or 0,
        is_newest=row["kept_id"] is not None and row["seq"] == row["last"],
        as_of=row["as_of"],
        score="m.score" if row["kept_id"] is None else score_sql(row["method"], row["bands"], row["as_of"], row["id"]),
        by_harm=not (methods.METHODS[row["method"]].measures if row["method"] in methods.METHODS else ()),
        least=row["min_crimes"],
        statuses=statuses,
        ahead=frozenset(json.loads(row["ahead"])),
        people=row["people"],
        ranked=row["ranked"],
        earlier=row["earlier_id"],
        values={f"status{number}": status for number, status in enumerate(statuses)},
    )


def score_sql(method: str, bands: str, as_of: int, run: int) -> str:
    """The score of a run in SQL, on a row ``m``: the same for all time, or old runs would read back otherwise.

    Raises Damaged for a method that the rules do not know.
    """
    if method not in methods.METHODS:
        raise damaged(f"the method of run {run} is none that there is")
    measures = methods.METHODS[method].measures
    if not measures:
        return "m.harm"
    table = band_tables.read(bands, f"run {run}") if bands else band_tables.default()
    columns = {"recency": f"{as_of} - m.newest", "frequency": "m.crimes"}
    return " + ".join(banded(table, name, columns.get(name, f"m.{name}")) for name in measures)
