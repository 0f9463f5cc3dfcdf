"""What is asked where someone or a ward is adopted, kept or let go: reason, deciding person, days."""

from __future__ import annotations

from typing import Any

from core.days import day_of, uk
from tui.dialogs.form import Field, Values
from tui.session import Session
from tui.verbs.context import DAY_HINT, typed_day


def adoption_fields(session: Session, proposed_by: str, review_days: int) -> list[Field]:
    """What an adoption needs; the review is offered so many days on."""
    today = day_of(session.as_of)
    return [
        Field("reason", "Reason", hint=f"proposed by: {proposed_by}"),
        Field("adopted_by", "Adopted by", session.chair),
        Field("since", "Since", uk(today)),
        Field("review_on", "Review on", uk(today + review_days), hint=DAY_HINT),
    ]


def adoption(values: Values, session: Session) -> dict[str, Any]:
    """What was typed, as the records take it. Raises Problem for a day that is none."""
    return {
        "since": typed_day(values["since"], session),
        "reason": values["reason"],
        "adopted_by": values["adopted_by"],
        "review_on": typed_day(values["review_on"], session),
        "meeting_id": session.meeting_id,
    }


def ending_fields(session: Session) -> list[Field]:
    """What ending needs."""
    return [Field("reason", "Reason"), Field("by", "Decided by", session.chair)]


def ending(values: Values, session: Session) -> dict[str, Any]:
    """What was typed, as the records take it; it ends on the as-of day."""
    return {
        "on": day_of(session.as_of),
        "reason": values["reason"],
        "by": values["by"],
        "meeting_id": session.meeting_id,
    }


def review_fields(session: Session, review_days: int) -> list[Field]:
    """What keeping until the next review needs."""
    return [
        Field("review_on", "Next review on", uk(day_of(session.as_of) + review_days), hint=DAY_HINT),
        Field("reason", "What was said", needed=False, hint="the reason of the adoption stays"),
    ]
