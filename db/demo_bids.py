"""Bids of the demo: raised by BCUs, decided by weekly meetings; what came of what was given is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.days import at_clock
from core.demo.bids import WAITING, AskedFor, Decided, answers_of, asked_before, weekly_after
from core.demo.deployments import early_units, late_units
from db import bids, deployment_changes, granting
from db.bids import BidTerms
from db.demo_units import worst_of
from db.deployments import UnitView, board
from db.granting import Grant
from db.meetings import MeetingView
from db.store import Store


class PastBids:
    """The bids of the weeks before: raised in the days before the weekly meeting that decides them."""

    def __init__(self, store: Store, first: date, as_of: date, seed: int) -> None:
        self._store = store
        self._first = first
        self._as_of = as_of
        self._seed = seed
        self._open: list[tuple[int, AskedFor, tuple[Decided, ...]]] = []
        self._given: dict[int, AskedFor] = {}

    def raise_on(self, day: date) -> None:
        """Raise what is asked for on the afternoon of a day."""
        weekly = weekly_after(day)
        for nth, asked in enumerate(some := asked_before(weekly)):
            asked_on = max(weekly - timedelta(days=len(some) - nth), self._first)
            if asked_on == day and weekly < self._as_of:
                self._open.append((self._raise(asked, weekly), asked, asked.decided))
        to_come, last = weekly_after(self._as_of - timedelta(days=1)), weekly_after(self._as_of - timedelta(days=8))
        for nth, asked in enumerate(WAITING):
            if day == max(self._as_of - timedelta(days=len(WAITING) - 1 - nth), last):
                number = self._raise(asked, to_come)
                if nth + 1 < len(WAITING):  # the last that came in is still to be scored
                    bids.score_bid(self._store, number, *answers_of(asked))

    def settle(self, meeting: MeetingView, now: datetime) -> None:
        """Hear what came of what is over, then decide what was asked for before the weekly meeting."""
        for number, asked in list(self._given.items()):
            bid = bids.bid(self._store, number)
            if asked.tells and bid is not None and bid.terms.ends_at and bid.terms.ends_at <= now:
                bids.tell_result(self._store, number, asked.result, meeting_id=meeting.id)
                del self._given[number]
        waits = []
        for number, asked, (decided, *later) in self._open:
            if decided is asked.decided[0]:
                bids.score_bid(self._store, number, *answers_of(asked), meeting_id=meeting.id)
            self._decide(number, asked, decided, meeting)
            if later:
                waits.append((number, asked, tuple(later)))
        self._open = waits

    def _decide(self, number: int, asked: AskedFor, decided: Decided, meeting: MeetingView) -> None:
        """Decide a bid; what is given is made of who is free then and goes nowhere else by the roster of units."""
        bid = bids.bid(self._store, number)
        given = granting.grant_of(bid.terms) if bid and decided.outcome in ("granted", "part") else None
        if given is None:
            granting.decide_bid(self._store, number, decided.outcome, decided.reason, meeting.id)
            return
        officers = decided.officers or asked.officers
        units = self._units(asked.unit, given, officers)
        if sum(unit.strength_at(given.starts) for unit in units) < officers:
            why = "Not enough is free then: who is not out comes off another duty, or is to rest."
            granting.decide_bid(self._store, number, "refused", why, meeting.id)
            return
        granting.decide_bid(
            self._store, number, decided.outcome, decided.reason, meeting.id,
            Grant(given.ward_code, given.tactic, given.starts, given.ends, officers, tuple(unit.id for unit in units)),
        )  # fmt: skip
        if asked.unit:
            deployment_changes.answer(
                self._store, [unit.id for unit in units], "agreed", "until the end of its shift", meeting_id=meeting.id
            )
        self._given[number] = asked

    def _units(self, name: str, given: Grant, officers: int) -> list[UnitView]:
        """The unit of a name, else as many of ours as it takes that are free then and on no roster around it."""
        standing = board(self._store)
        if name:
            return [unit for unit in standing.units if unit.unit == name]
        day = given.starts.date()
        busy = {*late_units(day, self._seed), *early_units(day, self._seed)}
        if given.ends.date() > day:
            busy |= {*early_units(given.ends.date(), self._seed)}  # who comes off a night is to rest
        found: list[UnitView] = []
        for unit in granting.free_for(standing, given.starts, given.ends):
            if unit.unit not in busy and sum(one.strength_at(given.starts) for one in found) < officers:
                found.append(unit)
        return found

    def _raise(self, asked: AskedFor, weekly: date) -> int:
        """Put a bid on the list, with its times counted from the meeting that decides it; an owed result with it."""
        starts = at_clock(weekly + timedelta(days=asked.ahead), asked.hour)
        requester = f"{asked.bcu} BCU"
        owed = bids.owed_by(self._store, requester, self._store.now())
        terms = BidTerms(
            ward_code=worst_of(self._store, asked.borough), tactic=asked.tactic, starts_at=starts,
            ends_at=starts + timedelta(hours=asked.hours), officers=asked.officers, skills=asked.skills,
            objective=asked.objective, control_strategy=asked.strategy, risk=asked.risk, community=asked.community,
            exit=asked.ends, measure=asked.measure,
        )  # fmt: skip
        result = self._given.pop(owed.id).result if owed else ""
        about = (requester, asked.bcu, asked.problem, asked.resource, asked.borough, "")
        return bids.make_bid(self._store, *about, terms=terms, result=result)
