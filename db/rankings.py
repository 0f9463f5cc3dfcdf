"""Ranking runs: made once from the records, never edited, read back a page at a time.

What is admitted and which row leads a report is decided by ``core.allegations`` and stands with each row; here the
window is applied and the days are added up by the database.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from core.allegations import HISTORIC_AFTER, By, Pool, Window
from core.errors import NotFound, Problem
from core.harm import EDITION
from core.ranking import METHOD, Standing, place
from db.cycles import no_cycles
from db.engine import Row, insert_many
from db.store import Store

INDEX = "CCHI"


@dataclass(frozen=True)
class Asked:
    """What a ranking is to be made of. ``as_of`` is a day number, ``window`` in days."""

    as_of: int
    by: By = "reported"
    window: int = 365
    min_crimes: int = 2
    method: str = METHOD
    pool: Pool = Pool.VAWG

    @property
    def days(self) -> Window:
        """The window as the rules know it."""
        return Window(self.as_of, self.window, self.by)

    @property
    def pool_name(self) -> str:
        """The pool as it is written on a run."""
        return (self.pool.name or "").lower()


@dataclass(frozen=True)
class RunHead:
    """What stands on the head of a run: how it was made, and what it could not weigh."""

    id: int
    method: str
    index: str
    edition: str
    as_of: int
    by: By
    window: int
    min_crimes: int
    pool: str
    made_at: str
    people: int
    ranked: int
    historic: int
    unweighted: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Ranked:
    """One person in a run, as a list shows them. Days of the calendar are day numbers, scores are days of harm."""

    id: int
    position: int
    rank: int | None
    previous_rank: int | None
    person: str
    surname: str
    forenames: str
    score: float
    allegations: int
    crimes: int
    victims: int
    last_allegation: int
    largest_crime: str | None
    largest_offence: str | None
    largest_days: float | None
    borough: str
    status: str

    @property
    def name(self) -> str:
        """Surname in capitals, then forenames, as a briefing writes it."""
        return ", ".join(part for part in (self.surname.upper(), self.forenames) if part)


def score_query(by: By) -> str:
    """The bulk form of the method: what the rows in the window that lead a report add up to, per person.

    The sum is rounded to hundredths of a day, as ``core.harm.total`` does.
    """
    return (
        "SELECT s.person_id, p.ref, s.score, s.weighed, s.crimes, s.last FROM (SELECT person_id, "  # noqa: S608
        "COALESCE(ROUND(SUM(days) * 100) / 100, 0.0) AS score, COUNT(days) AS weighed, COUNT(*) AS crimes, "
        f"MAX(reported_on) AS last FROM report_row WHERE person_id > 0 AND {_in_window(by)} AND {_LEADS} "
        "GROUP BY person_id) s CROSS JOIN person p WHERE p.id = s.person_id"
    )


_LEADS = "(leading & :pool) <> 0"
_ADMITTED = "(admitted & :pool) <> 0"


def _in_window(by: By) -> str:
    """The condition that ``core.allegations.Window`` puts into words, on the columns of a report row."""
    if by == "committed":
        return "committed_from > :after AND committed_from <= :as_of AND reported_on <= :as_of"
    return "reported_on > :after AND reported_on <= :as_of"


def standings(store: Store, asked: Asked) -> list[Standing]:
    """What everyone in the pool adds up to, in no order."""
    with no_cycles():
        return list(map(Standing._make, store.read.rows(score_query(asked.by), **_range(asked))))


def _range(asked: Asked) -> dict[str, Any]:
    return {"after": asked.days.after, "as_of": asked.as_of, "pool": int(asked.pool)}


def make_run(store: Store, asked: Asked) -> RunHead:
    """Rank everyone in the pool and keep the run. Raises Problem where there is nothing to rank."""
    with no_cycles():
        return run(store, _make_run(store, asked))


def _make_run(store: Store, asked: Asked) -> int:
    placed = place(standings(store, asked), asked.min_crimes)
    if not placed:
        raise Problem(_nothing(store, asked), "Nothing to rank")
    before = previous_ranks(store, asked)
    made_of = _made_of(store, asked)
    with store.change(f"Rank {asked.method} as of day {asked.as_of}", kind="run") as writing:
        values = _head(store, asked, len(placed), sum(1 for p in placed if p.rank is not None))
        run_id = writing.insert("run", made_at=writing.now, made_by=writing.who, **values)
        rows = [
            (run_id, position, rank, person, score, weighed, crimes, last, before.get(person), *made_of[person])
            for position, rank, (person, _, score, weighed, crimes, last) in placed
        ]
        insert_many(writing.connection, "run_entry", _ENTRY, rows)
    return run_id


_ENTRY = (
    "run_id", "position", "rank", "person_id", "score", "allegations", "crimes", "last_allegation", "previous_rank",
    "person_version_id", "victims", "largest_row_id", "last_row_id",
)  # fmt: skip


def _made_of(store: Store, asked: Asked) -> dict[int, tuple[Any, ...]]:
    """Per person: their version, their victims, the row of the heaviest report and of the latest.

    Most people have one row in the window: it is all three at once, and only for the others is anything looked up.
    """
    rows = f"FROM report_row r WHERE r.person_id = s.person_id AND {_in_window(asked.by)}"
    led = f"(SELECT r.id {rows} AND {_LEADS} ORDER BY"
    found = store.read.rows(
        "SELECT s.person_id, p.version_id, "  # noqa: S608
        f"CASE s.n WHEN 1 THEN s.v ELSE (SELECT COUNT(DISTINCT NULLIF(victim_ref, '')) {rows} AND {_ADMITTED}) END, "
        f"CASE s.n WHEN 1 THEN s.id ELSE {led} COALESCE(days, -1) DESC, reported_on DESC, r.id LIMIT 1) END, "
        f"CASE s.n WHEN 1 THEN s.id ELSE {led} reported_on DESC, r.id LIMIT 1) END "
        "FROM (SELECT person_id, COUNT(*) AS n, MIN(id) AS id, MAX(CASE victim_ref WHEN '' THEN 0 ELSE 1 END) AS v "
        f"FROM report_row WHERE person_id > 0 AND {_in_window(asked.by)} AND {_ADMITTED} GROUP BY person_id) s "
        "CROSS JOIN person p WHERE p.id = s.person_id",
        **_range(asked),
    )
    return {row[0]: row[1:] for row in found}


def _head(store: Store, asked: Asked, people: int, ranked: int) -> dict[str, Any]:
    mine = f"person_id > 0 AND {_in_window(asked.by)} AND {_LEADS}"
    unweighted = store.read.rows(
        "SELECT o.ho_code, COUNT(*) FROM report_row r JOIN offence o ON o.id = r.offence_id "  # noqa: S608
        f"WHERE r.days IS NULL AND {mine} GROUP BY o.ho_code ORDER BY o.ho_code",
        **_range(asked),
    )
    historic = store.read.rows(
        f"SELECT COUNT(*) FROM report_row WHERE {mine} AND committed_from < reported_on - :old",  # noqa: S608
        **_range(asked),
        old=HISTORIC_AFTER,
    )
    batch = store.read.rows("SELECT COALESCE(MAX(id), 0) FROM batch")
    return {
        "method": asked.method,
        "harm_index": INDEX,
        "edition": EDITION,
        "as_of": asked.as_of,
        "by": asked.by,
        "window_days": asked.window,
        "min_crimes": asked.min_crimes,
        "pool": asked.pool_name,
        "batch_id": batch[0][0],
        "people": people,
        "ranked": ranked,
        "historic": historic[0][0],
        "unweighted": json.dumps({code or "(no code)": n for code, n in unweighted}),
    }


def _nothing(store: Store, asked: Asked) -> str:
    first = store.read.rows("SELECT MIN(reported_on), MAX(reported_on), COUNT(*) FROM report_row")[0]
    if not first[2]:
        return "The store holds no crime reports. Import an extract first: tasking import FILE."
    from core.days import uk

    return (
        f"No one in the pool '{asked.pool_name}' was named between {uk(asked.days.after + 1)} and {uk(asked.as_of)}. "
        f"The reports in the store run from {uk(first[0])} to {uk(first[1])}: choose another --as-of or --window."
    )


def previous_ranks(store: Store, asked: Asked) -> dict[int, int]:
    """Person number to rank in the latest run of the same kind as of an earlier day."""
    query = (
        "SELECT id FROM run WHERE method = :method AND pool = :pool AND by = :by AND window_days = :window "
        "AND min_crimes = :min AND as_of < :as_of ORDER BY as_of DESC, id DESC LIMIT 1"
    )
    found = store.read.rows(
        query,
        method=asked.method,
        pool=asked.pool_name,
        by=asked.by,
        window=asked.window,
        min=asked.min_crimes,
        as_of=asked.as_of,
    )
    if not found:
        return {}
    query = "SELECT person_id, rank FROM run_entry WHERE run_id = :run AND rank IS NOT NULL"
    return dict(store.read.rows(query, run=found[0][0]))


_HEAD = (
    "SELECT id, method, harm_index, edition, as_of, by, window_days, min_crimes, pool, made_at, people, ranked, "
    "historic, unweighted FROM run "
)


def _run_head(row: Row) -> RunHead:
    return RunHead(*(*row[:-1], json.loads(row[-1])))


def run(store: Store, run_id: int) -> RunHead:
    """The head of a run. Raises NotFound."""
    found = store.read.rows(_HEAD + "WHERE id = :id", id=run_id)
    if not found:
        raise NotFound(f"There is no run {run_id}.")
    return _run_head(found[0])


def latest_run(store: Store, method: str = METHOD) -> RunHead | None:
    """The run made last, or None."""
    found = store.read.rows(_HEAD + "WHERE method = :method ORDER BY id DESC LIMIT 1", method=method)
    return _run_head(found[0]) if found else None


def has_earlier_run(store: Store, head: RunHead) -> bool:
    """Whether a run has an earlier one to be compared with."""
    query = "SELECT 1 FROM run WHERE method = :method AND pool = :pool AND as_of < :as_of LIMIT 1"
    return bool(store.read.rows(query, method=head.method, pool=head.pool, as_of=head.as_of))


_ENTRIES = (
    "SELECT e.id, e.position, e.rank, e.previous_rank, p.ref, v.surname, v.forenames, e.score, e.allegations, "
    "e.crimes, e.victims, e.last_allegation, g.crime_ref, o.title, g.days, l.borough, v.status "
    "FROM run_entry e JOIN person p ON p.id = e.person_id JOIN person_version v ON v.id = e.person_version_id "
    "LEFT JOIN report_row g ON g.id = e.largest_row_id LEFT JOIN offence o ON o.id = g.offence_id "
    "LEFT JOIN report_row t ON t.id = e.last_row_id LEFT JOIN place l ON l.id = t.place_id "
)


def entries(store: Store, run_id: int, top: int | None = None) -> list[Ranked]:
    """The ranked entries of a run in order: the first *top* ranks (ties at the end included), or all."""
    query = _ENTRIES + "WHERE e.run_id = :run AND e.rank IS NOT NULL AND (:every OR e.rank <= :top) ORDER BY e.position"
    return [Ranked(*row) for row in store.read.rows(query, run=run_id, every=top is None, top=top or 0)]


def entries_by_id(store: Store, ids: Sequence[int]) -> dict[int, Ranked]:
    """Some entries by their number: one page of a list."""
    marks = ", ".join(str(int(number)) for number in ids)
    rows = store.read.rows(_ENTRIES + f"WHERE e.id IN ({marks})")
    return {row[0]: Ranked(*row) for row in rows}


def entry_of(store: Store, run_id: int | None, ref: str) -> Ranked | None:
    """One person's entry in a run, or None where they are not in it."""
    found = store.read.rows(_ENTRIES + "WHERE e.run_id = :run AND p.ref = :ref", run=run_id or 0, ref=ref)
    return Ranked(*found[0]) if found else None


