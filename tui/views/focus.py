"""The focus ward of a week: its menu, the measures against their baselines, what councillors say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import day_of, monday_of, uk
from core.focus import AGREED
from core.focus_measures import figure
from db import focus, focus_comments, focus_measures
from db.actions import Subject
from db.focus import ItemView, WeekView
from db.focus_comments import CommentView
from db.focus_measures import MeasureView
from tui.commands import command
from tui.verb import verbs
from tui.views.base import View
from tui.views.ranked import short
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Cell, Column

ITEM, MEASURE, COMMENT = "focus item", "focus measure", "focus comment"
"""What the rows of the list are about."""
_WEEK = "week of"
"""The fact that says which week a row belongs to, as it is shown."""
_COLUMNS = (
    Column("kind", "", 7),
    Column("what", "what", 22, grow=True),
    Column("planned", "plan", 5, "right"),
    Column("hours", "hours", 6, "right"),
    Column("state", "state", 8),
    Column("done", "done", 6, "right"),
    Column("words", "result", 20, grow=True),
)
_MEASURES, _COMMENTS = 1_000_000, 2_000_000
"""Where the keys of measures and of comments begin, after those of items."""


@dataclass(frozen=True)
class FocusRow:
    """The week that a row of the list is shown in: ``monday`` is its day number."""

    monday: int


class FocusView(View):
    """One week's focus ward; measures and comments stand below its menu."""

    DEFAULT_CSS = """
    FocusView > .made-of { height: 3; }
    """

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    noun = "rows"
    empty = "n gives this week to the ward whose turn it is."
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("propose_focus", "agree_item", "done_item", "edit_item", "leave_out"),
        *verbs("comment", "letter"),
        command("o", "week(-7)", "week before", "The focus ward of the week before", "focus.before", footer=False),
        command("O", "week(7)", "week after", "The focus ward of the week after", "focus.after", footer=False),
        *verbs("reading", "action", "decision", footer=False),
    ]
    monday: int | None = None
    """The week that is shown; that of the as-of day until another is chosen."""

    def shown_week(self) -> int:
        """The Monday of the week that is shown, as a day number."""
        return monday_of(day_of(self.session.as_of)) if self.monday is None else self.monday

    def action_week(self, days: int) -> None:
        """Show another week."""
        self.monday = self.shown_week() + days
        self.reload()

    def read(self) -> tuple[Source, str]:
        """The week, the measures of the model, the comments on the ward."""
        store, monday = self.session.store, self.shown_week()
        model = focus.model_of(store)
        week = focus.week_of(store, monday)
        measures = focus_measures.measures(store, model, day_of(self.session.as_of))
        if week is None:
            draft = focus.drafted(store, model, monday)
            heading = (
                f"Week of {uk(monday)}: no focus ward yet; next is {draft.ward} "
                f"({draft.area}), {draft.because}. n proposes it;"
            )
            return Lines(_COLUMNS, [_measure(at, one, monday, None) for at, one in enumerate(measures)]), heading
        ward = Subject("ward", week.ward_code, week.ward)
        said = focus_comments.comments(store, week.ward_code)
        lines = [
            *(_item(item, week, ward) for item in week.items),
            *(_measure(at, one, monday, ward) for at, one in enumerate(measures)),
            *(_comment(one, monday, ward) for one in said),
        ]
        return Lines(_COLUMNS, lines), _words(week)


def _words(week: WeekView) -> str:
    agreed = sum(item.state == AGREED for item in week.items)
    over = f", {week.hours_planned - week.hours:g} h too many" if week.hours_planned > week.hours else ""
    by = f" by {week.agreed_by}" if week.agreed_by else ""
    return (
        f"Week of {uk(week.monday)}: {week.ward} ({week.area}), {week.hours:g} h, {week.hours_planned:g} h on the "
        f"menu{over}, {agreed} of {len(week.items)} agreed{by};"
    )


def _item(item: ItemView, week: WeekView, ward: Subject) -> Line:
    done = "" if item.done is None else f"{item.done:,}"
    cells: tuple[Cell, ...] = (
        "menu",
        item.words,
        f"{item.planned:,}",
        f"{item.hours:g}",
        Text(item.state, style="bold" if item.state == AGREED else ""),
        done,
        item.result,
    )
    values = ("menu", item.words, item.planned, item.hours, item.state, item.done, item.result)
    outcome = "no outcome yet" if item.done is None else f"{item.done:,} done: {item.result}"
    made_of = (
        f"{item.words}: {item.planned:,} at {item.hours_each:g} officer-hours each, {item.state}; {outcome}. "
        f"{week.ward} was chosen: {week.chosen_because}"
    )
    facts = {"planned": f"{item.planned:,}", _WEEK: uk(week.monday)}
    about = Subject(ITEM, str(item.id), item.words)
    return Line(item.id, cells, Record(about, facts, made_of, ward, FocusRow(week.monday)), values)


def _measure(at: int, one: MeasureView, monday: int, ward: Subject | None) -> Line:
    progress, measure = one.progress, one.measure
    value = "" if progress.value is None else figure(progress.value)
    cells = ("measure", measure.title, figure(measure.baseline), "", progress.standing, value, progress.words)
    values = ("measure", measure.title, measure.baseline, None, progress.standing, progress.value, progress.words)
    before = "; before that " + ", ".join(figure(point.value) for point in one.points[-4:-1]) if one.points[1:] else ""
    made_of = f"{measure.title}, {measure.better} is better: {progress.words}{before}"
    about = Subject(MEASURE, measure.key, measure.title)
    return Line(_MEASURES + at, cells, Record(about, {_WEEK: uk(monday)}, made_of, ward, FocusRow(monday)), values)


def _comment(one: CommentView, monday: int, ward: Subject) -> Line:
    nominates = f"nominates {one.nominates}" if one.nominates else ""
    day = short(day_of(one.at.date()))
    cells = ("comment", f"{one.councillor}: {one.words}", "", "", day, "", nominates)
    values = ("comment", one.words, None, None, one.at.isoformat(), None, nominates)
    made_of = f"{one.councillor} on {uk(day_of(one.at.date()))}: {one.words}" + (f"; {nominates}" if nominates else "")
    about = Subject(COMMENT, str(one.id), one.words)
    return Line(_COMMENTS + one.id, cells, Record(about, {_WEEK: uk(monday)}, made_of, ward, FocusRow(monday)), values)
