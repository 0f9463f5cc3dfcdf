"""What the chair should know before the roll-call, from what the store holds: a line a subject."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from core.text import counted, ordinal
from core.units import UnitState
from db import actions, deployments, rankings
from db.gaps import gaps
from db.ranked_first import first_ranked
from db.rankings import Ranked
from db.since import since
from tui.reading import Reading
from tui.safe import safe
from tui.session import Session, named
from tui.wall import Told, Who, told
from tui.widgets.static import Static

_FIRST = 100
"""The named suspects that the brief looks at: those the meeting can get through."""
_NAMED = 3
_LOW = 20
"""Lines of a screen so low that the brief gives way to the roll-call."""


def read_brief(session: Session) -> Sequence[tuple[str, Told]]:
    """What is overdue, who rose, who is wanted, which units are free, what is missing. Raises Problem."""
    lines: list[tuple[str, Told]] = []
    if session.chair_unnamed:
        lines.append(("Who chairs?", f"{session.chair} is a login. e on the first row takes the name, and keeps it"))
    lines += [("Actions", _actions(session)), *_people(session), ("Units", _units(session))]
    if session.meeting is not None:
        known = len(gaps(session.store, session.meeting, session.now()))
        lines.append(("Gaps", f"{known} below, to be said aloud" if known else "none known"))
    return lines


def _actions(session: Session) -> str:
    held = actions.counts(session.store, session.now(), session.register or None, session.looks_at)
    return f"{held.overdue} overdue, {held.due} due, {held.open} open"


def _people(session: Session) -> Sequence[tuple[str, Told]]:
    """Who rose into or within the first hundred of the scope, and who of them is wanted; that there is no ranking."""
    if session.run_id is None:
        return [("People", "no ranking yet")]
    head = rankings.run(session.store, session.run_id)
    before = since(session.store, head, session.meeting)
    scope = session.looks_at
    ranked = first_ranked(session.store, head.id, scope, _FIRST, before.run)
    first = [one for one in ranked if one.rank is not None]
    among = f"the first {_FIRST}" if scope.is_force else f"the first {_FIRST} of {scope.name}"
    wanted = [one for one in first if one.status == "wanted"]
    lines: list[tuple[str, Told]] = [(f"Wanted in {among}", _names(wanted, _place))]
    if before.run is not None:
        risers = sorted((one for one in first if _rise(one) > 0), key=lambda one: -_rise(one))
        new = sum(one.previous_rank is None for one in first)
        lines.insert(0, (f"Risers in {among}", (*_names(risers, _rose), f"; {new} new, {before.words}")))
    return lines


def _rise(one: Ranked) -> int:
    """Places that someone rose; 0 where there is no place to rise from."""
    return (one.previous_rank - one.rank) if one.previous_rank is not None and one.rank is not None else 0


def _place(one: Ranked) -> str:
    return f" {ordinal(one.rank or 0)}"


def _rose(one: Ranked) -> str:
    return f" +{_rise(one):,} to {ordinal(one.rank or 0)}"


def _names(people: Sequence[Ranked], what: Callable[[Ranked], str]) -> tuple[Who | str, ...]:
    """How many, and the first few by name with what is to be said of them."""
    pieces: list[Who | str] = [f"{len(people)}"]
    for number, one in enumerate(people[:_NAMED]):
        pieces += [", " if number else ": ", Who(named(one.name, one.person), one.person), what(one)]
    return (*pieces, ", …") if len(people) > _NAMED else tuple(pieces)


def _units(session: Session) -> str:
    units = deployments.units(session.store, session.now())
    if not units:
        return "none imported"
    free = [unit for unit in units if unit.is_free and not unit.whom]
    out = sum(unit.state is UnitState.OUT for unit in units)
    asked = sum(unit.is_free and bool(unit.whom) for unit in units)
    others = f"; {asked} more to be asked for" if asked else ""
    return f"{len(free)} free with {counted(sum(unit.officers for unit in free), 'officer')}, {out} out{others}"


class Brief(Static):
    """The lines, above the roll-call; none on a low screen, where they would take its rows."""

    DEFAULT_CSS = """
    Brief { height: auto; padding: 0 1; background: $panel; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__("", classes="brief", markup=False)
        self._session = session
        self._lines: Sequence[tuple[str, Told]] = ()
        self._reading = Reading[Sequence[tuple[str, Told]]](self, self._take, beside=True)

    def read(self) -> None:
        """Read the store anew."""
        if self.app.size.height >= _LOW:
            self._reading.start(lambda: read_brief(self._session))

    def _take(self, lines: Sequence[tuple[str, Told]]) -> None:
        self._lines = lines
        self.write()

    def write(self) -> None:
        """Write the lines as they may be shown now."""
        text = Text()
        for number, (label, words) in enumerate(self._lines):
            text.append("\n" if number else "").append(label, style="bold").append("  ")
            text.append_text(safe(told(words, hidden=self._session.projector)))
        text.no_wrap, text.overflow = False, "fold"
        self.update(text)
