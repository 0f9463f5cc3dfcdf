"""Named suspects, ranked: the whole pool, a page at a time, by any method and in any pool."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.binding import BindingType

from core.allegations import Historic
from core.days import day_of
from core.errors import Problem
from core.text import counted, plain
from db import rankings
from db.newer_reports import newer_reports
from db.placing import placing
from db.scoring import RankingRequest
from tui.commands import MORE, command
from tui.opening import Open
from tui.reading import Reading
from tui.session import Session
from tui.verb import verbs
from tui.views.base import View
from tui.views.list_reading import Arrangement, Loaded, loaded
from tui.views.ranked import RankedSource, columns, counts, heading
from tui.views.source import Source
from tui.widgets.record_list import Cell, Column

if TYPE_CHECKING:
    from tui.dialogs.method import Wanted


_AROUND = 64
"""Rows above and below the cursor that are held of a new ranking: a key may be pressed while they are read."""


class SuspectsView(View):
    """The ranked list."""

    DEFAULT_CSS = """
    """
    columns: ClassVar[tuple[Column, ...]] = columns()
    title = "Named suspects"
    empty = "No one is ranked. Import crime reports: tasking import FILE."
    noun = "named suspects"
    reads_at_once = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("why", "action", "decision"),
        *verbs("rationale", "sentence", "no_action", "defer", "four_owners", footer=False),
        command("m", "method", "method", "Rank by another method, or in another pool", "list.method"),
        command(
            "N",
            "least",
            "1+ or 2+",
            "Rank everyone from one report on, or only those with two or more",
            "list.least",
            foot=MORE,
        ),
        command("H", "historic", "historic", "Count historic reports, or set them apart", "list.historic", foot=MORE),
        command(
            "l",
            "left_out",
            "left out",
            "Go to those whom only the rule of least reports leaves out",
            "list.left_out",
            foot=MORE,
        ),
        command(
            "F",
            "backtest",
            "held up?",
            "Did the list hold up: what its first places held of the harm that followed",
            "list.backtest",
            foot=MORE,
        ),
        *verbs("compare", "timeline", "disagree"),
        *verbs("adopt", footer=False),
    ]

    def __init__(self, session: Session, item: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(session, item, id=id)
        self._person = ""
        """The reference of the person to go to in the next ranking that is shown."""
        self._rows = Reading[_Made](self, self._show_ranking, self._say_not_ranked, beside=True)
        """The rows round whom the cursor is on in a ranking that was made; so its first paint reads none."""
        self._ranking = Reading[_Made](
            self, lambda made: self._rows.start(partial(_with_rows, self.session, made, _person_at(self))),
            self._say_not_ranked, beside=True,
        )  # fmt: skip

    def read(self) -> tuple[Source, str]:
        """The run that is looked at."""
        if self.session.run_id is None:
            raise Problem("No one is ranked. Import crime reports: tasking import FILE.", "No ranking")
        return _list_of(self.session, self.session.run_id, self._person)

    def first_keys(self, source: Source) -> array[int]:
        """The first rows; the order of everyone is read after they are painted."""
        return source.first() if isinstance(source, RankedSource) else super().first_keys(source)

    # What moved them

    def _cells(self, keys: Sequence[int]) -> Sequence[Sequence[Cell]]:
        """A page of rows; what moved people is found out beside, and put in when it is known."""
        rows = super()._cells(keys)
        if isinstance(self.source, RankedSource) and (people := self.source.moves.unsaid()):
            self.call_later(self._find_causes, self.source, people)
        return rows

    def _find_causes(self, source: RankedSource, people: dict[str, int]) -> None:
        """Every page of rows has a reading of its own: none overtakes another."""

        def show(letters: Mapping[str, str]) -> None:
            source.moves.say(letters)
            if source is self.source:
                self.records.invalidate(people.values())
                if self.records.cursor_key in people.values():
                    self._write_made_of()  # it says what moved a person, too

        causes = Reading[dict[str, str]](self, show, beside=True)
        causes.start(partial(source.moves.find, list(people)))

    # Another method

    def start(self, keys: Sequence[int]) -> int | None:
        """The person the cursor was on, where they are in this ranking, too."""
        wanted, self._person = self._person, ""
        entry = rankings.entry_of(self.session.store, self.session.run_id, wanted) if wanted else None
        return super().start(keys) if entry is None else entry.position

    def go_to(self, ref: str) -> None:
        """Begin at a person, by reference, where they are in the ranking."""
        self._person = ref

    def below(self) -> str:
        """How many are ranked of how many, and whom the rule leaves out."""
        source = self.source
        return counts(source.head, len(source.by_rule)) if isinstance(source, RankedSource) else ""

    def action_backtest(self) -> None:
        """Say how much of the harm that followed past lists held."""
        self.post_message(self.PageWanted(Open("backtest", ("people",))))

    def action_left_out(self) -> None:
        """Go to the first of those whom only the rule leaves out."""
        group = self.source.by_rule if isinstance(self.source, RankedSource) else ()
        if not group:
            self.notify("The rule of least reports leaves out no one within the first 100.", markup=False)
        elif not self.records.move_to_key(group[0].position):
            self.notify("The filter hides them. Esc clears it.", markup=False)

    def action_least(self) -> None:
        """Rank from one report on, or from two on."""
        if isinstance(self.source, RankedSource):
            least = 1 if self.source.head.min_crimes > 1 else 2
            self._rank_again(f"Ranking from {counted(least, 'report')} on…", min_crimes=least)

    def action_historic(self) -> None:
        """Count historic reports, or set them apart: the same ranking under the other choice."""
        if isinstance(self.source, RankedSource):
            other: Historic = "apart" if self.source.head.historic_as == "count" else "count"
            doing = "Setting historic reports apart…" if other == "apart" else "Counting historic reports…"
            self._rank_again(doing, historic=other)

    def _rank_again(self, doing: str, **changed: Any) -> None:
        """Show the ranking that is looked at with another choice; it is made where there is none yet."""
        head = self.source.head if isinstance(self.source, RankedSource) else None
        if head is not None:
            self._rank_beside(doing, replace(rankings.request_again(self.session.store, head), **changed))

    def action_method(self) -> None:
        """Ask for a method and a pool."""
        stands = rankings.run(self.session.store, self.session.run_id) if self.session.run_id is not None else None
        from tui.dialogs.method import MethodPick  # the first list is painted without it

        self.app.push_screen(MethodPick(stands), self._rank)

    def _rank(self, wanted: Wanted | None) -> None:
        if wanted is not None:
            asked = RankingRequest(day_of(self.session.as_of), method=wanted.method.key, pool=wanted.pool)
            self._rank_beside(f"Ranking by {wanted.method.title}…", asked)

    def _rank_beside(self, doing: str, asked: RankingRequest) -> None:
        """Make a ranking and read its list in one worker, so that its rows come within one frame and no key waits."""
        self._say_doing(doing)
        self._rows.drop()
        self._ranking.start(partial(_made, self.session, asked, self.arrangement()))

    def _show_ranking(self, made: _Made) -> None:
        if made.run_id == self.session.run_id:
            self._say_doing("")
            return
        self.doing = ""  # the line is written with the rows
        self._person = _person_at(self)
        self.session.run_id = made.run_id
        self.handled.clear()
        self.records.unmark()
        self._reading.take(made.loaded)  # now, so that no key is handled for a row of before
        self.post_message(self.Switched(self))

    def _show(self, loaded: Loaded) -> None:
        """The rows of another ranking are others by the same numbers: those that stood there go as these come."""
        before, new = self.source, loaded.source
        if isinstance(before, RankedSource) and isinstance(new, RankedSource) and before.head.id != new.head.id:
            self.records.clear()
        super()._show(loaded)

    def _say_not_ranked(self, problem: Problem) -> None:
        self._say_doing("")
        self.notify(plain(problem.sentence), title=problem.title, severity="error", markup=False)

    def _say_doing(self, words: str) -> None:
        self.doing = words
        self._write_heading()


def _person_at(view: View) -> str:
    """The reference of the person under the cursor; empty where there is none."""
    here = view.under_cursor()
    return here.subject.ref if here is not None else ""


class _Made(NamedTuple):
    """A ranking that was asked for, made where there was none yet, with what its list shows."""

    run_id: int
    loaded: Loaded


def _made(session: Session, asked: RankingRequest, wanted: Arrangement) -> _Made:
    """Rank, and read the list as it is arranged now."""
    from db.runs import run_like

    run_id = run_like(session.store, asked).id
    placing(session.store, run_id)  # so that whoever the cursor is on by then is found at once
    return _Made(run_id, loaded(*_list_of(session, run_id), wanted))


def _with_rows(session: Session, made: _Made, person: str) -> _Made:
    """Hold the rows round a person, by reference; round the first where they are not in the ranking."""
    source, keys = made.loaded.source, made.loaded.keys
    entry = rankings.entry_of(session.store, made.run_id, person) if person else None
    here = keys.index(entry.position) if entry is not None and entry.position in keys else 0
    near = keys[:1] + keys[max(1, here - _AROUND) : here + _AROUND]  # the list begins at the first, and goes there
    if isinstance(source, RankedSource):
        source.hold(near)
    return made


def _list_of(session: Session, run_id: int, person: str = "") -> tuple[Source, str]:
    """What the list of a run shows, and its heading.

    What the first paint needs is asked here, beside the screen where that goes on, and found in memory then: the
    highest score, and where the *person* stands whom the list begins at.
    """
    head = rankings.run(session.store, run_id)
    source = RankedSource(session, head)
    source.highest()
    if person:
        rankings.entry_of(session.store, head.id, person)
    newer = newer_reports(session.store, head.id)
    return source, " ".join(part for part in (newer, source.nothing or heading(head, source.since)) if part)
