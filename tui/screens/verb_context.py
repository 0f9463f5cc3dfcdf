"""What a screen lends a verb: a way to ask, which says what went wrong, and a way to say what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from core.errors import Problem
from core.text import plain
from tui.views.base import View
from tui.widgets.keybar import waits_at_foot
from tui.widgets.status import DONE

if TYPE_CHECKING:
    from tui.screens.base import RoomScreen
    from tui.verbs.context import Done

Seen = Callable[[str], str]
"""Words in; the words out as they may be shown, see ``tui.wall``."""
Push = Callable[[Screen[Any], Callable[[Any], None] | None], object]


def pusher(room: RoomScreen, seen: Seen) -> Push:
    """Shows a screen and hands its answer on; a problem of who takes the answer is said in the room."""

    def push(screen: Screen[Any], callback: Callable[[Any], None] | None) -> None:
        def guarded(answer: Any) -> None:
            try:
                if callback is not None:
                    callback(answer)
            except Problem as problem:
                room.say(problem, seen)

        room.app.push_screen(screen, guarded)

    return push


def teller(room: RoomScreen, view: View | None, keys: tuple[int, ...], seen: Seen) -> Done:
    """Says what was done; the rows of these keys are handled, and every screen reads the store again."""

    def done(words: str, *, final: bool = False) -> None:
        end = view.done(keys) if view is not None and view.is_mounted else ""
        room.handled()
        room.store_changed()
        said = f"{words}. {end}" if end else words
        room.notify(plain(seen(said if final else f"{said}. u undoes.")), title=DONE, markup=False)

    return done


def writer(room: RoomScreen, seen: Seen) -> Callable[[Callable[[], str], Callable[[str], object]], None]:
    """Makes changes as soon as they can be made; what is in their way is said in the room."""

    def write(change: Callable[[], str], then: Callable[[str], object]) -> None:
        room.session.writes.make(
            room.app, change, then, lambda problem: room.say(problem, seen), waits_at_foot(room.app)
        )

    return write
