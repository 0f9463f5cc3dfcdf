"""The page that says whether a list was any good: what its first places held of the harm that followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import monotonic
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from core.backtest_words import NO_MORE, Backtest, percent
from core.text import plain
from db import backtest_people, backtest_wards, rankings
from db.actions import Subject
from tui.commands import command
from tui.reading import Reading
from tui.safe import plain_lines
from tui.screens.page import FactsPage
from tui.session import Session
from tui.views.source import Record
from tui.wall import Told
from tui.widgets.curves import Curves
from tui.widgets.pictures import bar
from tui.widgets.static import Static

_AT_ONCE = 1.0
"""Seconds before a bar is shown."""
_TICK, _BAR = 0.2, 30
"""Seconds between two looks at how far it has come, and the cells of the bar."""


class BacktestPage(FactsPage[Backtest]):
    """Words first, then the curves, then every figure and what is in none of them. It names nobody."""

    where = "Did the list hold up?"
    DEFAULT_CSS = """
    BacktestPage > VerticalScroll > Curves { height: 14; }
    BacktestPage > VerticalScroll > .facts { max-height: 100; }
    BacktestPage .figures { padding: 1 1 0 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("j,down", "scroll(2)", "down", "Scroll down", "read.down", footer=False),
        command("k,up", "scroll(-2)", "up", "Scroll up", "read.up", footer=False),
        command("ctrl+d,pagedown,space", "scroll(15)", "page", "One page down", "read.page_down"),
        command("ctrl+u,pageup", "scroll(-15)", "page up", "One page up", "read.page_up", footer=False),
        command("escape", "leave", "back", "Go back", "read.back", footer=False),
    ]

    def __init__(self, session: Session, of: str) -> None:
        """*of*: ``wards`` or ``people``."""
        super().__init__(session, Record(Subject("backtest", of, of)))
        self._of = of
        self._done, self._began = 0.0, monotonic()
        # Keys are handled meanwhile: who does not care to wait goes back.
        self._facts = Reading[Backtest](self, self._take_in, self._say_unread, beside=True)

    async def on_mount(self) -> None:  # type: ignore[override]
        """Follow how far it has come."""
        self._ticks = self.set_interval(_TICK, self._follow)

    def read(self) -> Backtest:
        """Work it: the latest releases, or the pool of the list over the year to the last report. Raises Problem."""
        store = self.session.store
        if self._of == "wards":
            return backtest_wards.backtest(store, backtest_wards.usual(store), step=self._come)
        head = None if self.session.run_id is None else rankings.run(store, self.session.run_id)
        what = backtest_people.usual(store) if head is None else backtest_people.usual(store, head.ranked_in)
        front = "v100" if head is None else head.method
        return backtest_people.backtest(store, what, front=front, step=self._come)

    def _come(self, share: float) -> None:
        """Keep how far it has come, for the thread of the screen."""
        self._done = share

    def _follow(self) -> None:
        """Write the bar anew; nothing more once there is an answer."""
        if self.known is not None or self.problem is not None:
            self._ticks.stop()
        elif monotonic() - self._began > _AT_ONCE:
            self.rewrite()

    def lines(self) -> Sequence[Told]:
        """The facts; where they take more than a second, how far they have come."""
        if self.known is None and self.problem is None and monotonic() - self._began > _AT_ONCE:
            return (f"Working the backtest  {bar(self._done, 1.0, _BAR):{_BAR}} {100 * self._done:.0f}%",)
        return super().lines()

    def sentences(self, known: Backtest) -> Sequence[Told]:
        """How the list did, whether that is better than chance, and how the others did."""
        return known.sentences

    def body(self) -> Iterable[Widget]:
        """Words, curves, figures."""
        with VerticalScroll(can_focus=False):
            yield self.facts()
            yield Curves()
            yield Static("", classes="figures")

    def fill(self, known: Backtest) -> None:
        """The curves and the figures."""
        self.query_one(Curves).show(known)
        self.query_one(".figures", Static).update(plain_lines(figures(known)))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def figures(found: Backtest) -> list[str]:
    """Every ranking in a line, the bands, what else is known, and what is left out."""
    lines = [f"{'ranking':<11}{'held':>7}{'best':>8}{'chance':>8}   95% between"]
    lines += [
        f"{plain(one.ranking):<11}{percent(one.captured):>7}{percent(one.best):>8}{percent(one.chance):>8}   "
        f"{percent(one.low)} and {percent(one.high)}"
        for one in found.entries
    ]
    lines += ["", found.bands_words]
    for one in found.followed:
        bands = [band for band in found.calibration if band.ranking == one.ranking]
        of = "  ".join(f"{band.first}-{band.last}: {band.per_head:,.0f}" for band in bands)
        lines.append(f"{plain(one.ranking):<11} {of}")
    lines += ["", found.gini_words]
    lines += [sentence for beside in found.beside[:1] for sentence in beside.sentences]
    lines += [left.placed for left in found.left_out]
    return [*lines, NO_MORE]
