"""To which meeting an action is handed: a template, and a scope where it is another than the action's own.

An address is one text, as it is stored and shown: ``weekly`` is the weekly meeting of the action's own scope,
``bcu-daily NW`` the BCU daily of NW, ``daily force`` the force's daily.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from core.errors import Problem
from core.scope import scope_of


class Address(NamedTuple):
    """A meeting by its template and the name of its scope; the scope is empty for that of the action."""

    kind: str
    scope: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.scope}".strip()


def address_of(text: str, kinds: Collection[str]) -> Address:
    """The address that is written: a template, then a scope or none. kinds: the templates that there are.

    Raises Problem for a template that there is none of, NotFound for a scope that there is none of.
    """
    kind, _, scope = text.strip().partition(" ")
    if kind not in kinds:
        raise Problem(f"There is no meeting '{kind}'. Write one of {', '.join(kinds)}; then a scope, as bcu-daily NW.")
    return Address(kind, scope_of(scope).name if scope.strip() else "")


def is_for(address: str, kind: str, scope: str, own: str) -> bool:
    """Whether an address is that of a meeting. kind, scope: of the meeting; own: the scope of the action."""
    return bool(address) and address in (f"{kind} {scope}", kind if scope == own else "")
