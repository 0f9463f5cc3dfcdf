"""The last weeks of people and of wards as rows of lists show them: harm by week, offences by month, counts by day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from core.activity import headline
from core.harm import Harm
from db.kept_state import state_of
from db.rankings import Ranked, RunHead, weighing
from db.scoring import in_window, parameters
from db.store import Store
from db.wards import WardRanking, series

WEEKS = 12
"""How many weeks, or months, a row shows."""
DAYS = 14
"""How many days a figure of the last day is shown after."""


def highest_score(store: Store, run_id: int) -> float:
    """The highest score of a run, in its method's unit; 0 where no one is in it."""
    state = state_of(store, run_id)
    query = f"SELECT COALESCE(MAX(score), 0) AS most FROM ({state.everyone('score')})"  # noqa: S608 - our own expressions
    [row] = store.read.rows(query, **state.values)
    return float(row["most"])


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


def months_of_wards(store: Store, ranking: WardRanking) -> dict[str, tuple[int, ...]]:
    """Ward code to the offences of the categories that are counted, by month, the oldest first: the last twelve.

    They are the months that the ranking counts; fewer where it counts fewer.
    """
    places = [place for place, month in enumerate(ranking.release.months) if month in ranking.months][-WEEKS:]
    counted: Collection[str] = frozenset(ranking.categories)
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * len(places))
    for one in series(store, ranking.release, ranking.months):
        if one.category in counted or not counted:
            kept = sums[one.ward_code]
            for number, place in enumerate(places):
                kept[number] += one.counts[place]
    return {code: tuple(values) for code, values in sums.items()}


def days_of_measures(store: Store, last: int, among: Collection[str]) -> dict[str, tuple[int | None, ...]]:
    """Measure to what was returned of it on each of the last days, the oldest first, *last* the day number of the last.

    among: the BCUs whose returns are added up.

    A headline adds up its measures. None on a day of which a BCU sent no return: its sum is not known.
    """
    first = last - DAYS + 1
    query = "SELECT bcu, day, measure, count FROM activity WHERE day BETWEEN :first AND :last AND replaced_by IS NULL"
    rows = [row for row in store.read.rows(query, first=first, last=last) if row["bcu"] in among]
    returned = {(row["bcu"], row["day"]) for row in rows}
    whole = {day for day in range(first, last + 1) if all((bcu, day) in returned for bcu in among)}
    sums: Counter[tuple[str, int]] = Counter()
    names = set()
    for row in rows:
        for name in {row["measure"], headline(row["measure"])} - {None, ""}:
            sums[name, row["day"]] += row["count"]
            names.add(name)
    return {name: _by_day(sums, name, range(first, last + 1), whole) for name in names}


def _by_day(
    sums: Mapping[tuple[str, int], int], name: str, days: Sequence[int], whole: Collection[int]
) -> tuple[int | None, ...]:
    return tuple(sums.get((name, day), 0) if day in whole else None for day in days)
