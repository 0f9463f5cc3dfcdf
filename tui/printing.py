"""The one way by which a command prints: whatever it holds leaves as plain text.

Nothing else of the command line prints, so no cell, name, option or file name can reach a terminal raw. Imports are
few: help and the first answer wait for this module.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from core.text import plain, plain_lines

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn
    from rich.table import Table


def never_fail() -> None:
    """From now on a terminal that lacks a character is given its number in place of it, and nothing is refused."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str = "") -> None:
    """Print one line of plain text."""
    print(plain(text))  # noqa: T201


def say_all(text: str) -> None:
    """Print the lines of a paper or a script, each as plain text."""
    print(plain_lines(text))  # noqa: T201


def tell(text: str) -> None:
    """Print one line of plain text on standard error, and do not wait for more."""
    print(plain(text), file=sys.stderr, flush=True)  # noqa: T201


def upgrading(_what: str, share: float) -> None:
    """Say on a terminal how far bringing a store up to date has come; in a pipe a line a step would be noise."""
    if sys.stderr.isatty():
        end = "\n" if share >= 1 else ""
        print(f"\rBringing the store up to date: {share:.0%}", end=end, file=sys.stderr, flush=True)  # noqa: T201


def tell_all(text: str) -> None:
    """Print lines on standard error, each as plain text."""
    print(plain_lines(text), file=sys.stderr)  # noqa: T201


def complain(title: str, sentence: str) -> None:
    """Print a sentence on standard error."""
    tell(f"{title}: {sentence}")


def print_table(heads: Sequence[str], rows: Sequence[Sequence[object]], right: Sequence[int] = ()) -> None:
    """Print a table of plain text; *right* are the columns that stand to the right. Nothing is cut in a pipe."""
    from rich.console import Console
    from rich.text import Text

    from tui.tabled import laid_out

    console = Console(markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console = Console(markup=False, emoji=False, highlight=False, width=200)
    cells = [[plain(cell) for cell in row] for row in rows]
    words = [plain(head) for head in heads]
    lines = None if console.options.ascii_only else laid_out(words, cells, right, console.width)
    if lines is None:
        console.print(folded_table(words, cells, right))
        return
    text = Text("\n".join(lines), no_wrap=True, overflow="ignore")
    text.stylize("bold", len(lines[0]) + 1, len(lines[0]) + 1 + len(lines[1]))
    console.print(text, soft_wrap=True)


def folded_table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Table:
    """A table of plain text whose cells are folded where there is too little room; columns of figures are not."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for place, head in enumerate(heads):
        table.add_column(
            Text(head), justify="right" if place in right else "left", overflow="fold", no_wrap=place in right
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def draws_bars() -> bool:
    """Whether progress can be shown: on a terminal; in a pipe a bar would be noise."""
    return sys.stderr.isatty()


@contextmanager
def bar_of(*columns: ProgressColumn) -> Iterator[Progress]:
    """A progress bar on standard error, of columns that show what is put in as it is.

    Whoever names a task says it through ``plain``: a bar draws what it is given.
    """
    from rich.console import Console
    from rich.progress import Progress

    with Progress(*columns, console=Console(stderr=True, markup=False), transient=True) as bar:
        yield bar


def usage_error(error: Any) -> None:
    """Print what was written wrong, and how it is written; *error* is one of the command line's library.

    What it echoes of the command is plain: an option may be named by whoever named a file.
    """
    stream = io.StringIO()
    error.show(stream)
    message = error.format_message()
    tell_all(stream.getvalue().rstrip("\n").replace(message, plain(message)))


def not_text(words: Sequence[str]) -> str:
    """What is said where a name is not UTF-8, so that no store can hold it: which of the *words* of the command."""
    odd = [word for word in words if any("\ud800" <= character <= "\udfff" for character in word)]
    if not odd:
        return "A name that the command met, of a file or of a setting, is not UTF-8. Rename it and try again."
    return f"'{odd[0]}' is not UTF-8. Write it anew; a file has to be renamed first."
