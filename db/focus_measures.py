"""The measures of the focus wards as the store knows them: added up from what was done, or as they were read."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.days import uk
from core.errors import Problem
from core.focus_measures import Point, Progress, as_read, by_month, progress
from core.focus_model import FocusModel, Measure
from db.store import Store
from db.store.engine import Row


@dataclass(frozen=True)
class MeasureView:
    """A measure with its series up to a day, the earliest first, and where it stands against its baseline.

    rows: the rows of the store it is made of, by table and number.
    """

    measure: Measure
    points: tuple[Point, ...]
    progress: Progress
    rows: tuple[tuple[str, int], ...] = ()


def read_measure(
    store: Store, measure: Measure, day: int, value: float, by: str, *, meeting_id: int | None = None
) -> int:
    """Keep a reading of a measure on a day; gives its number. A later reading of the same day takes its place.

    Raises Problem for a measure that is added up from what is done, a value that is no figure of 0 or more, or without
    the person who read it; Conflict where the meeting is sealed.
    """
    if measure.option:
        raise Problem(f"{measure.title} is added up from what is done in the focus wards. Record the items instead.")
    if not math.isfinite(value) or value < 0:
        raise Problem(f"{value} is no reading of {measure.title}; write a figure of 0 or more.")
    if not by.strip():
        raise Problem("A reading needs the person who read it. Give the name.")
    with store.change(f"{measure.title} read on {uk(day)}: {value:g}", meeting=meeting_id) as writing:
        return writing.insert(
            "focus_reading",
            meeting_id=meeting_id,
            measure=measure.key,
            day=day,
            value=value,
            read_by=by.strip(),
            at=writing.now,
        )


def measures(store: Store, model: FocusModel, as_of: int) -> list[MeasureView]:
    """Every measure of the model as it stood on a day."""
    found = []
    for measure in model.measures:
        table, rows = _read(store, measure, as_of)
        pairs = [(row["day"], row["value"]) for row in rows]
        points = by_month(pairs) if measure.option else as_read(measure, pairs)
        behind = tuple((table, row["id"]) for row in rows)
        found.append(MeasureView(measure, points, progress(measure, points, as_of), behind))
    return found


def _read(store: Store, measure: Measure, as_of: int) -> tuple[str, list[Row]]:
    """The table that a measure is made of, and its rows: what was done, by the Monday of its week, or readings."""
    if measure.option:
        done = (
            "SELECT i.id, w.monday AS day, i.done AS value FROM focus_item i JOIN focus_week w ON w.id = i.week_id "
            "WHERE i.option = :option AND i.done IS NOT NULL AND w.monday <= :day"
        )
        return "focus_item", store.read.rows(done, option=measure.option, day=as_of)
    readings = "SELECT id, day, value FROM focus_reading WHERE measure = :measure AND day <= :day ORDER BY day, id"
    return "focus_reading", store.read.rows(readings, measure=measure.key, day=as_of)
