"""``tasking loop``: does the meeting work? What was raised, closed, carried, escalated; what is due, and whose."""

from __future__ import annotations

from pathlib import Path

from core.days import london, uk
from core.loop import KINDS, Loop
from core.scope import FORCE
from db.loop import loop
from tui.cli.common import existing, print_json, print_table, say
from tui.cli.scope import scope_of_option


def run(path: Path | None, weeks: int, scope: str | None, *, json: bool) -> None:
    """Print the loop of a scope over so many weeks. Raises NotFound, Problem, a usage error."""
    wanted = scope_of_option(scope)
    with existing(path) as store:
        now = store.now()
        found = loop(store, wanted, london(now).date(), now, weeks)
    if json:
        print_json(found.as_json())
    else:
        _print(found)


def _print(found: Loop) -> None:
    say(f"{uk(found.first)} to {uk(found.last)}, {found.scope}: {found.sentence}.")
    if found.began is None:
        say("No action was ever raised." if found.scope == FORCE else f"{found.scope} has raised no action.")
    elif found.began > found.first:
        say(f"The first action was raised on {uk(found.began)}: of the time before nothing is known.")
    rows = [(week.words, *("?" if number is None else number for number in found.counts(week))) for week in found.weeks]
    print_table(("week of", *KINDS), rows, right=(1, 2, 3, 4))
    if found.items:
        times = [(one.item, one.planned, f"{one.minutes:g}", one.meetings) for one in found.items]
        print_table(("item", "planned minutes", "minutes", "meetings"), times, right=(1, 2, 3))
    else:
        say("No sealed meeting of these weeks kept a clock: how long items take is not known.")
    if found.decisions_due:
        due = [(one.id, one.decision, one.about, one.decided_by, one.due) for one in found.decisions_due]
        print_table(("no.", "decision", "about", "decided by", "due"), due, right=(0,))
    else:
        say("No decision is due for review.")
    if found.owners:
        owners = [(one.owner, one.open, one.overdue) for one in found.owners]
        print_table(("owner", "open", "overdue"), owners, right=(1, 2))
