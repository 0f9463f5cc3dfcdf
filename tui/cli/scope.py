"""Scopes as they are typed into options."""

from __future__ import annotations

from core.errors import NotFound
from core.scope import WHOLE_FORCE, Scope, scope_of


def scope_of_option(text: str | None, option: str = "--scope") -> Scope:
    """The scope that was typed for an option, the whole force where none was. Raises a usage error for no scope."""
    if text is None:
        return WHOLE_FORCE
    try:
        return scope_of(text)
    except NotFound as error:
        import typer  # the meeting room opens without it

        raise typer.BadParameter(error.sentence, param_hint=option) from None
