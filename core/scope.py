"""Whose meeting, list or paper it is: the whole force's, a BCU's (basic command unit's) or a borough's.

Source: DOMAIN.md section 5 (which borough belongs to which BCU, by ``core.geography``) and section 7 (the Task Force's
own meeting, and those of the BCUs).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from core.errors import NotFound
from core.geography import bcu_of, bcus, borough_called, boroughs
from core.localities import Locality

FORCE = "force"
"""The name of the scope that holds everything, as it is stored, typed and printed."""


class Scope(NamedTuple):
    """A scope. name: ``force``, the code of a BCU or the name of a borough, as stored, typed and printed."""

    kind: Literal["force", "bcu", "borough"]
    name: str

    def __str__(self) -> str:
        return self.name

    @property
    def is_force(self) -> bool:
        """Whether it holds everything, what has no place too."""
        return self.kind == "force"

    @property
    def label(self) -> str:
        """Its name where there is room: ``the force``, ``NW (North West)``, ``Brent``."""
        if self.kind == "bcu":
            return f"{self.name} ({bcus()[self.name]})"
        return "the force" if self.is_force else self.name

    @property
    def boroughs(self) -> tuple[str, ...]:
        """The boroughs that lie in it, by name; of the force those of its BCUs, so not the City of London."""
        if self.kind == "borough":
            return (self.name,)
        held = self.bcus
        return tuple(sorted(name for name, borough in boroughs().items() if borough.bcu in held))

    @property
    def bcus(self) -> tuple[str, ...]:
        """The BCUs that lie in it, by code; of a borough none, since it is a part of its own."""
        if self.kind == "bcu":
            return (self.name,)
        return tuple(bcus()) if self.is_force else ()

    @property
    def bcu(self) -> str:
        """The BCU that it is or lies in; empty for the force, and for a borough of no BCU."""
        if self.kind == "bcu":
            return self.name
        return bcu_of(self.name) if self.kind == "borough" else ""

    def holds(self, place: Locality) -> bool:
        """Whether what lies at a place belongs to it. What has no known place belongs to the force alone."""
        return self.is_force or place.is_in(self.name)

    def takes_in(self, name: str) -> bool:
        """Whether what another scope did, by its name as stored, is its own, too: a BCU takes its boroughs in."""
        return self.is_force or name == self.name or (self.kind == "bcu" and bcu_of(name) == self.name)


WHOLE_FORCE = Scope("force", FORCE)


@lru_cache(maxsize=256)
def scope_of(words: str) -> Scope:
    """The scope that is written: ``force``, a BCU by code or name, or a borough; in any case, with ``&`` for ``and``.

    Raises NotFound, with what there is, for anything else.
    """
    typed = " ".join(words.split())
    folded = typed.casefold()
    if folded == FORCE:
        return WHOLE_FORCE
    for code, name in bcus().items():
        if folded in (code.casefold(), name.casefold()):
            return Scope("bcu", code)
    if known := borough_called(typed):
        return Scope("borough", known)
    there_is = f"{FORCE}, a BCU ({', '.join(bcus())}) or a borough ({', '.join(boroughs())})"
    raise NotFound(f"There is no scope '{typed}'. Use {there_is}.", "Scope not known")
