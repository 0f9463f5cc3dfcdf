"""The commands about who may see and do what, and who looked at what."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.cli.choices import chosen
from tui.cli.options import AsJson, StorePath
from tui.cli.words import Command

SUBJECT = "Users and trust"
InKeyring = Annotated[
    bool,
    typer.Option("--keyring", help="Keep the passphrase in this machine's keyring, too.", show_default=False),
]


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the program."""
    for command in (init, encrypt, rekey, users, log):
        app.command(rich_help_panel=SUBJECT, cls=Command)(command)


def init(
    store: StorePath = None,
    encrypted: Annotated[
        bool, typer.Option("--encrypted", help="Encrypt it: only its passphrase opens it.", show_default=False)
    ] = False,
    keyring: InKeyring = False,
) -> None:
    """Make an empty store that opens for its users alone; whoever makes it owns it."""
    from tui.cli import init

    if keyring and not encrypted:
        raise typer.BadParameter("goes with --encrypted", param_hint="--keyring")
    init.run(store, encrypted=encrypted, keyring=keyring)


def encrypt(store: StorePath = None, keyring: InKeyring = False) -> None:
    """Encrypt the store in its place: from then on only a passphrase opens it."""
    from tui.cli import encrypt

    encrypt.run(store, keyring=keyring)


def rekey(store: StorePath = None, keyring: InKeyring = False) -> None:
    """Give an encrypted store another passphrase; copies keep that of their day."""
    from tui.cli import encrypt

    encrypt.rekey(store, keyring=keyring)


def users(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="What to do; the users are listed if left out.",
            metavar="[list|add LOGIN|end LOGIN|restrict COHORT LOGIN...]",
        ),
    ] = None,
    store: StorePath = None,
    role: Annotated[
        str | None,
        chosen("--role", "With add: {roles}."),
    ] = None,
    name: Annotated[str, typer.Option("--name", help="With add: what records call them.", show_default=False)] = "",
    since: Annotated[
        str | None, typer.Option("--from", help="With add: from when on; now if left out.", metavar="WHEN")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--on", help="With end: when it ended; now if left out.", metavar="WHEN")
    ] = None,
    json: AsJson = False,
) -> None:
    """List the users of a store with their roles; add and end them; keep a cohort to some of them."""
    from tui.cli import users
    from tui.cli.moments import day_or_moment_of_option

    start, end = day_or_moment_of_option(since, "--from"), day_or_moment_of_option(until, "--on")
    asked = users.Asked(words or [], role, name, start, end)
    users.run(store, asked, json=json)


def log(
    store: StorePath = None,
    person: Annotated[
        str, typer.Option("--person", help="Only look-ups of this person, by reference.", show_default=False)
    ] = "",
    user: Annotated[str, typer.Option("--user", help="Only what this user was shown.", show_default=False)] = "",
    since: Annotated[
        str | None, typer.Option("--from", help="Only from this day or moment on.", metavar="WHEN")
    ] = None,
    month: Annotated[
        str | None, typer.Option("--month", help="Count the month of this day by user instead.", metavar="DAY")
    ] = None,
    json: AsJson = False,
) -> None:
    """List who looked at what, when and how; or count a month, with look-ups far from the work of meetings."""
    from tui.cli import log
    from tui.cli.days import day_of_option
    from tui.cli.moments import day_or_moment_of_option

    if month is not None and (person or user or since is not None):
        raise typer.BadParameter("counts everyone's; give it alone", param_hint="--month")
    counted = None if month is None else day_of_option(month, "--month")
    log.run(store, log.Asked(person, user, day_or_moment_of_option(since, "--from"), counted), json=json)
