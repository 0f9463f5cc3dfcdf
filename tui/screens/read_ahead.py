"""Reads what the items to come will show, while nobody waits for it, so that whoever goes there sees it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial

from core.errors import Problem
from core.meetings import Item
from db.store.damage import put_down_to_damage
from tui.reading import BESIDE
from tui.screens.base import RoomScreen
from tui.views.base import View
from tui.views.registry import view_named


def view_id(place: int, name: str) -> str:
    """The id of a view of the item at a place of the agenda."""
    return f"view-{place}-{name}"


def read_ahead(room: RoomScreen, items: Sequence[Item], rest: float) -> None:
    """Read the views that a room has not shown, one after another, *rest* seconds before each, and let go of them.

    What took long the store remembers, and the view that is shown later has it.
    """
    _wait(room, _to_come(room, items), rest)


def _to_come(room: RoomScreen, items: Sequence[Item]) -> Iterator[View]:
    """The views that have not been shown when their turn comes: first those that the items begin with."""
    places = [(nth > 0, place, name) for place, item in enumerate(items) for nth, name in enumerate(item.views)]
    for _, place, name in sorted(places, key=lambda one: one[:2]):
        if not room.query(f"#{view_id(place, name)}"):
            view = view_named(name)(room.session, items[place].key)
            view.of_scope = True
            yield view


def _wait(room: RoomScreen, views: Iterator[View], rest: float) -> None:
    room.set_timer(rest, partial(_next, room, views, rest))


def _next(room: RoomScreen, views: Iterator[View], rest: float) -> None:
    view = next(views, None)
    if view is not None:
        room.run_worker(partial(_read, room, view, views, rest), group=BESIDE, thread=True)


def _read(room: RoomScreen, view: View, views: Iterator[View], rest: float) -> None:
    with suppress(Problem), put_down_to_damage():  # said when the view is shown
        source, _ = view.read()
        source.prepare()
    room.call_later(_wait, room, views, rest)
