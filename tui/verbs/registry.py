"""Which function carries out each verb."""

from __future__ import annotations

from collections.abc import Callable

from tui.verbs import actions, bids, cohorts, deployments, fly_tips, focus, looking, meetings, officers, priority
from tui.verbs.acting import Acting

VERBS: dict[str, Callable[[Acting], None]] = {
    "action": actions.raise_action,
    "decision": actions.decide,
    "close": actions.close,
    "carry": actions.carry,
    "edit": actions.edit,
    "deploy": deployments.deploy,
    "free": deployments.stand_down,
    "outcome": bids.decide_bid,
    "bid": bids.new_bid,
    "call": meetings.call,
    "name": meetings.name,
    "seal": meetings.seal,
    "export": meetings.export,
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
    "site": fly_tips.new_site,
    "check": fly_tips.check,
    "plan": fly_tips.plan,
    "close_site": fly_tips.close,
    "finish_step": fly_tips.finish_step,
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