SORTS = {
    "rank": ("e.position",),
    "score": ("e.score",),
    "name": ("v.surname", "v.forenames"),
    "allegations": ("e.allegations",),
    "victims": ("e.victims",),
    "last": ("e.last_allegation",),
    "status": ("v.status",),
    "borough": ("COALESCE(l.borough, '')",),
    "move": ("COALESCE(e.previous_rank, 1000000) - COALESCE(e.rank, 1000000)",),
}
"""How a list of ranked people can be sorted; the rank column is the order of the run."""


def first_page(store: Store, run_id: int, rows: int) -> array[int]:
    """The first *rows* entry numbers of a run in the order of their rank: what a screen shows first."""
    query = "SELECT id FROM run_entry WHERE run_id = :run ORDER BY position LIMIT :rows"
    return array("q", chain.from_iterable(store.read.rows(query, run=run_id, rows=rows)))


def order(store: Store, run_id: int, sort: str = "rank", descending: bool = False, needle: str = "") -> array[int]:
    """Entry numbers of a run, sorted and filtered: every word of *needle* must stand in some field."""
    conditions, values = _filter(needle)
    joins = (
        "JOIN person p ON p.id = e.person_id JOIN person_version v ON v.id = e.person_version_id "
        "LEFT JOIN report_row t ON t.id = e.last_row_id LEFT JOIN place l ON l.id = t.place_id "
    )
    plain = not values and sort not in ("name", "status", "borough")
    how = ", ".join(f"{part} {'DESC' if descending else 'ASC'}" for part in SORTS[sort])
    rows = store.read.rows(
        f"SELECT e.id FROM run_entry e {'' if plain else joins}WHERE e.run_id = :run{conditions} "  # noqa: S608
        f"ORDER BY {how}{'' if sort == 'rank' else ', e.position'}",
        run=run_id,
        **values,
    )
    return array("q", chain.from_iterable(rows))


_FIELDS = (
    "LOWER(p.ref || ' ' || v.surname || ' ' || v.forenames || ' ' || v.status || ' ' || COALESCE(l.borough, '') "
    "|| ' #' || COALESCE(CAST(e.rank AS TEXT), ''))"
)


def _filter(needle: str) -> tuple[str, dict[str, str]]:
    """The conditions that hold where every word stands in some field, and their values.

    A database may know no small letters beyond a to z, so another word is looked for as names are written, too.
    """
    conditions = ""
    values: dict[str, str] = {}
    for number, word in enumerate(needle.split()):
        forms = {word.lower(): None} if word.isascii() else dict.fromkeys((word.lower(), word.upper(), word.title()))
        names = [f"w{number}_{turn}" for turn in range(len(forms))]
        values |= {name: f"%{_escaped(form)}%" for name, form in zip(names, forms, strict=True)}
        conditions += " AND (" + " OR ".join(f"{_FIELDS} LIKE :{name} ESCAPE '!'" for name in names) + ")"
    return conditions, values


def _escaped(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
