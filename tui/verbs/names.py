"""The verbs, each declared once: key, footer label, help line, palette entry, and the name it is rebound by."""

from __future__ import annotations

from textual.binding import BindingType

from tui.commands import command

WITHOUT_ROWS = {"bid", "seal"}
"""Verbs that need no row."""
READING = {"why", "export"}
"""Verbs that change nothing, so a sealed meeting allows them."""

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
}


def verbs(*names: str) -> list[BindingType]:
    """The commands of some verbs, in the order they stand at the foot."""
    found: list[BindingType] = []
    for name in names:
        key, label, says, known_as = _VERBS[name]
        found.append(command(key, f"verb('{name}')", label, says, known_as))
    return found


def verb_enabled(name: str, has_rows: bool) -> bool:
    """Whether a verb applies now."""
    return has_rows or name in WITHOUT_ROWS
