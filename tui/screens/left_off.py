"""Where a meeting was left, and where it stands: between what is kept of it and the room."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from textual.screen import Screen

from core.errors import Problem
from core.localities import is_locality
from core.meetings import Item
from db import rankings
from tui.place import Place, PlaceKeeper
from tui.screens.registry import page_behind
from tui.session import Session
from tui.views.base import View
from tui.views.list_panel import Standing, standing
from tui.views.list_reading import Arrangement
from tui.views.source import Record


def keeper_of(session: Session) -> PlaceKeeper | None:
    """What keeps the place of who sits here in the meeting that is held; None without one, and of a sealed one."""
    meeting = session.meeting
    if meeting is None or meeting.sealed_at is not None:
        return None
    return PlaceKeeper(session.store.path, meeting.id, session.chair)


def go_back(session: Session, items: Sequence[Item], keeper: PlaceKeeper | None) -> tuple[int, int, Place]:
    """Let the sitting look at what it looked at then; gives the item, which of its views, and where it was left."""
    left = keeper.recall() if keeper is not None else None
    number = next((n for n, item in enumerate(items) if left is not None and item.key == left.item), None)
    if left is None or number is None:
        return 0, 0, Place()
    session.register = left.register if left.register == session.kind else ""
    session.widened = left.widened and not session.scope.is_force
    if left.run and left.run != session.run_id:
        with suppress(Problem):
            session.run_id = rankings.run(session.store, left.run).id
    views = items[number].views
    return number, views.index(left.view) if left.view in views else 0, left


def begin_there(view: View, left: Place) -> None:
    """Let a view begin as it was left."""
    within = left.within if is_locality(left.within) or _is_held(view, left.within) else ""
    arranged = Arrangement(left.sort or None, left.descending, left.needle, within=within)
    view.begins = Standing(arranged, left.record if left.record >= 0 else None, left.row, opened=bool(left.page))


def _is_held(view: View, borough: str) -> bool:
    from db.areas import areas  # the first list is painted without it

    return bool(borough) and borough in areas(view.session.store).boroughs


def page_over(room: Screen[Any], view: View) -> str:
    """The name of the page that stands on a room, where it is that of the record under the cursor; else empty."""
    stack, record = room.app.screen_stack, view.under_cursor()
    behind = page_behind(record) if record is not None else None
    above = stack[stack.index(room) + 1 :] if room in stack else []
    shown = getattr(above[0], "record", None) if above else None
    if behind is None or not isinstance(shown, Record) or shown.subject != behind.about[0].subject:
        return ""
    return behind.page


def place_of(session: Session, item: Item, name: str, view: View, page: str = "") -> Place:
    """Where the meeting stands now. name: which view of the item is shown. page: what is open over it."""
    stands = standing(view)
    return Place(
        item=item.key,
        view=name,
        needle=stands.arranged.needle,
        within=stands.arranged.within,
        sort=stands.arranged.sort or "",
        descending=stands.arranged.descending,
        record=-1 if stands.key is None else stands.key,
        row=stands.row,
        register=session.register,
        run=session.run_id or 0,
        page=page,
        widened=session.widened,
    )
