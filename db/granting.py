"""What becomes of a bid: granted, in part, deferred or refused; granting makes the deployment of what is free then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from core.bids import OUTCOMES
from core.clashes import in_words, overlap
from core.days import london, moment_of, stamp
from core.deployment_measures import proposed
from core.deployments import State
from core.errors import Conflict
from core.tactics import TACTICS
from core.text import counted, named
from db.bids import RESULT_AFTER, BidTerms, BidView, outcome_checked, refuse_same, terms_of, there
from db.deploying import Clashing, Draft, task_in
from db.deployments import Board, DeploymentView, UnitView, board, deployment
from db.store import Store
from db.uncovered import wanted

if TYPE_CHECKING:
    from db.store.journal import Values, Writing

USUAL = "high-visibility patrol"
"""What a bid is given that names no tactic."""


@dataclass(frozen=True)
class Grant:
    """What a bid is given. units: their numbers; of ours those that are free then where none are named.

    A named one that is not ours to send is asked for. due: of its result. authority: of a tactic that needs one, as it
    is typed.
    """

    ward_code: str
    tactic: str
    starts: datetime
    ends: datetime
    officers: int | None = None
    units: tuple[int, ...] = ()
    due: datetime | None = None
    authority: str = ""


def grant_of(terms: BidTerms) -> Grant | None:
    """What a bid itself says that it is to be given; None where it names no ward or no time."""
    if not terms.ward_code or terms.starts_at is None or terms.ends_at is None:
        return None
    return Grant(terms.ward_code, terms.tactic or USUAL, terms.starts_at, terms.ends_at, terms.officers)


def decide_bid(
    store: Store, number: int, outcome: str, reason: str, meeting_id: int | None = None, grant: Grant | None = None
) -> int | None:
    """Grant, grant in part, defer or refuse a bid, with a reason; gives the number of the deployment that it makes.

    grant: what is given; what the bid itself asks for where none is named. A bid that names no ward and no time is
    decided without a deployment. One that was given something before, and is now given nothing, owes no result.

    Raises Problem without a reason, Conflict where it is decided so already, where what was given before still stands,
    where nothing or not enough is free then, where a part would be all that was asked for, where a sealed meeting has
    decided the bid or the meeting is sealed.
    """
    why = outcome_checked(outcome, reason)
    with store.change(f"Bid {number} {outcome}", meeting=meeting_id) as writing:
        row = there(writing, number)
        refuse_same(row, outcome, why, meeting_id)
        before = _given_before(store, row, moment_of(writing.now))
        if before and outcome != row["outcome"]:
            raise _stands(given_words(store, before.id, moment_of(writing.now)), before)
        new: dict[str, object] = {"outcome": outcome, "reason": why, "meeting_id": meeting_id}
        made = None
        if before is None:
            given = (grant or grant_of(terms_of(row))) if outcome in ("granted", "part") else None
            whole = outcome == "granted"
            made = _give(store, writing, row, given, why, meeting_id, whole=whole) if given else None
            due = stamp(given.due or given.ends + RESULT_AFTER) if given else None
            new |= {"deployment_id": made, "result_due": due}
        writing.update("bid", number, **new)
        sent = f"; deployment {made}" if made else ""
        writing.says(f"{row['requester']}: {row['resource']} {OUTCOMES[outcome].past}{sent}: {why}")
        return made


def _given_before(store: Store, row: Values, now: datetime) -> DeploymentView | None:
    """The deployment that was made for a bid; None where there is none, and where it was cancelled before its start."""
    found = None if row["deployment_id"] is None else deployment(store, row["deployment_id"], now)
    return None if found is None or found.state is State.CANCELLED else found


def _stands(words: str, given: DeploymentView) -> Conflict:
    """That a bid keeps its outcome while what it was given stands. words: what that is."""
    way = "R says what came of it."
    if given.state is State.PLANNED:
        way = "Stand that down first (x in the deployments), or take the outcome back with u; then decide anew."
    return Conflict(f"{words}, was made for this bid, which keeps its outcome. {way}", "Something was given")


def _give(
    store: Store, writing: Writing, row: Values, given: Grant, why: str, meeting_id: int | None, *, whole: bool
) -> int:
    """Make the deployment of a bid out of what is free then. Raises Conflict where nothing or not enough is.

    Granting over-rules no clash: what stands against it is said, and nothing is granted.
    """
    standing = board(store, moment_of(writing.now))
    chosen = _chosen(standing, given, row["skills"])
    _refuse_short(chosen, given, whole=whole)
    if not whole:
        _refuse_all(chosen, given, terms_of(row))
    ranks, sent_to = wanted(store).ranks(), {one.ward_code for one in standing.live}
    rule = proposed(given.tactic, given.ward_code, given.starts, given.ends, ranks, sent_to)
    draft = Draft(
        tuple(unit.id for unit, _ in chosen),
        given.ward_code,
        given.tactic,
        given.starts,
        given.ends,
        officers={unit.id: officers for unit, officers in chosen},
        objective=row["objective"] or row["problem"],
        measure=row["measure"] or rule.words,
        measure_by=row["requester"] if row["measure"] else "",
        compared=rule.wards,
        measure_until=rule.until,
        end_test=row["exit"],
        authority=given.authority,
        bid=row["id"],
    )
    try:
        return task_in(store, writing, draft, why=why, meeting_id=meeting_id)
    except Clashing as clash:
        way = "A grant over-rules no clash: change its units, officers, tactic or times"
        raise Conflict(f"{in_words(clash.clashes)}. {way}.", clash.title) from None


def _refuse_short(chosen: Sequence[tuple[UnitView, int]], given: Grant, *, whole: bool) -> None:
    span = f"from {london(given.starts):%d/%m %H:%M} until {london(given.ends):%d/%m %H:%M}"
    if not chosen:
        raise Conflict(f"Nothing is free {span}. Defer or refuse it, or stand a unit down first.", "Nothing is free")
    have = sum(officers for _, officers in chosen)
    if whole and given.officers is not None and have < given.officers:
        names = named([unit.unit for unit, _ in chosen])
        raise Conflict(
            f"Only {have} of {counted(given.officers, 'officer')} are free {span} ({names}). Grant it in part.",
            "Not enough is free",
        )


def _refuse_all(chosen: Sequence[tuple[UnitView, int]], given: Grant, asked: BidTerms) -> None:
    """Refuse as a part what is no less than what was asked for: where, from when until when, and how many officers.

    A bid that left one of them out asks for no certain whole.
    """
    whole = grant_of(asked)
    if whole is None or whole.officers is None or whole.ward_code != given.ward_code:
        return
    have = sum(officers for _, officers in chosen)
    if have >= whole.officers and given.starts <= whole.starts and given.ends >= whole.ends:
        names = named([unit.unit for unit, _ in chosen])
        raise Conflict(
            f"All {counted(whole.officers, 'officer')} that the bid asks for are free then ({names}). Say granted; "
            "for a part, give fewer officers or less time.",
            "That is all of it",
        )


def given_words(store: Store, number: int, now: datetime) -> str:
    """The deployment that was made for a bid, in words: who of how many, where, and how it stands; empty where gone."""
    one = deployment(store, number, now)
    if one is None:
        return ""
    units = [f"{sent.unit} ({sent.officers})" for sent in one.units]
    return f"{named(units)} to {one.where}, {one.state.value}"


def free_for(standing: Board, starts: datetime, ends: datetime, skills: frozenset[str] = frozenset()) -> list[UnitView]:
    """The units that are ours and free between two moments, those that have the skills first, then the strongest."""
    free = [
        unit for unit in standing.units if not unit.whom and unit.strength_at(starts) and _is_free(unit, starts, ends)
    ]
    return sorted(free, key=lambda unit: (not skills <= unit.skills, -unit.strength_at(starts), unit.unit))


def _is_free(unit: UnitView, starts: datetime, ends: datetime) -> bool:
    if unit.away and overlap(starts, ends, unit.away.starts, unit.away.ends):
        return False
    return not any(
        overlap(starts, ends, one.starts, one.stays(sent))
        for one in unit.sent
        for sent in one.units
        if sent.unit_id == unit.id
    )


def _chosen(standing: Board, given: Grant, skills: str) -> list[tuple[UnitView, int]]:
    """The units that fill a bid, each with how many of its officers: those named, else of ours as many as it takes."""
    if given.units:
        some = [unit for number in given.units for unit in standing.units if unit.id == number]
        if taken := [unit.unit for unit in some if not _is_free(unit, given.starts, given.ends)]:
            raise Conflict(f"{named(taken)}: not free then. Name another, or leave the units empty.", "Not free")
    else:
        some = free_for(standing, given.starts, given.ends, _wished(given.tactic, skills))
        if given.officers is None:
            some = some[:1]
    chosen: list[tuple[UnitView, int]] = []
    left = given.officers
    for unit in some:
        has = unit.strength_at(given.starts)
        take = has if left is None else min(has, left)
        if take:
            chosen.append((unit, take))
        elif given.units:
            raise Conflict(f"{unit.unit} is not needed: the others fill it. Leave it out, or ask for more officers.")
        left = None if left is None else left - take
    return chosen


def _wished(tactic: str, skills: str) -> frozenset[str]:
    """The skills that fill a bid best: those of its tactic, and those that it names."""
    needed = TACTICS[tactic].skills if tactic in TACTICS else frozenset()
    return needed | {part.strip() for part in skills.split(",") if part.strip()}


def could_fill(standing: Board, bid: BidView) -> str:
    """Who could fill a bid, in words: the units that are free then, or now where it names no time."""
    terms = bid.terms
    if terms.starts_at is None or terms.ends_at is None:
        free = [unit for unit in standing.units if unit.is_free and not unit.whom]
        return f"{counted(len(free), 'unit')} free now"
    free = free_for(standing, terms.starts_at, terms.ends_at, _wished(terms.tactic or USUAL, terms.skills))
    if not free:
        return "nobody is free then"
    officers = sum(unit.strength_at(terms.starts_at) for unit in free)
    return f"{named([unit.unit for unit in free])}, {counted(officers, 'officer')}"
