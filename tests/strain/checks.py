"""What must hold whatever was done: the store opens and is sound, what is printed is a sentence and nothing raw."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from core.errors import Problem
from db import addenda
from db.meetings import broken_seals, meetings
from db.store import open_store
from db.store.verify import verify

_FAULTS = ("Unforeseen fault", "Traceback (most recent call last)")
_RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]",
)
"""What moves a cursor, colours, hides or turns text round; a tab and the end of a line are no harm."""
FAILED_SOFTLY = (0, 1, 2, 3, 130)
"""Exit codes that docs/commands.md knows."""


def own_check(path: Path) -> str:
    """What SQLite itself says of a file: ``ok``, or the first thing that is wrong."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            first = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            alone = connection.execute("PRAGMA foreign_key_check").fetchone()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # what SQLite says may quote what is no text
        return f"{error}"
    return f"{alone[0]} {alone[1]} belongs to no {alone[2]}" if first == "ok" and alone else first


def unsound(path: Path) -> list[str]:
    """Everything that is wrong with a store that ought to be sound; it is opened first, as its next user would."""
    try:
        with open_store(path, "strain") as store:
            verdict = verify(store)
            seals = broken_seals(store)
            added = [held.id for held in meetings(store) if addenda.broken(store, held)]
    except Problem as problem:
        return [f"the store does not open: {problem.title}: {problem.sentence}"]
    wrong = [f"verify: {verdict.fault}"] if verdict.fault else []
    wrong += [f"the papers of meetings {seals} are not what was sealed"] if seals else []
    wrong += [f"addenda of meetings {added} are not as they were written"] if added else []
    if (said := own_check(path)) != "ok":
        wrong.append(f"SQLite's own check: {said}")
    return wrong


def journaled(path: Path) -> dict[int, str]:
    """The hash of every journal entry, by its number."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT id, hash FROM journal").fetchall())


def filled_tables(path: Path) -> dict[str, int]:
    """How many rows each table has that has any; none where there is no store, or one that was only begun."""
    if not path.is_file() or not path.stat().st_size:
        return {}
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
    return {name: count for name, count in counts.items() if count and name != "alembic_version"}


def crash_in(code: int | None, printed: str) -> str:
    """Why what a program printed, and its exit code, is no sentence; empty where it is."""
    for words in _FAULTS:
        if words in printed:
            return printed[printed.index(words) :].strip()[-400:]
    if code is not None and code not in FAILED_SOFTLY:
        return f"exit code {code}: {printed.strip()[-200:]}"
    if code == 1 and not printed.strip():
        return "refused without a word"
    return ""


def raw_in(printed: bytes) -> str:
    """The first character of what was printed that no terminal and no paper must get, with what stands round it."""
    text = printed.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    found = _RAW.search(text.replace("\r\n", "\n"))
    return "" if found is None else repr(text[max(0, found.start() - 40) : found.end() + 40])
