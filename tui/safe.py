"""The one way to show a stored string."""

from __future__ import annotations

from rich.text import Text

from core.text import plain


def safe(value: object, style: str = "") -> Text:
    """Give any stored *value* as text that is shown as it is: no markup, no link, no escape sequence."""
    return Text(plain(value), style=style, no_wrap=True, overflow="ellipsis", end="")
