"""``tasking meetings`` and ``tasking minutes``: what was sealed."""

from __future__ import annotations

from pathlib import Path

from core.days import london
from core.errors import Conflict, NotFound
from core.scope import Scope
from db import addenda, meetings
from db.store.viewings import export
from tui.cli.common import existing, print_json, print_table, say
from tui.printing import say_all


def listing(path: Path | None, scope: Scope, *, json: bool) -> None:
    """List every meeting of a scope and of what it takes in, the latest first."""
    with existing(path) as store:
        found = [meeting for meeting in meetings.meetings(store) if scope.takes_in(meeting.scope)]
    if json:
        print_json(
            [
                {
                    "meeting": m.id,
                    "kind": m.kind,
                    "scope": m.scope,
                    "title": m.title,
                    "as_of": m.as_of.isoformat(),
                    "chair": m.chair,
                    "opened_at": m.opened_at.isoformat(),
                    "sealed_at": m.sealed_at.isoformat() if m.sealed_at else None,
                    "seal": m.seal or None,
                }
                for m in found
            ]
        )
        return
    rows = [
        (
            m.id,
            m.title,
            m.scope,
            f"{m.as_of:%d/%m/%Y}",
            m.chair,
            f"{london(m.sealed_at):%d/%m %H:%M}" if m.sealed_at else "open",
        )
        for m in found
    ]
    print_table(("no.", "meeting", "scope", "as of", "chair", "sealed"), rows, right=(0,))


def run(path: Path | None, number: int, folder: Path | None, recipient: str, *, report: bool) -> None:
    """Print a sealed meeting's minutes or report, or write its papers into a folder for someone."""
    with existing(path) as store:
        meeting = meetings.meeting(store, number)
        added = addenda.addenda(store, number)
        if meeting.sealed_at is None:
            raise Conflict(f"Meeting {number} is not sealed yet. Open it with 'tasking open' and seal it.")
        if report and not meeting.report:
            raise NotFound(f"Meeting {number} is a {meeting.kind} meeting; it has no report.")
        what = f"the papers of meeting {number}"
        allowed = None if folder is None else export(store, what, "", folder, recipient)
    if folder is None or allowed is None:
        say_all(addenda.with_addenda(meeting.report if report else meeting.minutes, added))
        return
    from tui.documents import papers_of, write_documents

    texts = (addenda.with_addenda(paper, added) for paper in (meeting.minutes, meeting.report))
    for file in write_documents(folder, papers_of(meeting, *texts), allowed):
        say(f"Written: {file}")


def addendum(path: Path | None, number: int, what: str, why: str, by: str | None) -> None:
    """Add a numbered addendum to a sealed meeting."""
    with existing(path, by) as store:
        meeting = meetings.meeting(store, number)
        added = addenda.add(store, number, what, why)
    say(f"Addendum {added} to {meeting.title} of {meeting.as_of:%d/%m/%Y}. 'tasking minutes {number}' prints it.")
