"""Changes what each part of the ward composite weighs, and shows who would move before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from core.composite import PARTS, Weighed, harm_held, most_harm_held, places_moved, settled, weigh
from core.composite_weights import Weights, default, typed
from core.days import day_of, uk
from core.errors import Problem
from core.text import counted
from db.backtest_weights import Followed, followed
from db.composite import parts
from db.composite_weights import refuse_same, save_weights, weights_of
from tui.commands import command
from tui.dialogs.sheet import LOW
from tui.quick_screen import QuickScreen
from tui.reading import Reading
from tui.safe import plain_lines, safe
from tui.session import Session
from tui.widgets.entry import Entry
from tui.widgets.static import Static

_FIRST = 10
_MOVERS = 4


class WeightsScreen(QuickScreen, ModalScreen[str | None]):
    """Gives the words to say when weights were kept, or None."""

    DEFAULT_CSS = """
    WeightsScreen { align: center middle; background: $background 35%; }
    WeightsScreen > #box { width: 76; max-width: 98%; height: auto; max-height: 100%; border: round $primary;
        background: $surface; padding: 0 1; }
    WeightsScreen Horizontal { height: 1; }
    WeightsScreen Label { width: 20; }
    WeightsScreen Input { background: $boost; padding: 0 1; width: 10; }
    WeightsScreen Input:focus { background: $primary 30%; }
    WeightsScreen .share { width: 1fr; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    WeightsScreen #effect { height: 7; margin-top: 1; }
    WeightsScreen #backtest { height: 2; color: $text-muted; }
    WeightsScreen.-lowest #effect { height: 2; margin-top: 0; }
    WeightsScreen.-lowest #backtest { height: 1; }
    WeightsScreen #keys { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("ctrl+s", "save", "keep", "Put these weights in force for this store", "weights.save"),
        command("ctrl+t", "ship", "as shipped", "Write the weights that ship into the fields", "weights.ship"),
        command("down", "step(1)", "next", "Next part", "weights.next"),
        command("up", "step(-1)", "before", "Part before", "weights.before"),
        command("escape", "leave", "leave", "Leave; nothing is changed", "weights.leave"),
    ]

    def __init__(self, session: Session) -> None:
        """Raises Problem where the store holds no ward counts."""
        super().__init__()
        self._session = session
        self._seen = session.store.last_entry()
        self._wards = parts(session.store, session.counted_from).wards
        self._stands = weights_of(session.store)
        self._before = weigh(self._wards, self._stands)
        self._followed: Followed | None = None
        self._reading = Reading[Followed](self, self._take_in, self._say_no_backtest, beside=True)

    def compose(self) -> ComposeResult:
        """A line for each part, the effect, the keys."""
        self.fit()
        with Vertical(id="box") as box:
            box.border_title = "Weights of the ward composite"
            for key, part in PARTS.items():
                with Horizontal():
                    yield Label(part.head)
                    yield Entry(f"{self._stands.parts[key]:g}", id=f"part-{key}", compact=True, restrict=r"[0-9.]{0,6}")
                    yield Static("", classes="share", id=f"share-{key}")
            yield Static("", id="effect", markup=False)
            yield Static("Backtest: being worked", id="backtest", markup=False)
            yield Static("enter next   ctrl+s keep   ctrl+t as shipped   esc leave", id="keys")

    @on(Resize)
    def fit(self) -> None:
        """On the lowest screens what is said below gives way, so that the keys are in sight."""
        self.set_class(self.app.size.height < LOW, "-lowest")

    def on_mount(self) -> None:
        """Begin at the first part."""
        self.query(Input).first().focus()
        self._reading.start(partial(followed, self._session.store))
        self._show()

    def _take_in(self, found: Followed) -> None:
        self._followed = found
        self._show()

    def _say_no_backtest(self, problem: Problem) -> None:
        why = problem.sentence.partition(":")[0].rstrip(".")  # what to import is no matter of a meeting, nor its lines
        self.query_one("#backtest", Static).update(safe(f"No backtest. {why}."))

    def _typed(self) -> Weights:
        name = f"set by {self._session.chair} on {uk(day_of(self._session.as_of))}"
        return typed(name, {key: self.query_one(f"#part-{key}", Input).value for key in PARTS})

    @on(Input.Changed)
    def _show(self) -> None:
        """Say what the weights that stand in the fields would do."""
        effect = self.query_one("#effect", Static)
        try:
            weights = self._typed()
        except Problem as problem:
            effect.update(safe(problem.sentence, "bold"))
            return
        weights = settled(self._wards, weights)
        for key, share in weights.shares.items():
            self.query_one(f"#share-{key}", Static).update(safe(f"{100 * share:>3.0f}%  {PARTS[key].meaning}"))
        meant = weights.meant or self._stands.meant
        if self._followed is not None:
            words = self._followed.words(self._stands, weights, min(_FIRST, len(self._wards)))
            self.query_one("#backtest", Static).update(safe(words))
        lines = effect_of(self._before, weigh(self._wards, weights))
        effect.update(plain_lines([*lines, meant] if meant else lines))

    @on(Input.Submitted)
    def _next(self) -> None:
        self.action_step(1)

    def action_step(self, step: int) -> None:
        """Go to another part."""
        inputs = list(self.query(Input))
        at = next((number for number, line in enumerate(inputs) if line.has_focus), 0)
        inputs[(at + step) % len(inputs)].focus()

    def action_ship(self) -> None:
        """Write the weights that ship into the fields."""
        for key, weight in default().parts.items():
            self.query_one(f"#part-{key}", Input).value = f"{weight:g}"

    def action_save(self) -> None:
        """Keep the weights and leave; a fault is said and nothing is lost."""
        session = self._session

        def save() -> None:
            weights = self._typed()
            refuse_same(session.store, weights)
            with session.store.as_seen(self._seen):
                save_weights(session.store, weights, meeting_id=session.meeting_id)

        def saved(_: None) -> None:
            self.dismiss("Weights put in force for this store")

        session.writes.make(self.app, save, saved, lambda problem: self._say(problem.sentence), self._say, sheet=True)

    def _say(self, words: str) -> None:
        """Say what stands in the way in the place of the effect; where nothing does any longer, the effect again."""
        if words:
            self.query_one("#effect", Static).update(safe(words, "bold"))
        else:
            self._show()

    def action_leave(self) -> None:
        """Leave; nothing is changed."""
        self.dismiss(None)


