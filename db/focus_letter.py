"""What the letter to councillors is made of: the week that ends, the one that comes, and the measures."""

from __future__ import annotations

from core.days import day_of, london, monday_of
from core.focus import AGREED, LEFT_OUT
from core.focus_letter import Letter, LetterItem, LetterWeek
from core.focus_model import FocusModel
from db.focus import ItemView, WeekView, drafted, week_of
from db.focus_measures import measures
from db.store import Store


def letter(store: Store, model: FocusModel, day: int) -> Letter:
    """The letter at the end of the week of a day: what was agreed and done in it, and the week after.

    Measures stand as they did at the end of the week, or today if it is not over.
    Where the week after has no focus ward yet, the one that the rota would give stands there; nothing is stored.
    """
    monday = monday_of(day)
    ended, coming = week_of(store, monday), week_of(store, monday + 7)
    today = day_of(london(store.now()).date())
    return Letter(
        borough=model.borough,
        day=today,
        ended=None if ended is None else _week(ended, model, AGREED),
        coming=_drafted(store, model, monday + 7) if coming is None else _week(coming, model, None),
        measures=[(view.measure.title, view.progress.words) for view in measures(store, model, min(today, monday + 6))],
    )


def _week(week: WeekView, model: FocusModel, only: str | None) -> LetterWeek:
    items = [_item(item, model) for item in week.items if item.state != LEFT_OUT and only in (None, item.state)]
    return LetterWeek(week.monday, week.area, week.ward, week.hours, week.chosen_because, items, week.summary)


def _item(item: ItemView, model: FocusModel) -> LetterItem:
    agreed = item.state == AGREED
    return LetterItem(item.words, model.unit(item.option), item.planned, item.hours, agreed, item.done, item.result)


def _drafted(store: Store, model: FocusModel, monday: int) -> LetterWeek:
    new = drafted(store, model, monday)
    items = [
        LetterItem(line.words, model.unit(line.option), line.planned, line.planned * line.hours_each, agreed=False)
        for line in new.lines
    ]
    return LetterWeek(new.monday, new.area, new.ward, new.hours, new.because, items)
