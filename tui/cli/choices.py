"""What options may be set to, read from where it is declared: for checks, for help, and for completion by a shell.

A declaration is imported only when its choices are asked for, so that the command line starts without any.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

Choices = Callable[[], Sequence[str]]
COMPLETING_BY = "_TASKING_COMPLETE"
"""What a shell sets in the environment when it asks the program what can stand here."""
COMPLETING = COMPLETING_BY in os.environ
"""Whether a shell asks; every other run is spared what answers it, which takes 10 ms to set up."""


def methods() -> Sequence[str]:
    """The methods of ranking."""
    from core.methods import METHODS

    return tuple(METHODS)


def pools() -> Sequence[str]:
    """The pools that people are ranked in."""
    from core.pools import POOLS

    return tuple(POOLS)


def days() -> Sequence[str]:
    """The days that a report can be counted by."""
    from core.allegations import By

    return get_args(By)


def historics() -> Sequence[str]:
    """What becomes of reports made more than a year after the offence."""
    from core.allegations import Historic

    return get_args(Historic)


def splits() -> Sequence[str]:
    """How a split code of unknown severity can be weighed."""
    from core.harm import Split

    return get_args(Split)


def cohorts() -> Sequence[str]:
    """The cohorts."""
    from core.cohorts import COHORTS

    return tuple(COHORTS)


def ward_orders() -> Sequence[str]:
    """What wards can be ordered by."""
    from core.wards import Order

    return get_args(Order)


def ward_sources() -> Sequence[str]:
    """Where ward numbers can be from."""
    return "published", "reports"


def officer_needs() -> Sequence[str]:
    """What extra officers can be placed in proportion to."""
    return "harm", "composite"


def officer_wards() -> Sequence[str]:
    """Among which wards extra officers can be placed."""
    from core.officers import AMONG

    return AMONG


def stop_keys() -> Sequence[str]:
    """What stops and searches can be counted by."""
    from core.stops import By

    return get_args(By)


def backtests() -> Sequence[str]:
    """What a backtest can be of."""
    return "wards", "people"


def profiles() -> Sequence[str]:
    """The profiles of files that can be taken in."""
    from db.loading.profiles import profiles as declared

    return tuple(declared())


def meeting_kinds() -> Sequence[str]:
    """The templates of meetings that ship; a force's own are files beside its store."""
    from core.templates import shipped

    return shipped()


def scopes() -> Sequence[str]:
    """Whose a meeting, a list or a paper can be, but for the boroughs, which are many."""
    from core.geography import bcus
    from core.scope import FORCE

    return FORCE, *bcus()


def action_sources() -> Sequence[str]:
    """What an action can come from."""
    from core.action_rules import sources

    return sources()


def priorities() -> Sequence[str]:
    """The priorities of an action."""
    from core.action_rules import priorities as declared

    return declared()


def templates() -> Sequence[str]:
    """The templates of actions."""
    from core.action_rules import templates as declared

    return tuple(declared())


def views() -> Sequence[str]:
    """The views that stand by themselves, outside a meeting."""
    from core.meetings import standing_views

    return tuple(standing_views())


def roles() -> Sequence[str]:
    """The roles of the users of a store."""
    from core.roles import ROLES

    return tuple(ROLES)


def shells() -> Sequence[str]:
    """The shells that there is a completion script for."""
    return "bash", "zsh", "fish", "powershell"


CHOICES: Mapping[str, Choices] = {
    choices.__name__: choices
    for choices in (
        methods, pools, days, historics, splits, cohorts, ward_orders, ward_sources, officer_needs, officer_wards,
        profiles, meeting_kinds, scopes, views, shells, stop_keys,
        backtests, action_sources, priorities, templates, roles,
    )
}  # fmt: skip
"""Every set of choices by the name that stands for it, in braces, in the help of an option."""
_NAME = re.compile(r"\{(\w+)\}")


def chosen(option: str, help_text: str, *, metavar: str | None = None) -> Any:
    """An option that is set to one of some choices. The help names them in braces, as ``How to rank: {methods}.``"""
    import typer  # the meeting room opens without it

    return typer.Option(option, help=help_text, metavar=metavar, autocompletion=completer(help_text))


def completer(help_text: str) -> Callable[[str], list[str]] | None:
    """What offers a shell the choices that a help text names, those that begin as what is typed; if a shell asks."""
    if not COMPLETING:
        return None

    def complete(incomplete: str) -> list[str]:
        names = _NAME.findall(help_text)
        return [choice for name in names for choice in CHOICES[name]() if choice.startswith(incomplete)]

    return complete


def filled(help_text: str) -> str:
    """A help text with the choices in place of their name: ``How to rank: v100, rfg or rfh.``"""
    return _NAME.sub(lambda name: _either(CHOICES[name[1]]()), help_text)


def _either(choices: Sequence[str]) -> str:
    *before, last = choices
    return f"{', '.join(before)} or {last}" if before else last
