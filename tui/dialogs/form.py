"""One form for everything that is typed: labelled fields, checked on the way out, never lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from textwrap import shorten
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Paste
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label, Static

from core.applying import WHY, WHY_NEEDED
from core.errors import Problem
from core.text import plain
from tui.commands import command
from tui.safe import safe
from tui.wall import Holds, only_numbers
from tui.writing import Writes

Values = dict[str, str]
_TWO_LINES = 130
"""As many letters as two lines of a form hold, whatever words they break between."""
_KEYS = "enter next, then save   → take the offer   ctrl+s save   esc leave"
_KEYS_HIDDEN = "enter next, then save   → offer   ctrl+s save   esc leave   f2 show"


@dataclass(frozen=True)
class Field:
    """One thing to type. ``choices`` are offered while typing, → takes one; ``only`` allows nothing else.

    holds: what may stand in it; where that is not said, numbers, days and choices are plain and all else is words.
    check: looks at it among all values and raises Problem where it will not do; the field is gone to.
    """

    key: str
    label: str
    value: str = ""
    choices: Sequence[str] = field(default_factory=tuple)
    needed: bool = True
    only: bool = False
    hint: str = ""
    holds: Holds | None = None
    check: Callable[[Values], object] | None = None

    def plain(self, value: str) -> bool:
        """Whether a value may stand on a wall."""
        return self.holds is Holds.PLAIN or only_numbers(value) or value in self.choices


def why_field(key: str = "reason", hint: str = "", *, needed: bool = True) -> Field:
    """What asks for a reason, the last field of its form. *needed* False where it depends on what else is typed."""
    return Field(key, WHY, hint=hint, needed=needed)


def fault_of(asked: Field, value: str) -> str:
    """What is wrong with what was typed into a field, as a sentence; empty where nothing is."""
    if asked.needed and not value:
        return WHY_NEEDED if asked.label == WHY else f"{asked.label} is needed."
    if asked.only and value and value.casefold() not in {choice.casefold() for choice in asked.choices}:
        return _not_offered(asked, value)
    return ""


def _not_offered(asked: Field, value: str) -> str:
    """What is offered, or the nearest of it where that is many: the whole of a long list would hide the form."""
    every = f"{asked.label} must be one of: {', '.join(asked.choices)}."
    if len(every) <= _TWO_LINES:
        return every
    near = get_close_matches(value.casefold(), asked.choices, cutoff=0.0, n=2)
    of = f"none of the {len(asked.choices)} offered"
    return f"{asked.label}: '{value}' is {of}. Nearest: {' or '.join(near)}; → takes an offer."


def in_two_lines(sentence: str) -> str:
    """A sentence that two lines of a form hold; the rest of a longer one goes, and it ends with an ellipsis."""
    return shorten(sentence, _TWO_LINES, placeholder="…") if len(sentence) > _TWO_LINES else sentence


class Line(Input):
    """A line to type on. Lines that are pasted become one, with a space between them."""

    def _on_paste(self, event: Paste) -> None:
        """Join the lines; the class above, whose handler is called as well, takes the first line alone."""
        event.text = " ".join(part for part in (line.strip() for line in event.text.splitlines()) if part)


class Form(ModalScreen[Values | None]):
    """Asks for a few values. Gives them, or None when left; what was typed is kept for the next time."""

    DEFAULT_CSS = """
    Form { align: center middle; background: $background 60%; }
    Form > #box { width: 72; max-width: 96%; height: auto; max-height: 96%; border: round $primary;
        background: $surface; padding: 0 1; }
    Form VerticalScroll { height: auto; max-height: 16; }
    Form Label { color: $foreground; text-style: bold; }
    Form Input { background: $boost; padding: 0 1; margin-bottom: 1; }
    Form Input:focus { background: $primary 30%; }
    Form #fault { color: $text-error; height: auto; min-height: 1; max-height: 2; text-style: bold; }
    Form #keys { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("ctrl+s", "save", "save", "Save what was typed", "form.save"),
        command("f2", "ask", "free text", "Projector: show what stands in the fields", "form.free_text"),
        command("escape", "leave", "leave", "Leave; what was typed is kept until you come back", "form.leave"),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        save: Callable[[Values], None],
        drafts: dict[str, Values],
        writes: Writes,
        *,
        draft_key: str | None = None,
        hidden: bool = False,
        seen: Callable[[str], str] = str,
    ) -> None:
        """*save* is called with the values and may raise Problem, which is shown; *drafts* keeps what was typed.

        writes: what calls *save*, again where another program is writing; the form stays open until it is done.
        hidden: on a wall, words that stand in a field already are dots. seen: gives words as they may be shown.
        """
        super().__init__()
        self._title = title
        self._fields = fields
        self._save = save
        self._drafts = drafts
        self._writes = writes
        self._key = draft_key or title
        self._hidden = hidden
        self._seen = seen

    def compose(self) -> ComposeResult:
        """A label and a line for each field."""
        draft: Mapping[str, str] = self._drafts.get(self._key, {})
        self._hidden = self._hidden and not all(one.plain(draft.get(one.key, one.value)) for one in self._fields)
        with Vertical(id="box") as box:
            box.border_title = safe(self._seen(self._title))
            with VerticalScroll(can_focus=False):
                for one in self._fields:
                    hint = f"  ({one.hint})" if one.hint else ""
                    yield Label(safe(self._seen(f"{one.label}{hint}")))
                    suggest = SuggestFromList(one.choices, case_sensitive=False) if one.choices else None
                    value = plain(draft.get(one.key, one.value))
                    dots = self._hidden and not one.plain(value)
                    yield Line(value, id=f"field-{one.key}", suggester=suggest, compact=True, password=dots)
            yield Static("", id="fault", markup=False)
            yield Static(_KEYS_HIDDEN if self._hidden else _KEYS, id="keys")

    def on_mount(self) -> None:
        """Begin at the first field that must be filled and is not, else at the first."""
        inputs = list(self.query(Input))
        empty = [line for line, one in zip(inputs, self._fields, strict=True) if one.needed and not line.value]
        first = (empty or inputs)[0]
        first.focus()
        if first is inputs[0]:  # a field is scrolled to without its label, which stands above it
            self.call_after_refresh(self.query_one(VerticalScroll).scroll_home, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What stands in the fields is asked for while the projector hides it."""
        return None if action == "ask" and not self._hidden else True

    def action_ask(self) -> None:
        """Show what stands in the fields, in this form alone."""
        for line in self.query(Input):
            line.password = False

    def _values(self) -> Values:
        return {one.key: self.query_one(f"#field-{one.key}", Input).value.strip() for one in self._fields}

    def _typed(self, values: Values) -> Values:
        """What is not as the form began: the other fields begin anew, as another window may have changed them."""
        return {one.key: values[one.key] for one in self._fields if values[one.key] != plain(one.value)}

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        inputs = list(self.query(Input))
        place = inputs.index(event.input)
        if place + 1 < len(inputs):
            inputs[place + 1].focus()
        else:
            self.action_save()

    def action_save(self) -> None:
        """Check, save and leave; a fault is said and nothing is lost."""
        values = self._values()

        def saved(_: None) -> None:
            self._drafts.pop(self._key, None)
            self.dismiss(values)

        def not_saved(problem: Problem) -> None:
            self._drafts[self._key] = self._typed(values)
            self._say(problem.sentence)

        try:
            self._check(values)
        except Problem as problem:
            not_saved(problem)
            return
        self._writes.make(self.app, partial(self._save, values), saved, not_saved, self._say, sheet=True)

    def _say(self, words: str) -> None:
        self.query_one("#fault", Static).update(safe(in_two_lines(self._seen(words))))

    def _check(self, values: Values) -> None:
        for one in self._fields:
            try:
                if wrong := fault_of(one, values[one.key]):
                    raise Problem(wrong)
                if one.check is not None:
                    one.check(values)
            except Problem:
                self.query_one(f"#field-{one.key}", Input).focus()
                raise

    def action_leave(self) -> None:
        """Leave; keep what was typed if it is not what the form began with."""
        values = self._values()
        if typed := self._typed(values):
            self._drafts[self._key] = typed
            self.notify("What you typed is kept: open the form again to go on.", markup=False)
        self.dismiss(None)
