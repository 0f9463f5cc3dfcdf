"""The command line. Every command imports what it needs when it runs, so that help is quick."""

from __future__ import annotations

import signal
import sys
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Annotated

import typer

from core.errors import Problem
from tui import exits
from tui.cli.words import Words, WordsGroup

app = typer.Typer(
    name="tasking",
    cls=WordsGroup,
    help="Run tasking meetings from the keyboard; know every record behind every number.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_YEARS = range(1900, 2100)
_MOST_DAYS = 36_525
_LARGEST = 999_999_999

StorePath = Annotated[
    Path | None, typer.Option("--store", envvar="TASKING_STORE", help="The store to use.", show_default=False)
]
StoreName = Annotated[
    str | None,
    typer.Option("--store", envvar="TASKING_STORE", help="The store to use.", show_default=False, metavar="PATH"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="The day to look from, yyyy-mm-dd or dd/mm/yyyy; today if left out.")
]
Chair = Annotated[str | None, typer.Option("--chair", help="Who chairs; your user name if left out.")]


def run() -> None:
    """Run the command line; a problem is one sentence on standard error and an exit code, never a traceback."""
    sys.excepthook = _unforeseen
    if hasattr(signal, "SIGPIPE"):
        # A reader that stops early, like head, ends the command quietly, as it ends any other.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        typer.main.get_command(app)()
    except Problem as problem:
        from core.text import plain

        print(f"{plain(problem.title)}: {plain(problem.sentence)}", file=sys.stderr)  # noqa: T201
        sys.exit(exits.REFUSED)
    except KeyboardInterrupt:
        print("Stopped. Nothing was half-done.", file=sys.stderr)  # noqa: T201
        sys.exit(exits.INTERRUPTED)


def _unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say where a fault is without showing what any record holds."""
    from tui.faults import unforeseen

    print(unforeseen(kind, error, trace), file=sys.stderr)  # noqa: T201


def _day(text: str | None) -> date:
    """The day asked for, or today in London."""
    from core.days import LONDON, parse_day

    if text is None:
        return datetime.now(LONDON).date()
    try:
        day = date.fromordinal(parse_day(text))
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no date; write yyyy-mm-dd or dd/mm/yyyy", param_hint="--as-of") from None
    if day.year not in _YEARS:
        raise typer.BadParameter(f"'{text}' is not from {_YEARS[0]} to {_YEARS[-1]}", param_hint="--as-of")
    return day


@app.command()
def demo(
    store: StorePath = None,
    as_of: AsOf = None,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the meeting when it is built.")] = True,
) -> None:
    """Build a synthetic London and open today's Grip & Pace."""
    from tui.cli import demo

    demo.run(store, _day(as_of), open_=open_)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Extracts to take in.", metavar="FILE...")],
    store: StorePath = None,
    profile: Annotated[
        str | None, typer.Option("--profile", help="A profile by name, or a .toml file; recognised if left out.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be taken; change nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Take extracts into the store, each file one batch."""
    from tui.cli import imports

    raise typer.Exit(imports.run(files, store, profile, dry_run=dry_run, json=json))


@app.command()
def quarantine(
    store: StorePath = None,
    batch: Annotated[int | None, typer.Option("--batch", max=_LARGEST, help="Only this batch.")] = None,
    export: Annotated[Path | None, typer.Option("--export", help="Write the rows to this CSV file.")] = None,
    json: AsJson = False,
) -> None:
    """List the rows that were not taken, and why; --export writes them to a CSV."""
    from tui.cli import quarantine

    quarantine.run(store, batch, export, json=json)


@app.command()
def withdraw(
    batch: Annotated[int, typer.Argument(help="The number of the latest batch.", metavar="BATCH")],
    store: StorePath = None,
) -> None:
    """Take the latest import back: what it replaced stands again."""
    from tui.cli import withdraw

    withdraw.run(store, batch)


@app.command()
def rank(
    store: StorePath = None,
    method: Annotated[str, typer.Option("--method", help="How to rank: v100.")] = "v100",
    as_of: AsOf = None,
    by: Annotated[str, typer.Option("--by", help="Count by the day 'reported' or 'committed'.")] = "reported",
    window: Annotated[int, typer.Option("--window", min=1, max=_MOST_DAYS, help="Days that count.")] = 365,
    min_crimes: Annotated[int, typer.Option("--min-crimes", min=1, max=_LARGEST, help="Reports that make a rank.")] = 2,
    top: Annotated[str, typer.Option("--top", help="How many ranks to print, or 'all'.")] = "100",
    json: AsJson = False,
) -> None:
    """Rank named suspects by harm: makes a run that is kept, and prints it."""
    from tui.cli import rank

    rank.run(store, method, _day(as_of), by, window, min_crimes, top, json=json)


@app.command()
def explain(
    person: Annotated[str, typer.Argument(help="A person's reference.", metavar="PERSON")],
    store: StorePath = None,
    as_of: AsOf = None,
    by: Annotated[str, typer.Option("--by", help="Count by the day 'reported' or 'committed'.")] = "reported",
    window: Annotated[int, typer.Option("--window", min=1, max=_MOST_DAYS, help="Days that count.")] = 365,
    json: AsJson = False,
) -> None:
    """Show every allegation against a person, counted or not and why, down to file and line."""
    from tui.cli import explain

    explain.run(store, person, _day(as_of), by, window, json=json)


@app.command()
def wards(
    store: StorePath = None,
    first: Annotated[str | None, typer.Option("--from", help="First month, yyyy-mm.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last month, yyyy-mm.")] = None,
    by: Annotated[str, typer.Option("--by", help="Order by 'harm', 'count' or 'rate'.")] = "harm",
    category: Annotated[
        list[str] | None, typer.Option("--category", help="Only categories whose name holds this text; repeatable.")
    ] = None,
    release: Annotated[str | None, typer.Option("--release", help="Which release; the latest if left out.")] = None,
    top: Annotated[str, typer.Option("--top", help="How many ranks to print, or 'all'.")] = "all",
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Count locally doubtful categories as harm.")] = False,
    json: AsJson = False,
) -> None:
    """Rank wards by harm, count or rate from published counts."""
    from tui.cli import wards

    wards.run(store, first, last, by, category or [], release, top, doubtful=doubtful, json=json)


@app.command("open", cls=Words)
def open_(
    store: StoreName = None,
    meeting: Annotated[str, typer.Option("--meeting", help="'daily' or 'weekly'.")] = "daily",
    view: Annotated[
        str | None, typer.Option("--view", help="Straight to a list: offenders, wards, deployments, actions.")
    ] = None,
    as_of: AsOf = None,
    chair: Chair = None,
) -> None:
    """Open a meeting, or one list outside a meeting."""
    from db.cycles import no_cycles

    with no_cycles():  # while modules are loaded; the app collects again once it has painted
        from tui.cli import open as opening

        opening.run(Path(store) if store else None, meeting, view, _day(as_of), chair)


@app.command()
def meetings(store: StorePath = None, json: AsJson = False) -> None:
    """List the meetings that were held."""
    from tui.cli import minutes

    minutes.listing(store, json=json)


@app.command()
def minutes(
    meeting: Annotated[int, typer.Argument(max=_LARGEST, help="The number of a meeting.", metavar="MEETING")],
    store: StorePath = None,
    folder: Annotated[Path | None, typer.Option("--to", help="Write the papers into this folder.")] = None,
    report: Annotated[bool, typer.Option("--report", help="Print the briefing report instead.")] = False,
) -> None:
    """Read the sealed papers of a meeting."""
    from tui.cli import minutes

    minutes.run(store, meeting, folder, report=report)


@app.command()
def verify(store: StorePath = None, json: AsJson = False) -> None:
    """Walk the journal's chain and check every sealed meeting."""
    from tui.cli import verify

    raise typer.Exit(verify.run(store, json=json))


if __name__ == "__main__":
    run()
