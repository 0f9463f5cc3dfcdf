"""What the commands share: the store, the user, tables, JSON."""

from __future__ import annotations

import json as json_module
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from core.children import AGES_HIDDEN
from core.errors import Problem, Refused
from core.not_counted import NotCounted
from core.text import plain
from db.loading.pipes import awaited, is_pipe
from db.store import Store, access, default_path, forget_unused, make_store, open_store
from db.store.owned import OnRecord, create
from db.store.settings import overruled
from tui.cli.gate import gated
from tui.printing import complain as complain
from tui.printing import print_table as print_table
from tui.printing import say as say
from tui.printing import say_json, tell
from tui.printing import upgrading as upgrading
from tui.small_counts import SMALL_COUNTS, in_json


def user() -> str:
    """The name that goes into the journal: the user of this machine."""
    return access.machine_user()


def existing(path: Path | None, who: str | None = None) -> Store:
    """The store named, or the default one, opened; for a ``with``. Raises NotFound where there is none.

    who: who is at work, for the journal; the user of this machine if None.
    """
    return _noted(gated(open_store(path or default_path(), who or user(), step=upgrading)))


@contextmanager
def made(path: Path | None) -> Iterator[Store]:
    """The store named, or the default one, made first where there is none; taken away again if nothing went in."""
    place = path or default_path()
    is_new = not place.exists()
    try:
        with _noted(gated(make_store(place, user()))) as store:
            yield store
    finally:
        if is_new:
            forget_unused(place)


def _noted(store: Store) -> Store:
    """Say where a store of an earlier version is kept as it was, and from now on what is said to whoever writes."""
    store.tell = lambda sentence: complain("Clock", sentence)
    store.waiting.tell = tell
    if store.kept_before is not None:
        complain("Note", f"The store was of an earlier version; as it was it is kept as {store.kept_before}.")
    return store


def say_that_it_waits(file: Path) -> None:
    """Say at once, on standard error, that a pipe is waited for: nothing comes of one that nobody writes."""
    if is_pipe(file):
        tell(f"Waiting for a writer: {file} is a pipe, and is read to its end. Ctrl+C leaves.")


def text_of(path: Path, what: str) -> str:
    """The text of a file that was named; *what* it is. Raises Refused where it cannot be read."""
    say_that_it_waits(path)
    try:
        return awaited(lambda: path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise Refused(f"{what} {path} cannot be read: {reason}.") from error


def say_overruled(store: Store, name: str) -> None:
    """Say that a file beside the store is not what is in force, where a command has put other words in force."""
    if (path := overruled(store, name)) is not None:
        complain("Note", f"{path} is not in force: a command put other settings in force. Give it to that command.")


def say_ages_hidden() -> None:
    """Say beside people that nobody is marked as a child, where whoever asks is not shown who is one."""
    if SMALL_COUNTS.hidden:
        say(AGES_HIDDEN)


def number(value: float | None) -> float | int | None:
    """A figure for JSON: whole days as integers."""
    return int(value) if value is not None and float(value).is_integer() else value


def print_json(value: object) -> None:
    """Print JSON that any terminal can show: characters outside ASCII are escaped."""
    say_json(json_module.dumps(in_json(value), indent=2))


_OF_CAVEATS = ("another_reference", "weak_months")


def say_not_counted(found: Sequence[NotCounted], *, caveats: bool = True) -> None:
    """Print what is left out of the numbers above, a line each.

    caveats: whether those of the ranking are printed beside it, which say what is counted with doubt.
    """
    for one in found:
        if not caveats or one.kind not in _OF_CAVEATS:
            say(one.sentence)


def choice(name: str, value: str, allowed: Sequence[str]) -> str:
    """A value that must be one of a few. Raises a usage error that names them."""
    if value not in allowed:
        import typer  # the meeting room opens without it

        raise typer.BadParameter(f"'{value}'; use one of: {', '.join(allowed)}", param_hint=name)
    return value


def top_of(text: str) -> int | None:
    """How many ranks: a number, or None for all. Raises a usage error."""
    import typer

    if text == "all":
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0):
        raise typer.BadParameter(f"'{text}'; write a number or 'all'", param_hint="--top")
    return int(text)


def write_csv(path: Path, rows: Sequence[Sequence[object]], allowed: OnRecord) -> None:
    """Write rows as CSV that a spreadsheet will not run: a value that looks like a formula gets a quote in front."""
    import csv

    try:
        with create(path, allowed, encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([_harmless(cell) for cell in row] for row in rows)
    except FileExistsError:
        raise Problem(f"{path} is there already. Name another file.") from None
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror}. Name another place.") from error


_BEGINS_A_CELL = re.compile(r"""[;|](?=[\s"']*[=+@-])|,(?=[\s"']*[=@])""")
"""Where a cell of its own begins for a spreadsheet that parts cells otherwise: by its list separator, or as it is told.

Behind a comma a sign is left: a place is written so, and the quotes round a value with a comma keep it one cell.
"""


def _harmless(cell: object) -> str:
    text = _BEGINS_A_CELL.sub(lambda begins: f"{begins[0]}'", plain(cell))
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") else text