def effect_of(before: Sequence[Weighed], after: Sequence[Weighed]) -> list[str]:
    """What other weights of the same wards do, in lines: harm held, who comes into the first wards, who moves most."""
    moved = places_moved(before, after)
    still = sum(not places for places in moved.values())
    if still == len(moved):
        return ["No ward moves."]
    first = min(_FIRST, len(after))
    stood, stands = ({one.ward.ward_code for one in ranked[:first]} for ranked in (before, after))
    ranks = {one.ward.ward_code: one.rank for one in before}
    movers = sorted(after, key=lambda one: -abs(moved[one.ward.ward_code]))[:_MOVERS]
    then, now = (100 * harm_held(ranked, first) for ranked in (after, before))
    most = 100 * most_harm_held(before, first)
    return [
        f"The first {first} would hold {then:.1f}% of the harm, now {now:.1f}%, best {most:.1f}%.",
        f"{counted(still, 'ward')} of {len(after):,} would not move.",
        _names("in: ", [one for one in after if one.ward.ward_code in stands - stood]),
        _names("out: ", [one for one in before if one.ward.ward_code in stood - stands]),
        "most places: " + "; ".join(f"{one.ward.ward} {ranks[one.ward.ward_code]} to {one.rank}" for one in movers),
    ]


def _names(title: str, wards: Sequence[Weighed]) -> str:
    more = f" and {len(wards) - _MOVERS} more" if len(wards) > _MOVERS else ""
    return f"{title}{', '.join(one.ward.ward for one in wards[:_MOVERS])}{more}" if wards else f"{title}none"
