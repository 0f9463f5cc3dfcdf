"""Two people side by side: the same line says the same of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget

from core.allegations import Allegation
from core.children import CHILD
from core.days import day_of, uk
from core.text import counted, figure, in_days, in_unit
from db import actions, rankings
from db.actions import ActionView, Subject
from db.badges import badges_by_person
from db.people import Explanation
from db.rankings import Ranked
from tui.commands import command
from tui.opening import Open
from tui.safe import safe
from tui.screens.page import FactsPage
from tui.screens.person_words import WEEKS, weeks, weight_of
from tui.session import Session, named
from tui.small_counts import SMALL_COUNTS, in_cell
from tui.views.base import View
from tui.views.source import Record
from tui.views.why import explained
from tui.wall import Told, Who, Words
from tui.widgets.static import Static
from tui.widgets.weeks import Weeks

Facts = Sequence[tuple[str, Told]]
"""What is said of a person: a label and the words, one a line."""


@dataclass(frozen=True)
class Side:
    """What is known of one of the two: the score explained, the entry in the run, badges, actions not closed."""

    explanation: Explanation
    entry: Ranked | None
    badges: tuple[str, ...]
    waiting: tuple[ActionView, ...]

    @property
    def by_week(self) -> list[float]:
        """Harm in days per week reported."""
        return weeks(self.explanation.counted, self.explanation.window.as_of)


class ComparePage(FactsPage[tuple[Side, Side]]):
    """Who, rank, score and its parts, reports, victims, the largest, the last, the weeks, open actions, of two."""

    DEFAULT_CSS = """
    ComparePage Vertical { width: 1fr; height: auto; padding: 0 1; }
    ComparePage Horizontal { height: auto; }
    ComparePage .facts { max-height: 100; padding: 0; text-wrap: nowrap; text-overflow: ellipsis; }
    ComparePage Weeks { padding: 0; }
    ComparePage .caption { padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("1", "open(0)", "open left", "Open the page of the person on the left", "compare.left"),
        command("2", "open(1)", "open right", "Open the page of the person on the right", "compare.right"),
        command("j,down", "scroll(2)", "down", "Scroll down", "read.down", footer=False),
        command("k,up", "scroll(-2)", "up", "Scroll up", "read.up", footer=False),
        command("escape", "leave", "back", "Go back", "read.back", footer=False),
    ]
    where = "Side by side"

    def __init__(self, session: Session, left: Record, right: Record) -> None:
        super().__init__(session, left)
        self._both = (left, right)

    def read(self) -> tuple[Side, Side]:
        """Both. Raises NotFound where no one has one of the references."""
        left, right = self._both
        return _side(self.session, left.subject.ref), _side(self.session, right.subject.ref)

    def body(self) -> Iterable[Widget]:
        """Two columns."""
        with VerticalScroll(can_focus=False), Horizontal():
            for _ in self._both:
                with Vertical():
                    yield self.facts()
                    yield Static("", classes="caption")
                    yield Weeks([0.0] * WEEKS, day_of(self.session.as_of))

    def on_resize(self, _event: object) -> None:
        """Weeks side by side need 108 columns; with fewer, two share a bar."""
        self._draw_weeks()

    def fill(self, _known: tuple[Side, Side]) -> None:
        """The weeks of both."""
        self._draw_weeks()

    def _draw_weeks(self) -> None:
        wide = self.size.width >= 2 * (WEEKS + 2)
        each = f"harm by week, {WEEKS} weeks" if wide else "harm by 2 weeks, a year"
        captions = self.query(".caption").results(Static)
        for caption, shown, side in zip(captions, self.query(Weeks), self.known or (), strict=False):
            until = side.explanation.window.as_of
            caption.update(safe(f"{each} to {uk(until)}"))
            shown.show(side.by_week if wide else _halved(side.by_week), until)

    def rewrite(self) -> None:
        """Write both again."""
        if self.known is None or self.problem is not None:
            super().rewrite()
            return
        for shown, side in zip(self.query(".facts").results(Static), self.known, strict=True):
            facts = side_lines(side)
            shown.update(_column([label for label, _ in facts], self.seen([words for _, words in facts])))

    def action_open(self, side: int) -> None:
        """Open one of the two."""
        self.post_message(View.PageWanted(Open("person", (self._both[side],))))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _side(session: Session, ref: str) -> Side:
    """Read what is known of one of the two."""
    explanation, store = explained(session, ref), session.store
    known = explanation.person.ref
    badges = tuple(badges_by_person(store).get(known, ()))
    about = actions.about(store, Subject("person", known, ""), session.now())
    waiting = tuple(action for action in about if action.status == "open")
    return Side(explanation, rankings.entry_of(store, session.run_id, known), badges, waiting)


