"""What every full screen has: the head, the keys at the foot, and the commands that work everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import ScreenResume
from textual.widget import Widget

from core.days import london
from core.errors import Problem
from core.text import plain
from db.meetings import meeting as meeting_now
from db.meetings import refuse_sealed
from db.store import Store
from tui.commands import HELP, LEAVE, UNDO, command, live
from tui.screens.registry import page_behind
from tui.screens.verb_context import Seen, pusher, teller, writer
from tui.screens.wall import WallScreen
from tui.session import Session
from tui.small_counts import SMALL_COUNTS
from tui.verb import Verb, verb_named
from tui.views.base import View
from tui.views.source import Record
from tui.wall import MARK, MASK, NO_AGES, called
from tui.widgets.header import Head, RoomHeader
from tui.widgets.keybar import KeyBar, waits_at_foot
from tui.widgets.status import DONE, StatusLine


class RoomScreen(WallScreen):
    """A screen of the meeting room. Subclasses say what stands between head and foot."""

    BINDINGS: ClassVar[list[BindingType]] = [
        command("u,ctrl+z", "reverse('undo')", "undo", "Undo the last change of this sitting", "room.undo", foot=UNDO),
        command("U,ctrl+y", "reverse('redo')", "redo", "Do again what was undone", "room.redo", footer=False),
        command(
            "question_mark,f1",
            "help",
            "help",
            "Every key that works here; again: the words",
            "room.help",
            foot=HELP,
        ),
        command(
            "colon",
            "app.command_palette",
            "palette",
            "Find a command, or a ward, suspect or action, by its words",
            "room.palette",
            footer=False,
        ),
        command("ctrl+r", "refresh_all", "refresh", "Read the store again", "room.refresh", footer=False),
        command("q", "leave", "back/quit", "Go back; on the first screen, quit", "room.leave", foot=LEAVE),
    ]
    BLANK = True  # head, body and foot cover it
    DEFAULT_CSS = """
    RoomScreen > #foot { dock: bottom; height: auto; }
    """
    where = ""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._counted: tuple[int | None, int | None, int | None] | None = None

    def compose(self) -> ComposeResult:
        """Head, what the subclass shows, foot."""
        yield RoomHeader()
        yield from self.body()
        with Vertical(id="foot"):
            yield StatusLine()
            yield KeyBar()

    def body(self) -> Iterable[Widget]:
        """What stands between head and foot."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Start the clock."""
        self.tick()
        self.set_interval(1.0, self.tick)

    # Head

    @on(ScreenResume)
    def tick(self) -> None:
        """Write the head anew, of the room on top alone; a store that cannot be read now is tried again next time."""
        if self is topmost(self.app):
            self.session.drafts.write()
            with suppress(Problem):
                head = self.headed(_head(self.session, self.where))
                for header in self.query(RoomHeader):  # none yet, or no longer, where the screen is just made or left
                    header.head = head
                before, self._counted = self._counted, (head.open, head.due, head.overdue)
                _read_by_the_clock(self, counted_anew=before not in (None, self._counted))

    def headed(self, head: Head) -> Head:
        """Add to the head what this screen knows."""
        return head

    # Views and verbs

    def why_not(self, action: str) -> str:
        """Why a command of the screen is refused now: a seal ends what can be undone. Empty where it is not."""
        return self.session.sealed if action.startswith("reverse(") else ""

    def view(self) -> View | None:
        """The view that verbs act on."""
        return next(iter(self.query(View)), None)

    def refresh_views(self, shows: View | None = None) -> None:
        """Read every view of this screen again, but one that *shows* what there is already."""
        for view in self.query(View):
            if view is not shows:
                view.reload()
        self.tick()

    @on(View.Opened)
    def _opened(self, message: View.Opened) -> None:
        message.stop()
        if message.view is self.view():  # else another item was gone to while its list was read
            self.open_record(message.record)

    def open_record(self, record: Record) -> None:
        """Open the page of a person, ward, site or meeting; anything else says why it is here."""
        page = page_behind(record)
        if page is not None:
            self.post_message(View.PageWanted(page))
        else:
            ask_why(self, record)

    @on(View.VerbPressed)
    def _verb_pressed(self, message: View.VerbPressed) -> None:
        message.stop()
        self.carry_out(message.verb, message.view.acted_on_by(message.verb), message.view, message.keys)

    def carry_out(self, verb: Verb, records: Sequence[Record], view: View | None, keys: tuple[int, ...] = ()) -> None:
        """Carry out a verb; a problem is said, and nothing is lost. A sealed meeting is only read."""
        from tui.verbs.context import VerbContext, function_of

        seen = partial(self.session.seen, subjects=[subject for record in records for subject in record.subjects])
        context = VerbContext(
            self.session,
            records,
            (view.item if view else "") or self.session.item,
            push=pusher(self, seen),
            show=lambda page: self.post_message(View.PageWanted(page)),
            tell=lambda words: self.notify(plain(seen(words)), markup=False, timeout=8),
            done=teller(self, view, keys, seen),
            write=writer(self, seen),
        )
        try:
            if not verb.reads:
                _refuse_writing(self.session, verb)
            if not verb.when_sealed:
                refuse_sealed(self.session.store, self.session.meeting_id)
            with context.naming():
                function_of(verb)(context)
        except Problem as problem:
            self.say(problem, seen)

    def handled(self) -> None:
        """A verb that was pressed here has written; the store is read again after it."""

    def say(self, problem: Problem, seen: Seen = str) -> None:
        """Say a problem without stopping anything; *seen* gives its sentence as it may be shown."""
        self.notify(plain(seen(problem.sentence)), title=problem.title, severity="error", markup=False, timeout=8)

    @on(View.Switched)
    def store_changed(self, switched: View.Switched | None = None) -> None:
        """Every screen that is open reads the store again, or the ranking that is looked at from now on."""
        shows = None if switched is None else switched.shows
        self.session.pulse.forget()
        for screen in self.app.screen_stack:
            if isinstance(screen, RoomScreen):
                screen._counted = None
                screen.refresh_views(shows)

    # Commands

    def action_reverse(self, way: str) -> None:
        """Undo the last change of this sitting, or do again what was undone: *way* is ``undo`` or ``redo``."""
        from db.store.undo import redo, undo

        words, reverse = ("Undone", undo) if way == "undo" else ("Done again", redo)
        store = self.session.store

        def reversed_(what: str) -> None:
            if (held := self.session.meeting) is not None:  # who chairs, or a pause, may be what was taken back
                self.session.goes_by(meeting_now(store, held.id))
            self.store_changed()
            shown = _undone_on_a_wall(store) if self.session.projector else what
            self.notify(plain(f"{words}: {shown}"), title=DONE, markup=False)

        self.session.writes.make(self.app, partial(reverse, store), reversed_, self.say, waits_at_foot(self.app))

    def action_help(self) -> None:
        """Every key that works here."""
        from tui.dialogs.help import Help

        meeting = self.session.meeting
        items = [item.title for item in meeting.agenda.items] if meeting else ()
        self.app.push_screen(Help(live(self), items))

    def action_refresh_all(self) -> None:
        """Read the store again."""
        self.store_changed()

    async def action_leave(self) -> None:
        """Go back, or quit from the first screen."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        else:
            await self.app.action_quit()


def ask_why(screen: RoomScreen, record: Record) -> None:
    """Open what is behind a record."""
    screen.carry_out(verb_named("why"), [record], screen.view())


def page_head(page: RoomScreen, head: Head) -> Head:
    """The head of a page: its own place beside that of the meeting beneath, whose clocks go on."""
    beneath = next((one for one in page.app.screen_stack if isinstance(one, RoomScreen)), page)
    if beneath is not page:
        head = beneath.headed(head)
    return head._replace(of=f"{head.where}:" if head.where else "", where=page.where, item="")


def _refuse_writing(session: Session, verb: Verb) -> None:
    """Raise Conflict, before anyone is asked, where nothing can be written: what is typed would be for nothing.

    Not where another program is writing, for that passes. Raises Refused for a role that may not.
    """
    if session.store.rights is not None:
        session.store.rights.require(verb.needs, f"'{verb.label}'")
    session.store.refuse_only_read()
    session.store.refuse_gone()
    session.writes.refuse_second()


def topmost(app: App[Any]) -> RoomScreen | None:
    """The room on top, whatever dialog lies over it."""
    return next((screen for screen in reversed(app.screen_stack) if isinstance(screen, RoomScreen)), None)


def _read_by_the_clock(screen: RoomScreen, *, counted_anew: bool) -> None:
    """Read again what only the clock has changed.

    counted_anew: what the head counts has changed, so that lists that go by it say the same. Other lists know the
    moment when their rows change.
    """
    now = screen.session.now()
    for view in screen.query(View):
        over = view.changes_at is not None and view.changes_at <= now
        if not over and not (counted_anew and view.goes_by_the_clock):
            continue
        view.changes_at = None
        if view.display:
            view.reload()
        else:
            view.stale = True


def _undone_on_a_wall(store: Store) -> str:
    """What the last undo or redo was about, without what was written: the kind of change, and whom by reference."""
    from db.record import reversed_last

    told = [_called_and_done(called(words.about, hidden=True), words.what) for words in reversed_last(store)]
    more = f" and {len(told) - 1} more" if len(told) > 1 else ""
    return f"{told[0]}{more}" if told else "a change"


def _called_and_done(about: str, what: str) -> str:
    """A record and the kind of its change; once where they are the same word, as for a new bid."""
    return f"{about} ({what})" if about and not about.startswith(what) else about or what


def _wall_mark(session: Session) -> str:
    """What the head says of names that are hidden."""
    if session.masked:
        return MASK
    if SMALL_COUNTS.hidden:
        return NO_AGES
    return MARK if session.projector else ""


def _paused(session: Session) -> str:
    return "CLOCK STOPPED" if session.clock.paused and not session.sealed else ""


def _head(session: Session, where: str) -> Head:
    """What the head of every room shows now; where the store cannot be read, without the figures."""
    now = session.now()
    try:
        totals = session.pulse.totals(session.store, now, session.register, session.looks_at)
    except Problem:
        totals = None
    counts = totals.actions if totals else None
    return Head(
        where=where,
        as_of=f"{session.as_of:%d/%m}",
        stale=f"{totals.stale} data" if totals and totals.stale else "",
        clock=f"{london(now):%H:%M}",
        open=counts.open if counts else None,
        due=counts.due if counts else None,
        overdue=counts.overdue if counts else None,
        actions_of=session.actions_of,
        windows=f"{session.others + 1} windows" if session.others else "",
        mark=" · ".join(mark for mark in (_wall_mark(session), session.not_written, _paused(session)) if mark),
    )
