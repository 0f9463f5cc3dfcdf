"""What comes of what is promised in the demo: long decisions, expectations, what is put aside."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.decisions import Rationale
from core.demo.words_loop import LONG_FORMS
from db import decisions, meeting_notes
from db.actions import Details, Subject
from db.meetings import MeetingView
from db.store import Store

_LONG_EVERY, _EXPECTED_EVERY, _ASIDE_EVERY = 3, 4, 5


def rationale_on(meeting: MeetingView, turn: int, chair: str) -> Rationale:
    """What a decision of a meeting says beside itself: from what it was taken; every third its long form, too."""
    shown = {"day": meeting.as_of.isoformat()}
    if meeting.run_id is not None:
        shown["ranking"] = str(meeting.run_id)
    if turn % _LONG_EVERY:
        return Rationale(shown=shown)
    form = LONG_FORMS[turn // _LONG_EVERY % len(LONG_FORMS)]
    return Rationale(
        threat=form.threat,
        powers=form.powers,
        options=form.options,
        dissent=form.dissent,
        review_on=_day(meeting, 14),
        risk=form.risk,
        risk_by=chair if form.risk else "",
        risk_until=_day(meeting, 14) if form.risk else "",
        expected=form.expected,
        expected_on=_day(meeting, 2) if form.expected else "",
        shown=shown,
    )


def details_on(meeting: MeetingView, due: datetime, expects: str, turn: int) -> Details:
    """What an action says beside its words: every fourth says by which day it is to bring what it is for."""
    if turn % _EXPECTED_EVERY:
        return Details(priority="normal")
    expected_on = min(due.date(), meeting.as_of + timedelta(days=1)).isoformat()
    return Details(priority="high", expected=expects, expected_on=expected_on)


def _day(meeting: MeetingView, days: int) -> str:
    return (meeting.as_of + timedelta(days=days)).isoformat()


def hear_what_came(store: Store, meeting: MeetingView, chair: str) -> None:
    """Amend each decision whose expectation has come: the new entry says what came of it, and expects nothing more."""
    came = {form.expected: form.came for form in LONG_FORMS if form.expected}
    for one in decisions.decisions(store):
        said = one.rationale
        if one.amended_by is None and said.expected in came and said.expected_on <= meeting.as_of.isoformat():
            decisions.decide(
                store, [(one.subject, one.facts)], one.decision, came[said.expected], decided_by=chair,
                meeting_id=meeting.id, item=store.item, amends=one.id, rationale=Rationale(shown=said.shown),
            )  # fmt: skip


def put_aside(store: Store, meeting: MeetingView, day: date) -> None:
    """Every few days an item of the agenda is parked and taken up again; now and then it stays parked to the end."""
    if day.toordinal() % _ASIDE_EVERY:
        return
    item = meeting.agenda.items[2]
    about = [Subject("item", item.key, item.title)]
    with store.at(item.key):
        meeting_notes.park(store, meeting.id, about, item=item.key)
        if day.toordinal() % (2 * _ASIDE_EVERY):
            meeting_notes.take_up(store, meeting.id, about)
