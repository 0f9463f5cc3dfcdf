"""Which function carries out each verb."""

from __future__ import annotations

from collections.abc import Callable

from tui.verbs import bids, cohorts, looking, meeting, register, units
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
    "compare": looking.compare,
    "timeline": looking.timeline,
    "disagree": looking.disagree,
}
