"""``tasking focus``: the focus ward of a week with its menu and hours, the measures, and whose turn is next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core import focus_model
from core.days import day_of, iso, london, monday_of, uk
from core.focus import Draft
from core.focus_measures import figure
from core.focus_model import FocusModel
from core.text import counted, plain
from db.focus import WeekView, drafted, model_of, save_model, unfit, week_of
from db.focus_comments import nominations
from db.focus_measures import MeasureView, measures
from db.not_counted import not_counted_now
from db.store import Store
from tui.cli.common import existing, number, print_json, print_table, say, say_not_counted, say_overruled, text_of
from tui.cli.days import day_of_option

_Focus = WeekView | Draft


def run(path: Path | None, week: str | None, model_file: Path | None, *, json: bool) -> None:
    """Print a week; one that has no focus ward yet as the rota would give it.

    model_file: a focus-ward model that is put in force first; nothing else is stored.
    """
    with existing(path) as store:
        model = save_model(store, text_of(model_file, "Focus file"), model_file.name) if model_file else model_of(store)
        say_overruled(store, focus_model.FILE)
        monday = week_asked(store, week)
        if (reason := unfit(store, model)) and week_of(store, monday) is None:
            _print_none(store, reason, json=json)
            return
        found = week_of(store, monday) or drafted(store, model, monday)
        following = _following(store, model, monday) if isinstance(found, WeekView) else None
        known = measures(store, model, min(_today(store), monday + 6) if week else _today(store))
        if json:
            print_json(_as_json(store, model, found, following, known))
        else:
            _print(store, model, found, following, known)


def _print_none(store: Store, reason: str, *, json: bool) -> None:
    """Print why there is no focus week, and what is left out of the ward numbers."""
    missing = not_counted_now(store)
    if json:
        nothing = {"borough": None, "not_counted": [one.as_json() for one in missing], "why_none": reason}
        print_json(nothing | {"week": None, "next": None, "nominations": len(nominations(store)), "measures": []})
        return
    say(plain(reason))
    say_not_counted(missing, caveats=False)


def week_asked(store: Store, text: str | None) -> int:
    """The Monday of the week that a typed date is in, or of this week; a usage error where it is no date."""
    return monday_of(_today(store) if text is None else day_of(day_of_option(text, "--week")))


def _today(store: Store) -> int:
    return day_of(london(store.now()).date())


def _following(store: Store, model: FocusModel, monday: int) -> _Focus:
    return week_of(store, monday + 7) or drafted(store, model, monday + 7)


def _as_json(
    store: Store, model: FocusModel, found: _Focus, following: _Focus | None, known: Sequence[MeasureView]
) -> dict[str, Any]:
    return {
        "borough": model.borough,
        "not_counted": [one.as_json() for one in not_counted_now(store)],
        "why_none": None,
        "week": _week_json(found, model),
        "next": None if following is None else _week_json(following, model),
        "nominations": len(nominations(store)),
        "measures": [
            {
                "measure": view.measure.key,
                "title": view.measure.title,
                "baseline": number(view.measure.baseline),
                "better": view.measure.better,
                "per": view.measure.per,
                "value": number(view.progress.value),
                "standing": view.progress.standing,
                "words": view.progress.words,
                "series": [{"from": iso(point.day), "value": number(point.value)} for point in view.points],
            }
            for view in known
        ],
    }


def _week_json(week: _Focus, model: FocusModel) -> dict[str, Any]:
    head = {
        "monday": iso(week.monday),
        "area": week.area,
        "ward_code": week.ward_code,
        "ward": week.ward,
        "hours": number(week.hours),
        "team_hours": model.capacity,
    }
    if isinstance(week, Draft):
        items: list[dict[str, Any]] = [
            {
                "option": line.option,
                "words": line.words,
                "unit": model.unit(line.option),
                "planned": line.planned,
                "hours_each": number(line.hours_each),
            }
            for line in week.lines
        ]
        return {**head, "stored": False, "because": week.because, "items": items}
    items = [
        {
            "option": item.option,
            "words": item.words,
            "unit": model.unit(item.option),
            "planned": item.planned,
            "hours_each": number(item.hours_each),
            "state": item.state,
            "done": item.done,
            "result": item.result,
        }
        for item in week.items
    ]
    agreed_at = week.agreed_at.isoformat() if week.agreed_at else None
    return {
        **head,
        "stored": True,
        "because": week.chosen_because,
        "hours_planned": number(week.hours_planned),
        "hours_agreed": number(week.hours_agreed),
        "agreed_by": week.agreed_by or None,
        "agreed_at": agreed_at,
        "summary": week.summary,
        "items": items,
    }


def _print(
    store: Store, model: FocusModel, found: _Focus, following: _Focus | None, known: Sequence[MeasureView]
) -> None:
    say(f"Focus ward of the week of {uk(found.monday)}, {plain(model.borough)}: {_named(found)}")
    if isinstance(found, Draft):
        say(f"Proposed by the rota, not stored. {plain(found.because)}")
        rows = [
            (line.words, line.planned, model.unit(line.option), figure(line.planned * line.hours_each))
            for line in found.lines
        ]
        print_table(("on the menu", "planned", "unit", "hours"), rows, right=(1, 3))
    else:
        say(plain(found.chosen_because))
        _print_items(found, model)
    for view in known:
        say(f"{plain(view.measure.title)}: {view.progress.words} ({view.progress.standing}).")
    say(f"Open nominations: {len(nominations(store))}.")
    say_not_counted(not_counted_now(store), caveats=False)
    if following is not None:
        stored = "" if isinstance(following, WeekView) else "; not stored"
        say(f"Next, week of {uk(following.monday)}: {_named(following)}, {counted(following.hours, 'hour')}{stored}.")


def _print_items(week: WeekView, model: FocusModel) -> None:
    heads = ("on the menu", "planned", "unit", "hours", "state", "done", "result")
    rows = [
        (
            item.words,
            item.planned,
            model.unit(item.option),
            figure(item.hours),
            item.state,
            "-" if item.done is None else item.done,
            item.result,
        )
        for item in week.items
    ]
    print_table(heads, rows, right=(1, 3, 5))
    said = f"{figure(week.hours_planned)} of {counted(week.hours, 'hour')} planned"
    if week.agreed_at:
        agreed = f"{figure(week.hours_agreed)} agreed, first by {plain(week.agreed_by)}"
        say(f"{said}; {agreed}, {london(week.agreed_at):%d/%m/%Y %H:%M}.")
    else:
        say(f"{said}; nothing agreed yet.")
    if week.summary:
        say(f"Summary: {plain(week.summary)}")


def _named(week: _Focus) -> str:
    return f"{plain(week.ward)} ({week.ward_code}), {plain(week.area)}"
