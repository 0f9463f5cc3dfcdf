"""The last weeks of people as rows of lists show them: harm by week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.harm import Harm
from db.kept_state import state_of
from db.rankings import Ranked, RunHead, weighing
from db.scoring import in_window, parameters
from db.store import Store

WEEKS = 12
"""How many weeks a row shows."""


def highest_score(store: Store, run_id: int) -> float:
    """The highest score of a run, in its method's unit; 0 where no one is in it."""
    with store.read.snapshot() as reader:
        state = state_of(store, run_id)
        scores = state.now("score", where="1") if state.stands_in_an_index else state.everyone("score")
        rows = reader.rows(f"{scores} ORDER BY score DESC LIMIT 1", **state.values)
    return float(rows[0]["score"]) if rows else 0.0


def weeks_of_people(store: Store, head: RunHead, entries: Iterable[Ranked]) -> dict[str, tuple[float, ...]]:
    """Person to the harm of the reports that count, in days, by week, the oldest first; the last ends on the run's day.

    A report without a weight adds nothing. Where records came in after the run was made, it is of those held now.
    """
    weeks = {entry.person: [0.0] * WEEKS for entry in entries}
    if not weeks:
        return {}
    weights: Mapping[int, Harm] = store.remember(("weighing", head.id), None, lambda: weighing(store, head))
    day = "committed_from" if head.by == "committed" else "reported_on"
    refs = {f"ref{number}": ref for number, ref in enumerate(weeks)}
    query = (
        f"SELECT p.ref AS person, (:as_of - r.{day}) / 7 AS back, r.offence_id, r.days "  # noqa: S608 - own names
        "FROM person p CROSS JOIN report_row r "
        f"WHERE p.ref IN ({', '.join(f':{name}' for name in refs)}) "
        f"AND r.person_id = p.id AND (r.leading & :pool) <> 0 AND {in_window(head.request)} "
        f"AND r.{day} > :as_of - {7 * WEEKS}"
    )
    given = {name: value for name, value in parameters(head.request).items() if name != "old"}
    for person, back, offence, days in store.read.rows(query, **refs, **given):
        harm = weights.get(offence)
        weighs = days if harm is None else harm.days
        if weighs is not None:
            weeks[person][WEEKS - 1 - back] += weighs
    return {person: tuple(values) for person, values in weeks.items()}
