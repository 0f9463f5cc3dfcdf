"""What a verb works with: the rows, the sitting, a way to ask, a way to say what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import Any, Protocol

from textual.screen import Screen

from core.applying import DoesNotApply, Unfit, all_or_none
from core.days import LONDON, day_of, london, next_working_day, uk
from core.due_times import parse_due, read_day
from core.errors import Problem
from core.text import named
from db.store import Store
from db.store.overtaken import Overtaken, in_words
from db.ward_map import name_of
from tui.dialogs.field import SHORT
from tui.dialogs.form import Field, Form, Values
from tui.opening import Open
from tui.session import Session
from tui.verb import Verb
from tui.views.source import Record
from tui.wall import HIDDEN, Holds, only_numbers, without

PLAIN = Holds.PLAIN
RECIPIENT = "recipient"
_DIGITS = 5


def _at_once(change: Callable[[], str], then: Callable[[str], object]) -> None:
    then(change())


class Done(Protocol):
    """Says what was done; *final* where it cannot be undone."""

    def __call__(self, words: str, *, final: bool = False) -> None:
        """Say it, go on to the next row, read the store again."""


@dataclass(frozen=True)
class VerbContext:
    """What a verb is given: the records it is carried out on, and what it may ask the screen for.

    item: the key of the agenda item it was pressed at, empty where there is none. push: shows a dialog, and calls back
    with its answer. show: shows a page. tell: says something in passing. write: makes a change as soon as it
    can be made, and hands its words to the second function.
    """

    session: Session
    records: Sequence[Record]
    item: str
    push: Callable[[Screen[Any], Callable[[Any], None] | None], object]
    show: Callable[[Open], object]
    tell: Callable[[str], None]
    done: Done
    write: Callable[[Callable[[], str], Callable[[str], object]], object] = _at_once

    @property
    def record(self) -> Record:
        """The record of a verb that takes one at a time. Raises Problem where several are marked."""
        if len(self.records) > 1:
            raise Problem("This is done one row at a time. Esc takes the marks away; then press it again.")
        return self.records[0]

    @property
    def about(self) -> str:
        """The records in a few words, as they are stored; for titles and what is said, which show them as they may."""
        return named([record.subject.label for record in self.records])

    def numbers(self, kind: str) -> list[int]:
        """The numbers of the records, all of one kind (``action``, ``site``). Raises DoesNotApply for another kind."""
        self.only(kind)
        return [int(record.subject.ref) for record in self.records]

    def only(self, kind: str) -> None:
        """Raise DoesNotApply where a record is of another kind."""
        all_or_none(
            [
                None if subject.kind == kind else Unfit(subject.ref, subject.label, f"is no {kind}")
                for subject in (record.subject for record in self.records)
            ]
        )

    @contextmanager
    def naming(self) -> Iterator[None]:
        """Call people as they are shown where a command does not apply to them: an error holds their reference."""
        try:
            yield
        except DoesNotApply as problem:
            people = (record.subject for record in self.records if record.subject.kind == "person")
            raise problem.named({person.ref: person.label for person in people}) from problem
        except Overtaken as problem:
            raise problem.shown(self._made_by_others) from problem

    def _made_by_others(self, column: str, value: object) -> str:
        """What someone else made of a field meanwhile: a ward by its name; on a wall nothing that was written."""
        if column == "ward_code" and value:
            return name_of(self.session.store, str(value))
        words = in_words(column, value)
        return HIDDEN if self.session.projector and not only_numbers(words) else words

    def make(self, change: Callable[[], str], *, final: bool = False) -> None:
        """Make a change that asks for nothing; it gives words of what was done. *final* where undo does not help."""

        def named_change() -> str:
            with self.naming():
                return change()

        self.write(named_change, lambda words: self.done(words, final=final))

    def ask(
        self,
        title: str,
        fields: Sequence[Field],
        save: Callable[[Values], str],
        *,
        final: bool = False,
        beside: Callable[[Values], str] | None = None,
    ) -> None:
        """Show a form; *save* writes and gives the words of what was done; *final* where undo does not take it back.

        beside: what is to be known while one types, see :class:`Form`.
        """
        saved: list[str] = []
        key = self._draft_key(title)
        seen = self._seen_until(key)

        def named_save(values: Values) -> None:
            try:
                with self.naming(), self.session.store.as_seen(seen):
                    saved.append(save(values))
            except Overtaken:  # who is told of it has seen it: the draft goes on from there
                self.session.drafts_from[key] = self.session.store.last_entry()
                raise

        form = self.form(title, fields, named_save, beside)

        def say(values: Values | None) -> None:
            if values is not None:
                self.done(self._untyped(saved[-1], fields, values), final=final)

        self.push(form, say)

    def form(
        self,
        title: str,
        fields: Sequence[Field],
        save: Callable[[Values], None],
        beside: Callable[[Values], str] | None = None,
    ) -> Form:
        """A form about the records, which shows of title, fields and faults what may be shown."""
        session, key = self.session, self._draft_key(title)
        return Form(
            title, fields, save, session.drafts, session.writes, draft_key=key, hidden=session.projector,
            seen=self.seen, beside=beside,
        )  # fmt: skip

    def _draft_key(self, title: str) -> str:
        """Under what a draft is found again, also where another window has changed the words of a record."""
        for subject in (subject for record in self.records for subject in record.subjects if subject.label):
            title = title.replace(subject.label, f"{subject.kind} {subject.ref}")
        return title

    def _seen_until(self, key: str) -> int:
        """The last entry of the journal that who types has seen: of a draft, when it began or was last refused."""
        session = self.session
        if key not in session.drafts:
            session.drafts_from[key] = session.store.last_entry()
        return session.drafts_from[key]

    def seen(self, words: str) -> str:
        """Words about the records as they may be shown."""
        return self.session.seen(words, [subject for record in self.records for subject in record.subjects])

    def _untyped(self, words: str, fields: Sequence[Field], values: Values) -> str:
        """What was done, on a wall without the words that were typed and with every subject called as there."""
        if not self.session.projector:
            return words
        typed = [values[field.key] for field in fields if not field.plain(values[field.key])]
        return without(words, [subject for record in self.records for subject in record.subjects], typed)


def function_of(verb: Verb) -> Callable[[VerbContext], None]:
    """What carries out a verb; its module is loaded when the first of its verbs is pressed."""
    module, _, name = verb.does.rpartition(".")
    carry_out: Callable[[VerbContext], None] = getattr(import_module(f"tui.verbs.{module}"), name)
    return carry_out


def coming(now: datetime) -> str:
    """The next working day, as an example that can be typed as it stands."""
    return uk(day_of(next_working_day(now.astimezone(LONDON).date())))


def day_hint(session: Session) -> str:
    """How a day may be typed, by a day of four weeks' time."""
    return f"{uk(day_of(session.as_of) + 28)} or +28d"


