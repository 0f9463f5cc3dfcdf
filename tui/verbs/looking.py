"""Verbs that change nothing: two people side by side, one person's year, two methods against each other."""

from __future__ import annotations

from dataclasses import replace

from core.errors import Problem
from core.methods import METHODS, method_named
from db import rankings
from tui.dialogs.form import Field, Form, Values
from tui.verbs.acting import Acting, typed_number

_PLACES = "20"


def compare(acting: Acting) -> None:
    """Two people side by side."""
    from tui.screens.compare import ComparePage

    people = [record for record in acting.records if record.subject.kind == "person"]
    if len(people) != 2:
        raise Problem(
            "Two people are compared. Mark two with space, or one and stand on the other, then press it again."
        )
    acting.push(ComparePage(acting.session, people[0], people[1]), None)


def timeline(acting: Acting) -> None:
    """One person's year."""
    from tui.screens.timeline import TimelinePage

    acting.push(TimelinePage(acting.session, acting.one), None)


def disagree(acting: Acting) -> None:
    """Ask for another method, then show only those whom the two put far apart."""
    from tui.screens.disagreement import DisagreementPage

    session = acting.session
    if session.run_id is None:
        raise Problem("No one is ranked yet. Import crime reports: tasking import FILE.", "No ranking")
    head = rankings.run(session.store, session.run_id)
    others = [key for key in METHODS if key != head.method]

    def check(values: Values) -> None:
        typed_number(values["places"], "Places")

    def show(values: Values | None) -> None:
        if values is not None:
            again = rankings.request_again(session.store, head)
            other = replace(again, method=method_named(values["method"]).key, pool=head.ranked_in, min_crimes=None)
            acting.push(DisagreementPage(session, head, other, int(values["places"])), None)

    fields = [
        Field("method", f"{head.how.title} and which other method", others[0], choices=others, only=True,
              hint=", ".join(others)),
        Field("places", "Apart by more than so many places", _PLACES),
    ]  # fmt: skip
    acting.push(Form("Where two methods disagree", fields, check, session.drafts), show)
