"""How commands show their help and read their options.

Help is plain text, for a rich one takes twice the time. The program's help names commands by subject; the help of an
option names its choices, which are read only then.

``open`` takes its options as they are typed: recent typer loads a validation library before it converts the first
value of any command, 100 ms that a screen cannot wait for.
"""

from __future__ import annotations

import re
import sys
from functools import partial
from typing import Any

from typer import Abort, BadParameter
from typer.core import TyperCommand, TyperGroup

from tui import exits
from tui.cli.choices import filled
from tui.cli.running import Running, commanded

_Misused: type[Exception] = BadParameter.__mro__[2]
"""What everything that is said of a command's words is: the library's own family, wherever it keeps it."""


_PLAIN = (
    (r"Input should be greater than or equal to (-?[\d.]+)", r"too small; write \1 or more"),
    (r"Input should be greater than (-?[\d.]+)", r"too small; write more than \1"),
    (r"Input should be less than or equal to (-?[\d.]+)", r"too large; write \1 or less"),
    (r"Input should be less than (-?[\d.]+)", r"too large; write less than \1"),
    (r"Input should be a valid integer\b.*", "no whole number; write one in digits, as 12"),
    (r"Input should be a valid number\b.*", "no number; write one in digits, as 12 or 0.5"),
)
"""What the library says of a value, and how we say it."""


def _in_plain_words(message: str) -> str:
    for theirs, ours in _PLAIN:
        message = re.sub(theirs, ours, message, flags=re.DOTALL)
    return message


class SubjectGroup(TyperGroup):
    """The program: its commands by subject, its own options converted to nothing."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command and end the program; what was written wrong is printed as plain text."""
        from tui.printing import usage_error

        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except _Misused as error:
            vars(error)["message"] = _in_plain_words(str(getattr(error, "message", "")))
            usage_error(error)
            code = getattr(error, "exit_code", exits.USAGE)
        except Abort:
            code = exits.INTERRUPTED
        sys.exit(code if isinstance(code, int) else exits.OK)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named: help of the program ends before, and loads nothing of the records."""
        from tui.cli.passphrase import begin

        begin()
        return super().invoke(ctx)

    def get_params(self, ctx: Any) -> list[Any]:
        """Give the options."""
        return _as_typed(super().get_params(ctx))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands under the subject that each was declared for, in the order of declaration."""
        subjects: dict[str, list[tuple[str, str]]] = {}
        width = formatter.width - 6 - max(map(len, self.commands))
        for name in self.list_commands(ctx):
            command: Any = self.get_command(ctx, name)
            rows = subjects.setdefault(command.rich_help_panel, [])
            rows.append((name.ljust(max(map(len, self.commands))), command.get_short_help_str(width)))
        for subject, rows in subjects.items():
            with formatter.section(subject):
                formatter.write_dl(rows)


class Command(TyperCommand):
    """A command whose options say what they may be set to."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command, by whose name what it may show is looked up."""
        with commanded(_running(ctx)):
            return super().invoke(ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help, the choices of each option in it."""
        for option in self.params:
            text = getattr(option, "help", None)
            if text:
                vars(option)["help"] = filled(text)
        super().format_help(ctx, formatter)


_OF_THE_PLACE = ("store", "json", "context", "as_json")
"""What says where a command looks and how it prints, not at what."""


def _running(ctx: Any) -> Running:
    """A command with what it was told, for the record of what is shown: words and options that were given."""
    told = []
    for option in ctx.command.params:
        value = ctx.params.get(option.name)
        if option.name in _OF_THE_PLACE or value is None or value == option.default or value in ((), [], "", False):
            continue
        words = " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        told.append(words if option.param_type_name == "argument" else f"{option.opts[0]} {words}")
    return Running(str(ctx.info_name), str(ctx.params.get("person") or ""), " ".join(told))


class Words(Command):
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
