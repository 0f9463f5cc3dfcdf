"""Settings of a store: TOML files that stand beside it and take the place of those that ship."""

from __future__ import annotations

from pathlib import Path

from core.errors import Problem
from db.store import Store


def path_of(store: Store, name: str) -> Path:
    """Where the file of this name is, or would be: in the folder of the store."""
    return store.path.parent / name


def read(store: Store, name: str) -> str | None:
    """The text of a file beside the store; None where there is none. Raises Problem where it cannot be read."""
    path = path_of(store, name)
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise Problem(f"{path} cannot be read: {reason}. Mend or remove the file.") from error


def write(store: Store, name: str, text: str) -> Path:
    """Write a file beside the store, whole or not at all; gives where. Raises Problem where it cannot be written."""
    path = path_of(store, name)
    half = path.with_suffix(".half")
    try:
        half.write_text(text, encoding="utf-8", newline="\n")
        half.replace(path)
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror}.") from error
    return path
