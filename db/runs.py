"""Making a ranking run: scored, placed and kept by the database in one statement, in one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import text

from core.errors import Problem, Refused
from core.harm import Harm
from core.methods import Recipe
from db import editions, measure_cache, rankings
from db.rankings import RunHead
from db.scoring import (
    ROW,
    Asked,
    as_stored,
    nothing_to_rank,
    recipe_of,
    scored,
    values,
    weights,
    with_status,
    without_weight,
)
from db.store import Store
from db.store.journal import Writing


def make_run(store: Store, asked: Asked) -> RunHead:
    """Rank everyone in the pool and keep the run.

    Raises Problem where there is nothing to rank, Refused where an imported edition lacks a code that occurs.
    """
    made = recipe_of(store, asked)
    weighed = weights(store, made)
    earlier = rankings.earlier_run(store, asked)
    with store.change(f"Rank {asked.method} as of day {asked.as_of}", kind="run", meeting=None) as writing:
        run_id = writing.insert("run", **_head(store, writing, asked, made, weighed, earlier))
        _place(writing, run_id, asked, made, {} if as_stored(made) else weighed, earlier)
        counts = writing.connection.execute(text(_COUNTS), {"run": run_id}).one()
        if not counts.people:
            raise Problem(nothing_to_rank(store, asked), "Nothing to rank")
        missing = _without_weight(writing, asked, weighed) if counts.unweighted else {}
        if lacking := editions.lacking(store, made, missing):
            raise Refused(lacking, "Edition not complete")
        writing.update(
            "run",
            run_id,
            people=counts.people,
            ranked=counts.ranked,
            historic=counts.historic,
            unweighted=json.dumps({code or "(no code)": number for code, number in missing.items()}),
        )
    return rankings.run(store, run_id)


def run_like(store: Store, asked: Asked) -> RunHead:
    """The run that was made of exactly this, on the records as they are now; made if there is none."""
    made = recipe_of(store, asked)
    found = store.read.rows(
        "SELECT id FROM run WHERE method = :method AND pool = :pool AND by = :by AND window_days = :window "
        "AND min_crimes = :min AND as_of = :as_of AND edition = :edition AND split = :split AND bands = :bands "
        "AND statuses = :statuses AND batch_id = :batch ORDER BY id DESC LIMIT 1",
        **rankings.kind_of(asked),
        as_of=asked.as_of,
        edition=made.edition,
        split=asked.split,
        bands=_bands(made),
        statuses=json.dumps(asked.statuses),
        batch=_batch(store),
    )
    return rankings.run(store, found[0][0]) if found else make_run(store, asked)


_COUNTS = (
    "SELECT COUNT(*) AS people, COUNT(rank) AS ranked, COALESCE(SUM(historic), 0) AS historic, "
    "COALESCE(SUM(crimes - allegations), 0) AS unweighted FROM run_entry WHERE run_id = :run"
)


def _batch(store: Store) -> int:
    return int(store.read.rows("SELECT COALESCE(MAX(id), 0) FROM batch")[0][0])


def _bands(made: Recipe) -> str:
    return made.bands.text if made.method.measures else ""


def _head(
    store: Store, writing: Writing, asked: Asked, made: Recipe, weighed: Mapping[int, Harm], earlier: int | None
) -> dict[str, Any]:
    return {
        "method": asked.method,
        "harm_index": made.index,
        "edition": made.edition,
        "as_of": asked.as_of,
        "by": asked.by,
        "window_days": asked.window,
        "min_crimes": asked.at_least,
        "pool": asked.ranked_in.words,
        "made_at": writing.now,
        "made_by": writing.who,
        "batch_id": _batch(store),
        "people": 0,
        "ranked": 0,
        "historic": 0,
        "unweighted": "{}",
        "split": asked.split,
        "bands": _bands(made),
        "statuses": json.dumps(asked.statuses),
        "weighing_id": _weighing(writing, weighed),
        "earlier_id": earlier,
    }


def _weighing(writing: Writing, weighed: Mapping[int, Harm]) -> int:
    """The number of what offences weigh, written down if no run has used exactly this before."""
    words = json.dumps({number: [harm.days, harm.confidence, harm.note] for number, harm in weighed.items()})
    digest = hashlib.sha256(words.encode()).hexdigest()
    found = writing.connection.execute(text("SELECT id FROM weighing WHERE digest = :d"), {"d": digest}).first()
    if found:
        return int(found[0])
    made = writing.connection.execute(
        text("INSERT INTO weighing (digest, weights) VALUES (:d, :words) RETURNING id"), {"d": digest, "words": words}
    )
    return int(made.scalar_one())


def _place(
    writing: Writing, run_id: int, asked: Asked, made: Recipe, weighed: Mapping[int, Harm], earlier: int | None
) -> None:
    """Write the entries of a run in the order that ``core.ranking.place`` states."""
    among, statuses = with_status(asked, "f")
    source = measure_cache.bring_up(writing.connection, asked, made, weighed)
    query = (
        "INSERT INTO run_entry (run_id, position, rank, person_id, person_version_id, score, recency, gravity, harm, "  # noqa: S608
        "allegations, crimes, victims, historic, last_allegation, largest_row_id, last_row_id, previous_rank) "
        "SELECT :run, ROW_NUMBER() OVER (ORDER BY t.enough DESC, t.score DESC, t.last DESC, t.ref) AS position, "
        "CASE WHEN t.enough THEN RANK() OVER (ORDER BY t.enough DESC, t.score DESC) END, "
        "t.person_id, t.version_id, t.score, t.recency, t.gravity, t.harm, t.allegations, t.crimes, t.victims, "
        f"t.historic, t.last, t.heaviest % {ROW}, t.latest % {ROW}, b.rank "
        f"FROM (SELECT f.*, f.crimes >= :least AS enough FROM ({scored(made, asked, weighed, source)}) f {among}) t "
        "LEFT JOIN run_entry b ON b.run_id = :earlier AND b.person_id = t.person_id ORDER BY position"
    )
    given = {"run": run_id, "least": asked.at_least, "earlier": earlier or 0, **values(asked), **statuses}
    writing.connection.execute(text(query), given)


def _without_weight(writing: Writing, asked: Asked, weighed: Mapping[int, Harm]) -> dict[str, int]:
    rows = writing.connection.execute(text(without_weight(asked, weighed)), values(asked))
    return {row[0]: row[1] for row in rows}
