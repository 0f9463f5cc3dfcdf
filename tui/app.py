"""The program in the terminal: one sitting on one store."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.events import Event, Key
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import WorkerFailed

from core.errors import Conflict, Problem
from core.text import plain
from db.newer_reports import newer_reports
from db.store.damage import put_down_to_damage
from db.store.viewings import Shown
from tui import exits
from tui.collecting import Collecting
from tui.commands import Live, command, live
from tui.dressed import Dressed
from tui.faults import unforeseen
from tui.finding import Finding
from tui.keys_in_order import KeysInOrder
from tui.looks import NAME as LOOK
from tui.palettes import Depth, Ground
from tui.screens.base import topmost
from tui.screens.registry import page_named, shown_by
from tui.screens.room import MeetingRoom
from tui.session import Session
from tui.views.base import View
from tui.watching import News, Watcher
from tui.widgets.status import StatusApp

_LAST_TRY = 0.5
"""Seconds that leaving waits for a program that is writing: long enough for a change, too short to be a wait."""
_LOOK = 0.02


CLEARED_AFTER = 60.0
"""Seconds after which what was copied is taken out of the clipboard."""
_READ = 15.0
"""Seconds that a warning stays."""


class TaskingApp(StatusApp, Finding, Dressed):
    """The meeting room on a store."""

    TITLE = "tasking"
    CSS = """
    RoomScreen { background: $background; overflow: hidden; }
    #views { height: 1fr; width: 1fr; }
    ContentSwitcher > View { height: 1fr; }
    RecordList { height: 1fr; }
    .-high Detail { min-height: 4; }
    .-wide ListBody { layout: horizontal; }
    .-wide Detail { width: 27%; max-width: 64; height: 1fr; max-height: 100%; }
    .-wide.zoomed Detail { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("ctrl+q", "quit", "quit", "Quit; nothing is lost", "app.quit", footer=False),
        command("ctrl+c", "copy", "copy", "Copy what is selected, else the row", "app.copy", footer=False),
    ]

    def __init__(
        self,
        session: Session,
        view: str | None = None,
        keymap: dict[str, str] | None = None,
        looks_every: float | None = None,
        notices: Sequence[str] = (),
        depth: Depth = Depth.TRUE,
    ) -> None:
        """*looks_every*: seconds between two looks at what others do with the store; None looks never.

        notices: what is said when the room has opened, a sentence each. depth: how many colours the terminal has.
        """
        super().__init__(depth)
        if session.masked:
            session.projector = True
        self._watcher = (
            Watcher(
                session.store,
                lambda news: self.call_later(self._heard, news),
                looks_every,
                meeting=session.meeting,
                who=session.chair,
            )
            if looks_every is not None
            else None
        )
        self.session = session
        self._view = view
        self._keymap_wanted = keymap or {}
        self._notices = notices
        self._clears: Timer | None = None
        self._newer = ""
        session.store.tell = lambda sentence: self.call_later(self._warn, sentence)
        session.viewed.fail = lambda problem: self.call_from_thread(self._unrecorded, problem)
        self._keys = KeysInOrder(self, session.writes)
        self._collecting = Collecting(self)
        session.keys_follow = lambda: self._keys.more
        # Textual declares these of an object, not of a class: columns and lines from which a class of styles applies.
        self.HORIZONTAL_BREAKPOINTS = [(0, "narrow"), (120, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "low"), (32, "-high")]

    @property
    def keys_wait(self) -> bool:
        """Whether what the last key did is not yet done, so that the next one waits for it."""
        return self._keys.busy

    def get_default_screen(self) -> MeetingRoom:
        """The room: nothing lies under it."""
        return MeetingRoom(self.session, self._view)

    def on_mount(self) -> None:
        """Open the room."""
        if self._keymap_wanted:
            self.set_keymap(self._keymap_wanted)
        if self._watcher is not None:
            self.call_after_refresh(self._watcher.start)  # the first paint does not wait for it
        if self.session.projector and self.session.remembered.unreadable:
            self.notify(
                f"Projector on: {plain(self.session.remembered.path)} cannot be read. p turns it off.", markup=False
            )
        for sentence in self._notices:
            self._warn(sentence)
        with suppress(Problem):
            self._say_newer()
        self._collecting.begin()

    def _warn(self, sentence: str) -> None:
        """Say what is to be seen to, long enough to be read to its end."""
        self.notify(plain(sentence), severity="warning", timeout=_READ, markup=False)

    def on_unmount(self) -> None:
        """Let go of the store."""
        if self._watcher is not None:
            self._watcher.stop()

    def _unrecorded(self, problem: Problem) -> None:
        """Leave: what is shown cannot be recorded any more. What is said is said by :meth:`action_quit`."""
        self._warn(f"What is shown cannot be put on the record, so that the room ends: {problem.sentence}")
        self.call_later(self.action_quit)

    def _heard(self, news: News) -> None:
        """Follow what others did with the store; whatever is being typed stays."""
        if news.others > self.session.others:
            self.notify("Another sitting is open on this store. Lists follow what it changes.", markup=False)
        self.session.others, self.session.follows = news.others, news.follows
        room = topmost(self)
        if room is None:
            return
        if news.gone is not None and not self.session.gone:
            room.say(news.gone)
        self.session.gone = news.gone is not None
        held = self.session.meeting
        if held is not None and news.meeting is not None:
            with suppress(Problem):  # what is not read now is read the next time
                self.session.goes_by(news.meeting)
            if held.sealed_at is None and news.meeting.sealed_at is not None:
                room.say(Conflict(f"{held.title} was sealed in another sitting. It can only be read now.", "Sealed"))
        if news.changed:
            room.store_changed()
            self._say_newer()
        else:
            room.tick()

    def _say_newer(self) -> None:
        """Say, once for each file, that crime reports came in that the ranking of this meeting does not know."""
        newer = newer_reports(self.session.store, self.session.run_id)
        if newer and newer != self._newer:
            self._warn(newer)
        self._newer = newer

    async def on_event(self, event: Event) -> None:
        """Keys wait their turn; everything else is handled at once."""
        if isinstance(event, Key) and not event.is_forwarded:
            self.was_read()
            self._collecting.typed()
            self._keys.put(event)
        else:
            await super().on_event(event)

    @on(View.PageWanted)
    def show_page(self, message: View.PageWanted) -> None:
        """Show a page, or go back to it where it stands beneath; a problem with what it is about is said."""
        page = page_named(message.page.page)
        make = page.load()
        if page.once and any(type(screen) is make for screen in self.screen_stack):
            while type(self.screen) is not make:
                self.pop_screen()
            return
        try:
            with put_down_to_damage():
                self.push_screen(make(self.session, *message.page.about))
            for shown in shown_by(page.name, message.page.about):
                self.session.viewed.show(shown)
        except Problem as problem:
            if (room := topmost(self)) is not None:
                room.say(problem)

    @on(View.Copied)
    def _copied(self, message: View.Copied) -> None:
        self.take_away(message.text, message.what, message.ref)

    @on(View.Left)
    async def _left(self) -> None:
        if len(self.screen_stack) > 1 and (room := topmost(self)) is not None:
            await room.action_leave()  # one Esc too many must not end a meeting

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette, in the order of help: what works on the screen now or is refused by a seal; then the looks."""
        from tui.dialogs.help import in_order  # loaded when it is first asked for

        for one in in_order(live(screen)):
            if one.enabled or one.why_not:
                title = f"{one.label}  ({one.key})"
                yield SystemCommand(title, one.why_not or one.says, self._runner(one))
        for ground in Ground:
            yield SystemCommand(
                f"theme {ground}", f"Show the room in {ground}, now and next time", self._dresser(ground)
            )

    def _runner(self, one: Live) -> Callable[[], None]:
        def run() -> None:
            self.call_later(self.run_action, one.action, one.node)

        return run

    def _dresser(self, ground: Ground) -> Callable[[], None]:
        def choose() -> None:
            self.wear(ground)
            self.session.remembered.put(LOOK, ground.value)

        return choose

    def _fatal_error(self) -> None:
        """Leave after a fault without printing what any record holds.

        Textual offers no public way to say this; its own print shows local variables, which are people's names. A fault
        of a worker is no longer being handled here, so that only Textual still knows it.
        """
        self.bell()
        error = sys.exc_info()[1] or self._exception
        if isinstance(error, WorkerFailed):
            error = error.error
        told = unforeseen(None, None, None) if error is None else unforeseen(type(error), error, error.__traceback__)
        self._exit_renderables.append(Text(told))
        self._close_messages_no_wait()

    async def action_quit(self) -> None:
        """Quit from wherever the chair is; the room keeps where the meeting stands, and the time spent is written down.

        The meeting can be gone on with. What could not be written is said in the terminal, and by the exit code.
        """
        for screen in self.screen_stack:
            if isinstance(screen, MeetingRoom):
                screen.keep_place(at_once=True)
        session, until = self.session, monotonic() + _LAST_TRY
        session.drafts.write()
        if self._clears is not None:  # the clipboard outlives the room
            self.copy_to_clipboard(" ")
        why = session.clock.write_if_free()
        while (session.writes.waits or session.clock.waits) and monotonic() < until:
            await asyncio.sleep(_LOOK)
            if not session.writes.waits:
                why = session.clock.write_if_free()
        session.store.waiting.end()
        unrecorded = session.viewed.end(max(_LOOK, until - monotonic()))
        unwritten = session.writes.unwritten(session.clock.unwritten, why) or unrecorded
        session.writes.give_up()
        self._keys.end()
        self.exit(return_code=exits.REFUSED if unwritten else exits.OK, message=Text(plain(unwritten)) or None)

    def take_away(self, text: str, what: str, ref: str = "") -> None:
        """Copy a text to the clipboard, on the record, and take it out again after a while."""
        self.copy_to_clipboard(text)
        self.session.viewed.show(Shown("export", what, ref, "room", "clipboard"))
        if self._clears is not None:
            self._clears.stop()
        self._clears = self.set_timer(CLEARED_AFTER, partial(self.copy_to_clipboard, " "))

    def action_copy(self) -> None:
        """Copy the selection, else the row under the cursor."""
        if selected := self.screen.get_selected_text():
            self.take_away(plain(selected), "what was selected")
            self.notify("Selection copied.", markup=False)
        elif isinstance(self.screen, MeetingRoom) and (view := self.screen.view()) is not None:
            view.action_yank()
