"""What is said of a store that cannot be read: never what a record holds, and what to do next.

SQLite says that a page is malformed where it meets one; whether there is one it has not met, its own check tells.
What a cell must be for the program to read it, ``db/store/cells.py`` knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.errors import Damaged
from db.store import driver
from db.store.cells import misshapen

TITLE = "Store damaged"
RESTORE = "Keep the file as it is and restore the latest copy: tasking restore FILE."
_LATEST: list[Path] = []


def is_malformed(error: BaseException) -> bool:
    """Whether an error of SQLite, or of what works with it, says that the file itself is damaged."""
    if driver.code_of(error) == driver.CORRUPT:
        return True
    return isinstance(error, driver.errors()) and "Could not decode" in str(error)


def is_no_database(error: BaseException) -> bool:
    """Whether an error of SQLite says that the file is none of its own."""
    return driver.code_of(error) == driver.NOTADB


def damaged(what: str = "a page of the file cannot be read") -> Damaged:
    """The problem that a damaged file is."""
    return Damaged(f"{what[0].upper()}{what[1:]}. {RESTORE}", TITLE)


def opened(path: Path) -> None:
    """Remember which store this program opened last: what a fault is asked about."""
    _LATEST[:] = [path]


def opened_and_damaged() -> Damaged | None:
    """What is wrong with the store that was opened last; None where SQLite's own check and every cell are sound.

    Asked when something goes wrong that nobody foresaw: what a damaged page gives may be read as any value.
    """
    for path in _LATEST:
        try:
            with closing(driver.connect(path.resolve(), "mode=ro")) as connection:
                sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
                cell = misshapen(connection.execute) if sound else None
        except UnicodeDecodeError:  # SQLite names what is malformed, and the name is malformed, too
            sound, cell = False, None
        except driver.errors() as error:
            sound, cell = not (is_malformed(error) or is_no_database(error)), None
        if not sound:
            return damaged(f"SQLite's own check finds {path.name} malformed")
        if cell is not None:
            return damaged(f"a record of {path.name} cannot be read: {cell}")
    return None


@contextmanager
def put_down_to_damage() -> Iterator[None]:
    """Where reading meets what no record of the program is, say which cell of the store is damaged.

    Raises Damaged in place of the fault; a fault that a sound store led to is one of the program and goes on.
    """
    try:
        yield
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        problem = opened_and_damaged()
        if problem is None:
            raise
        raise problem from error
