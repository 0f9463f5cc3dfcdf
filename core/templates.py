"""Templates of meetings: files that say what a meeting goes through, whose it is, and what it looks at.

Those that ship are in ``core/data/templates``; a force's own are read by ``db.templates``, by the same rules. A meeting
keeps its template as it was used, so that a file that changes later changes no meeting that was held.

Source: DOMAIN.md section 7 (daily Grip & Pace, weekly tasking), section 2 (the monthly briefing on V100), section 5
(the council's focus week).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import NotFound, Refused
from core.meetings import OF, RENAMED, SINCE, WHOSE_NAMES, Agenda, Item, views
from core.scope import scope_of
from core.text import plain
from core.toml_part import loads, shown

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""What a template, or an item of one, can be called."""
MOST_ITEMS, MOST_MINUTES, MOST_WORDS = 20, 600, 200
LARGEST = 1 << 18
"""Bytes that the file of a template may have."""
_SHIPPED = Path(__file__).parent / "data" / "templates"
_FIRST = ("daily", "weekly")
_TOP = ("title", "minutes", "roles", "items", "scope", "method", "pool", "since", "names", "quorum")
_USUAL = Agenda._field_defaults
_ITEM = ("key", "title", "prompt", "minutes", "views")


@cache
def shipped() -> tuple[str, ...]:
    """The names of the templates that ship, the daily and the weekly first."""
    names = sorted(file.stem for file in _SHIPPED.iterdir() if file.suffix == ".toml")
    return (*_FIRST, *(name for name in names if name not in _FIRST))


@cache
def template(name: str) -> Agenda:
    """A template that ships. Raises NotFound for a name that none has."""
    if name not in shipped():
        raise NotFound(no_template(name, shipped()))
    file = f"{name}.toml"
    return read((_SHIPPED / file).read_text(encoding="utf-8"), name, file)


def agendas() -> dict[str, Agenda]:
    """Every template that ships, by its name."""
    return {name: template(name) for name in shipped()}


def no_template(name: str, there_is: tuple[str, ...]) -> str:
    """What is said of a template that there is none of."""
    return f"There is no meeting '{plain(name)}'. Use one of: {', '.join(there_is)}."


def read(text: str, name: str, where: str) -> Agenda:
    """The template that a file holds. where: the file, for what is said of it.

    Raises Refused, with the line, for a file that cannot be read, or names a view, pool, method or scope that there is
    none of.
    """
    try:
        values = loads(text)
    except ValueError as error:
        raise Refused(f"{where} is not readable as TOML: {error}.", TITLE) from error
    return _Template(text, where, values).agenda(name)


TITLE = "Template not readable"


