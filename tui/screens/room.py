"""The meeting room: the agenda, and for each item the views it needs. Outside a meeting, one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from core.errors import Problem
from core.meetings import Item, clock, views
from core.text import counted
from db.store.viewings import Shown
from tui.commands import MORE, TO_ITEM, TO_VIEW, command
from tui.place import Place
from tui.screens.base import RoomScreen
from tui.screens.left_off import begin_there, go_back, keeper_of, page_over, place_of
from tui.screens.read_ahead import read_ahead, view_id
from tui.session import Session
from tui.views.base import View
from tui.views.registry import view_named
from tui.widgets.agenda import ticks
from tui.widgets.header import Head
from tui.widgets.keybar import waits_at_foot

_KEPT_EVERY = 1.0
"""Seconds at most between a move and its being kept."""


class _Views(ContentSwitcher):
    """The views of which one is shown, which covers it."""

    BLANK = True


class MeetingRoom(RoomScreen):
    """One meeting, item by item; or one view where no meeting is held."""

    leaves_out = frozenset({"widen"})
    BINDINGS: ClassVar[list[BindingType]] = [
        command(
            "right_square_bracket", "item(1)", "next item", "Go to the next agenda item", "meeting.next",
            foot=TO_ITEM,
        ),
        command(
            "left_square_bracket", "item(-1)", "item before", "Go to the agenda item before", "meeting.before",
            footer=False,
        ),
        command("tab", "view(1)", "view", "The next view of this item", "meeting.view", foot=TO_VIEW),
        command("shift+tab", "view(-1)", "view before", "The view before", "meeting.view_before", footer=False),
        command(
            "asterisk", "widen", "whole force",
            "Look at the whole force, or back at the BCU or borough of this meeting", "meeting.widen", foot=MORE,
        ),
        command("z", "zoom", "zoom", "The list alone, or the detail beside it again", "meeting.zoom", footer=False),
        *(
            command(str(n), f"go({n - 1})", f"item {n}", f"Go to agenda item {n}", f"meeting.item_{n}", footer=False)
            for n in range(1, 10)
        ),
    ]  # fmt: skip

    def __init__(self, session: Session, view: str | None = None) -> None:
        super().__init__(session)
        meeting = session.meeting
        self._items = meeting.agenda.items if meeting else (Item("", "", "", 0, (view or "suspects",)),)
        self._keeper = keeper_of(session)
        self._place, self._shown, self._left = go_back(session, self._items, self._keeper)
        session.item = self.item.key

    def body(self) -> Iterable[Widget]:
        """The view of the item."""
        with _Views(initial=self._view_id, id="views"):
            yield self._make_view()

    async def on_mount(self) -> None:  # type: ignore[override]
        """Begin at the first item; the clock is started by the class above, whose handler is called as well."""
        if self.session.meeting:
            try:
                self.session.clock.begin()
            except Problem as problem:  # the room holds the meeting all the same, and says what it does not know
                self.call_after_refresh(self.say, problem)
        await self._show()
        if self.session.rests is not None:
            read_ahead(self, self._items, self.session.rests)
        self.set_interval(_KEPT_EVERY, self.keep_place)

    @property
    def item(self) -> Item:
        """The agenda item the meeting is at."""
        return self._items[self._place]

    def view(self) -> View | None:
        """The view that is shown."""
        current = self.query_one("#views", ContentSwitcher).current
        return self.query_one(f"#{current}", View) if current else None

    @property
    def _view_name(self) -> str:
        return self.item.views[self._shown % len(self.item.views)]

    @property
    def _view_id(self) -> str:
        return view_id(self._place, self._view_name)

    def _make_view(self) -> View:
        view = view_named(self._view_name)(self.session, self.item.key, id=self._view_id)
        view.of_scope = True
        left, self._left = self._left, Place()  # only the first view that is made is the one that was left
        if left.view == self._view_name:
            begin_there(view, left)
        return view

    async def _show(self) -> None:
        """Show the item's view, made the first time it is needed."""
        self.session.item = self.item.key
        switcher = self.query_one("#views", ContentSwitcher)
        identity = self._view_id
        if not switcher.query(f"#{identity}"):
            await switcher.add_content(self._make_view(), set_current=True)
        else:
            switcher.current = identity
        view = self.query_one(f"#{identity}", View)
        view.focus_list()
        self.session.viewed.show(Shown("list", view.name_in_record, how=whose_meeting(self.session)))
        self.tick()

    def refresh_views(self, shows: View | None = None) -> None:
        """Read the shown view again; the others are read when they are shown."""
        shown = self.view()
        for view in self.query(View):
            if view is shows:
                continue
            if view is shown:
                view.reload()
            else:
                view.stale = True
        self.tick()

    # Where it stands

    def keep_place(self, *, at_once: bool = False) -> None:
        """Keep where the meeting stands, if that has changed: in a worker, or here, as where the program ends.

        A sealed meeting is not gone on with.
        """
        keeper, meeting = self._keeper, self.session.meeting
        view = self.view() if self.query("#views") else None
        if keeper is None or meeting is None or view is None:
            return
        keeper.sits(self.session.chair)
        if meeting.sealed_at is not None:
            self._keeper = None
            keep = keeper.forget
        elif keeper.want(place_of(self.session, self.item, self._view_name, view, page_over(self, view))) or at_once:
            keep = keeper.write
        else:
            return
        if at_once:
            keep()
        else:
            self.run_worker(keep, thread=True)

    # Clock

    def headed(self, head: Head) -> Head:
        """The meeting, the item and its clock."""
        meeting = self.session.meeting
        if meeting is None:
            return head._replace(where=f"{views()[self.item.views[0]]}{whose(self.session)}")
        self._note_beside()
        spent = self.session.clock.spent()
        total = clock(sum(spent.values()), meeting.agenda.minutes)
        here_spent = spent.get(self.item.key, 0.0)
        here = self._view_name
        titles = [views()[name].upper() if name == here else views()[name].lower() for name in self.item.views]
        more = f"[{'|'.join(titles)}] " if len(titles) > 1 else ""
        return head._replace(
            of=meeting.title,
            scope=whose(self.session).strip(),
            ticks=ticks(self._items, self._place, spent),
            where=f"{self._place + 1}/{len(self._items)}: {self.item.title}",
            mark=" · ".join(mark for mark in ("SEALED" if meeting.sealed_at else "", head.mark) if mark),
            item=f"{more}{self.item.prompt}",
            share=here_spent / (self.item.minutes * 60) if self.item.minutes else None,
            item_clock=f"item {clock(here_spent, self.item.minutes)}",
            meeting_clock=f"meeting {total}",
        )

    def _note_beside(self) -> None:
        """Write down the time that passes while an item goes on: who is killed loses no more than that.

        In a worker, so that a slow disk holds up no key; a store that is busy is tried again each second.
        """
        every, clock = self.session.notes_every, self.session.clock
        if every is not None and clock.since_noted >= every:
            clock.note()
        elif not clock.waits:
            return
        self.run_worker(partial(_without_a_word, clock.write_noted), thread=True)

    def note_time(self) -> None:
        """Write down the time spent on the item since it was last written down, or when the store can be written."""
        if (problem := self.session.clock.write_if_free()) is not None:
            self.say(problem)  # a clock that cannot be kept must not end a meeting

    # Commands

    def why_dimmed(self, action: str, parameters: tuple[object, ...]) -> str:
        """Agenda commands apply in a meeting, a view command where the item has another view."""
        if action in ("item", "go") and self.session.meeting is None:
            return "No meeting is open, so there is no agenda."
        if action == "go" and int(str(parameters[0])) >= len(self._items):
            return f"The agenda has {counted(len(self._items), 'item')}."
        if action == "widen" and self.session.scope.is_force:
            return "The whole force is shown already."
        if action == "view" and len(self.item.views) == 1:
            return "This item has one view."
        return super().why_dimmed(action, parameters)

    async def action_item(self, step: int) -> None:
        """Go to the next agenda item or the one before."""
        await self.action_go(min(max(self._place + step, 0), len(self._items) - 1))

    async def action_go(self, place: int) -> None:
        """Go to an agenda item."""
        if place != self._place:
            self.note_time()
            _note_quorum(self)
            self._place, self._shown = place, 0
            await self._show()
            self.keep_place()
            self.refresh_bindings()

    async def action_view(self, step: int) -> None:
        """Go to another view of this item."""
        self._shown += step
        await self._show()
        self.keep_place()

    def action_widen(self) -> None:
        """Look at the whole force, or back at the scope of the meeting; lists and counts follow."""
        session = self.session
        session.widened = not session.widened
        self.store_changed()
        self.keep_place()
        self.notify(f"Lists and counts: {session.looks_at.label}. * goes back.", markup=False, timeout=4)

    def action_zoom(self) -> None:
        """Hide what stands beside the list, or show it again."""
        self.toggle_class("zoomed")


