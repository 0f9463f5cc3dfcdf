"""What a sealed meeting holds: attendance, times, decisions, adoptions, bids decided, closings, its own papers.

Nothing of it is changed, taken out or added to, whoever asks: every write passes here. A record lives on in later
meetings with whatever no sealed meeting has decided: an open action is carried and closed, a member is reviewed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.bids import is_settled
from core.errors import Conflict

Values = Mapping[str, Any]
IsSealed = Callable[[int], bool]


def _always(_row: Values) -> bool:
    return True


def _never(_row: Values) -> bool:
    return False


def _decided(bid: Values) -> bool:
    return is_settled(bid["outcome"])


@dataclass(frozen=True)
class Part:
    """What of a row one meeting decided. ``meeting`` is the column that names it.

    columns: what is decided; the whole row where empty. settled: whether a row as it stands is decided for good.
    """

    meeting: str
    columns: tuple[str, ...] = ()
    settled: Callable[[Values], bool] = _always

    def changed(self, before: Values, after: Values | None) -> bool:
        """Whether a change touches this part; *after* is None where the row is taken out."""
        if after is None:
            return True
        return any(before[column] != after[column] for column in self.columns or tuple(before))


_BID = (
    "meeting_id", "requester", "bcu", "problem", "resource", "place", "starts", "made_at", "outcome", "reason",
    "deployment_id", "result_due",
)  # fmt: skip
_TASKED = ("ward_code", "tactic", "starts", "why", "overruled", "decided_at", "decided_by", "meeting_id", "bid_id")
_ADOPTED = ("since", "reason", "proposed_by", "adopted_by", "adopted_at", "facts", "meeting_id")

PARTS: Mapping[str, tuple[Part, ...]] = {
    "meeting": (Part("id"),),
    "meeting_item": (Part("meeting_id"),),
    "attendance": (Part("meeting_id"),),
    "meeting_note": (Part("meeting_id"),),
    "decision": (Part("meeting_id"),),
    "action_update": (Part("meeting_id"),),
    "action": (
        Part("closed_meeting_id"),
        Part("meeting_id", ("meeting_id", "meeting_kind", "subject_kind", "subject_ref", "subject", "set_at")),
    ),
    "bid": (Part("meeting_id", _BID, settled=_decided),),
    "deployment_record": (Part("meeting_id", _TASKED),),
    "uplift": (Part("meeting_id", ("unit_id", "officers", "whom", "starts", "why", "decided_at", "meeting_id")),),
    "membership": (Part("left_meeting_id"), Part("meeting_id", ("cohort", "person_ref", *_ADOPTED))),
    "priority_ward": (Part("dropped_meeting_id"), Part("meeting_id", ("ward_code", *_ADOPTED))),
    "review": (Part("meeting_id"),),
    "focus_week": (Part("meeting_id", ("agreed_by", "agreed_at", "meeting_id"), lambda week: bool(week["agreed_by"])),),
    "focus_item": (Part("meeting_id", settled=_never),),  # a later meeting decides anew what is on the menu
    "focus_comment": (Part("meeting_id"),),
    "focus_reading": (Part("meeting_id"),),
    "incident_mark": (
        Part("meeting_id", settled=_never),  # a later meeting may give an incident another owner
        Part("critical_meeting_id", ("critical_by", "critical_at", "critical_reason", "critical_meeting_id")),
    ),
    "incident_series": (Part("meeting_id"),),
    "tension": (
        Part("ended_meeting_id"),
        Part("meeting_id", ("meeting_id", "scope", "ward_code", "community", "sort", "level", "reason", "raised_at")),
    ),
    "addendum": (Part("meeting_id"),),
    "paper_copy": (Part("meeting_id"),),
}
"""Every table whose rows name a meeting, with what of a row stands once that meeting is sealed."""

AFTER: Mapping[str, str] = {"addendum": "addendum", "papers": "paper_copy"}
"""Kinds of command that a sealed meeting still takes, each with the one table it may add to."""

REFUSED = "This meeting is sealed and cannot be changed. Raise it in the next one."


def check(table: str, before: Values | None, after: Values | None, sealed: IsSealed, *, undoing: bool) -> None:
    """Raise Conflict where a change of a row touches what a sealed meeting decided, or adds to it.

    before, after: the row; None where it is added or taken out. sealed: whether a meeting of a number is sealed.
    undoing: a row may go back to the sealed meeting that a later one took it from, as a bid that was deferred.
    """
    for part in PARTS.get(table, ()):
        stood = before[part.meeting] if before else None
        stands = after[part.meeting] if after else None
        if before and stood is not None and part.settled(before) and part.changed(before, after) and sealed(stood):
            raise Conflict("A meeting that is sealed has decided this. Raise it in the next one.", "Sealed")
        goes_back = undoing and before is not None
        if stands is not None and stands != stood and not goes_back and sealed(stands):
            raise Conflict(REFUSED, "Sealed")
