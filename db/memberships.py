"""Who is in which cohort, since when and why: a rank or a rule proposes, a named person adopts.

Who has left is in no list and no export; the history of a person keeps it (DPA 2018 s49, DOMAIN.md section 9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import NotFound, Refused
from core.proposals import Proposal
from core.registers import Adoption, Ending
from db import registers
from db.registers import ANY_DAY, MEMBERSHIPS, Entry
from db.restrictions import cohort_of
from db.store import Store

__all__ = ["Member", "Proposal", "adopt", "history", "leave", "member", "members", "review"]


@dataclass(frozen=True)
class Member(Entry):
    """One membership: ``ref`` is the person, ``group`` the cohort."""

    @property
    def person(self) -> str:
        """The reference of the person."""
        return self.ref

    @property
    def cohort(self) -> str:
        """The key of the cohort."""
        return self.group


def adopt(
    store: Store,
    cohort: str,
    proposals: Sequence[Proposal],
    *,
    since: int,
    reason: str,
    adopted_by: str,
    review_on: int,
    meeting_id: int | None = None,
) -> list[int]:
    """Take people into a cohort; gives the numbers of the memberships.

    Raises Refused for a cohort that is not known or is a register, Problem where reason, adopting person or a later
    review date is missing, Conflict where someone is in it already or is named twice, or the meeting is sealed.
    """
    into = cohort_of(store, cohort)
    if into.is_register:
        raise Refused(into.not_adopted, "A register")
    adoption = Adoption(since, reason, adopted_by, review_on)
    return registers.adopt(
        store, MEMBERSHIPS, proposals, adoption, group=into.key, title=into.title, meeting_id=meeting_id
    )


def leave(store: Store, ids: Sequence[int], *, on: int, reason: str, by: str, meeting_id: int | None = None) -> None:
    """End memberships.

    Raises Problem without a reason or a person and where the end lies before the beginning, Conflict where one has
    ended already or the meeting is sealed.
    """
    registers.end(store, MEMBERSHIPS, ids, Ending(on, reason, by), meeting_id=meeting_id)


def review(
    store: Store,
    ids: Sequence[int],
    review_on: int,
    reason: str = "",
    *,
    on: int | None = None,
    meeting_id: int | None = None,
) -> None:
    """Keep people in their cohort until the next review, with what was said; the reason of their adoption stays.

    on: the day of this review; the day of the store's clock if None.

    Raises Problem where the next review does not lie after this one, Conflict where someone has left.
    """
    registers.review(store, MEMBERSHIPS, ids, review_on, reason, on=on, meeting_id=meeting_id)


def members(store: Store, cohort: str | None = None, as_of: int | None = None) -> list[Member]:
    """Who is in a cohort, or in any, now or as of a day; whoever has left by now is in no list."""
    return registers.entries(
        store,
        MEMBERSHIPS,
        Member,
        "left_on IS NULL AND (:every OR cohort = :cohort) AND since <= :day",
        "cohort, since, person_ref",
        every=cohort is None,
        cohort=cohort or "",
        day=ANY_DAY if as_of is None else as_of,
    )


def member(store: Store, number: int) -> Member:
    """One membership by its number, left or not. Raises NotFound."""
    kept = registers.entries(store, MEMBERSHIPS, Member, "id = :id", "id", id=number)
    if not kept:
        raise NotFound(f"There is no membership {number}.")
    return kept[0]


def history(store: Store, person: str) -> list[Member]:
    """Every membership of a person, those that ended too, the latest first: for those who may see it."""
    return registers.entries(store, MEMBERSHIPS, Member, "person_ref = :ref", "id DESC", ref=person)
