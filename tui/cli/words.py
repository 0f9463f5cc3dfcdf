"""Commands whose options are words, taken as they are typed.

Recent typer loads a validation library before it converts the first value of any command: 100 ms that a screen
cannot wait for.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from typer.core import TyperCommand, TyperGroup


class WordsGroup(TyperGroup):
    """The program's own options (of which help is the only one), converted to nothing."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Give the options."""
        return _as_typed(super().get_params(ctx))


class Words(TyperCommand):
    """A command that gets each of its options as text, or None."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Give the options."""
        return _as_typed(super().get_params(ctx))


def _as_typed(options: list[Any]) -> list[Any]:
    for option in options:
        option.process_value = partial(_value, option)
    return options


def _value(option: Any, context: Any, value: Any) -> Any:
    return value if option.callback is None else option.callback(context, option, value)
