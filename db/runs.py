"""Making a ranking run: measures brought up to date by the database and a head that points at them, in one change."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from core.days import iso, uk
from core.errors import NotFound, Problem, Refused
from core.methods import METHODS, Recipe
from db import editions, measure_cache, rankings
from db.earlier_runs import earlier_run
from db.first import people_first
from db.rankings import RunHead
from db.run_records import MADE_NOW, RULES
from db.scoring import (
    HISTORIC,
    RankingRequest,
    Scoring,
    Weights,
    nothing_to_rank,
    parameters,
    recipe_of,
    scoring_of,
    with_status,
    within,
)
from db.store import Store
from db.store.journal import Writing
from db.store.rows import lookup

if TYPE_CHECKING:
    from sqlalchemy import Row


def make_run(store: Store, request: RankingRequest) -> RunHead:
    """Rank everyone in the pool and keep the run.

    Raises Problem where there is nothing to rank, Refused where an imported edition lacks a code that occurs.
    """
    scoring = scoring_of(store, request)
    earlier = earlier_run(store, request)
    first = people_first(store, request)
    with store.change(f"Rank {request.method} as of day {request.as_of}", kind="run", meeting=None) as writing:
        step = measure_cache.bring_up(writing, scoring)
        counts = _counts(writing, scoring, step)
        if not counts.people:
            raise Problem(nothing_to_rank(store, request), "Nothing to rank")
        missing = _without_weight(writing, scoring) if counts.unweighted else {}
        if lacking := editions.lacking(store, scoring.recipe, missing):
            raise Refused(lacking, "Edition not complete")
        run_id = writing.insert(
            "run",
            **_head(store, writing, scoring, earlier),
            step_id=step.id,
            ahead=json.dumps(sorted(first)),
            people=counts.people,
            ranked=counts.ranked,
            historic=counts.historic if request.historic == "count" else _set_apart(writing, request),
            unweighted=json.dumps({code or "(no code)": number for code, number in missing.items()}),
        )
    return rankings.run(store, run_id)


def run_like(store: Store, request: RankingRequest) -> RunHead:
    """The run that was made of exactly this, on the records as they are now; made if there is none.

    Raises NotFound where there is none in a store that whoever asks can only read; what :func:`make_run` raises.
    """
    recipe = recipe_of(store, request)
    found = store.read.rows(
        f"SELECT id FROM run WHERE {MADE_NOW} AND method = :method AND pool = :pool "  # noqa: S608 - from the code
        "AND by = :by AND window_days = :window AND min_crimes = :min AND as_of = :as_of "
        "AND edition = :edition AND split = :split AND bands = :bands "
        "AND statuses = :statuses ORDER BY id DESC LIMIT 1",
        **rankings.kind_of(request),
        as_of=request.as_of,
        edition=recipe.edition,
        split=request.split,
        bands=_bands(recipe),
        statuses=json.dumps(request.statuses),
        rules=RULES,
    )
    if not found and store.only_read:
        raise NotFound(_none_kept(store, request), "No such ranking")
    return rankings.run(store, found[0][0]) if found else make_run(store, request)


def _none_kept(store: Store, request: RankingRequest) -> str:
    """That no ranking like this is kept, why none is made, and the latest by this method that still holds."""
    query = f"SELECT as_of FROM run WHERE {MADE_NOW} AND method = :method ORDER BY id DESC LIMIT 1"  # noqa: S608
    latest = store.read.rows(query, method=request.method, rules=RULES)
    there = "".join(f" The latest by it is as of {uk(day)}: --as-of {iso(day)}." for (day,) in latest)
    return (
        f"No such ranking by {METHODS[request.method].title} as of {uk(request.as_of)} is kept since the latest file "
        f"came in, and none is made here: {store.only_read}.{there} Whoever may change records makes one: tasking rank."
    )


def _counts(writing: Writing, scoring: Scoring, step: measure_cache.Step) -> Row[Any]:
    """How many people a run has and how many of them are ranked, their historic reports, those without a weight."""
    among, statuses = with_status(scoring.request, "m")
    query = (
        "SELECT COUNT(*) AS people, COALESCE(SUM(m.crimes >= :least), 0) AS ranked, "  # noqa: S608 - our own names
        "COALESCE(SUM(m.historic), 0) AS historic, COALESCE(SUM(m.crimes - m.allegations), 0) AS unweighted "
        f"FROM kept_measure m {among} WHERE m.kept_id = :kept"
    )
    given = {"least": scoring.request.at_least, "kept": step.kept}
    return writing.connection.exec_driver_sql(query, {**given, **statuses}).one()


def _batch(store: Store) -> int:
    return int(store.read.rows("SELECT COALESCE(MAX(id), 0) FROM batch")[0][0])


def _bands(recipe: Recipe) -> str:
    return recipe.bands.text if recipe.method.measures else ""


def _head(store: Store, writing: Writing, scoring: Scoring, earlier: int | None) -> dict[str, Any]:
    request, recipe = scoring.request, scoring.recipe
    return {
        "method": request.method,
        "harm_index": recipe.index,
        "edition": recipe.edition,
        "as_of": request.as_of,
        "by": rankings.by_words(request.by, request.historic),
        "window_days": request.window,
        "min_crimes": request.at_least,
        "pool": request.ranked_in.words,
        "made_at": writing.now,
        "made_by": writing.who,
        "batch_id": _batch(store),
        "split": request.split,
        "bands": _bands(recipe),
        "statuses": json.dumps(request.statuses),
        "weighing_id": _weighing(writing, scoring.weights),
        "earlier_id": earlier,
    }


def _weighing(writing: Writing, weights: Weights) -> int:
    """The number of what offences weigh, written down if no run has used exactly this before."""
    words = json.dumps({number: [harm.days, harm.confidence, harm.note] for number, harm in weights.items()})
    digest = hashlib.sha256(words.encode()).hexdigest()
    known = writing.connection.exec_driver_sql("SELECT id FROM weighing WHERE digest = :d", {"d": digest}).scalar()
    if known is not None:
        return int(known)
    written = writing.connection.exec_driver_sql(
        "INSERT INTO weighing (digest, weights) VALUES (:d, :words) RETURNING id", {"d": digest, "words": words}
    )
    return int(written.scalar_one())


def _set_apart(writing: Writing, request: RankingRequest) -> int:
    """How many allegations of the pool and the window are historic, where they stand apart."""
    among, statuses = with_status(request, "r")
    query = (
        f"SELECT COUNT(*) FROM report_row r {among} WHERE r.person_id > 0 AND (r.leading & :pool) <> 0 "  # noqa: S608
        f"AND {within(request.by)} AND {HISTORIC}"
    )
    given = {name: value for name, value in parameters(request).items() if name != "old"}
    return int(writing.connection.exec_driver_sql(query, {**given, **statuses}).scalar_one())


def _without_weight(writing: Writing, scoring: Scoring) -> dict[str, int]:
    return lookup(writing.connection.exec_driver_sql(scoring.without_weight(), scoring.parameters))
