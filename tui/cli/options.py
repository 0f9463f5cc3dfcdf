"""Options that several commands take, each declared once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer
from typer.main import get_command_name
from typer.models import CommandInfo

from tui.cli.choices import chosen

LARGEST = 999_999_999
"""The largest number that is looked for: more digits are a slip of the hand."""
_MOST_DAYS = 36_525

StorePath = Annotated[
    Path | None, typer.Option("--store", envvar="TASKING_STORE", help="The store to use.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
OnAWall = Annotated[
    bool | None,
    typer.Option(
        "--projector/--no-projector",
        help="Hide who people are and what was written; as it was left if left out.",
        show_default=False,
    ),
]
Recipient = Annotated[
    str,
    typer.Option(
        "--recipient", help="To whom the file goes; in a store with users it must be said.", show_default=False
    ),
]
Top = Annotated[str, typer.Option("--top", help="Ranks 1 to this, ties up to twice as many rows; or 'all'.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="The day to look from, yyyy-mm-dd or dd/mm/yyyy; today if left out.")
]

InScope = Annotated[
    str | None,
    chosen("--scope", "Whose: {scopes}; or a borough by its name. The whole force's if left out.", metavar="SCOPE"),
]


@dataclass(frozen=True)
class ScoreOptions:
    """How a score is made, as it was typed; None stands for what the method itself says."""

    method: Annotated[str, chosen("--method", "How to rank: {methods}.")] = "v100"
    pool: Annotated[str | None, chosen("--pool", "Whom to rank: {pools}; the method's own if left out.")] = None
    as_of: AsOf = None
    by: Annotated[str, chosen("--by", "Count by the day {days}.")] = "reported"
    window: Annotated[int, typer.Option("--window", min=1, max=_MOST_DAYS, help="Days that count.")] = 365
    edition: Annotated[
        list[str] | None, typer.Option("--edition", help="Weigh by this edition of an index; repeatable.")
    ] = None
    bands: Annotated[Path | None, typer.Option("--bands", help="A TOML file of bands for rfg, rfgv and rfh.")] = None
    split: Annotated[str, chosen("--split", "Split codes of unknown severity: {splits}.")] = "default"
    historic: Annotated[
        str, chosen("--historic", "Reports made over 365 days after the offence: {historics} (add nothing).")
    ] = "count"


@dataclass(frozen=True)
class RankingOptions(ScoreOptions):
    """How a ranking is made, as it was typed: how people score, and who is ranked at all."""

    min_crimes: Annotated[
        int | None,
        typer.Option(
            "--min-crimes", min=1, max=LARGEST, help="Reports that make a rank; as pool or method say if left out."
        ),
    ] = None
    status: Annotated[
        list[str] | None, typer.Option("--status", help="Only people of this status, as 'at large'; repeatable.")
    ] = None


@dataclass(frozen=True)
class ListOptions(RankingOptions):
    """The options of ``rank``, which ``explain`` takes too: how a ranking is made, and what of it is looked at."""

    compare: Annotated[
        str | None, typer.Option("--compare", help="Two methods, as rfg,rfh: who stands apart in them, and why.")
    ] = None
    places: Annotated[
        int, typer.Option("--places", min=0, max=LARGEST, help="With --compare: show who differs by more places.")
    ] = 0
    top: Top = "100"


def _descriptor(value: str | None) -> None:
    """Take the passphrase of an encrypted store from a file descriptor that was named."""
    if value is not None:
        from tui.cli.passphrase import name_descriptor

        try:
            name_descriptor(value)
        except ValueError:
            raise typer.BadParameter(f"'{value}'; write the number of an open file descriptor") from None


KeyFd = Annotated[
    str | None,
    typer.Option(
        "--key-fd",
        help="Read the passphrase of an encrypted store from this file descriptor.",
        metavar="N",
        callback=_descriptor,
        expose_value=False,
        show_default=False,
    ),
]


class Program(typer.Typer):
    """The program: each of its commands that opens a store can be told where the passphrase of it is read."""

    def command(self, name: str | None = None, **extra: Any) -> Any:
        """Make a function a command, as typer does."""
        register = super().command(name, **extra)
        return lambda function: register(_keyed(function))

    def with_only(self, name: str) -> Program:
        """The program with the one command of that name, where it has it: to build all of them takes 80 ms."""
        named = [one for one in self.registered_commands if _name(one) == name]
        if not named:
            return self
        alone = copy(self)
        alone.registered_commands = named
        return alone


def _name(command: CommandInfo) -> str:
    return command.name or (get_command_name(command.callback.__name__) if command.callback else "")


def _keyed(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command that takes a store the option ``--key-fd``, which works by itself and is not told the command."""
    signature = inspect.signature(command, eval_str=True)
    if "store" not in signature.parameters:
        return command

    @wraps(command)
    def keyed(**typed: Any) -> Any:
        typed.pop("key_fd", None)
        return command(**typed)

    option = inspect.Parameter("key_fd", inspect.Parameter.KEYWORD_ONLY, annotation=KeyFd, default=None)
    vars(keyed)["__signature__"] = signature.replace(parameters=[*signature.parameters.values(), option])
    return keyed


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for every field of the dataclass that its parameter ``options`` takes."""
    signature = inspect.signature(command, eval_str=True)
    kind = signature.parameters["options"].annotation
    hints = get_type_hints(kind, include_extras=True)

    @wraps(command)
    def with_options(**typed: Any) -> None:
        command(options=kind(**{field.name: typed.pop(field.name) for field in fields(kind)}), **typed)

    parameters = []
    for parameter in signature.parameters.values():
        taken = {parameter.name: (parameter.annotation, parameter.default)}
        if parameter.name == "options":
            taken = {field.name: (hints[field.name], field.default) for field in fields(kind)}
        parameters += [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
            for name, (annotation, default) in taken.items()
        ]
    vars(with_options)["__signature__"] = signature.replace(parameters=parameters)
    return with_options
