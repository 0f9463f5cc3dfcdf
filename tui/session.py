"""What every screen of one sitting shares: the store, the meeting, who chairs, and what is half-typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from core.meetings import sealed_words
from core.roles import May
from core.scope import WHOLE_FORCE, Scope
from core.text import with_article
from db.actions import Subject
from db.meetings import MeetingView
from db.store import Store
from tui.drafts import Drafts
from tui.item_clock import ItemClock
from tui.pulse import Pulse
from tui.remembered import Remembered
from tui.small_counts import SMALL_COUNTS
from tui.viewed import Viewed
from tui.wall import NAME, called, without
from tui.writing import Writes

CHAIR = "chair"
"""Under what a room remembers who chairs."""


@dataclass
class Session:
    """One sitting at the keyboard.

    run_id: the ranking that is looked at. projector: the screen is on a wall, so that names and what people wrote are
    hidden; rules in ``tui.wall``. drafts: what was typed into a form and not yet saved. register: the kind of meeting
    whose actions alone are listed and counted, empty for all. scope: whose the meeting, or the list alone, is; widened:
    the whole force is looked at all the same. others: how many other rooms are open on the store.
    follows: whether another of them keeps the meeting's clock.
    counted_from: the release that ward numbers are from, ``reports`` for crime reports; None: the latest published.
    notes_every: after how many seconds the time of an item is written down though it goes on; None for only at its end.
    rests: seconds of rest before each view of the items to come is read beforehand; None where none is.
    item: the key of the agenda item that the meeting is at, also under a page. remembered: what is kept for the next
    sitting on this store. writes: what makes every change, without holding up the screen. clock: the time that the
    meeting spends on its items. viewed: the record of what is shown.
    gone: whether the store's file is no longer there. login: the machine's user.
    keys_follow: whether keys wait behind the one that is carried out: what it shows, the next shows anew.
    """

    store: Store
    chair: str
    as_of: date
    kind: str
    now: Callable[[], datetime]
    folder: Path
    run_id: int | None = None
    meeting: MeetingView | None = None
    scope: Scope = WHOLE_FORCE
    widened: bool = False
    projector: bool = False
    pulse: Pulse = field(default_factory=Pulse)
    register: str = ""
    others: int = 0
    follows: bool = False
    counted_from: str | None = None
    notes_every: float | None = None
    rests: float | None = None
    gone: bool = False
    keys_follow: Callable[[], bool] = lambda: False
    login: str = ""
    remembered: Remembered = field(init=False)
    drafts: Drafts = field(init=False)
    writes: Writes = field(init=False)
    clock: ItemClock = field(init=False)
    viewed: Viewed = field(init=False)

    def __post_init__(self) -> None:
        """Find what was kept by an earlier sitting."""
        self.writes = Writes(self.store)
        self.viewed = Viewed(self.store)
        self.clock = ItemClock(self)
        self.remembered = Remembered.of(self.store.path)
        self.drafts = Drafts(self.remembered, self.chair, self.as_of)

    @property
    def drafts_from(self) -> dict[str, int]:
        """The last journal entry when a draft began."""
        return self.drafts.since

    @property
    def meeting_id(self) -> int | None:
        """The number of the meeting that is held, if one is."""
        return self.meeting.id if self.meeting else None

    @property
    def looks_at(self) -> Scope:
        """The scope whose records are listed and counted: that of the meeting, or the force while it is widened."""
        return WHOLE_FORCE if self.widened else self.scope

    @property
    def masked(self) -> bool:
        """Whether the template of the meeting allows no named suspects to be named."""
        return self.meeting is not None and self.meeting.agenda.is_masked

    @property
    def item(self) -> str:
        """The key of the agenda item that the meeting is at, also under a page: what is written is told there."""
        return self.store.item

    @item.setter
    def item(self, key: str) -> None:
        self.store.item = key

    @property
    def actions_of(self) -> str:
        """Which actions are counted in the head, in a word or two."""
        return f"{self.register} only" if self.register else "actions"

    @property
    def not_written(self) -> str:
        """Why nothing is written, or not yet, in two words for the head; empty where all is."""
        if self.gone:
            return "STORE GONE"
        if self.store.only_read:
            return "READ ONLY"
        return "STORE BUSY" if self.writes.waits or self.clock.waits else ""

    @property
    def sealed(self) -> str:
        """When the meeting that is held was sealed, in words; empty where it is open or none is held."""
        if self.meeting is None or self.meeting.sealed_at is None:
            return ""
        return sealed_words(self.meeting.sealed_at, self.now())

    def not_for_role(self, what: May) -> str:
        """Why whoever is at the keyboard may not do something, in a few words; empty where they may."""
        rights = self.store.rights
        return "" if rights is None or rights.may(what) else f"not for {with_article(rights.role.key)}"

    @property
    def chair_unnamed(self) -> bool:
        """Whether who chairs is known by the name of a login alone, so that it must be asked."""
        return bool(self.login) and self.chair == self.login and self.store.rights is None

    def as_user(self) -> None:
        """In a store with users the chair is whoever took it, and names stay hidden from whoever may not see them."""
        rights = self.store.rights
        SMALL_COUNTS.for_user(rights)
        if rights is None:
            return
        if self.meeting is not None:
            self.chair = self.meeting.chair
        if not rights.may(May.NAMES):
            self.projector = True

    def chair_is(self, name: str) -> None:
        """Someone chairs, by name; kept for the next meeting on this store, where it has no users."""
        if name and self.store.rights is None:
            self.chair = self.store.who = name
            self.remembered.put(CHAIR, name)

    def goes_by(self, meeting: MeetingView) -> None:
        """Go by the meeting as it is now: who sat here as its chair is who chairs it, the clock stands as it does.

        What was done here may be undone, and done by another room: a chair who was handed to and is not must answer for
        nothing, and a pause that is no more must stop no clock.
        """
        before, self.meeting = self.meeting, meeting
        if before is not None and self.chair == before.chair and self.chair != meeting.chair:
            self.chair = meeting.chair
            self.chair_is(meeting.chair)
        self.clock.as_stored()

    def about(self, subject: Subject) -> str:
        """What an action or decision is about as it may be shown; never what is stored."""
        return called(subject, hidden=self.projector)

    def seen(self, words: str, subjects: Iterable[Subject]) -> str:
        """Words that may name some subjects, as they may be shown; never what is stored."""
        return without(words, subjects) if self.projector else words

    # The projector

    def set_projector(self, on: bool) -> bool:
        """Switch the projector, for the next sitting, too; gives whether that could be kept.

        Raises Refused where whoever is at the keyboard may not see names.
        """
        if not on and self.store.rights is not None:
            self.store.rights.require(May.NAMES, "Switching the projector off")
        self.projector = on
        return self.remembered.put(NAME, on)

    def projector_as_left(self) -> None:
        """Switch the projector as it was left. Where that cannot be read it is on: a name on a wall is not unsaid."""
        kept = self.remembered.get(NAME)
        self.projector = self.remembered.unreadable or kept not in (None, False)


def named(name: str, ref: str) -> str:
    """What a person is called in records: the name, or the reference where no name is known."""
    return name or ref
