"""Meetings as data: agenda templates, the clock of an item, the seal.

Source: DOMAIN.md section 7; the templates are ``core/data/agendas.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from core.days import london
from core.errors import NotFound, Refused

MARKING = "OFFICIAL-SENSITIVE"
HANDLING = "For policing purposes only. Do not copy or forward."


@dataclass(frozen=True)
class Item:
    """One agenda item: what is said, how long it may take in minutes, and the views it needs."""

    key: str
    title: str
    prompt: str
    minutes: int
    views: tuple[str, ...]


@dataclass(frozen=True)
class Agenda:
    """A meeting's template: its items add up to its minutes; roles are those called at the opening."""

    kind: str
    title: str
    minutes: int
    roles: tuple[str, ...]
    items: tuple[Item, ...]


_OTHER = {"daily": "weekly", "weekly": "daily"}


def other_meeting(kind: str) -> str:
    """The kind of meeting that an action is escalated to by one of this kind. Raises KeyError for an unknown kind."""
    return _OTHER[kind]


NOT_CALLED = ""
"""The state of a role that is not called yet."""
NOT_CALLED_WORDS = "not called"
STATES = ("present", "deputy", "absent")
"""Who is there for a role at the roll-call: its holder, someone for them, no one."""


def next_state(state: str) -> str:
    """The state that a key goes on to: present, deputy, absent, not called, and round again."""
    order = (NOT_CALLED, *STATES)
    return order[(order.index(state) + 1) % len(order)]


RENAMED = {"offenders": "suspects", "sites": "fly_tips"}
"""What views were called in the agendas of meetings that were held before, and on the command line."""
OF_A_MEETING = frozenset({"activity", "attendance", "bids", "meetings", "performance", "readback"})
"""The views that show what a meeting did or looks at; the others also stand by themselves."""


@cache
def views() -> dict[str, str]:
    """Every view that an agenda can show, by name, with its title."""
    return {name: str(title) for name, title in _data()["views"].items()}


@cache
def agendas() -> dict[str, Agenda]:
    """Every template by its kind (``daily``, ``weekly``). Raises Refused where one names a view that is not known."""
    return {kind: _agenda(kind, values) for kind, values in _data().items() if kind != "views"}


def _data() -> dict[str, dict[str, Any]]:
    import tomllib  # a plain path: what reads resources loads a zip library, which the first paint would wait for
    from pathlib import Path

    return tomllib.loads((Path(__file__).parent / "data" / "agendas.toml").read_text(encoding="utf-8"))


def _agenda(kind: str, values: Mapping[str, Any]) -> Agenda:
    items = tuple(
        Item(i["key"], i["title"], i["prompt"], i["minutes"], known_views(i["views"], f"{kind}, {i['key']}"))
        for i in values["items"]
    )
    return Agenda(kind, str(values["title"]), int(values["minutes"]), tuple(map(str, values["roles"])), items)


def known_views(names: Iterable[str], where: str) -> tuple[str, ...]:
    """The views of an agenda item by today's names. Raises Refused for one that is not known; *where* it stands."""
    found = tuple(RENAMED.get(name, name) for name in names)
    if not found:
        raise Refused(f"Agenda {where}: no view is named. Use some of: {', '.join(views())}.", "Agenda not readable")
    for name in found:
        if name not in views():
            raise Refused(
                f"Agenda {where}: there is no view '{name}'. Use one of: {', '.join(views())}.", "Agenda not readable"
            )
    return found


def agenda(kind: str) -> Agenda:
    """The template of a kind of meeting. Raises NotFound for one that is not known."""
    if kind not in agendas():
        raise NotFound(f"There is no meeting '{kind}'. Use one of: {', '.join(agendas())}.")
    return agendas()[kind]


def clock(seconds: float, minutes: int) -> str:
    """Time spent against the minutes allowed, ``02:10/03:00``, with ``+`` in front when it is over."""
    over = "+" if seconds > minutes * 60 else ""
    return f"{over}{int(seconds) // 60:02d}:{int(seconds) % 60:02d}/{minutes:02d}:00"


def sealed_words(sealed_at: datetime, now: datetime) -> str:
    """When a meeting was sealed, in London's time: "Sealed at 09:15", with the day where that is not today's."""
    then, today = london(sealed_at), london(now).date()
    return f"Sealed at {then:%H:%M}" if then.date() == today else f"Sealed on {then:%d/%m/%Y} at {then:%H:%M}"


@dataclass(frozen=True, order=True)
class Spell:
    """A time that one sitting (a window) spent on an item; start and end in seconds."""

    sitting: int | None
    start: int
    end: int


def seconds_of(spells: Sequence[Spell]) -> int:
    """How many seconds an item took: what several sittings spent at the same time counts once."""
    if len({spell.sitting for spell in spells}) < 2:
        return sum(spell.end - spell.start for spell in spells)
    total, until = 0, 0
    for spell in sorted(spells, key=lambda spell: spell.start):
        total += max(0, spell.end - max(spell.start, until))
        until = max(until, spell.end)
    return total


def seal(*texts: str) -> str:
    """The SHA-256 that seals a meeting's documents, in their order."""
    import hashlib

    digest = hashlib.sha256()
    for text in texts:
        digest.update(len(text.encode()).to_bytes(8, "big"))
        digest.update(text.encode())
    return digest.hexdigest()
