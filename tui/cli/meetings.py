"""The commands about meetings: the demo that holds one, the room itself, and what was sealed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tui.cli.choices import chosen
from tui.cli.options import LARGEST, AsJson, AsOf, InScope, OnAWall, Recipient, StorePath
from tui.cli.words import Command, Words

SUBJECT = "Meetings"
_MOST_WEEKS = 260


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the program."""
    app.command(rich_help_panel=SUBJECT, cls=Command)(demo)
    app.command("open", rich_help_panel=SUBJECT, cls=Words)(open_)
    app.command(rich_help_panel=SUBJECT, cls=Command)(meetings)
    app.command(rich_help_panel=SUBJECT, cls=Command)(night)
    app.command(rich_help_panel=SUBJECT, cls=Command)(activity)
    app.command(rich_help_panel=SUBJECT, cls=Command)(minutes)
    app.command(rich_help_panel=SUBJECT, cls=Command)(addendum)
    app.command(rich_help_panel=SUBJECT, cls=Command)(actions)
    app.command(rich_help_panel=SUBJECT, cls=Command)(loop)


def demo(
    store: StorePath = None,
    as_of: AsOf = None,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the meeting when it is built.")] = True,
    projector: OnAWall = None,
) -> None:
    """Build a synthetic London and open today's Grip & Pace."""
    from tui.cli import demo
    from tui.cli.days import day_of_option

    if projector is not None and not open_:
        raise typer.BadParameter("goes with --open: nothing is shown without it", param_hint="--projector")
    demo.run(store, day_of_option(as_of), open_=open_, projector=projector)


def open_(
    store: Annotated[
        str | None,
        typer.Option("--store", envvar="TASKING_STORE", help="The store to use.", show_default=False, metavar="PATH"),
    ] = None,
    meeting: Annotated[
        str, chosen("--meeting", "Which meeting: {meeting_kinds}; or the name of a template of your own.")
    ] = "daily",
    scope: InScope = None,
    view: Annotated[str | None, chosen("--view", "Straight to a list: {views}.")] = None,
    as_of: AsOf = None,
    chair: Annotated[str | None, typer.Option("--chair", help="Who chairs; who did last if left out.")] = None,
    projector: OnAWall = None,
) -> None:
    """Open a meeting, or one list outside a meeting."""
    from db.store.gc_pause import gc_paused

    with gc_paused():  # while modules are loaded; the app collects again once it has painted
        from tui.cli import open as opening
        from tui.cli.days import day_of_option

        path = Path(store) if store else None
        opening.run(path, meeting, view, day_of_option(as_of), chair, projector, scope)


def meetings(store: StorePath = None, scope: InScope = None, json: AsJson = False) -> None:
    """List the meetings that were held."""
    from tui.cli import minutes
    from tui.cli.scope import scope_of_option

    minutes.listing(store, scope_of_option(scope), json=json)


def night(
    store: StorePath = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Up to this moment, or the end of this day; now if left out.", metavar="WHEN"),
    ] = None,
    meeting: Annotated[
        str,
        chosen("--meeting", "Since the last of this meeting: {meeting_kinds}; or the name of a template of your own."),
    ] = "daily",
    scope: InScope = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="From this moment on; the last meeting's if left out.", metavar="WHEN"),
    ] = None,
    json: AsJson = False,
) -> None:
    """Say what happened since the last meeting, what is usual, and what is not known."""
    from tui.cli import night
    from tui.cli.moments import day_or_moment_of_option
    from tui.cli.scope import scope_of_option

    until, start = day_or_moment_of_option(as_of, "--as-of"), day_or_moment_of_option(since, "--since")
    night.run(store, until, meeting, None if scope is None else scope_of_option(scope), start, json=json)


def activity(store: StorePath = None, as_of: AsOf = None, scope: InScope = None, json: AsJson = False) -> None:
    """Count what the task force did since the last daily meeting, and say which returns are missing."""
    from tui.cli import activity
    from tui.cli.days import day_of_option
    from tui.cli.scope import scope_of_option

    activity.run(store, day_of_option(as_of), scope_of_option(scope), json=json)


