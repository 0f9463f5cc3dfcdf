"""Lists, wards, named suspects and open actions in the palette: found by their words.

A record is opened as Enter in its list opens it. They stand below the commands that are called what was typed, and
above those that have only its letters somewhere. What is looked through is read and searched in a thread, so that no
key waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import NamedTuple

from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.system_commands import SystemCommandsProvider

from core.errors import Problem
from core.geography import Ward
from core.text import plain
from db import actions, rankings
from db.actions import Subject
from db.since import since
from db.store.damage import put_down_to_damage
from db.store.viewings import Shown
from db.ward_map import current_wards
from tui.screens.base import RoomScreen
from tui.screens.room import MeetingRoom, lists_of, show_list
from tui.session import Session
from tui.views.actions import ACTION_COLUMNS, action_record
from tui.views.column import PLAIN, ListColumn
from tui.views.ranked_person import person_of
from tui.views.source import Lines, Record, lasting
from tui.wall import called

LEAST = 3
"""Letters from which on records are looked for: a command is found by fewer, and most records by any two."""
MOST = 8
"""Records of a kind that are shown: of more, another word finds the one that is meant."""
_A_LETTER = 3.0
"""What each letter that stands where it was typed adds to the score of a command; one more stands at its beginning."""
_MANY = 1000
"""More than are ever shown: who comes later stands lower, and above what has a letter less."""
_WARDS = (
    ListColumn[Ward]("ward", "ward", 14, show=lambda ward: ward.name, holds=PLAIN),
    ListColumn[Ward]("borough", "borough", 14, show=lambda ward: ward.borough, holds=PLAIN),
    ListColumn[Ward]("code", "code", 9, show=lambda ward: ward.code, holds=PLAIN),
)


class Found(NamedTuple):
    """A record that has the words: *beside* tells in a line what it is."""

    record: Record
    beside: str


class Commands(SystemCommandsProvider):
    """The commands that work on the screen; before a word is typed in the order of help, this screen's own first."""

    async def discover(self) -> Hits:
        """Every command, in the order of the program."""
        for title, says, run, _ in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(title, run, help=says)


class Records(Provider):
    """What the palette finds besides commands, on every screen of the room; in a form it finds none."""

    async def search(self, query: str) -> Hits:
        """The lists of the agenda, then the records, in which every word that was typed stands somewhere."""
        screen, letters = self.screen, len(query.replace(" ", ""))
        if letters < LEAST or not isinstance(screen, RoomScreen):
            return
        below = count(1)
        for words, go in _lists(screen, query):
            yield self._hit(words, letters - next(below) / _MANY, go)
        session = screen.session
        try:
            found = await asyncio.to_thread(_read, session, query)
        except Problem as problem:
            yield self._hit(f"Records are not looked through: {problem.sentence}", 0.0, partial(screen.say, problem))
            return
        if any(one.record.subject.kind != "ward" for one in found):
            session.viewed.show(Shown("list", "palette", how=f"room, filter {query}"))
        for one in found:
            name = called(one.record.subject, hidden=session.projector)
            go = partial(RoomScreen.open_record, screen, one.record)  # pages say why of their own
            yield self._hit(name, letters - next(below) / _MANY, go, one.beside)

    def _hit(self, name: str, letters: float, go: Callable[[], object], beside: str = "") -> Hit:
        """What is found, below every command in which so many letters stand as they were typed."""
        words = Text(f"{plain(name)}\n  {plain(beside)}" if beside else plain(name))
        return Hit(letters * _A_LETTER + 0.01, words, partial(self.app.call_later, go), plain(name))


def _lists(screen: RoomScreen, query: str) -> Iterator[tuple[str, Callable[[], object]]]:
    if isinstance(screen, MeetingRoom):
        for place, shown, words in lists_of(screen):
            if all(word in words.casefold() for word in query.casefold().split()):
                yield words, partial(show_list, screen, place, shown)


def _read(session: Session, query: str) -> list[Found]:
    with put_down_to_damage():
        return [*_wards(session, query), *_people(session, query), *_actions(session, query)]


def _wards(session: Session, query: str) -> Iterator[Found]:
    wards = current_wards(session.store)
    lines = Lines.of(_WARDS, wards, key=lambda ward: lasting(ward.code), record=_ward)
    for key in lines.order(None, False, query)[:MOST]:
        record = lines.record(key)
        yield Found(record, record.made_of)


def _ward(ward: Ward) -> Record:
    where = f"ward in {ward.borough}, {ward.code}" if ward.borough else f"ward {ward.code}"
    return Record(Subject("ward", ward.code, ward.name), made_of=where, wall=where)


def _people(session: Session, query: str) -> Iterator[Found]:
    """Named suspects of the ranking that is looked at, the first first; on a wall known by reference alone."""
    if session.run_id is None or session.masked:
        return
    store = session.store
    head = rankings.run(store, session.run_id)
    before = since(store, head, session.meeting).run  # as the list has it, whose index in memory is looked through
    places = rankings.order(store, head.id, needle=query, by_name=not session.projector, since=before, limit=MOST)
    for entry in rankings.entries_at(store, head.id, places, before).values():
        rank = "unranked" if entry.rank is None else f"#{entry.rank}"
        yield Found(Record(person_of(entry)), ", ".join(filter(None, ("named suspect", rank, entry.borough))))


def _actions(session: Session, query: str) -> Iterator[Found]:
    listed = actions.open_actions(session.store, session.now())
    lines = Lines.of(ACTION_COLUMNS, listed, key=lambda action: action.id, record=action_record)
    for key in lines.order(None, False, query, hidden=session.projector)[:MOST]:
        record = lines.record(key)
        yield Found(record, f"action {key}: {record.told(hidden=session.projector)}")
