"""The one way by which a command prints: whatever it holds leaves as plain text.

Nothing else of the command line prints, so no cell, name, option or file name can reach a terminal raw. Imports are
few: help and the first answer wait for this module.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from core.errors import headed
from core.text import plain, plain_lines
from tui.small_counts import in_cell, in_words

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

_AT_ONCE = 1.0
"""Seconds before it is shown that something is going on."""


def never_fail() -> None:
    """From now on a terminal that lacks a character is given its number in place of it, and nothing is refused."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str = "") -> None:
    """Print one line of plain text."""
    print(plain(in_words(text)))  # noqa: T201


def say_json(text: str) -> None:
    """Print JSON, of which every value is as it may be shown."""
    print(plain_lines(text))  # noqa: T201


def say_all(text: str) -> None:
    """Print the lines of a paper or a script, each as plain text."""
    print(plain_lines(in_words(text)))  # noqa: T201


def tell(text: str) -> None:
    """Print one line of plain text on standard error, and do not wait for more."""
    print(plain(in_words(text)), file=sys.stderr, flush=True)  # noqa: T201


def upgrading(_what: str, share: float) -> None:
    """Say on a terminal how far bringing a store up to date has come; in a pipe a line a step would be noise."""
    if sys.stderr.isatty():
        end = "\n" if share >= 1 else ""
        print(f"\rBringing the store up to date: {share:.0%}", end=end, file=sys.stderr, flush=True)  # noqa: T201


def tell_all(text: str) -> None:
    """Print lines on standard error, each as plain text."""
    print(plain_lines(text), file=sys.stderr)  # noqa: T201


def complain(title: str, sentence: str) -> None:
    """Print a sentence on standard error, behind its title where it does not say that itself."""
    tell(headed(title, sentence))


_PIPE = 200
"""Cells of a table in a pipe, where it needs no more."""


def print_table(heads: Sequence[str], rows: Sequence[Sequence[object]], right: Sequence[int] = ()) -> None:
    """Print a table of plain text; *right* are the columns that stand to the right. Nothing is cut in a pipe.

    Nor is a code or a name broken there: whoever reads it on looks for whole ones.
    """
    from rich.console import Console
    from rich.text import Text

    from tui.tabled import laid_out, library_table, unbroken

    cells = [[in_cell(head, plain(cell)) for head, cell in zip(heads, row, strict=True)] for row in rows]
    words = [plain(head) for head in heads]
    console = Console(markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        width = max(_PIPE, unbroken(words, cells, right))
        console = Console(markup=False, emoji=False, highlight=False, width=width)
    lines = None if console.options.ascii_only else laid_out(words, cells, right, console)
    if lines is None:
        console.print(library_table(words, cells, right))
        return
    text = Text("\n".join(lines), no_wrap=True, overflow="ignore")
    rule = next(number for number, line in enumerate(lines) if line.startswith(" ─"))
    text.stylize("bold", 0, sum(len(line) + 1 for line in lines[:rule]))
    console.print(text, soft_wrap=True)


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


@contextmanager
def waiting(what: str) -> Iterator[Callable[[float], object]]:
    """Show on a terminal that something is going on, where it takes more than a second. what: our own words for it.

    Gives what may be told which share of it is done, 0 to 1; until it is, the bar shows the time alone.
    """
    if not draws_bars():
        yield lambda _share: None
        return
    from threading import Timer

    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn

    with bar_of(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()) as bar:
        task = bar.add_task(what, total=None, visible=False)
        timer = Timer(_AT_ONCE, lambda: bar.update(task, visible=True))
        timer.start()
        try:
            yield lambda share: bar.update(task, total=1.0, completed=share)
        finally:
            timer.cancel()


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
