"""One form for everything that is typed: a sheet over the list, checked on the way out, never lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Paste, Resize
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label

from core.errors import Problem
from core.text import plain
from tui.commands import command
from tui.dialogs.field import Field, Values, fault_of, field_of, lines_of, why_field
from tui.dialogs.sheet import Beside, FieldLines, offers_beside
from tui.quick_screen import QuickScreen
from tui.safe import safe
from tui.widgets.entry import Entry
from tui.widgets.figures import cut
from tui.widgets.header import RoomHeader
from tui.widgets.static import Static
from tui.writing import Writes

__all__ = ["Field", "Form", "Values", "why_field"]

_KEYS = "enter next, then save  ctrl+s save  esc leave, kept  * needed"
_OFFER, _SHOW = "  ↓ → offers", "  f2 show"


class Line(Entry):
    """A line to type on. Lines that are pasted become one, with a space between them.

    A hint that is longer ends in an ellipsis, not within a number; below the fields it stands whole.
    """

    _hint = ""

    def on_resize(self) -> None:
        """Show as much of the hint as there is room for."""
        self._hint = self._hint or self.placeholder
        self.placeholder = cut(self._hint, self.content_size.width)

    def _on_paste(self, event: Paste) -> None:
        """Join the lines; the class above, whose handler is called as well, takes the first line alone."""
        event.text = " ".join(part for part in (line.strip() for line in event.text.splitlines()) if part)


class Offers(Static):
    """What stands below the fields: a hint, what a value means, and the choices that what was typed may be."""

    DEFAULT_CSS = """
    Offers { height: auto; min-height: 1; max-height: 3; color: $foreground; }
    """

    def __init__(self, *, listed: bool, lines: int, known: bool) -> None:
        """*listed*: whether any field of the form has choices. lines: of its fields. known: whether more is told."""
        super().__init__("", id="offers", markup=False)
        self._listed = listed
        self._lines = lines
        self._known = known
        self.names: list[str] = []
        self.at: int | None = None
        """Which of the names the keys are on; None while they are in the field."""
        self._fits = Size()

    def fit(self) -> bool:
        """Take the height of a form that offers anything, so that nothing moves while one types; else of the hint.

        Gives whether the screen is of another size than when it was asked last.
        """
        before, self._fits = self._fits, self.app.size
        if self._listed:
            self.styles.height = self.styles.max_height = 1 + self.most
        return before != self._fits

    @property
    def most(self) -> int:
        """How many offers there is room for."""
        return offers_beside(self._lines, self.app.size.height, known=self._known)

    def show(self, asked: Field, typed: str, hint: str) -> None:
        """Write what may stand in a field, now that so much is typed. hint: as it may be shown."""
        names = asked.offers(typed)
        self.names, self.at = names[: self.most], None
        self._more = len(names) - len(self.names)
        self._says = asked.says
        means = asked.means(typed) if asked.means is not None and typed else ""
        self._hint = "  ".join(part for part in (hint, f"= {means}" if means else "") if part)
        self._write()

    def step(self, by: int) -> bool:
        """Go to the offer below or above; False where there is none, so that the keys leave the field."""
        place = (-1 if self.at is None else self.at) + by
        if (self.at is None and by < 0) or place >= len(self.names):
            return False
        self.at = place if place >= 0 else None
        self._write()
        return True

    def _write(self) -> None:
        text = safe(self._hint, "italic")
        for place, name in enumerate(self.names):
            here = place == self.at
            text.append("\n").append("▸ " if here else "  ")
            text.append_text(safe(name, "bold reverse" if here else "bold"))
            if name in self._says:
                text.append_text(safe(f"  {self._says[name]}"))
        if self._more and self.names:
            text.append(f"  and {self._more} more")
        self.update(text)


class Form(QuickScreen, ModalScreen[Values | None]):
    """Asks for a few values. Gives them, or None when left; what was typed is kept for the next time."""

    DEFAULT_CSS = """
    Form { align: center bottom; background: $background 35%; overflow: hidden; }
    Form > #box { width: 100%; height: auto; border: round $primary; background: $surface;
        padding: 0 1; }
    Form VerticalScroll { height: auto; max-height: 12; scrollbar-size-vertical: 1; }
    Form .row { height: 1; }
    Form Label { color: $foreground; text-style: bold; width: 24; }
    Form Input { background: $boost; padding: 0 1; width: 1fr; }
    Form .half { margin: 0 1 0 0; }
    Form Input:focus { background: $primary 30%; }
    Form #beside { color: $text-secondary; height: auto; }
    Form #fault { color: $text-error; height: auto; min-height: 1; text-style: bold; }
    Form #keys { color: $foreground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("ctrl+s", "save", "save", "Save what was typed", "form.save"),
        command("down", "offer(1)", "offer below", "To the offer below, else to the next field", "form.down"),
        command("up", "offer(-1)", "offer above", "To the offer above, else to the field before", "form.up"),
        command("f2", "ask", "free text", "Projector: show what stands in the fields", "form.free_text"),
        command("escape", "leave", "leave", "Leave; what was typed is kept until you come back", "form.leave"),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        save: Callable[[Values], None],
        drafts: MutableMapping[str, Values],
        writes: Writes,
        *,
        draft_key: str | None = None,
        hidden: bool = False,
        seen: Callable[[str], str] = str,
        beside: Callable[[Values], str] | None = None,
    ) -> None:
        """*save* is called with the values and may raise Problem, which is shown; *drafts* keeps what was typed.

        writes: what calls *save*, again where another program is writing; the form stays open until it is done.
        hidden: on a wall, words that stand in a field already are dots. seen: gives words as they may be shown.
        beside: gives what is to be known while one types, anew for whatever stands in the fields; it writes nothing.
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
        self._beside = beside
        self._wrong: tuple[str, str] | None = None
        """The line that the fault below is about, by its id, and what stood in it; None where it is about none."""

    def compose(self) -> ComposeResult:
        """The head of the room, then the sheet: a line a field, what is offered, what is wrong, the keys."""
        draft: Mapping[str, str] = self._drafts.get(self._key, {})
        self._hidden = self._hidden and not all(one.plain(draft.get(one.key, one.value)) for one in self._fields)
        lines = lines_of(_to_be_typed_first(self._fields))
        yield RoomHeader()
        with Vertical(id="box") as box:
            box.border_title = safe(self._seen(self._title))
            with FieldLines(can_focus=False):
                for line in lines:
                    with Horizontal(classes="row"):
                        for nth, one in enumerate(line):
                            yield from self._field(one, plain(draft.get(one.key, one.value)), first=nth == 0)
            offers = any(one.choices for one in self._fields)
            if self._beside is not None:
                yield Beside("", id="beside", markup=False)
            yield Offers(listed=offers, lines=len(lines), known=self._beside is not None)
            yield Static("", id="fault", markup=False)
            yield Static(f"{_KEYS}{_OFFER if offers else ''}{_SHOW if self._hidden else ''}", id="keys", markup=False)

    def _field(self, one: Field, value: str, *, first: bool) -> ComposeResult:
        """The label of a field, and what is typed on. *first*: on its line, so that all lines begin alike."""
        label = Label(safe(self._seen(f"{one.label}{' *' if one.needed else ''}")))
        label.styles.width = 4 + (max(len(field.label) for field in self._fields) if first else len(one.label))
        label.styles.max_width = "65%"
        yield label
        suggest = SuggestFromList(one.choices, case_sensitive=False) if one.choices else None
        dots = self._hidden and not one.plain(value)
        hint = safe(self._seen(one.hint)).plain
        yield Line(
            value,
            hint,
            id=f"field-{one.key}",
            suggester=suggest,
            compact=True,
            password=dots,
            select_on_focus=False,
            classes="half" if one.half else None,
        )

    def on_mount(self) -> None:
        """Begin at the first field; the head goes on as in the room beneath."""
        self._copy_head()
        self.query(Input).first().focus()
        self.set_interval(1.0, self._copy_head)

    @on(Resize)
    def _copy_head(self) -> None:
        """Show the head of the room beneath, leave it its lines, and take the room that a screen of this size has."""
        beneath = (header for screen in reversed(self.app.screen_stack[:-1]) for header in screen.query(RoomHeader))
        found = next(beneath, None)
        if found is not None:
            self.query_one(RoomHeader).head = found.head
        self.query_one(FieldLines).leave(0 if found is None else found.outer_size.height)
        if self.query_one(Offers).fit():
            self.on_descendant_focus()
            self.call_after_refresh(self._copy_head)  # by then the head beneath has the height of this screen, too

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What stands in the fields is asked for while the projector hides it."""
        return None if action == "ask" and not self._hidden else True

    def action_ask(self) -> None:
        """Show what stands in the fields, in this form alone."""
        for line in self.query(Input):
            line.password = False

    # What is offered

    @on(Input.Changed)
    def _typed_on(self, event: Input.Changed) -> None:
        """Offer what may be meant, and keep what was typed, should the program end."""
        if event.input.has_focus:
            self._offer(event.input)
            if self._wrong and self._wrong[0] == event.input.id and self._wrong[1] != event.input.value:
                self._say("")
        self._keep()
        for known in self.query(Beside):
            known.update(safe(self._seen(_known(self._beside, self._values()))))
            self._give_way()

    def on_descendant_focus(self) -> None:
        """Offer what the field may hold."""
        if isinstance(self.focused, Input):
            self._offer(self.focused)

    def _offer(self, line: Input) -> None:
        asked = _of(line, self._fields)
        hint = f"{asked.label}: {asked.hint}" if asked.hint else ""
        self.query_one(Offers).show(asked, line.value, self._seen(hint))

    def action_offer(self, by: int) -> None:
        """Go to the next offer, or to the next field where there is none."""
        if self.query_one(Offers).step(by):
            return
        if by > 0:
            self.focus_next(Input)
        else:
            self.focus_previous(Input)

    def _take_offer(self, line: Input) -> None:
        """Put the offer that the keys are on into its field, or the only one that a closed list leaves."""
        offers, asked = self.query_one(Offers), _of(line, self._fields)
        names = asked.offers(line.value) if asked.only and line.value.strip() else []
        if offers.at is not None:
            line.value = offers.names[offers.at]
        elif len(names) == 1:
            line.value = names[0]

    # What is typed

    def _values(self) -> Values:
        return {one.key: self.query_one(f"#field-{one.key}", Input).value.strip() for one in self._fields}

    def _keep(self) -> Values:
        """Keep what was typed if it is not what the form began with; gives it."""
        typed = _typed(self._fields, self._values())
        if typed:
            self._drafts[self._key] = typed
        else:
            self._drafts.pop(self._key, None)
        return typed

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        self._take_offer(event.input)
        inputs = list(self.query(Input))
        place = inputs.index(event.input)
        if place + 1 < len(inputs):
            inputs[place + 1].focus()
        else:
            self.action_save()

    def action_save(self) -> None:
        """Check, save and leave; a fault is said, its field is gone to, and nothing is lost."""
        if isinstance(self.focused, Input):
            self._take_offer(self.focused)
        values = self._values()

        def saved(_: None) -> None:
            self._drafts.pop(self._key, None)
            self.dismiss(values)

        def not_saved(problem: Problem) -> None:
            wrong(problem, field_of(problem, self._fields, values))

        def wrong(problem: Problem, field: Field | None) -> None:
            self._drafts[self._key] = _typed(self._fields, values)
            if field is not None:
                self.query_one(f"#field-{field.key}", Input).focus()
            self._say(problem.sentence, field)

        if (faulty := self._faulty(values)) is not None:
            wrong(faulty[1], faulty[0])
            return
        self._writes.make(self.app, partial(self._save, values), saved, not_saved, self._say, sheet=True)

    def _say(self, words: str, wrong: Field | None = None) -> None:
        """Say what is wrong, or what is waited for. wrong: the field it is about; typing in it takes the words away."""
        text = safe(self._seen(words))
        text.no_wrap, text.overflow = False, "fold"
        line = None if wrong is None else self.query_one(f"#field-{wrong.key}", Input)
        self._wrong = None if line is None else (line.id or "", line.value)
        self.query_one("#fault", Static).update(text)
        self._give_way()

    def _give_way(self) -> None:
        """Lay the fields out anew: they leave room for what stands below them, of which Textual does not tell them."""
        self.query_one(FieldLines).refresh(layout=True)

    def _faulty(self, values: Values) -> tuple[Field, Problem] | None:
        """The first field that does not hold what it must, and why."""
        for one in _to_be_typed_first(self._fields):
            try:
                if wrong := fault_of(one, values[one.key]):
                    raise Problem(wrong)
                if one.check is not None:
                    one.check(values)
            except Problem as problem:
                return one, problem
        return None

    def action_leave(self) -> None:
        """Leave; keep what was typed if it is not what the form began with."""
        if self._keep():
            self.notify("What you typed is kept: open the form again to go on.", markup=False)
        self.dismiss(None)


def _to_be_typed_first(fields: Sequence[Field]) -> list[Field]:
    """The fields as they stand in the sheet: what must be typed first, then what is filled in or may stay empty."""
    return sorted(fields, key=lambda one: bool(one.value) or not one.needed)


def _known(beside: Callable[[Values], str] | None, values: Values) -> str:
    """What is to be known of what stands in the fields; nothing while it cannot be read."""
    try:
        return "" if beside is None else beside(values)
    except Problem:
        return ""


def _of(line: Input, fields: Sequence[Field]) -> Field:
    """Which field a line is of."""
    return next(one for one in fields if f"field-{one.key}" == line.id)


def _typed(fields: Sequence[Field], values: Values) -> Values:
    """What is not as the form began: the other fields begin anew, as another window may have changed them."""
    return {one.key: values[one.key] for one in fields if values[one.key] != plain(one.value)}
