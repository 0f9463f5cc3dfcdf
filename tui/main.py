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
from tui.cli import place_commands, store_commands
from tui.cli.options import AsJson, StorePath, Top
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

StoreName = Annotated[
    str | None,
    typer.Option("--store", envvar="TASKING_STORE", help="The store to use.", show_default=False, metavar="PATH"),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="The day to look from, yyyy-mm-dd or dd/mm/yyyy; today if left out.")
]
MethodName = Annotated[
    str, typer.Option("--method", help="How to rank: v100, rfg, rfgv, rfh, css or violence.", show_default=True)
]
PoolName = Annotated[
    str | None,
    typer.Option(
        "--pool",
        help="Whom to rank: vawg, violence, knife, robbery, neighbourhood, domestic-abuse or everything; "
        "the method's own if left out.",
    ),
]
ByDay = Annotated[str, typer.Option("--by", help="Count by the day 'reported' or 'committed'.")]
Window = Annotated[int, typer.Option("--window", min=1, max=_MOST_DAYS, help="Days that count.")]
MinCrimes = Annotated[
    int | None,
    typer.Option("--min-crimes", min=1, max=_LARGEST, help="Reports that make a rank; the method's own if left out."),
]
Editions = Annotated[list[str] | None, typer.Option("--edition", help="Weigh by this edition of an index; repeatable.")]
BandFile = Annotated[Path | None, typer.Option("--bands", help="A TOML file of bands for rfg, rfgv and rfh.")]
SplitChoice = Annotated[
    str, typer.Option("--split", help="Split codes of unknown severity: 'default', 'lowest' or 'highest'.")
]
Statuses = Annotated[
    list[str] | None, typer.Option("--status", help="Only people of this status, as 'at large'; repeatable.")
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
    method: MethodName = "v100",
    pool: PoolName = None,
    as_of: AsOf = None,
    by: ByDay = "reported",
    window: Window = 365,
    min_crimes: MinCrimes = None,
    edition: Editions = None,
    bands: BandFile = None,
    split: SplitChoice = "default",
    status: Statuses = None,
    compare: Annotated[
        str | None, typer.Option("--compare", help="Two methods, as rfg,rfh: who stands apart in them, and why.")
    ] = None,
    places: Annotated[
        int, typer.Option("--places", min=0, max=_LARGEST, help="With --compare: show who differs by more places.")
    ] = 0,
    top: Top = "100",
    json: AsJson = False,
) -> None:
    """Rank named suspects by harm: makes a run that is kept, and prints it."""
    from tui.cli import rank
    from tui.cli.asking import Options

    named = tuple(edition or ()), bands, split, tuple(status or ())
    options = Options(_day(as_of), method, pool, by, window, min_crimes, *named)
    if compare is not None:
        from tui.cli import disagreement as comparing

        comparing.run(store, options, compare, places, top, json=json)
    else:
        rank.run(store, options, top, json=json)


@app.command()
def stability(
    store: StorePath = None,
    method: MethodName = "v100",
    pool: PoolName = None,
    as_of: AsOf = None,
    by: ByDay = "reported",
    window: Window = 365,
    min_crimes: MinCrimes = None,
    edition: Editions = None,
    bands: BandFile = None,
    split: SplitChoice = "default",
    status: Statuses = None,
    top: Top = "20",
    person: Annotated[
        str | None, typer.Option("--person", help="Only this person, by reference: the rank in every variant.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Show how far ranks hold under other weights, windows and split codes, and who is near rank 100; makes no run."""
    from tui.cli import stability
    from tui.cli.asking import Options

    named = tuple(edition or ()), bands, split, tuple(status or ())
    options = Options(_day(as_of), method, pool, by, window, min_crimes, *named)
    stability.run(store, options, top, person, json=json)


@app.command()
def explain(
    person: Annotated[str, typer.Argument(help="A person's reference.", metavar="PERSON")],
    store: StorePath = None,
    method: MethodName = "v100",
    pool: PoolName = None,
    as_of: AsOf = None,
    by: ByDay = "reported",
    window: Window = 365,
    edition: Editions = None,
    bands: BandFile = None,
    split: SplitChoice = "default",
    json: AsJson = False,
) -> None:
    """Show every allegation against a person, counted or not and why, down to file and line."""
    from tui.cli import explain
    from tui.cli.asking import Options

    options = Options(_day(as_of), method, pool, by, window, None, tuple(edition or ()), bands, split)
    explain.run(store, person, options, json=json)


@app.command()
def movement(
    store: StorePath = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="The earlier run: a number, 'latest' or 'previous'; if left out, the one the other was compared with.",
            metavar="RUN",
        ),
    ] = None,
    second: Annotated[
        str | None, typer.Option("--to", help="The later run; the latest if left out.", metavar="RUN")
    ] = None,
    top: Top = "100",
    json: AsJson = False,
) -> None:
    """Show who moved between two runs, and what each move is put down to."""
    from tui.cli import movement

    movement.run(store, first, second, top, json=json)


@app.command()
def cohorts(
    store: StorePath = None,
    cohort: Annotated[
        str | None, typer.Option("--cohort", help="One cohort, as dauntless-plus; all in short if left out.")
    ] = None,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Show who qualifies for a cohort, with the facts that make it true, and who is in it."""
    from tui.cli import cohorts

    cohorts.run(store, cohort, _day(as_of), json=json)


@app.command()
def proportionality(
    store: StorePath = None,
    run: Annotated[
        int | None,
        typer.Option("--run", min=1, max=_LARGEST, help="The number of a ranking; the latest V100 if left out."),
    ] = None,
    top: Top = "100",
    json: AsJson = False,
) -> None:
    """Compare the make-up of a list with its pool and with the residents; never an input to a score."""
    from tui.cli import proportionality

    proportionality.run(store, run, top, json=json)


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
    changes: Annotated[
        tuple[str, str] | None,
        typer.Option("--changes", help="Two releases: what was revised, reclassified or is new.", metavar="A B"),
    ] = None,
    ward: Annotated[
        str | None, typer.Option("--ward", help="With --changes: only this ward code, category by category.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Rank wards by harm, count or rate from published counts; --changes compares two releases instead."""
    if changes:
        from tui.cli import ward_changes

        if first or last or category or release:
            raise typer.BadParameter(
                "takes the months both releases hold; only --ward goes with it", param_hint="--changes"
            )
        ward_changes.run(store, *changes, ward, json=json)
        return
    if ward:
        raise typer.BadParameter("goes with --changes A B", param_hint="--ward")
    from tui.cli import wards

    wards.run(store, first, last, by, category or [], release, top, doubtful=doubtful, json=json)


@app.command()
def releases(store: StorePath = None, json: AsJson = False) -> None:
    """List the published releases of ward counts, with the months that are fragments."""
    from tui.cli import releases

    releases.run(store, json=json)


place_commands.add_to(app)


@app.command("open", cls=Words)
def open_(
    store: StoreName = None,
    meeting: Annotated[str, typer.Option("--meeting", help="'daily' or 'weekly'.")] = "daily",
    view: Annotated[
        str | None, typer.Option("--view", help="Straight to a list: suspects, cohorts, wards, priority, focus …")
    ] = None,
    as_of: AsOf = None,
    chair: Chair = None,
) -> None:
    """Open a meeting, or one list outside a meeting."""
    from db.store.gc_pause import gc_paused

    with gc_paused():  # while modules are loaded; the app collects again once it has painted
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


store_commands.add_to(app)


if __name__ == "__main__":
    run()
