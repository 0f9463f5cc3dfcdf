"""What the chair should know before the roll-call, from what the store holds: a line a subject."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import NamedTuple

from rich.text import Text
from textual import on
from textual.events import Resize

from core.text import counted, ordinal
from core.units import UnitState
from db import actions, deployments, rankings
from db.deployments import UnitView
from db.gaps import gaps
from db.ranked_first import first_ranked
from db.rankings import Ranked
from db.since import since
from tui.reading import Reading
from tui.safe import safe
from tui.session import Session, named
from tui.views.list_head import in_lines
from tui.wall import Told, Who, told
from tui.widgets.static import Static

_FIRST = 100
"""The named suspects that the brief looks at: those the meeting can get through."""
_NAMED = 3
"""The most who are named in a line; fewer are, where it is lower with fewer."""
_LOW = 20
"""Lines of a screen so low that the brief gives way to the roll-call."""


class BriefLine(NamedTuple):
    """A line of the brief. words: what it says, where it names several people first with most of them, then fewer."""

    label: str
    words: Sequence[Told]


def read_brief(session: Session) -> Sequence[BriefLine]:
    """What is overdue, who rose, who is wanted, which units are free, what is missing. Raises Problem."""
    lines: list[BriefLine] = []
    if session.chair_unnamed:
        words = f"{session.chair} is a login. e on the first row takes the name, and keeps it"
        lines.append(BriefLine("Who chairs?", (words,)))
    lines += [
        BriefLine("Actions", (_actions(session),)), *_people(session), BriefLine("Units", (_units(session),)),
    ]  # fmt: skip
    if session.meeting is not None:
        known = len(gaps(session.store, session.meeting, session.now()))
        words = f"{known} to be said aloud, listed by w" if known else "none known"
        lines.append(BriefLine("Gaps", (words,)))
    return lines


def _actions(session: Session) -> str:
    held = actions.counts(session.store, session.now(), session.register or None, session.looks_at)
    return f"{held.overdue} overdue, {held.due} due, {held.open} open"


def _people(session: Session) -> Sequence[BriefLine]:
    """Who rose into or within the first hundred of the scope, and who of them is wanted; that there is no ranking."""
    if session.run_id is None:
        return [BriefLine("People", ("masked: no ranking is looked at" if session.masked else "no ranking yet",))]
    head = rankings.run(session.store, session.run_id)
    before = since(session.store, head, session.meeting)
    scope = session.looks_at
    ranked = first_ranked(session.store, head.id, scope, _FIRST, before.run)
    first = [one for one in ranked if one.rank is not None]
    among = f"the first {_FIRST}" if scope.is_force else f"the first {_FIRST} of {scope.name}"
    wanted = [one for one in first if one.status == "wanted"]
    lines = [BriefLine(f"Wanted in {among}", _names(wanted, _place))]
    if before.run is not None:
        risers = sorted((one for one in first if _rise(one) > 0), key=lambda one: -_rise(one))
        new = sum(one.previous_rank is None for one in first)
        lines.insert(0, BriefLine(f"Risers in {among}", _names(risers, _rose, f"; {new} new, {before.words}")))
    return lines


def _rise(one: Ranked) -> int:
    """Places that someone rose; 0 where there is no place to rise from."""
    return (one.previous_rank - one.rank) if one.previous_rank is not None and one.rank is not None else 0


def _place(one: Ranked) -> str:
    return f" {ordinal(one.rank or 0)}"


def _rose(one: Ranked) -> str:
    return f" +{_rise(one):,} to {ordinal(one.rank or 0)}"


def _names(people: Sequence[Ranked], what: Callable[[Ranked], str], after: str = "") -> Sequence[Told]:
    """How many, and the first few by name with what is to be said of them; then with fewer named, to one."""
    most = min(_NAMED, len(people))
    return [(*_first_named(people, what, many), after) for many in range(most, 0, -1)] or [("0", after)]


def _first_named(people: Sequence[Ranked], what: Callable[[Ranked], str], many: int) -> Sequence[Who | str]:
    pieces: list[Who | str] = [f"{len(people)}"]
    for number, one in enumerate(people[:many]):
        pieces += [", " if number else ": ", Who(named(one.name, one.person), one.person), what(one)]
    return (*pieces, ", …") if len(people) > many else pieces


def _units(session: Session) -> str:
    """The units that are free, out and asked for in the scope, and how many are free elsewhere."""
    scope = session.looks_at
    whole = deployments.board(session.store, session.now(), kept=timedelta(0))
    if not whole.units:
        return "none imported"
    units = whole.within(scope).units
    free, out = _free(units), sum(unit.state is UnitState.OUT for unit in units)
    asked = sum(unit.is_free and bool(unit.whom) for unit in units)
    others = f"; {asked} more to be asked for" if asked else ""
    there = "" if scope.is_force else f" in {scope.name}"
    elsewhere = "" if scope.is_force else f"; {len(_free(whole.units)) - len(free)} free elsewhere"
    officers = counted(sum(unit.officers for unit in free), "officer")
    return f"{len(free)} free with {officers}, {out} out{there}{others}{elsewhere}"


def _free(units: Sequence[UnitView]) -> list[UnitView]:
    """The units that can be sent without asking anyone."""
    return [unit for unit in units if unit.is_free and not unit.whom]


class Brief(Static):
    """The lines, above the roll-call; none on a low screen, where they would take its rows."""

    DEFAULT_CSS = """
    Brief { height: auto; padding: 0 1; background: $panel; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__("", classes="brief", markup=False)
        self._session = session
        self._lines: Sequence[BriefLine] = ()
        self._reading = Reading[Sequence[BriefLine]](self, self._take, beside=True)

    def read(self) -> None:
        """Read the store anew."""
        if self.app.size.height >= _LOW:
            self._reading.start(lambda: read_brief(self._session))

    def _take(self, lines: Sequence[BriefLine]) -> None:
        self._lines = lines
        self.write()

    @on(Resize)
    def write(self) -> None:
        """Write the lines as they may be shown now, and as they fit."""
        room = self.app.size.width - self.gutter.width
        if room < 1:
            return
        text = Text("\n").join(self._fitting(line, room) for line in self._lines)
        text.no_wrap, text.overflow = False, "fold"
        if text != self.content:  # else a new height, which comes with a new width, would write again
            self.update(text)

    def _fitting(self, line: BriefLine, room: int) -> Text:
        """The line with the words that leave it the lowest in so many columns; of those, with the most names."""
        hidden = self._session.projector
        told_so = [safe(told(words, hidden=hidden)) for words in line.words]
        lines = [Text.assemble((line.label, "bold"), "  ", words) for words in told_so]
        return min(lines, key=lambda one: len(in_lines(one, self.app.console, room)))
