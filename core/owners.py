"""Who can own an action: a role, and who holds it (DOMAIN.md section 7: owner, role and name)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

from core.actions import OWNERS
from core.errors import Problem
from core.templates import agendas
from core.text import counted

_WITH_NAME = re.compile(r"(?P<role>[^()]+?)\s*\(\s*(?P<name>[^()]+?)\s*\)")
_LOAD = re.compile(r"\s+·\s.*$")
LONGEST = 80
"""Letters that role and name may take together."""


class Owner(NamedTuple):
    """A role, and the name of who holds it; empty where only the role is named."""

    role: str
    name: str = ""

    @property
    def words(self) -> str:
        """Role and name as lists and papers have them: ``Intelligence (DS B. Officer)``."""
        return f"{self.role} ({self.name})" if self.name else self.role


class Load(NamedTuple):
    """What an owner has: open actions, those of them that are overdue; where they are, empty where nothing is known.

    place: ``in the room``, ``deputy in the room``, ``absent``, ``not called`` or ``not of this meeting``.
    """

    owner: Owner
    open: int
    overdue: int
    place: str = ""

    @property
    def offer(self) -> str:
        """What a form offers: the owner with the load in sight. :func:`owner_named` reads it back."""
        late = f", {self.overdue} overdue" if self.overdue else ""
        away = f", {self.place}" if self.place not in ("", IN_THE_ROOM) else ""
        return f"{self.owner.words} · {self.open} open{late}{away}"

    @property
    def says(self) -> str:
        """What stands beside the owner where they are offered: the load, and that they are away."""
        return self.offer.partition(" · ")[2]

    @property
    def sentence(self) -> str:
        """What is said of an owner who is not in the room; empty where they are, or where no meeting is held."""
        if self.place in ("", IN_THE_ROOM):
            return ""
        return f"{self.owner.words} is not in the room: {self.place}"


IN_THE_ROOM = "in the room"


def roles() -> tuple[str, ...]:
    """Every role that can own an action: those that are offered, and those that a meeting calls."""
    called = (role for agenda in agendas().values() for role in agenda.roles)
    return tuple(dict.fromkeys((*OWNERS, *called)))


def owner_named(text: str, known: Sequence[Owner]) -> Owner:
    """The owner that is written: a role, a name that is known, or both as ``Role (name)``; any case.

    known: who holds which role, the latest first. A name that is new is taken with its role.

    Raises Problem, with the nearest that there are, for an owner in no role.
    """
    typed = " ".join(_LOAD.sub("", text).split())
    if not typed:
        raise Problem("An owner is needed: a role, as Intelligence, or who holds it, as Intelligence (DS B. Officer).")
    if len(typed) > LONGEST:
        raise Problem(f"An owner takes {LONGEST} letters; this has {counted(len(typed), 'letter')}. Write the role.")
    held = {role.casefold(): role for role in (*roles(), *(owner.role for owner in known))}
    if role := held.get(typed.casefold()):
        return Owner(role)
    if found := next((owner for owner in known if owner.name.casefold() == typed.casefold()), None):
        return found
    if (match := _WITH_NAME.fullmatch(typed)) and (role := held.get(match["role"].casefold())):
        return Owner(role, match["name"])
    names = [*held.values(), *(owner.name for owner in known if owner.name)]
    near = get_close_matches(typed, names, cutoff=0.0, n=2)
    raise Problem(f"'{_short(typed)}' is in no role. Nearest: {' or '.join(near)}; a new name is written Role (name).")


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