def minutes(
    meeting: Annotated[int, typer.Argument(max=LARGEST, help="The number of a meeting.", metavar="MEETING")],
    store: StorePath = None,
    folder: Annotated[Path | None, typer.Option("--to", help="Write the papers into this folder.")] = None,
    report: Annotated[bool, typer.Option("--report", help="Print the report instead.")] = False,
    recipient: Recipient = "",
) -> None:
    """Read the sealed papers of a meeting."""
    from tui.cli import minutes

    if report and folder is not None:
        raise typer.BadParameter(
            "prints the report; --to writes all papers, so give one of the two", param_hint="--report"
        )

    minutes.run(store, meeting, folder, recipient, report=report)


def addendum(
    meeting: Annotated[int, typer.Argument(max=LARGEST, help="The number of a sealed meeting.", metavar="MEETING")],
    what: Annotated[str, typer.Option("--what", help="What is put right, as it ought to have been.")],
    why: Annotated[str, typer.Option("--why", help="Why the papers were wrong.")],
    store: StorePath = None,
    by: Annotated[str | None, typer.Option("--by", help="Who adds it; your user name if left out.")] = None,
) -> None:
    """Put an error in sealed papers right by a numbered addendum."""
    from tui.cli import minutes

    minutes.addendum(store, meeting, what, why, by)


def _typed(option: str, help_text: str) -> Any:
    return typer.Option(option, help=help_text, show_default=False)


def actions(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="What to do; the actions are listed if left out.", metavar="[raise|update NO|close NO]"),
    ] = None,
    store: StorePath = None,
    owner: Annotated[str | None, _typed("--owner", "Whose: a role, a name, or Role (name).")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those that are overdue.")] = False,
    scope: InScope = None,
    meeting: Annotated[str | None, _typed("--meeting", "A meeting's number, or its kind: {meeting_kinds}.")] = None,
    text: Annotated[str | None, _typed("--text", "With raise: what must be done.")] = None,
    due: Annotated[str | None, _typed("--due", "With raise: by when, as 17:00, +24h or dd/mm/yyyy hh:mm.")] = None,
    about: Annotated[str | None, _typed("--about", "With raise: a person's reference or a ward's code.")] = None,
    source: Annotated[str | None, _typed("--source", "With raise: what it comes from: {action_sources}.")] = None,
    partner: Annotated[str | None, _typed("--partner", "With raise: who helps from outside.")] = None,
    priority: Annotated[str | None, _typed("--priority", "With raise: {priorities}.")] = None,
    template: Annotated[str | None, _typed("--template", "With raise: words, owner and time of {templates}.")] = None,
    expect: Annotated[str | None, _typed("--expect", "With raise: what is to come of it.")] = None,
    expect_by: Annotated[str | None, _typed("--expect-by", "With --expect: by which day.")] = None,
    update: Annotated[str | None, _typed("--words", "With update: how far it is.")] = None,
    decided: Annotated[str | None, _typed("--decided", "With update: when it was so; now if left out.")] = None,
    result: Annotated[str | None, _typed("--result", "With close: what came of it, in words.")] = None,
    evidence: Annotated[str | None, _typed("--evidence", "With close: the reference that shows it.")] = None,
    by: Annotated[str | None, _typed("--by", "Who does it; your user name if left out.")] = None,
    json: AsJson = False,
) -> None:
    """List the actions; raise, update and close them."""
    from tui.cli import actions

    options = {
        "--text": text, "--due": due, "--about": about, "--source": source, "--partner": partner,
        "--priority": priority, "--template": template, "--expect": expect, "--expect-by": expect_by,
        "--words": update, "--decided": decided, "--result": result, "--evidence": evidence, "--by": by,
    }  # fmt: skip
    asked = actions.Asked(words or [], owner, scope, meeting, overdue, options)
    actions.run(store, asked, json=json)


def loop(
    store: StorePath = None,
    weeks: Annotated[
        int, typer.Option("--weeks", min=1, max=_MOST_WEEKS, help="How many weeks, this one the last.")
    ] = 12,
    scope: InScope = None,
    json: AsJson = False,
) -> None:
    """Say whether the meeting works: what was raised, closed with a result, carried and escalated."""
    from tui.cli import loop

    loop.run(store, weeks, scope, json=json)
