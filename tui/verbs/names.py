"""The verbs, each declared once: key, footer label, help line, palette entry, and the name it is rebound by."""

from __future__ import annotations

from textual.binding import BindingType

from tui.commands import command

WITHOUT_ROWS = {"bid", "place", "seal", "disagree", "site", "propose_focus", "reading", "weights"}
"""Verbs that need no row."""
OF_THE_CURSOR = {"timeline", "more_officers", "fewer_officers", "comment", "letter"}
"""Verbs that act on the row under the cursor, whatever is marked."""
STAYING = {"more_officers", "fewer_officers", "comment", "letter"}
"""Verbs that are pressed again and again on one row."""
OF_TWO = {"compare"}
"""Verbs that take the row under the cursor beside the one that is marked."""

_VERBS = {
    "why": ("w", "why", "Why is this here: every record behind it, down to file and line", "act.why"),
    "action": ("a", "action", "Raise an action on the marked rows, with owner and due time", "act.action"),
    "decision": ("d", "decide", "Record a decision on the marked rows, with its reason", "act.decision"),
    "close": ("x", "close", "Close the marked actions with a result", "act.close"),
    "carry": ("c", "carry", "Carry the marked actions to a later time", "act.carry"),
    "edit": ("e", "edit", "Change the words, owner or time of an action", "act.edit"),
    "deploy": ("t", "deploy", "Send a task force unit to a ward", "unit.deploy"),
    "free": ("x", "stand down", "Stand the marked units down: they are free again", "unit.free"),
    "outcome": ("x", "outcome", "Grant, grant in part, defer or refuse a bid, with a reason", "bid.outcome"),
    "bid": ("n", "new bid", "Put a bid for resources on the list", "bid.new"),
    "call": ("x", "present", "Roll-call: present, deputy, absent, not called, in turn", "roll.call"),
    "name": ("e", "name", "Write who is there for this role", "roll.name"),
    "seal": ("S", "seal", "Close the meeting: write its papers and seal it for good", "meeting.seal"),
    "export": ("P", "papers", "Write the sealed papers of this meeting into a folder", "meeting.papers"),
    "adopt": ("A", "adopt", "Take the marked people into a cohort, with a reason and a review date", "cohort.adopt"),
    "leave": ("L", "leaves", "End the marked memberships, with a reason", "cohort.leave"),
    "adopt_ward": ("A", "adopt", "Make the marked wards priorities, with a reason and a review date", "priority.adopt"),
    "drop_ward": ("L", "drop", "Drop the marked priority wards, with a reason", "priority.drop"),
    "review_ward": ("R", "review", "Keep the marked wards as priorities until a new review date", "priority.review"),
    "weights": ("W", "weights", "Change what each part weighs; see who moves before it is kept", "priority.weights"),
    "place": ("n", "place", "Place the extra ward officers in proportion to need", "officers.place"),
    "more_officers": ("plus", "one more", "One extra officer more for this ward; says what it costs", "officers.more"),
    "fewer_officers": ("minus", "one fewer", "One extra officer fewer for this ward", "officers.fewer"),
    "propose_focus": ("n", "propose", "Give a week to the focus ward whose turn it is, or to another", "focus.propose"),
    "agree_item": ("A", "agree", "Agree the marked items of the menu: officers work only these", "focus.agree"),
    "done_item": ("x", "done", "Write down how many of an agreed item were done", "focus.done"),
    "edit_item": ("e", "edit", "Change an item of the menu and how many are planned", "focus.edit"),
    "leave_out": ("L", "leave out", "Take the marked items off the menu", "focus.leave_out"),
    "comment": ("i", "comment", "What a councillor says of the ward, and the place they nominate", "focus.comment"),
    "reading": ("m", "reading", "Write down a measure as it was read, as open HMO requests", "focus.reading"),
    "letter": ("P", "letter", "Write the letter to councillors: the week's summary and the next menu", "focus.letter"),
    "review": ("R", "review", "Keep the marked members until a new review date", "cohort.review"),
    "site": ("n", "new site", "Put a fly-tip site on the list", "site.new"),
    "check": ("x", "checked", "Write down a check of the marked fly-tip sites and what it found", "site.check"),
    "plan": ("i", "plan", "Add an issue and the action against it to the plan of the marked sites", "site.plan"),
    "close_site": ("L", "close", "Close the marked fly-tip sites, with a reason", "site.close"),
    "finish_step": ("x", "done", "Finish the marked steps of a plan, with their result", "site.done"),
}
_LOOKS = {
    "compare": ("equals_sign", "compare", "Compare two marked people side by side", "list.compare"),
    "timeline": ("T", "timeline", "A person's year: weeks, allegations, custody and orders", "list.timeline"),
    "disagree": ("M", "disagree", "Only those on whom two methods disagree, and why", "list.disagree"),
}
READING = {"why", "export", *_LOOKS}
"""Verbs that change nothing, so a sealed meeting allows them."""


def verbs(*names: str, footer: bool = True) -> list[BindingType]:
    """The commands of some verbs, in the order they stand at the foot, or for the help alone."""
    found: list[BindingType] = []
    for name in names:
        key, label, says, known_as = _VERBS[name] if name in _VERBS else _LOOKS[name]
        found.append(command(key, f"verb('{name}')", label, says, known_as, footer=footer))
    return found


def verb_enabled(name: str, has_rows: bool) -> bool:
    """Whether a verb applies now."""
    return has_rows or name in WITHOUT_ROWS
