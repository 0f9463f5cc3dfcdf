"""Help, made of the commands that work on the screen it was opened from; asked again, the words that need one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from tui.commands import Live, command
from tui.dialogs.glossary import glossary
from tui.means import Meaning
from tui.quick_screen import QuickScreen
from tui.widgets.list_keys import LIST_BINDINGS
from tui.widgets.static import Static

_GO_TO = re.compile(r"go\((\d+)\)")
_HERE, _LIST, _AGENDA, _EVERYWHERE = "On this screen", "In every list", "The agenda", "Everywhere"
_OF = {"list": _LIST, "meeting": _AGENDA, "room": _EVERYWHERE, "app": _EVERYWHERE}
_FIRST = ("list.filter", "list.locality")
"""What stands right after the verbs of a list's foot, for it is asked for most."""
_EVERY_LIST = (
    "list.filter", "list.locality", "list.mark", "list.range", "list.sort_left", "list.sort_right",
    "list.sort_reverse", "list.return", "list.back", "list.choose", "list.columns", "list.yank",
)  # fmt: skip
"""What stands first of what every list has; the rest moves the cursor, which everyone finds."""
_IN_LISTS = {*_EVERY_LIST, *(binding.id for binding in LIST_BINDINGS)}


class Help(QuickScreen, ModalScreen[None]):
    """Every key that works here, in words: this screen's own first. The same key again is the glossary."""

    DEFAULT_CSS = """
    Help { align: center middle; background: $background 35%; }
    Help VerticalScroll { width: 84; max-width: 98%; height: auto; max-height: 100%; margin: 1 0;
        border: round $primary; background: $surface; padding: 0 1; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("escape,q", "dismiss", "close", "Close help", "help.close"),
        command("question_mark,f1", "words", "glossary", "What the short words mean, or the keys again", "help.words"),
        command("j,down", "scroll(3)", "down", "Scroll down", "help.down"),
        command("k,up", "scroll(-3)", "up", "Scroll up", "help.up"),
        command("ctrl+d,pagedown,space", "scroll(12)", "page", "One page down", "help.page_down"),
        command("ctrl+u,pageup", "scroll(-12)", "page up", "One page up", "help.page_up"),
        command("g,home", "scroll(-9999)", "first", "To the first line", "help.first"),
        command("G,end", "scroll(9999)", "last", "To the last line", "help.last"),
    ]

    def __init__(self, commands: Sequence[Live], items: Sequence[str] = ()) -> None:
        """*items*: the titles of the agenda's items, in order."""
        super().__init__()
        self._keys = _keys(commands, items)
        self._glossary = False

    def compose(self) -> ComposeResult:
        """One line a command."""
        with VerticalScroll(can_focus=False):
            yield Static()

    def on_mount(self) -> None:
        """Begin with the keys."""
        self._write()

    def _write(self) -> None:
        box = self.query_one(VerticalScroll)
        title = (
            "What the words mean (? keys, esc closes)"
            if self._glossary
            else "Keys that work here (? words, esc closes)"
        )
        box.border_title = title
        self.query_one(Static).update(_words() if self._glossary else self._keys)
        box.scroll_home(animate=False)

    def action_words(self) -> None:
        """Show the glossary, or the keys again."""
        self._glossary = not self._glossary
        self._write()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _keys(commands: Sequence[Live], items: Sequence[str]) -> Group:
    """The commands under their headings, this screen's own first; the keys of each as wide as its widest."""
    parts: list[Table | Text] = []
    for heading, group in _grouped(commands).items():
        if not group:
            continue
        table = Table.grid(padding=(0, 2))
        parts += [Text(heading, style="bold underline"), table]
        for one in group:
            style = "" if one.enabled else Meaning.NOUGHT.value
            says = f"{one.says} ({one.why_not})" if one.why_not else one.says
            table.add_row(Text(one.key, style=style or "bold"), Text(says, style=style))
        if heading == _AGENDA and items:
            named = ", ".join(f"{number} {title}" for number, title in enumerate(items, 1))
            table.add_row(Text(f"1 to {len(items)}", style="bold"), Text(f"Go to an item: {named}"))
        table.add_row(Text(), Text())
    return Group(*parts)


def in_order(commands: Iterable[Live]) -> list[Live]:
    """Commands as help has them; going to an item by its number, which it says in one line for all, stands last."""
    told = list(commands)
    first = [one for group in _grouped(told).values() for one in group]
    return [*first, *(one for one in told if _GO_TO.fullmatch(one.action))]


def _grouped(commands: Iterable[Live]) -> Mapping[str, list[Live]]:
    """Commands by the heading they stand under; going to an item by its number is said in one line for all."""
    groups: dict[str, list[Live]] = {heading: [] for heading in (_HERE, _LIST, _AGENDA, _EVERYWHERE)}
    for one in commands:
        if not _GO_TO.fullmatch(one.action):
            groups[_heading_of(one)].append(one)
    groups[_HERE].sort(key=_asked_for)
    groups[_LIST].sort(key=lambda one: _EVERY_LIST.index(one.name) if one.name in _EVERY_LIST else len(_EVERY_LIST))
    return groups


def _asked_for(one: Live) -> int:
    """The order under a screen's own heading: verbs of the foot, filter and place, other verbs, the rest."""
    if one.name in _FIRST:
        return 1
    if not one.action.startswith("verb("):
        return 3
    return 0 if one.footer and one.enabled else 2


def _heading_of(one: Live) -> str:
    """Under which heading a command stands: what only this screen has, verbs first of all, under its own."""
    if one.action.startswith("verb(") or one.name in _FIRST:
        return _HERE
    of = _OF.get(one.name.partition(".")[0], _HERE)
    return _HERE if of is _LIST and one.name not in _IN_LISTS else of


def _words() -> Group:
    parts: list[Table | Text] = []
    for heading, words in glossary().items():
        table = Table.grid(padding=(0, 2))
        parts += [Text(heading, style="bold underline"), table]
        for short, meaning in words.items():
            table.add_row(Text(short, style="bold"), Text(meaning))
        table.add_row(Text(), Text())
    return Group(*parts)
