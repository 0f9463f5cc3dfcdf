"""Which function carries out each verb."""

from __future__ import annotations

from collections.abc import Callable

from tui.verbs import bids, cohorts, focus, looking, meeting, officers, priority, register, sites, units
from tui.verbs.acting import Acting

VERBS: dict[str, Callable[[Acting], None]] = {
    "action": register.raise_action,
    "decision": register.decide,
    "close": register.close,
    "carry": register.carry,
    "edit": register.edit,
    "deploy": units.deploy,
    "free": units.stand_down,
    "outcome": bids.decide_bid,
    "bid": bids.new_bid,
    "call": meeting.call,
    "name": meeting.name,
    "seal": meeting.seal,
    "export": meeting.export,
    "adopt": cohorts.adopt,
    "leave": cohorts.leave,
    "review": cohorts.review,
    "adopt_ward": priority.adopt,
    "drop_ward": priority.drop,
    "review_ward": priority.review,
    "weights": priority.weights,
    "place": officers.place,
    "more_officers": officers.more,
    "fewer_officers": officers.fewer,
    "site": sites.new_site,
    "check": sites.check,
    "plan": sites.plan,
    "close_site": sites.close,
    "finish_step": sites.finish_step,
    "propose_focus": focus.propose,
    "agree_item": focus.agree,
    "done_item": focus.done,
    "edit_item": focus.edit,
    "leave_out": focus.leave_out,
    "comment": focus.comment,
    "reading": focus.reading,
    "letter": focus.letter,
    "compare": looking.compare,
    "timeline": looking.timeline,
    "disagree": looking.disagree,
}
