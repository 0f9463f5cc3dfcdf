"""The profiles of an import: found in the modules that declare them, recognised by the header of a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from core import column_map
from core.column_map import ColumnMap
from core.errors import Refused
from db import loading
from db.loading.profile import Profile

DEFAULT = "extract"
"""The profile that most files are of: named first, and what a profile file maps to where it names none."""


@cache
def profiles() -> dict[str, Profile]:
    """Every profile by its kind, the default first and the others by name.

    The modules are looked through at the first import of a file and not before: they bring the heavy libraries.
    """
    modules = (import_module(f"{loading.__name__}.{module.name}") for module in iter_modules(loading.__path__))
    declared = [module.PROFILE for module in modules if isinstance(getattr(module, "PROFILE", None), Profile)]
    return {profile.kind: profile for profile in sorted(declared, key=lambda each: (each.kind != DEFAULT, each.kind))}


def recognising(header: Sequence[str]) -> list[Profile]:
    """The profiles that recognise a header, only those that give way least: one, unless files are mixed."""
    fitting = [profile for profile in profiles().values() if not profile.missing(header)]
    least = min((profile.gives_way for profile in fitting), default=0)
    return [profile for profile in fitting if profile.gives_way == least]


def recognise(header: Sequence[str], file: str) -> ColumnMap:
    """How a file with this header is read.

    Raises Refused where no profile recognises it, naming what is missing, and where more than one does.
    """
    fitting = recognising(header)
    if len(fitting) == 1:
        return fitting[0].as_named()
    if fitting:
        kinds = " and of ".join(f"'{profile.kind}'" for profile in fitting)
        raise Refused(f"{file} has the columns of {kinds}. Name the one to read it by with --profile.")
    mapped = [profile for profile in profiles().values() if profile.mapped]
    nearest = min(mapped, key=lambda each: (len(each.missing(header)) / len(each.columns), each.gives_way))
    raise Refused(
        f"{file} has the header of no profile that is known. Nearest is '{nearest.kind}', which also needs: "
        f"{', '.join(nearest.missing(header))}. Mend the header, or name a profile file with --profile."
    )


def built_in(name: str) -> ColumnMap:
    """How a file of a named profile is read. Raises Refused for a name that is not known."""
    profile = profiles().get(name)
    if profile is None:
        raise Refused(f"There is no profile '{name}'. Use one of {', '.join(profiles())}, or a .toml file.")
    return profile.as_named()


def from_toml(text: str, file: str) -> ColumnMap:
    """Read a profile file of a user. Raises Refused for one that cannot be read or names what is not there."""
    mapped = {kind: profile.as_named() for kind, profile in profiles().items() if profile.mapped}
    return column_map.from_toml(text, file, mapped, DEFAULT)


class TableRow(NamedTuple):
    """A profile as the documentation tells of it."""

    name: str
    says: str
    columns: tuple[str, ...]
    optional: tuple[str, ...]


def profile_table() -> list[TableRow]:
    """Every profile for the documentation: its name, what such a file is, columns it needs, columns it may have."""
    return [TableRow(each.kind, each.says, each.columns, each.optional) for each in profiles().values()]