def lists_of(room: MeetingRoom) -> Sequence[tuple[int, int, str]]:
    """Every list of the agenda: the place of its item, its place there, and what it is called with its item."""
    return [
        (place, shown, f"{views()[name]}, item {place + 1}: {item.title}")
        for place, item in enumerate(room._items)
        for shown, name in enumerate(item.views)
    ]


async def show_list(room: MeetingRoom, place: int, shown: int) -> None:
    """Go to a list of an agenda item, by their places."""
    await room.action_go(place)
    if shown != room._shown:
        await room.action_view(shown - room._shown)


def whose_meeting(session: Session) -> str:
    """Where a list is shown, for the record: in which meeting, or in the room alone."""
    return "room" if session.meeting is None else f"room, meeting {session.meeting.id}"


def whose(session: Session) -> str:
    """Whose meeting it is, behind its name, and that the whole force is looked at; nothing for the force's own."""
    if session.scope.is_force:
        return ""
    return f" {session.scope}{' WIDENED to the force' if session.widened else ''}"


def _without_a_word(write: Callable[[], None]) -> None:
    """Write, or leave it: it is kept until it can be written, and the next key that writes says why it cannot."""
    with suppress(Problem):
        write()


def _note_quorum(room: MeetingRoom) -> None:
    """Where the roll-call is left with everyone called and no quorum, say so and note that the chair goes on."""
    session = room.session
    meeting = session.meeting
    if meeting is None or "attendance" not in room.item.views or session.sealed:
        return
    from tui.verbs.chairing import goes_on_without

    def change() -> str:
        return goes_on_without(session.store, meeting)

    def say(words: str) -> None:
        if words:
            room.notify(words, title="No quorum", markup=False)
            room.store_changed()

    with suppress(Problem):
        session.writes.make(room.app, change, say, room.say, waits_at_foot(room.app))
