"""Keys as a user wants them: a TOML file of command names and keys."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from core.errors import Problem
from core.toml_part import loads

TAKEN = ("ctrl+m", "ctrl+h", "ctrl+i")
"""Keys that many terminals send as Enter, Backspace and Tab."""

FORMER = {"unit.": "deployment.", "site.": "fly-tip."}
"""How names of commands began in earlier versions, and how they begin now; a file may still have them."""


def keymap_path() -> Path:
    """Where the file is: named by TASKING_KEYS, else ``keys.toml`` in the user's configuration folder."""
    if named := os.environ.get("TASKING_KEYS"):
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("tasking", appauthor=False) / "keys.toml"


def read_keymap(path: Path) -> dict[str, str]:
    """Command name to keys (several parted by commas). Raises Problem for a file that cannot be used."""
    if not path.exists():
        return {}
    try:
        data = loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Problem(f"The keys in {path} cannot be read: {error}. Mend or remove the file.") from error
    keys = data.get("keys", {})
    if other := [name for name in data if name != "keys"]:
        raise Problem(f"{path} has '{other[0]}' outside of [keys], where nothing is used. Put it below [keys].")
    if not isinstance(keys, dict) or any(not isinstance(value, str) for value in keys.values()):
        raise Problem(f'{path} must hold [keys] with lines like "act.action" = "a".')
    for name, value in keys.items():
        if any(part.strip() in TAKEN for part in value.split(",")):
            raise Problem(f"{path}: {name} cannot be {value}; many terminals send that as Enter, Backspace or Tab.")
    named = {str(name): str(value) for name, value in keys.items()}
    return {**{_of_today(name): value for name, value in named.items()}, **_only_of_today(named)}


def _of_today(name: str) -> str:
    """The name of a command as it is now."""
    former = next((begins for begins in FORMER if name.startswith(begins)), "")
    return f"{FORMER[former]}{name.removeprefix(former)}" if former else name


def _only_of_today(named: Mapping[str, str]) -> dict[str, str]:
    """Those that have the name of today: where a file has both, that one holds."""
    return {name: value for name, value in named.items() if _of_today(name) == name}


class Declared(NamedTuple):
    """What of the program's commands a file of keys is held against.

    default: each command by its name with its keys. together: the commands of each list, page and form, which are
    live at one time and so may not share a key.
    """

    default: Mapping[str, Sequence[str]]
    together: Sequence[frozenset[str]]


class Usable(NamedTuple):
    """The keys of a file that can be used, command to keys, and a sentence for each that cannot."""

    keys: Mapping[str, str]
    faults: Sequence[str]


def usable(wanted: Mapping[str, str], text: str, declared: Declared) -> Usable:
    """Hold the keys of a file against what there is: an unknown command and a key for two commands are named.

    text: the file, for the numbers of lines. What cannot be used keeps its default keys: a meeting that waits is not
    kept out by a slip in a file.
    """
    faults = [
        f"{_where(text, name)}: there is no command '{name}'. docs/keys.md has the names."
        for name in wanted
        if name not in declared.default
    ]
    mine = {name: _parts(keys) for name, keys in wanted.items() if name in declared.default}
    twice: set[str] = set()
    for name, other, key in _shared(mine, declared):
        pair = [one for one in (name, other) if one in mine]
        twice.update(pair)
        lines = " and ".join(_where(text, one) for one in pair)
        of_other = "" if other in mine else ", which has it unless it is moved, too"
        faults.append(f"{lines}: {key} is for '{name}' and for '{other}'{of_other}. Give each a key of its own.")
    return Usable({name: ",".join(keys) for name, keys in mine.items() if name not in twice}, faults)


def _shared(mine: Mapping[str, Sequence[str]], declared: Declared) -> list[tuple[str, str, str]]:
    """Two commands and their key, wherever both are live at one time and the file sets at least one of them."""
    found: dict[tuple[frozenset[str], str], tuple[str, str, str]] = {}
    for name, keys in mine.items():
        beside = {other for names in declared.together if name in names for other in names}
        for other in sorted(beside):
            for key in keys:
                if other != name and key in mine.get(other, declared.default[other]):
                    found.setdefault((frozenset((name, other)), key), (name, other, key))
    return list(found.values())


def _parts(keys: str) -> list[str]:
    return [part.strip() for part in keys.split(",") if part.strip()]


def _where(text: str, name: str) -> str:
    """The line of a file that sets the keys of a command, in words."""
    former = [f"{begins}{name.removeprefix(now)}" for begins, now in FORMER.items() if name.startswith(now)]
    names = "|".join(re.escape(one) for one in (name, *former))
    set_here = re.compile(rf"""^\s*["']?(?:{names})["']?\s*=""")
    numbers = [number for number, line in enumerate(text.split("\n"), 1) if set_here.match(line)]
    return f"line {numbers[0]}" if numbers else "one line"
