"""Two people side by side: the same line says the same of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from core.allegations import Allegation
from core.days import uk
from core.text import counted
from db import actions, memberships, rankings
from db.people import Explanation
from tui.commands import command
from tui.opening import Open
from tui.safe import safe
from tui.screens.page import Page
from tui.screens.person import WEEKS, weeks
from tui.session import Session
from tui.views.source import Record
from tui.views.why import explained
from tui.widgets.weeks import Weeks

Facts = Sequence[tuple[str, str]]
"""What is said of a person: a label and the words, one a line."""


class ComparePage(Page):
    """Who, rank, score and its parts, reports, victims, the largest, the last, the weeks, open actions, of two."""

    DEFAULT_CSS = """
    ComparePage Vertical { width: 1fr; height: auto; padding: 0 1; }
    ComparePage Horizontal { height: auto; }
    ComparePage .facts { max-height: 100; padding: 0; text-wrap: nowrap; text-overflow: ellipsis; }
    ComparePage Weeks { padding: 0; }
    ComparePage .caption { padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("1", "open(0)", "left", "Open the page of the person on the left", "compare.left"),
        command("2", "open(1)", "right", "Open the page of the person on the right", "compare.right"),
        command("j,down", "scroll(2)", "down", "Scroll down", "read.down", footer=False),
        command("k,up", "scroll(-2)", "up", "Scroll up", "read.up", footer=False),
        command("escape", "leave", "back", "Go back", "read.back", footer=False),
    ]
    where = "Side by side"

    def __init__(self, session: Session, left: Record, right: Record) -> None:
        """Raises NotFound where no one has one of the references."""
        super().__init__(session, left)
        self._both = (left, right)
        self._found = [explained(session, record.subject.ref) for record in self._both]

    def body(self) -> Iterable[Widget]:
        """Two columns."""
        with VerticalScroll(can_focus=False), Horizontal():
            for found in self._found:
                as_of = found.window.as_of
                with Vertical():
                    yield Static(self._side(found), classes="facts")
                    yield Static(safe(f"harm by week, {WEEKS} weeks to {uk(as_of)}"), classes="caption")
                    yield Weeks(_halved(weeks(found.counted, as_of)), as_of)

    def on_resize(self, _event: object) -> None:
        """Weeks side by side need 108 columns; with fewer, two share a bar."""
        wide = self.size.width >= 2 * (WEEKS + 2)
        for shown, found in zip(self.query(Weeks), self._found, strict=False):
            by_week = weeks(found.counted, found.window.as_of)
            shown.values = tuple(by_week if wide else _halved(by_week))

    def rewrite(self) -> None:
        """Read both again."""
        self._found = [explained(self.session, record.subject.ref) for record in self._both]
        for shown, found in zip(self.query(".facts").results(Static), self._found, strict=True):
            shown.update(self._side(found))

    def _side(self, found: Explanation) -> Text:
        lines = Text()
        for number, (label, words) in enumerate(self._said(found)):
            lines.append("\n" if number else "")
            lines.append(f"{label:<8}", style="bold")
            lines.append_text(safe(words, "" if number else "bold"))
        return lines

    def _said(self, found: Explanation) -> Facts:
        session, who = self.session, found.person
        entry = rankings.entry_of(session.store, session.run_id, who.ref)
        badges = memberships.badges(session.store).get(who.ref, [])
        lines = found.counted
        last = max((line.row.reported_on for line in found.lines if line.in_pool), default=None)
        return (
            ("", session.shown(who.name, who.ref)),
            ("ref", f"{who.ref}  {who.status or 'status not known'}"),
            ("also", "a victim" if who.victim else "-"),
            ("cohorts", " ".join(badges) or "-"),
            ("rank", str(entry.rank) if entry and entry.rank is not None else "not ranked"),
            ("score", f"{found.score:,g} {found.method.unit} ({found.method.title}, {found.edition})"),
            *_parts(found),
            ("reports", f"{found.crimes}, {len(found.lines) - len(lines)} not counted"),
            ("victims", str(found.victims)),
            *_largest(lines),
            ("last", uk(last) or "-"),
            ("actions", self._open(found)),
        )

    def _open(self, found: Explanation) -> str:
        about = actions.about(self.session.store, self._subject(found), self.session.now())
        waiting = [one for one in about if one.status == "open"]
        first = f": {waiting[0].rag.value} {waiting[0].action}" if waiting else ""
        return f"{len(waiting)} open{first}"

    def _subject(self, found: Explanation) -> actions.Subject:
        return actions.Subject("person", found.person.ref, "")

    def action_open(self, side: int) -> None:
        """Open one of the two."""
        self.show_page(Open("person", (self._both[side],)))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _parts(found: Explanation) -> Facts:
    """What a banded score is made of, one measure a line; of a sum of days, how many of its weights are derived."""
    if found.method.measures:
        return [("", f"{part.measure} {_value(part.measure, part.value)} gives {part.adds:g}") for part in found.parts]
    derived = sum(line.row.confidence == "derived" for line in found.counted)
    return [("", f"{counted(len(found.counted), 'allegation')}{f', {derived:,} DERIVED' if derived else ''}")]


def _value(measure: str, value: float | None) -> str:
    if value is None:
        return "no weight"
    unit = {"recency": " days", "gravity": " d", "harm": " d"}.get(measure, "")
    return f"{value:,g}{unit}"


def _largest(lines: Sequence[Allegation]) -> Facts:
    heaviest = max(lines, key=lambda line: line.days or 0.0, default=None)
    if heaviest is None:
        return [("largest", "-"), ("", "")]
    rests = "DERIVED weight" if heaviest.row.confidence == "derived" else heaviest.row.confidence
    return [("largest", f"{heaviest.days:,g} d ({rests})"), ("", heaviest.row.offence)]


def _halved(values: Sequence[float]) -> list[float]:
    """Two weeks to a bar."""
    return [sum(values[place : place + 2]) for place in range(0, len(values), 2)]
