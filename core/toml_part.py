"""Tables that a force writes as TOML, read with a sentence for whatever is wrong in them.

A file may come from anywhere: one that nests without end, or holds a figure of hundreds of digits, is refused in a
sentence as every other fault is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from core.errors import Refused
from core.text import plain

_DIGITS = 30
_SHOWN = 60


def loads(text: str) -> dict[str, Any]:
    """The tables of a TOML text. Raises ValueError where it cannot be read, however odd it is."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("its lists or tables are nested too deep") from error


def shown(value: object) -> str:
    """A value of a file for a sentence: in quotes, on one line and short; ``missing`` for None."""
    if value is None:
        return "missing"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and abs(value) >= 10**_DIGITS:  # str() refuses figures of some thousand digits
        return f"a number of more than {_DIGITS} digits"
    words = plain(value)
    return f"'{words}'" if len(words) <= _SHOWN else f"'{words[:_SHOWN]}…'"


def words_of(value: object, where: str) -> str:
    """A value of a file as the words it stands for. Raises Refused for one that is none: a table, endless digits."""
    if isinstance(value, dict | list) or (isinstance(value, int) and abs(value) >= 10**_DIGITS):
        raise Refused(f'{where} is {shown(value)}; write it in quotes, as "words".')
    return str(value)


def figure_of(value: object, least: float, most: float) -> float | None:
    """A value of a file as a figure of *least* to *most*; None where it is none. True and false are no figures."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
        return None
    return float(value)


class TomlPart(NamedTuple):
    """One table of a file; ``where`` begins every sentence on what is wrong in it. What is wrong raises Refused."""

    where: str
    values: Mapping[str, Any]

    @classmethod
    def read(cls, text: str, where: str) -> TomlPart:
        """The whole of a file. Raises Refused where it cannot be read."""
        try:
            return cls(where, loads(text))
        except ValueError as error:
            raise Refused(f"{where} is not readable as TOML: {error}.") from error

    def only(self, *known: str, what: str = "not known", hint: str = "") -> None:
        """Check that there are no other keys than the known. what: what another key is; hint: what to write."""
        if odd := sorted(set(self.values) - set(known)):
            do = hint or f"use {', '.join(known)}"
            raise Refused(f"{self.where} has {shown(odd[0])}, which is {what}; {do}.")

    def words(self, key: str) -> str:
        """The words under a key; they may not be empty."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise Refused(f'{self.where} has no {key}; write it in quotes, as {key} = "words".')
        return value.strip()

    def name(self, otherwise: str) -> str:
        """The name that a file gives itself, a number or a date, too; *otherwise* where it gives none."""
        return words_of(self.values.get("name", otherwise), f"{self.where}: name")

    def one_of(self, key: str, *allowed: str) -> str:
        """The words under a key, one of those that are allowed."""
        value = self.words(key)
        if value not in allowed:
            raise Refused(f"{self.where}: {key} is {shown(value)}; use {' or '.join(allowed)}.")
        return value

    def figure(self, key: str, least: float, most: float) -> float:
        """The figure under a key, within its range."""
        value = self.values.get(key)
        figure = figure_of(value, least, most)
        if figure is None:
            raise Refused(f"{self.where}: {key} is {shown(value)}; write a figure of {least:,g} to {most:,g}.")
        return figure

    def whole(self, key: str, least: int, most: int) -> int:
        """The whole number under a key, within its range."""
        value = self.values.get(key)
        if not isinstance(value, int) or figure_of(value, least, most) is None:
            raise Refused(f"{self.where}: {key} is {shown(value)}; write a whole number of {least:,} to {most:,}.")
        return value

    def parts(self, name: str, least: int = 0) -> list[TomlPart]:
        """The tables of a list, at least so many."""
        tables = self.values.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables) or len(tables) < least:
            raise Refused(f"{self.where} has no {name}; write a [[{name}]] for each.")
        return [TomlPart(f"{self.where}, {name} {index}", table) for index, table in enumerate(tables, 1)]
