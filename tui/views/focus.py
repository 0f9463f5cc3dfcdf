"""The focus ward of a week: its menu, the measures against their baselines, what councillors say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import day_of, monday_of, uk
from core.focus import AGREED, LEFT_OUT
from core.focus_measures import figure
from core.localities import NOWHERE, Locality, locality_of
from db import focus, focus_comments, focus_measures, localities
from db.actions import Subject
from db.focus import ItemView, WeekView
from db.focus_comments import CommentView
from db.focus_measures import MeasureView
from db.not_counted import in_short, not_counted_now
from tui.commands import command
from tui.means import Meaning
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.localities import locality_columns
from tui.views.ranked import short
from tui.views.source import Lines, Record, Source
from tui.wall import HIDDEN
from tui.widgets.record_list import Cell, Column

ITEM, MEASURE, COMMENT = "focus item", "focus measure", "focus comment"
"""What the rows of the list are about."""
_WEEK = "week of"
"""The fact that says which week a row belongs to, as it is shown."""
_MEASURES, _COMMENTS = 1_000_000, 2_000_000
"""Where the keys of measures and of comments begin, after those of items."""


@dataclass(frozen=True)
class FocusRow:
    """The week that a row of the list is shown in: ``monday`` is its day number."""

    monday: int


@dataclass(frozen=True)
class _Row:
    """An item of the menu, a measure or a comment.

    *at*: the moment of a comment, whose state is its day. *wall*: what the row is called on a wall.
    """

    key: int
    kind: str
    what: str
    state: str
    words: str
    record: Record
    planned: float | None = None
    hours: float | None = None
    done: float | None = None
    at: str = ""
    wall: str = ""
    where: Locality = NOWHERE


_STATES = {AGREED: Meaning.NOTED, "done": Meaning.DONE, "late": Meaning.LATE}


def _state(row: _Row) -> Cell:
    return Text(row.state, style=_STATES.get(row.state, "")) if row.kind == "menu" else row.state


def _words_on_a_wall(row: _Row) -> str:
    return row.words if row.kind == "measure" or not row.words else HIDDEN


def _figure(value: float | None) -> str:
    return "" if value is None else figure(value)


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("kind", "", 7, show=lambda row: row.kind, holds=PLAIN),
    ListColumn("what", "what", 22, grow=True, show=lambda row: row.what, instead=lambda row: row.wall or HIDDEN),
    *locality_columns(lambda row: row.where, bcu=1, borough=2),
    ListColumn("planned", "plan", 5, "right", show=lambda row: _figure(row.planned), sort=lambda row: row.planned),
    ListColumn(
        "hours", "hours", 6, "right",
        show=lambda row: "" if row.hours is None else f"{row.hours:g}", sort=lambda row: row.hours,
    ),
    ListColumn("state", "state", 8, show=_state, sort=lambda row: row.at or row.state, holds=PLAIN),
    ListColumn("done", "done", 6, "right", show=lambda row: _figure(row.done), sort=lambda row: row.done),
    ListColumn("words", "result", 20, grow=True, show=lambda row: row.words, instead=_words_on_a_wall),
)  # fmt: skip


class FocusView(View):
    """One week's focus ward; measures and comments stand below its menu."""

    DEFAULT_CSS = """
    FocusView .made-of { height: 3; }
    """

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    noun = "rows"
    title = "Focus ward"
    empty = "n gives this week to the ward whose turn it is."
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("propose_focus", "agree_item", "done_item", "edit_item", "leave_out"),
        *verbs("comment", "letter"),
        command("o", "week(-7)", "week before", "The focus ward of the week before", "focus.before", footer=False),
        command("O", "week(7)", "week after", "The focus ward of the week after", "focus.after", footer=False),
        *verbs("reading", "why", "action", "decision", footer=False),
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
        if week is None and (reason := focus.unfit(store, model)):
            return _lines([], NOWHERE), reason
        if week is None:
            draft = focus.drafted(store, model, monday)
            heading = (
                f"Week of {uk(monday)}: no focus ward yet; next is {draft.ward} "
                f"({draft.area}), {draft.because} n proposes it;"
            )
            rows = [_measure(index, measure, monday, None) for index, measure in enumerate(measures)]
            return _lines(rows, locality_of(model.borough)), heading
        ward = Subject("ward", week.ward_code, week.ward)
        comments = focus_comments.comments(store, week.ward_code)
        rows = [
            *(_item(item, week, ward, model.title(item.option)) for item in week.items),
            *(_measure(index, measure, monday, ward) for index, measure in enumerate(measures)),
            *(_comment(comment, monday, ward) for comment in comments),
        ]
        return _lines(rows, localities.of_ward(store, week.ward_code)), _words(week, in_short(not_counted_now(store)))


