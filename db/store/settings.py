"""Settings of a store: the TOML text of weights and of the focus-ward model, in force for everyone who opens it.

A command puts a text in force: it stands in the store, its change is in the journal, undo reaches it, a copy of the
store has it. Until then a file of the same name beside the store is read, else what ships.
"""

from __future__ import annotations

from pathlib import Path

from core.errors import Problem
from db.store.store import Store


def path_of(store: Store, name: str) -> Path:
    """Where a file of this name is, or would be: in the folder of the store."""
    return store.path.parent / name


def read(store: Store, name: str) -> str | None:
    """The text that a command put in force, else that of the file beside the store; None where there is neither.

    Raises Problem where the file cannot be read.
    """
    kept = _kept(store, name)
    return _beside(path_of(store, name)) if kept is None else kept


def _kept(store: Store, name: str) -> str | None:
    rows = store.read.rows("SELECT text FROM setting WHERE name = :name", name=name)
    return str(rows[0][0]) if rows else None


def _beside(path: Path) -> str | None:
    if path.exists() and not path.is_file():  # a pipe would be waited for, without a word, by whoever opens the room
        raise Problem(f"{path} cannot be read: it is no file. Mend or remove it.")
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise Problem(f"{path} cannot be read: {reason}. Mend or remove the file.") from error


def overruled(store: Store, name: str) -> Path | None:
    """The file beside the store that says something else than what a command has put in force; None where none does."""
    path = path_of(store, name)
    kept = _kept(store, name)
    if kept is None or not path.exists():
        return None
    try:
        return None if kept == _beside(path) else path
    except Problem:  # what cannot be read is not in force either
        return path


def write(store: Store, name: str, title: str, text: str, *, meeting_id: int | None = None) -> None:
    """Put a text in force for everyone who opens this store. Raises Conflict where the meeting is sealed.

    title: what it is called where that is told: its name is that of a file.
    """
    with store.change(f"{title} put in force", meeting=meeting_id) as writing:
        kept = store.read.rows("SELECT id, text FROM setting WHERE name = :name", name=name)
        if not kept:
            writing.insert("setting", name=name, text=text)
        elif kept[0][1] != text:
            writing.update("setting", kept[0][0], text=text)
