"""Meetings as data: what a template says, the clock of an item, the seal.

Source: DOMAIN.md section 7; templates are read by ``core.templates``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from core.days import london
from core.errors import Refused
from core.scope import FORCE

MARKING = "OFFICIAL-SENSITIVE"
HANDLING = "For policing purposes only. Do not copy or forward."


class Item(NamedTuple):
    """One agenda item: what is said, how long it may take in minutes, and the views it needs."""

    key: str
    title: str
    prompt: str
    minutes: int
    views: tuple[str, ...]


OF = ("bcu", "borough")
"""Of what a template may be held without saying which: whoever opens the meeting does."""
WHOSE_NAMES = ("suspects", "victims")
"""Whose names a template may allow to be shown."""
LAST_MEETING = "last meeting"
SINCE = re.compile(rf"{LAST_MEETING}|([1-9]\d{{0,2}}) (hour|day)s?")
"""Since when a template looks: since the last meeting of it, or so long before."""


class Agenda(NamedTuple):
    """A meeting's template: its items add up to its minutes; roles are those called at the opening.

    scope: whose it is where whoever opens it does not say: a scope by its name, or one of :data:`OF`. method, pool: how
    the suspects are ranked that it looks at; a pool that is empty is the method's own. since: as :data:`SINCE` has it.
    names: whose names may be shown, of :data:`WHOSE_NAMES`. quorum: how many roles, deputies too, must be there; 0: no
    rule.
    """

    kind: str
    title: str
    minutes: int
    roles: tuple[str, ...]
    items: tuple[Item, ...]
    scope: str = FORCE
    method: str = "v100"
    pool: str = ""
    since: str = LAST_MEETING
    names: tuple[str, ...] = WHOSE_NAMES
    quorum: int = 0

    @property
    def views(self) -> frozenset[str]:
        """Every view that any of its items shows."""
        return frozenset(name for item in self.items for name in item.views)

    @property
    def is_masked(self) -> bool:
        """Whether named suspects are not to be named in it: someone sits in it who may not see them."""
        return "suspects" not in self.names

    @property
    def looks_back(self) -> timedelta | None:
        """How long before the meeting it looks from; None: since the last meeting of it and its scope."""
        fixed = SINCE.fullmatch(self.since)
        if fixed is None or fixed[1] is None:
            return None
        return timedelta(hours=int(fixed[1])) if fixed[2] == "hour" else timedelta(days=int(fixed[1]))


_OTHER = {"weekly": "daily", "bcu-daily": "bcu-weekly"}


def other_meeting(kind: str) -> str:
    """The kind of meeting that an action is escalated to by one of this kind: the weekly, but for those that say so."""
    return _OTHER.get(kind, "weekly")


NOT_CALLED = ""
"""The state of a role that is not called yet."""
NOT_CALLED_WORDS = "not called"
STATES = ("present", "deputy", "absent")
"""Who is there for a role at the roll-call: its holder, someone for them, no one."""


THERE = ("present", "deputy")
"""The states of a role for which someone is there, as a quorum counts."""


def next_state(state: str) -> str:
    """The state that a key goes on to: present, deputy, absent, not called, and round again."""
    order = (NOT_CALLED, *STATES)
    return order[(order.index(state) + 1) % len(order)]


RENAMED = {"offenders": "suspects", "sites": "fly_tips"}
"""What views were called in the agendas of meetings that were held before, and on the command line."""


@cache
def _views() -> dict[str, dict[str, str]]:
    import tomllib  # a plain path: what reads resources loads a zip library, which the first paint would wait for
    from pathlib import Path

    return tomllib.loads((Path(__file__).parent / "data" / "views.toml").read_text(encoding="utf-8"))


@cache
def views() -> dict[str, str]:
    """Every view that an agenda can show, by name, with its title: a file made from the views, which load slowly."""
    return {**standing_views(), **_views()["of_a_meeting"]}


def standing_views() -> dict[str, str]:
    """The views that also stand by themselves; the others show what a meeting did or looks at."""
    return _views()["standing"]


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


def clock(seconds: float, minutes: int) -> str:
    """Time spent against the minutes allowed, ``02:10/03:00``, with ``+`` in front when it is over."""
    over = "+" if seconds > minutes * 60 else ""
    return f"{over}{int(seconds) // 60:02d}:{int(seconds) % 60:02d}/{minutes:02d}:00"


def sealed_words(sealed_at: datetime, now: datetime) -> str:
    """When a meeting was sealed, in London's time: "Sealed at 09:15", with the day where that is not today's."""
    then, today = london(sealed_at), london(now).date()
    return f"Sealed at {then:%H:%M}" if then.date() == today else f"Sealed on {then:%d/%m/%Y} at {then:%H:%M}"


class Spell(NamedTuple):
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
