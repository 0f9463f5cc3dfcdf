"""The row under the cursor in words, the brightest of the screen: it is read aloud.

Below the list two lines; from 120 columns on a panel beside it, with what is open on the record and its weeks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from rich.text import Text

from core.days import london
from core.errors import Problem
from core.text import counted, plain
from db import actions, rankings
from db.actions import ActionView, Subject
from db.store.damage import put_down_to_damage
from tui.reading import Reading
from tui.safe import safe
from tui.session import Session
from tui.views.list_head import cut, in_lines
from tui.views.source import Record
from tui.wall import HIDDEN
from tui.widgets.own_text import OwnText
from tui.widgets.weeks import bars, place_of

BESIDE_FROM = 120
"""Columns from which on the detail stands beside the list."""
_PAUSE = 0.15
"""Seconds that the cursor must rest before more is read than the row holds."""
_WEEKS = 52
_MOST = 6
"""Open actions that are listed; more are counted."""


class More(NamedTuple):
    """What is known of a record beside its row. weeks: harm in days per week, none where it has no weeks."""

    open: Sequence[ActionView] = ()
    weeks: Sequence[float] = ()


def about_of(record: Record) -> Subject:
    """Whom or what a row is about: the person, ward or unit of an action; else its own subject."""
    return record.opens or record.subject


def read_more(session: Session, subject: Subject) -> More:
    """The open actions on a record, and the weeks of a person. Raises Problem where the store cannot be read.

    Of a role at the roll-call those that it owns count, too.
    """
    if subject.kind == "role":
        return More(_on_a_role(session, subject))
    every = actions.about(session.store, subject, session.now())
    weeks = _weeks(session, subject.ref) if subject.kind == "person" else ()
    return More([one for one in every if one.status == "open"], weeks)


def _on_a_role(session: Session, subject: Subject) -> Sequence[ActionView]:
    """The open actions that a role owns in the scope that is looked at, or that are about it."""
    every = actions.open_actions(session.store, session.now(), scope=session.looks_at)
    return [one for one in every if subject in (one.subject, Subject("role", one.owner, one.owner))]


def _weeks(session: Session, ref: str) -> Sequence[float]:
    """A person's harm by the week it was reported, in the run that is looked at; none without a run."""
    from db.people import explain_in

    if session.run_id is None:
        return ()
    explanation = explain_in(session.store, ref, rankings.run(session.store, session.run_id))
    harm = [0.0] * _WEEKS
    for line in explanation.counted:
        week = place_of(line.row.reported_on, explanation.window.as_of, _WEEKS)
        if week is not None:
            harm[week] += line.days or 0.0
    return harm


class Detail(OwnText):
    """Says what the row under the cursor is; beside the list also what is open on it, and its weeks."""

    DEFAULT_CSS = """
    Detail { height: 2; background: $panel; color: auto 100%; text-style: bold; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__(classes="made-of")
        self._session = session
        self._parts: Sequence[Text] = ()
        self._record: Record | None = None
        self._more: More | None = None
        self._awaited: Subject | None = None
        self._rest: asyncio.TimerHandle | None = None
        """What waits for the cursor to rest."""
        self._reading = Reading[More](self, self._take, beside=True)

    @property
    def beside(self) -> bool:
        """Whether it stands beside the list."""
        return self.app.size.width >= BESIDE_FROM

    def say(self, parts: Sequence[Text], record: Record | None) -> None:
        """Write it anew, for another row or for the same one read again; beside the list each part by itself."""
        self._parts = parts
        if record is None or self._record is None or about_of(record) != about_of(self._record):
            self._more = None
        self._record = record
        self.write()
        if self.beside and record is not None and self.display:
            self._await(about_of(record))
        else:
            self._awaited = None

    def on_resize(self) -> None:
        """Read more of the record that the cursor went to while there was no room beside the list, or no detail."""
        if self.beside and self._record is not None and self._awaited is None:
            self._await(about_of(self._record))

    def _await(self, subject: Subject) -> None:
        """Read more of a record in a while, of the first at once; who is waited for already is not waited for anew."""
        if self._rest is not None and subject == self._awaited:
            return
        rest = 0.0 if self._awaited is None else _PAUSE
        self._await_nobody()
        if subject != self._awaited:
            self._reading.drop()  # what is read of the row before is not to stand beside this one
        self._awaited = subject
        if rest:  # a timer and no worker: a worker tells the detail of each of its states, with every key
            self._rest = asyncio.get_running_loop().call_later(rest, self.call_next, self._look_closer, subject)
        else:
            self._look_closer(subject)

    def _await_nobody(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def look_at_once(self) -> None:
        """Read more of the row under the cursor here and now.

        A sort is one key, and puts the cursor where it stays; a filter puts it where the chair wants it. What is known
        of that row is painted with it.
        """
        self._await_nobody()
        self._reading.drop()
        if self._record is not None and self.beside and self.display:
            with suppress(Problem), put_down_to_damage():  # what cannot be read is left out, as when it is read beside
                self._take(read_more(self._session, about_of(self._record)))

    def _look_closer(self, subject: Subject) -> None:
        """Read more now that the cursor rests: a key that is held down reads nothing, nor one pressed just now."""
        if subject != self._awaited:
            return
        self._rest = None
        self._reading.start(partial(read_more, self._session, subject))

    def _take(self, more: More) -> None:
        self._more = more
        self.write()

    @property
    def told(self) -> Text:
        """What is said, in one piece."""
        return Text(" ").join(self._parts)

    def lines(self, width: int, height: int) -> Sequence[Text]:
        """As many lines as there is room for."""
        parts = self._parts if self.beside else [self.told]
        words = [line for part in parts for line in (in_lines(part, self.app.console, width) if width else [part])]
        if not self.beside or self._record is None:
            return cut(words, width, height)
        lines = [*self._title(self._record, width), *words, *self._known(width)]
        return cut(lines, width, height)

    def _title(self, record: Record, width: int) -> list[Text]:
        title = safe(self._session.about(about_of(record)))
        title.stylize("reverse")
        return [*in_lines(title, self.app.console, width), Text()]

    def _known(self, width: int) -> list[Text]:
        """What is open on the record, and its weeks."""
        if self._more is None:
            return []
        lines = [Text(), *_open_lines(self._more.open, hidden=self._session.projector)]
        if any(self._more.weeks):
            lines += [Text(), *_spark(self._more.weeks[-width:])]
        return [whole for line in lines for whole in (in_lines(line, self.app.console, width) if line else [line])]


def _open_lines(open_: Sequence[ActionView], *, hidden: bool) -> list[Text]:
    if not open_:
        return [Text("No action open", style="not bold")]
    lines = [Text(f"{counted(len(open_), 'action')} open")]
    for one in open_[:_MOST]:
        words = HIDDEN if hidden else one.action
        lines.append(safe(f"{one.id}  {london(one.due_at):%d/%m %H:%M}  {plain(words)}", "not bold"))
    if len(open_) > _MOST:
        lines.append(Text(f"and {len(open_) - _MOST} more", style="not bold"))
    return lines


def _spark(weeks: Sequence[float]) -> list[Text]:
    lines = [*bars(weeks), f"harm by week reported, {counted(len(weeks), 'week')}"]
    return [Text(line, style="not bold") for line in lines]
