"""The verbs: what the chair can do to rows. Each is one value, and all that is known of it comes from that value.

The key bindings of views, the foot, help, palette, rebinding, what is dimmed, what a sealed meeting allows, which rows
are acted on and the table in the documents are all made of it. To add a verb, add its value here and its function
below ``tui.verbs``, and name it among the ``BINDINGS`` of a view.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from textual.binding import BindingType

from core.roles import May
from tui.commands import MORE, ROWS, Foot, command


class Rows(Enum):
    """What a verb is applied to, in words for the documents."""

    MARKED = "the marked rows, else the row under the cursor"
    CURSOR = "the row under the cursor"
    TWO = "two rows: the marked ones, else the marked one and the row under the cursor"
    NONE = "no row"


class Why(Enum):
    """When a verb asks for a reason, in words for the documents. It is asked by one name."""

    NO = "no"
    YES = "yes"
    MOVED = "where a unit leaves the ward it is in, or a clash is over-ruled"


class Verb(NamedTuple):
    """One verb.

    name: how views name it. key: what is pressed, as Textual names keys. label: one or two words for the foot.
    help: the sentence in help and palette. known_as: the name it is rebound by in the keys file. does: what carries it
    out, ``module.function`` below ``tui.verbs``, loaded when it is first pressed. rows: what it is applied to.
    stays: it is pressed again and again on one row, so the cursor does not go on when it is done. reads: it changes
    nothing, so that a sealed meeting allows it. asks: it opens a form or a choice first. after_seal: it writes, and
    a sealed meeting takes it still. why: when it asks for a reason, which stays in the record. foot: where at the foot
    of the screen it stands. chairs: only who may chair does it; whoever may write does any other that writes.
    """

    name: str
    key: str
    label: str
    help: str
    known_as: str
    does: str
    rows: Rows = Rows.MARKED
    stays: bool = False
    reads: bool = False
    asks: bool = True
    after_seal: bool = False
    why: Why = Why.NO
    foot: Foot = ROWS
    chairs: bool = False

    @property
    def needs(self) -> May:
        """What the role of whoever presses it must let them do, in a store that has users."""
        return May.READ if self.reads else May.CHAIR if self.chairs else May.WRITE

    def enabled(self, has_rows: bool) -> bool:
        """Whether it applies now; where it does not, it is dimmed."""
        return has_rows or self.rows is Rows.NONE

    @property
    def when_sealed(self) -> bool:
        """Whether a sealed meeting allows it; where it does not, it is dimmed and says when the meeting was sealed."""
        return self.reads or self.after_seal

    @property
    def handles_rows(self) -> bool:
        """Whether its rows are handled when it is done: their marks go, and the cursor goes on to the next."""
        return self.rows is not Rows.NONE and not self.stays


VERBS = (
    Verb(
        "why", "w", "why", "Why is this here: every record behind it, down to file and line", "act.why",
        "looking.why", Rows.CURSOR, reads=True, asks=False,
    ),
    Verb(
        "action", "a", "action", "Raise an action on the marked rows, with owner and due time", "act.action",
        "actions.raise_action",
    ),
    Verb(
        "decision", "d", "decide", "Record a decision on the marked rows, with its reason", "act.decision",
        "decisions.decide", why=Why.YES,
    ),
    Verb(
        "rationale", "D", "in full", "Record a decision in full: threat, powers, options, dissent, risk, review",
        "act.rationale", "decisions.decide_in_full", why=Why.YES,
    ),
    Verb(
        "amend", "e", "amend", "Amend a decision by a new one that points at it", "act.amend", "decisions.amend",
        Rows.CURSOR, why=Why.YES,
    ),
    Verb(
        "as_shown", "T", "as shown", "Open what was shown when this was decided: the ranking or the release of then",
        "decision.as_shown", "looking.as_shown", Rows.CURSOR, reads=True, asks=False,
    ),
    Verb(
        "sentence", "O", "one form", "Action, owner, cohort, unit and decision in one form, undone as one",
        "act.sentence", "sentence.say",
    ),
    Verb("update", "i", "update", "Write down how far the marked actions are, and since when", "act.update",
        "actions.update"),
    Verb(
        "no_action", "X", "no action", "No action on the marked rows, with the reason", "act.none",
        "rundown.no_action", why=Why.YES,
    ),
    Verb(
        "defer", "B", "defer", "Defer the marked rows to a day, with the reason", "act.defer", "rundown.defer",
        why=Why.YES,
    ),
    Verb(
        "four_owners", "V", "four owners", "Pursue, prevent, protect, prepare: an action for each on the marked people",
        "act.four", "rundown.four_owners", asks=False,
    ),
    Verb("close", "x", "close", "Close the marked actions with a result", "act.close", "actions.close"),
    Verb(
        "escalate", "E", "escalate",
        "Escalate the marked actions to another meeting; there, answer them; again: take back", "act.escalate",
        "actions.escalate", why=Why.YES,
    ),
    Verb(
        "carry", "c", "carry", "Carry the marked actions to a later time, with the reason", "act.carry",
        "actions.carry", why=Why.YES,
    ),
    Verb("edit", "e", "edit", "Change the words, owner or time of an action", "act.edit", "actions.edit"),
    Verb(
        "deploy", "t", "deploy", "Send the marked units to a ward, or units to this ward", "deployment.deploy",
        "deployments.deploy", why=Why.MOVED,
    ),
    Verb(
        "free", "x", "stand down", "Stand the marked units down, with the reason: they are free again",
        "deployment.free", "deployments.stand_down", why=Why.YES,
    ),
    Verb(
        "change_deployment", "e", "change", "Change end, objective or measure of a unit's deployment",
        "deployment.change", "deployments.change", why=Why.YES,
    ),
    Verb(
        "answer_asked", "A", "answer", "Agreed or refused: what was said of the marked units that are asked for",
        "deployment.answer", "deployments.answer", why=Why.YES,
    ),
    Verb(
        "uplift", "n", "uplift", "Officers that a unit receives or lends, from whom or to whom, until when",
        "deployment.uplift", "deployments.uplift", why=Why.YES,
    ),
    Verb(
        "away", "L", "away", "The marked units are not to be sent for a time, or are back, with the reason",
        "deployment.away", "deployments.away", why=Why.YES,
    ),
    Verb(
        "outcome", "x", "outcome", "Grant, grant in part, defer or refuse a bid, with a reason", "bid.outcome",
        "bids.decide_bid", why=Why.YES,
    ),
    Verb(
        "score", "m", "score", "Score a bid by the matrix: harm, likelihood, organisation, and how sure", "bid.score",
        "bids.score_bid",
    ),
    Verb(
        "result", "R", "result", "Write down what came of what a bid was given", "bid.result", "bids.tell_result",
    ),
    Verb("bid", "n", "new bid", "Put a bid for resources on the list", "bid.new", "bids.new_bid", Rows.NONE),
    Verb(
        "call", "x", "present", "Roll-call: present, deputy, absent, not called, in turn; one state for all marked",
        "roll.call", "meetings.call", asks=False,
    ),
    Verb(
        "all_present", "X", "all present", "Roll-call: everyone who has not been called is present",
        "roll.all_present", "meetings.all_present", Rows.NONE, asks=False,
    ),
    Verb(
        "quorum", "Q", "no quorum", "Go on without a quorum, with the reason", "roll.quorum", "chairing.quorum",
        Rows.NONE, why=Why.YES,
    ),
    Verb(
        "chase", "C", "chase", "Raise an action on each BCU whose 24-hour return is missing", "act.chase",
        "chairing.chase", Rows.NONE, asks=False,
    ),
    Verb(
        "tick", "x", "read", "The marked lines were read back", "readback.tick", "chairing.tick", asks=False,
    ),
    Verb(
        "hand_over", "J", "hand over", "Hand over the chair, with the reason", "meeting.hand_over",
        "chairing.hand_over", Rows.NONE, why=Why.YES, foot=MORE, chairs=True,
    ),
    Verb(
        "pause", "Z", "pause", "Stop the clock of the meeting, or let it go on", "meeting.pause", "chairing.pause",
        Rows.NONE, asks=False, foot=MORE,
    ),
    Verb(
        "park", "K", "park", "Put the marked rows aside until read-back, or take them up again", "meeting.park",
        "chairing.park", asks=False, foot=MORE,
    ),
    Verb(
        "park_item", "I", "park item", "Put this item aside until read-back, or take it up again",
        "meeting.park_item", "chairing.park_item", Rows.NONE, asks=False, foot=MORE,
    ),
    Verb(
        "live_minutes", "h", "so far", "Look at the minutes as they stand so far", "meeting.minutes",
        "chairing.live_minutes", Rows.NONE, reads=True, asks=False, foot=MORE,
    ),
    Verb("name", "e", "name", "Write who is there for this role", "roll.name", "meetings.name"),
    Verb(
        "seal", "S", "seal", "Close the meeting: write its papers and seal it for good", "meeting.seal",
        "meetings.seal", Rows.NONE, chairs=True,
    ),
    Verb(
        "papers", "P", "papers", "Read the papers of this meeting; P again writes them", "meeting.papers",
        "meetings.read_papers", Rows.NONE, reads=True, asks=False,
    ),
    Verb(
        "papers_held", "P", "papers", "Read the papers of the meeting under the cursor; P again writes them",
        "meeting.papers_held", "meetings.read_papers_held", Rows.CURSOR, reads=True, asks=False,
    ),
    Verb(
        "export", "P", "write", "Write these papers into a folder, with their addenda", "meeting.write",
        "meetings.export", Rows.NONE, after_seal=True,
    ),
    Verb(
        "addendum", "i", "addendum", "Put an error in these sealed papers right: what, and why", "meeting.addendum",
        "meetings.add_addendum", Rows.NONE, after_seal=True, why=Why.YES,
    ),
    Verb(
        "adopt", "A", "adopt", "Take the marked people into a cohort, with a reason and a review date", "cohort.adopt",
        "cohorts.adopt", why=Why.YES,
    ),
    Verb(
        "leave", "L", "leaves", "End the marked memberships, with a reason", "cohort.leave", "cohorts.leave",
        why=Why.YES,
    ),
    Verb(
        "review", "R", "review", "Keep the marked members until a new review date", "cohort.review", "cohorts.review"
    ),
    Verb(
        "adopt_ward", "A", "adopt", "Make the marked wards priorities, with a reason and a review date",
        "priority.adopt", "priority.adopt", why=Why.YES,
    ),
    Verb(
        "drop_ward", "L", "drop", "Drop the marked priority wards, with a reason", "priority.drop", "priority.drop",
        why=Why.YES,
    ),
    Verb(
        "review_ward", "R", "review", "Keep the marked wards as priorities until a new review date",
        "priority.review", "priority.review",
    ),
    Verb(
        "weights", "W", "weights", "Change what each part weighs; see who moves before it is kept",
        "priority.weights", "priority.weights", Rows.NONE,
    ),
    Verb(
        "place", "n", "place", "Place the extra ward officers in proportion to need", "officers.place",
        "officers.place", Rows.NONE,
    ),
    Verb(
        "more_officers", "plus", "one more", "One extra officer more for this ward; says what it costs",
        "officers.more", "officers.more", Rows.CURSOR, stays=True, asks=False,
    ),
    Verb(
        "fewer_officers", "minus", "one fewer", "One extra officer fewer for this ward", "officers.fewer",
        "officers.fewer", Rows.CURSOR, stays=True, asks=False,
    ),
    Verb(
        "propose_focus", "n", "propose", "Give a week to the focus ward whose turn it is, or to another",
        "focus.propose", "focus.propose", Rows.NONE,
    ),
    Verb(
        "agree_item", "A", "agree", "Agree the marked items of the menu: officers work only these", "focus.agree",
        "focus.agree", asks=False,
    ),
    Verb("done_item", "x", "done", "Write down how many of an agreed item were done", "focus.done", "focus.done"),
    Verb("edit_item", "e", "edit", "Change an item of the menu and how many are planned", "focus.edit", "focus.edit"),
    Verb(
        "leave_out", "L", "leave out", "Take the marked items off the menu, with a reason", "focus.leave_out",
        "focus.leave_out", why=Why.YES,
    ),
    Verb(
        "comment", "i", "comment", "What a councillor says of the ward, and the place they nominate",
        "focus.comment", "focus.comment", Rows.CURSOR, stays=True,
    ),
    Verb(
        "reading", "m", "reading", "Write down a measure as it was read, as open HMO requests", "focus.reading",
        "focus.reading", Rows.NONE,
    ),
    Verb(
        "letter", "P", "letter", "Write the letter to councillors: the week's summary and the next menu",
        "focus.letter", "focus.letter", Rows.CURSOR, stays=True,
    ),
    Verb("site", "n", "new site", "Put a fly-tip site on the list", "fly-tip.new", "fly_tips.new_site", Rows.NONE),
    Verb(
        "check", "x", "checked", "Write down a check of the marked fly-tip sites and what it found", "fly-tip.check",
        "fly_tips.check",
    ),
    Verb(
        "plan", "i", "plan", "Add an issue and the action against it to the plan of the marked sites", "fly-tip.plan",
        "fly_tips.plan",
    ),
    Verb(
        "close_site", "L", "close", "Close the marked fly-tip sites, with a reason", "fly-tip.close", "fly_tips.close",
        why=Why.YES,
    ),
    Verb(
        "finish_step", "x", "done", "Finish the marked steps of a plan, with their result", "fly-tip.done",
        "fly_tips.finish_step",
    ),
    Verb("own", "e", "owner", "Say who owns the marked incidents", "night.own", "night.own"),
    Verb(
        "critical", "C", "critical", "Declare a critical incident, with the reason: who and when stay in the record",
        "night.critical", "night.critical", Rows.CURSOR, why=Why.YES,
    ),
    Verb(
        "tension", "n", "tension", "Note tension in a ward or a group: sort, level, reason, when to look again",
        "night.tension", "night.note_tension", Rows.NONE, why=Why.YES,
    ),
    Verb(
        "end_tension", "x", "end tension", "End a note of tension, with the reason", "night.end_tension",
        "night.end_tension", Rows.CURSOR, why=Why.YES,
    ),
    Verb(
        "accept_series", "A", "accept", "Accept incidents that are proposed as a series", "night.series",
        "night.accept_series", Rows.CURSOR, asks=False,
    ),
    Verb(
        "send", "t", "deploy", "Send a task force unit to the ward of an incident", "night.deploy", "night.send",
        Rows.CURSOR, why=Why.MOVED,
    ),
    Verb(
        "compare", "equals_sign", "compare", "Compare two marked people side by side", "list.compare",
        "looking.compare", Rows.TWO, reads=True, asks=False, foot=MORE,
    ),
    Verb(
        "timeline", "T", "timeline", "A person's year: weeks, allegations, custody and orders", "list.timeline",
        "looking.timeline", Rows.CURSOR, reads=True, asks=False, foot=MORE,
    ),
    Verb(
        "disagree", "M", "disagree", "Only those on whom two methods disagree, and why", "list.disagree",
        "looking.disagree", Rows.NONE, reads=True, foot=MORE,
    ),
)  # fmt: skip
"""Every verb."""
PRESSES = re.compile(r"verb\('(\w+)'\)")
"""How a binding presses a verb by its name."""
_BY_NAME = {verb.name: verb for verb in VERBS}


def verb_named(name: str) -> Verb:
    """The verb that views name so. Raises KeyError for a name that no verb has."""
    return _BY_NAME[name]


def verbs(*names: str, footer: bool = True) -> list[BindingType]:
    """The commands of some verbs for the ``BINDINGS`` of a view, in the order they stand at the foot.

    footer: whether they are worth a place at the foot; else they are in the help and the palette alone. Raises
    KeyError for a name that no verb has.
    """
    return [
        command(
            verb.key, f"verb('{verb.name}')", verb.label, verb.help, verb.known_as, footer=footer, foot=verb.foot
        )
        for verb in map(verb_named, names)
    ]  # fmt: skip
