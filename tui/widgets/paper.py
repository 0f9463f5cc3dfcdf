"""A paper of a meeting as Markdown on the screen: no word of its tables is cut."""

from __future__ import annotations

from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Markdown, MarkdownElement, TableElement
from rich.table import Table


class _Folded(TableElement):
    """A table whose words go on in the next line where a column is too narrow for them."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lay the table out as the library does, but for what it would cut."""
        for part in super().__rich_console__(console, options):
            if isinstance(part, Table):
                for column in part.columns:
                    column.overflow = "fold"
            yield part


class Paper(Markdown):
    """Markdown without links, its tables whole."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {**Markdown.elements, "table_open": _Folded}

    def __init__(self, text: str) -> None:
        """*text*: the Markdown."""
        super().__init__(text, hyperlinks=False)