def recipient_fields(store: Store) -> list[Field]:
    """What asks, in a store with users, to whom a file goes that is about to be written."""
    hint = "who gets the files; yourself where they stay with you"
    return [] if store.rights is None else [Field(RECIPIENT, "To whom", hint=hint, longest=SHORT)]


def due_means(session: Session) -> Callable[[str], str]:
    """Gives the moment that a typed due time means, in words; nothing where it means none."""

    def means(text: str) -> str:
        try:
            return f"{london(parse_due(text, session.now())):%a %d/%m/%Y %H:%M}"
        except Problem:
            return ""

    return means


def day_means(session: Session) -> Callable[[str], str]:
    """Gives the day that a typed date means, in words; nothing where it means none."""

    def means(text: str) -> str:
        try:
            return f"{date.fromordinal(typed_day(text, session)):%a %d/%m/%Y}"
        except Problem:
            return ""

    return means


def typed_day(text: str, session: Session) -> int:
    """The day number of a date, or of a day named from now. Raises Problem where it is neither."""
    return read_day(text, session.now())


def typed_number(text: str, what: str) -> int:
    """A whole number of 0 to 99,999 as it was typed. Raises Problem, which says what it is of."""
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise Problem(f"{what}: '{text}' is no whole number of 0 to 99,999. Write 12.")
    return int(text)