class _Template:
    """One file of a template: its values, and the lines they stand on."""

    def __init__(self, text: str, where: str, values: dict[str, Any]) -> None:
        self._lines = text.splitlines()
        self._where = where
        self._values = values
        headers = [number for number, line in enumerate(self._lines) if re.match(r"\s*\[\[\s*items\s*\]\]", line)]
        self._begins = [*headers, len(self._lines)]

    def agenda(self, name: str) -> Agenda:
        """The template as a value."""
        self._only(self._values, _TOP)
        roles = self._names(self._values, "roles", None)
        items = self._items()
        minutes = self._minutes(self._values)
        if (total := sum(item.minutes for item in items)) != minutes:
            raise self._refused(f"the items take {total} minutes together, and minutes says {minutes}", "minutes")
        return Agenda(
            name,
            self._words(self._values, "title"),
            minutes,
            roles,
            items,
            scope=self._scope(),
            method=self._method(),
            pool=self._pool(),
            since=self._since(),
            names=self._whose_names(),
            quorum=self._quorum(len(roles)),
        )

    def _items(self) -> tuple[Item, ...]:
        tables = self._values.get("items")
        if not isinstance(tables, list) or not 0 < len(tables) <= MOST_ITEMS:
            raise self._refused(f"write a [[items]] for each of 1 to {MOST_ITEMS} items", "items")
        items: list[Item] = []
        for number, table in enumerate(tables):
            if not isinstance(table, dict):
                raise self._refused("an item is no table; write [[items]] above it", "items")
            self._only(table, _ITEM, number)
            key = self._words(table, "key", number)
            if NAME.fullmatch(key) is None or key in {item.key for item in items}:
                why = "is that of another item" if NAME.fullmatch(key) else "is none: use small letters, digits and -"
                raise self._refused(f"the key '{key}' {why}", "key", key, number)
            said = self._words(table, "title", number), self._words(table, "prompt", number)
            items.append(Item(key, *said, self._minutes(table, number), self._views(table, number)))
        return tuple(items)

    def _views(self, table: dict[str, Any], number: int) -> tuple[str, ...]:
        names = self._names(table, "views", number)
        for name in names:
            if RENAMED.get(name, name) not in views():
                raise self._refused(
                    f"there is no view '{name}'. Use one of: {', '.join(views())}", "views", name, number
                )
        return tuple(RENAMED.get(name, name) for name in names)

    def _scope(self) -> str:
        words = self._optional("scope", "force")
        if words in OF:
            return words
        try:
            return scope_of(words).name
        except NotFound as error:
            either = f"Or one of: {', '.join(OF)}, where whoever opens it says which"
            raise self._refused(f"{error.sentence.rstrip('.')}. {either}", "scope", words) from None

    def _method(self) -> str:
        from core.methods import METHODS

        words = self._optional("method", _USUAL["method"])
        if words not in METHODS:
            raise self._refused(f"there is no method '{words}'. Use one of: {', '.join(METHODS)}", "method", words)
        return words

    def _pool(self) -> str:
        from core.pools import POOLS

        words = self._optional("pool", "")
        if words and words not in POOLS:
            raise self._refused(f"there is no pool '{words}'. Use one of: {', '.join(POOLS)}", "pool", words)
        return words

    def _since(self) -> str:
        words = self._optional("since", _USUAL["since"])
        if SINCE.fullmatch(words) is None:
            raise self._refused(f'since is \'{words}\'; write "last meeting", "24 hours" or "7 days"', "since", words)
        return words

    def _whose_names(self) -> tuple[str, ...]:
        names = self._values.get("names", list(_USUAL["names"]))
        if not isinstance(names, list) or not set(map(str, names)) <= set(WHOSE_NAMES):
            allowed = ", ".join(f'"{one}"' for one in WHOSE_NAMES)
            raise self._refused(f"names is a list of whose are shown, of {allowed}; [] shows none", "names")
        return tuple(map(str, names))

    def _quorum(self, roles: int) -> int:
        value = self._values.get("quorum", 0)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= roles:
            raise self._refused(f"quorum is {shown(value)}; write a whole number of 0 to {roles}, its roles", "quorum")
        return value

    # One value

    def _only(self, table: dict[str, Any], known: tuple[str, ...], number: int | None = None) -> None:
        if odd := sorted(set(table) - set(known)):
            raise self._refused(f"{shown(odd[0])} is not known here; use {', '.join(known)}", odd[0], "", number)

    def _optional(self, key: str, otherwise: str) -> str:
        return self._words(self._values, key) if key in self._values else otherwise

    def _words(self, table: dict[str, Any], key: str, number: int | None = None) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._refused(f'{key} is {shown(value)}; write it in quotes, as {key} = "words"', key, "", number)
        return self._fit(value.strip(), key, number)

    def _names(self, table: dict[str, Any], key: str, number: int | None) -> tuple[str, ...]:
        values = table.get(key)
        if not isinstance(values, list) or not values or not all(isinstance(v, str) and v.strip() for v in values):
            raise self._refused(f'{key} is {shown(values)}; write a list, as {key} = ["words"]', key, "", number)
        names = tuple(self._fit(value.strip(), key, number) for value in values)
        if len(set(names)) < len(names):
            raise self._refused(f"{key} names something twice", key, "", number)
        return names

    def _fit(self, words: str, key: str, number: int | None) -> str:
        if plain(words) != words or len(words) > MOST_WORDS:
            why = f"{key} must be one line of at most {MOST_WORDS} printable characters"
            raise self._refused(why, key, "", number)
        return words

    def _minutes(self, table: dict[str, Any], number: int | None = None) -> int:
        value = table.get("minutes")
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= MOST_MINUTES:
            said = f"minutes is {shown(value)}; write a whole number of 1 to {MOST_MINUTES}"
            raise self._refused(said, "minutes", "", number)
        return value

    # Where it stands

    def _refused(self, why: str, key: str, value: str = "", number: int | None = None) -> Refused:
        return Refused(f"{self._where}, line {self._line(key, value, number)}: {why}.", TITLE)

    def _line(self, key: str, value: str, number: int | None) -> int:
        """The line that a value of a table stands on, else the line of its key, else the first of its table."""
        if number is None or number >= len(self._begins) - 1:
            first, end = 0, self._begins[0] if number is None else len(self._lines)
        else:
            first, end = self._begins[number], self._begins[number + 1]
        written = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=|\s*\[\[\s*{re.escape(key)}\s*\]\]")
        at = next((n for n in range(first, end) if written.match(self._lines[n])), first)
        if value:
            quoted = (f'"{value}"', f"'{value}'")
            at = next((n for n in range(at, end) if any(q in self._lines[n] for q in quoted)), at)
        return at + 1
