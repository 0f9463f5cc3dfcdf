"""What else could score the same people: pandas, polars, DuckDB, and objects of the store's own mapper in a loop.

Each gives the harm, reports and victims of everyone in the window. A peer that is not installed is left out, and said
to be; none of them opens the store's file, as two SQLite libraries on one file can lose what was written.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from db.scoring import RankingRequest
from db.store import Store

_COLUMNS = ("person_id", "reported_on", "days", "victim_ref")


def steps(store: Store, asked: RankingRequest) -> dict[str, Callable[[], object]]:
    """The peers that are installed, each with the rows in its own form already."""
    pool = int(asked.ranked_in)
    rows = store.read.rows(
        "SELECT person_id, reported_on, days, victim_ref FROM report_row "
        "WHERE person_id > 0 AND (leading & :pool) <> 0",
        pool=pool,
    )
    columns = {name: list(column) for name, column in zip(_COLUMNS, zip(*rows, strict=True), strict=True)}
    found: dict[str, Callable[[], object]] = {}
    for name, make in (("pandas", _pandas), ("polars", _polars), ("duckdb", _duckdb)):
        try:
            found[f"peer: {name}, V100 with victims"] = make(import_module(name), columns, asked)
        except ImportError:
            print(f"{name} is not installed and left out")
    found["peer: SQLModel objects in a loop, V100 with victims"] = _objects(store, asked)
    return found


def _pandas(pandas: Any, columns: dict[str, list[Any]], asked: RankingRequest) -> Callable[[], object]:
    frame = pandas.DataFrame(columns)

    def run() -> object:
        inside = frame[(frame.reported_on > asked.days.after) & (frame.reported_on <= asked.as_of)]
        grouped = inside.groupby("person_id")
        found = grouped.agg(harm=("days", "sum"), reports=("days", "size"), victims=("victim_ref", "nunique"))
        return found[found.reports >= asked.at_least].nlargest(100, "harm")

    return run


def _polars(polars: Any, columns: dict[str, list[Any]], asked: RankingRequest) -> Callable[[], object]:
    frame = polars.DataFrame(columns)

    def run() -> object:
        day, days, victim = polars.col("reported_on"), polars.col("days"), polars.col("victim_ref")
        inside = frame.lazy().filter((day > asked.days.after) & (day <= asked.as_of)).group_by("person_id")
        found = inside.agg(days.sum().alias("harm"), polars.len().alias("reports"), victim.n_unique().alias("victims"))
        return found.filter(polars.col("reports") >= asked.at_least).top_k(100, by="harm").collect()

    return run


def _duckdb(duckdb: Any, columns: dict[str, list[Any]], asked: RankingRequest) -> Callable[[], object]:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE r (person_id INT, reported_on INT, days DOUBLE, victim_ref VARCHAR)")
    try:
        frame = import_module("pandas").DataFrame(columns)
        connection.register("frame", frame)
        connection.execute("INSERT INTO r SELECT * FROM frame")
    except ImportError:
        connection.executemany("INSERT INTO r VALUES (?, ?, ?, ?)", list(zip(*columns.values(), strict=True)))

    def run() -> object:
        return connection.execute(
            "SELECT person_id, SUM(days) harm, COUNT(*) reports, COUNT(DISTINCT victim_ref) victims FROM r "
            "WHERE reported_on > ? AND reported_on <= ? GROUP BY person_id HAVING COUNT(*) >= ? "
            "ORDER BY harm DESC LIMIT 100",
            [asked.days.after, asked.as_of, asked.at_least],
        ).fetchall()

    return run


def _objects(store: Store, asked: RankingRequest) -> Callable[[], object]:
    from sqlmodel import Session, select

    from db.store.engine import engine
    from db.tables.records import ReportRow

    def run() -> object:
        made = engine(store.path)
        harm: dict[int, float] = {}
        reports: dict[int, int] = {}
        victims: dict[int, set[str]] = {}
        with Session(made) as session:
            for row in session.exec(select(ReportRow).where(ReportRow.reported_on > asked.days.after)):
                if row.person_id and row.reported_on <= asked.as_of and row.leading & int(asked.ranked_in):
                    harm[row.person_id] = harm.get(row.person_id, 0.0) + (row.days or 0.0)
                    reports[row.person_id] = reports.get(row.person_id, 0) + 1
                    victims.setdefault(row.person_id, set()).add(row.victim_ref)
        made.dispose()
        enough = [(days, person) for person, days in harm.items() if reports[person] >= asked.at_least]
        return sorted(enough, reverse=True)[:100]

    return run