def side_lines(side: Side) -> Facts:
    """What is said of one of the two; the same line says the same of both."""
    explanation, entry, who = side.explanation, side.entry, side.explanation.person
    lines = explanation.counted
    last = max((line.row.reported_on for line in explanation.lines if line.in_pool), default=None)
    method = f"{explanation.method.title}, {explanation.edition}"
    child = "age hidden" if SMALL_COUNTS.hidden else CHILD if who.child(explanation.window.as_of) else ""
    also = ", ".join(part for part in (child, "a victim" if who.victim else "") if part) or "-"
    return (
        ("", (Who(named(who.name, who.ref), who.ref),)),
        ("ref", (Who(f"{who.ref}  "), who.status or "status not known")),
        ("also", also),
        ("cohorts", " ".join(side.badges) or "-"),
        ("rank", str(entry.rank) if entry and entry.rank is not None else "not ranked"),
        ("score", f"{in_unit(explanation.score, explanation.method.unit)} ({method})"),
        *_parts(explanation),
        ("reports", f"{explanation.crimes}, {len(explanation.lines) - len(lines)} not counted"),
        ("victims", str(explanation.victims)),
        *_largest(lines),
        ("last", uk(last) or "-"),
        ("actions", _open(side.waiting)),
    )


def _open(waiting: Sequence[ActionView]) -> Told:
    if not waiting:
        return "0 open"
    return f"{len(waiting)} open: {waiting[0].rag.value} ", Words(waiting[0].action)


def _column(labels: Sequence[str], said: Sequence[str]) -> Text:
    """A label and the words on each line; the first line stands out."""
    lines = Text()
    for number, (label, words) in enumerate(zip(labels, said, strict=True)):
        lines.append("\n" if number else "")
        lines.append(f"{label:<8}", style="bold")
        lines.append_text(safe(in_cell(label, words), "" if number else "bold"))
    return lines


def _parts(found: Explanation) -> Facts:
    """What a banded score is made of, one measure a line; of a sum of days, how many of its weights are derived."""
    if found.method.measures:
        return [("", f"{part.measure} {_value(part.measure, part.value)} gives {part.adds:g}") for part in found.parts]
    derived = sum(line.row.confidence == "derived" for line in found.counted)
    return [("", f"{counted(len(found.counted), 'allegation')}{f', {derived:,} DERIVED' if derived else ''}")]


def _value(measure: str, value: float | None) -> str:
    if value is None:
        return "no weight"
    unit = {"recency": " days", "gravity": " days", "harm": " days"}.get(measure, "")
    return f"{figure(value)}{unit}"


def _largest(lines: Sequence[Allegation]) -> Facts:
    heaviest = max(lines, key=lambda line: line.days or 0.0, default=None)
    if heaviest is None:
        return [("largest", "-"), ("", "")]
    rests = weight_of(heaviest)
    return [("largest", f"{in_days(heaviest.days or 0.0)} ({rests})"), ("", heaviest.row.offence)]


def _halved(values: Sequence[float]) -> list[float]:
    """Two weeks to a bar."""
    return [sum(values[place : place + 2]) for place in range(0, len(values), 2)]
