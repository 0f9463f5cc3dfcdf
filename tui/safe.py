"""The one way to show a stored string."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from core.text import plain
from tui.small_counts import in_words


def safe(value: object, style: str = "") -> Text:
    """Give any stored *value* as text that is shown as it is: no markup, no link, no escape sequence."""
    return Text(in_words(plain(value)), style=style, no_wrap=True, overflow="ellipsis", end="")


def plain_lines(lines: Sequence[str]) -> Text:
    """Some lines as plain text, one below the other; empty ones are left out."""
    text = safe("")
    for number, line in enumerate(line for line in lines if line):
        text.append("\n" if number else "")
        text.append_text(safe(line))
    return text
