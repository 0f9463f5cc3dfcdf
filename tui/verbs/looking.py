"""Verbs that change nothing: why a row is here, two people side by side, one person's year, two methods compared."""

from __future__ import annotations

from dataclasses import replace

from core.errors import Problem
from core.methods import METHODS, method_named
from db import decisions, rankings
from db.releases import releases
from db.report_counts import REPORTS
from tui.dialogs.form import Field, Values
from tui.dialogs.whole import Whole
from tui.opening import Open
from tui.verbs.context import VerbContext, typed_number
from tui.views.registry import WHY

_PLACES = "20"
_PLACES_SHOWN = ("ward", "site", "locality")
"""What is decided on from the list of wards."""
_A_TOAST = 160
"""Characters that a toast shows whole on the smallest screen; what is longer is shown in a box that scrolls."""


def why(context: VerbContext) -> None:
    """The records behind a row; where there is no page of them, what is known of the row."""
    for record in context.records:
        if record.behind in WHY:
            context.show(Open("why", (record,)))
        else:
            words = record.told(hidden=context.session.projector)
            if len(words) > _A_TOAST:
                context.push(Whole(context.seen(words)), None)
            else:
                context.tell(words or "Nothing more is known of this row.")


def compare(context: VerbContext) -> None:
    """Two people side by side."""
    people = [record for record in context.records if record.subject.kind == "person"]
    if len(people) != 2:
        raise Problem(
            "Two people are compared. Mark two with space, or one and stand on the other, then press it again."
        )
    context.show(Open("compare", (people[0], people[1])))


def timeline(context: VerbContext) -> None:
    """One person's year."""
    context.show(Open("timeline", (context.record,)))


def as_shown(context: VerbContext) -> None:
    """The list that a decision was taken from, by the ranking or the release that it keeps."""
    record, store = context.record, context.session.store
    if record.subject.kind != "decision":
        raise Problem("Only what a decision was taken from is kept. Stand on a decision.")
    one = decisions.decision(store, int(record.subject.ref))
    shown = one.rationale.shown.get("ranking") or one.facts.get("run")
    if shown is not None and one.subject.kind not in _PLACES_SHOWN:
        context.show(Open("shown", (record, one, rankings.run(store, int(shown)).id)))
    elif (release := one.rationale.shown.get("release")) is not None:
        if release not in (REPORTS, *(head.name for head in releases(store))):
            raise Problem(
                f"Decision {one.id} was taken by release {release}. There is none of that name now, as its file was "
                "withdrawn or its series has more months: its list cannot be shown. The figures of its line stay: w."
            )
        context.show(Open("shown", (record, one, None)))
    else:
        raise Problem(f"Decision {one.id} keeps the figures of its line alone: no ranking was shown with it.")


def disagree(context: VerbContext) -> None:
    """Ask for another method, then show only those whom the two put far apart."""
    session = context.session
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
            context.show(Open("disagreement", (head, other, int(values["places"]))))

    fields = [
        Field("method", f"{head.how.title} and which other method", others[0], choices=others, only=True,
              hint=", ".join(others)),
        Field("places", "Disagreement by more than so many places", _PLACES),
    ]  # fmt: skip
    context.push(context.form("Where two methods disagree", fields, check), show)
