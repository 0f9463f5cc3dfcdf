"""What the weekly meetings of the demo decide about places: priority wards, extra officers, focus wards, fly-tips."""

from __future__ import annotations

from collections.abc import Callable

from core.composite_weights import default
from core.days import day_of, monday_of
from core.demo.facts import Facts, Wording
from core.demo.words_places import MORE, PRIORITY, SHORT, WISHES
from core.fly_tips import CHECKS_A_WEEK, FINDINGS, ISSUES, OWNERS, TARGET_SITES
from core.focus import AGREED
from core.text import counted
from db import (
    fly_tips,
    focus,
    focus_comments,
    focus_measures,
    officers,
    priority_wards,
    unsafe_places,
)
from db.composite import parts
from db.demo_people import panels_ask, ward_facts
from db.focus import WeekView
from db.meetings import MeetingView
from db.store import Store

_ADOPTED = 4
_OPEN_HMO = 128
"""Open requests on suspected HMOs, falling from the council's baseline of 140."""


At = Callable[[int], None]
"""Sets the clock to so many minutes after eleven of a day."""
_SUMMED, _CALLED, _PLANNED, _CHECKED = 40, 55, 70, 130


def report_places(store: Store, today: int, at: At) -> None:
    """What comes in before a weekly meeting, in the hours between the daily and it: the focus week, fly-tip sites."""
    last = focus.week_of(store, today - 7)
    if last is not None:
        _record(store, last, today, at)
    _sites(store, today, at)


def decide_places(store: Store, meeting: MeetingView, chair: str) -> None:
    """What one weekly meeting decides: what the composite puts first, posts, the focus ward of the next week."""
    today = day_of(meeting.as_of)
    found, weights = parts(store), default()
    wording = Wording()
    flags = unsafe_places.flagged(store, today - 365, today).by_ward
    asked = panels_ask(store, today)
    for nth, proposal in enumerate(priority_wards.proposals(store, found, weights, 40)[:_ADOPTED]):
        facts = ward_facts(asked.get(proposal.ref, []), flags.get(proposal.ref, 0))
        facts = Facts(facts.hold, {**facts.figures, "harm": str(proposal.facts["harm_rank"])})
        words = wording.choose(PRIORITY, facts, today // 7 + nth) or PRIORITY[3]
        priority_wards.adopt(
            store,
            [proposal],
            since=today,
            reason=words.about(facts),
            adopted_by=chair,
            review_on=today + (9 if today % 2 else 28),
            meeting_id=meeting.id,
        )
    _, within = officers.among_of(store, found)
    officers.keep(store, officers.proposed(found, weights, "harm", within=within), chair, meeting.id)
    _focus(store, meeting, chair, today)


def _focus(store: Store, meeting: MeetingView, chair: str, today: int) -> None:
    """Take a reading, agree the menu of this week."""
    model = focus.model_of(store)
    stock = next(one for one in model.measures if not one.option)
    focus_measures.read_measure(store, stock, today, _OPEN_HMO - today % 5, chair, meeting_id=meeting.id)
    number = focus.propose(store, model, monday_of(today), meeting_id=meeting.id)
    items = [item.id for item in focus.week(store, number).items if item.planned][:5]
    focus.agree(store, items, by=chair, meeting_id=meeting.id)


def _record(store: Store, week: WeekView, today: int, at: At) -> None:
    """Record every agreed item of a week, sum the week up by them, and write down what a councillor says."""
    agreed = [item for item in week.items if item.state == AGREED]
    done = [max(0, item.planned - 1 + (today + place) % 4) for place, item in enumerate(agreed)]
    for place, (item, number) in enumerate(zip(agreed, done, strict=True)):
        at(6 * place)
        words = SHORT if number < item.planned else MORE if number > item.planned else "as planned"
        focus.record(store, item.id, number, words)
    short = [item.words for item, number in zip(agreed, done, strict=True) if number < item.planned]
    at(_SUMMED)
    made = f"{len(agreed) - len(short)} of {counted(len(agreed), 'item')} done as planned"
    rest = f"; short of plan: {', '.join(short)}, left for the ward's next turn" if short else "; nothing is left over"
    focus.summarise(store, week.id, f"{made}{rest}.")
    wish, nominated = WISHES[today // 7 % len(WISHES)]
    at(_CALLED)
    focus_comments.comment(
        store,
        ward_code=week.ward_code,
        week_id=week.id,
        councillor="Cllr D. Example",
        words=wish,
        nominates=nominated,
    )


def _sites(store: Store, today: int, at: At) -> None:
    """Give every one of the worst sites a plan the first time, and check most of them."""
    worst = [site for site in fly_tips.sites(store, today) if site.target][:TARGET_SITES]
    for place, site in enumerate(worst):
        if not site.steps:
            at(_PLANNED + 2 * place)
            for turn in range(2):
                issue = ISSUES[(place + 3 * turn) % len(ISSUES)]
                fly_tips.plan(
                    store,
                    [site.id],
                    issue.title,
                    issue.action,
                    OWNERS[place % len(OWNERS)],
                    today + 10 + 3 * (place % 9),
                )
    for turn in range(CHECKS_A_WEEK):
        at(_CHECKED + 4 * turn)
        checked = [site.id for place, site in enumerate(worst) if (place + turn) % 4]
        found = FINDINGS[(today + turn) % len(FINDINGS)]
        fly_tips.check(store, checked, today - 2 + turn, "Enforcement team", found, "")