def _lines(rows: list[_Row], where: Locality) -> Lines:
    """The rows of a week, all of them where its ward is."""
    rows = [replace(row, where=where) for row in rows]
    return Lines.of(_COLUMNS, rows, key=lambda row: row.key, record=lambda row: row.record)


def _words(week: WeekView, missing: str) -> str:
    states = [item.state for item in week.items]
    agreed, out = states.count(AGREED), states.count(LEFT_OUT)
    over = f", {week.hours_planned - week.hours:g} h too many" if week.hours_planned > week.hours else ""
    by = f", first by {week.agreed_by}" if week.agreed_by else ""
    return (
        f"Week of {uk(week.monday)}: {week.ward} ({week.area}), {week.hours:g} h, {week.hours_planned:g} h on the "
        f"menu{over}, {agreed} of {len(states) - out} agreed{by}{f', {out} left out' if out else ''}{missing};"
    )


def _item(item: ItemView, week: WeekView, ward: Subject, title: str) -> _Row:
    """A line of the menu; *title*: of its option, which a wall may show, for a chair may have written other words."""
    outcome = "no outcome yet" if item.done is None else f"{item.done:,} done: {item.result}"
    made_of = (
        f"{item.words}: {item.planned:,} at {item.hours_each:g} officer-hours each, {item.state}; {outcome}. "
        f"{week.ward} was chosen: {week.chosen_because}"
    )
    facts = {"planned": f"{item.planned:,}", _WEEK: uk(week.monday)}
    wall = f"{item.planned:,} at {item.hours_each:g} officer-hours each, {item.state}"
    record = Record(Subject(ITEM, str(item.id), item.words), facts, made_of, ward, FocusRow(week.monday), wall)
    return _Row(
        item.id, "menu", item.words, item.state, item.result, record,
        planned=item.planned, hours=item.hours, done=item.done, wall=title,
    )  # fmt: skip


def _measure(index: int, view: MeasureView, monday: int, ward: Subject | None) -> _Row:
    progress, measure = view.progress, view.measure
    earlier = ", ".join(figure(point.value) for point in view.points[-4:-1])
    before = f"; before that {earlier}" if view.points[1:] else ""
    made_of = f"{measure.title}, {measure.better} is better: {progress.words}{before}"
    about = Subject(MEASURE, measure.key, measure.title)
    facts, detail = {_WEEK: uk(monday)}, FocusRow(monday)
    record = Record(about, facts, made_of, ward, detail, made_of, why="journal", rows=view.rows)
    return _Row(
        _MEASURES + index, "measure", measure.title, progress.standing, progress.words, record,
        planned=measure.baseline, done=progress.value, wall=measure.title,
    )  # fmt: skip


def _comment(comment: CommentView, monday: int, ward: Subject) -> _Row:
    nominates = f"nominates {comment.nominates}" if comment.nominates else ""
    day = day_of(comment.at.date())
    words = f"{comment.councillor}: {comment.words}"
    made_of = f"{comment.councillor} on {uk(day)}: {comment.words}" + (f"; {nominates}" if nominates else "")
    about = Subject(COMMENT, str(comment.id), comment.words)
    record = Record(about, {_WEEK: uk(monday)}, made_of, ward, FocusRow(monday))
    return _Row(_COMMENTS + comment.id, "comment", words, short(day), nominates, record, at=comment.at.isoformat())
