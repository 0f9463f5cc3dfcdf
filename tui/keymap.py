"""Keys as a user wants them: a TOML file of command names and keys."""

from __future__ import annotations

import os
from pathlib import Path

from core.errors import Problem
from core.toml_part import loads

TAKEN = ("ctrl+m", "ctrl+h", "ctrl+i")
"""Keys that many terminals send as Enter, Backspace and Tab."""


def keymap_path() -> Path:
    """Where the file is: named by TASKING_KEYS, else ``keys.toml`` in the user's configuration folder."""
    if named := os.environ.get("TASKING_KEYS"):
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("tasking", appauthor=False) / "keys.toml"


def read_keymap(path: Path) -> dict[str, str]:
    """Command name to keys (several parted by commas). Raises Problem for a file that cannot be used."""
    if not path.is_file():
        return {}
    try:
        data = loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Problem(f"The keys in {path} cannot be read: {error}. Mend or remove the file.") from error
    keys = data.get("keys", {})
    if not isinstance(keys, dict) or any(not isinstance(value, str) for value in keys.values()):
        raise Problem(f'{path} must hold [keys] with lines like "act.action" = "a".')
    for name, value in keys.items():
        if any(part.strip() in TAKEN for part in value.split(",")):
            raise Problem(f"{path}: {name} cannot be {value}; many terminals send that as Enter, Backspace or Tab.")
    return {str(name): str(value) for name, value in keys.items()}
