"""What the meetings of the demo decide about units: plans, moves, uplift, units asked for, two Strong Boxes before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from core.days import at_clock
from core.demo.deployments import early_units, late_units
from core.demo.units import AUTHORISED, STRONG_BOX_DAYS, STRONG_BOXES, Authorised, move_on
from core.deployment_measures import proposed
from core.deployments import Dose
from core.units import UnitState
from db import deployment_changes
from db.deploying import Draft, against, task
from db.deployment_changes import Terms
from db.deployments import Board, UnitView, board, deployment
from db.meetings import MeetingView
from db.store import Store
from db.uncovered import wanted
from db.ward_map import ward_map

_DUTY = timedelta(hours=8)
_UPLIFT_EVERY, _ASK_EVERY, _MOVE_EVERY = 3, 5, 2


class PastUnits:
    """Units in the weeks before: two Strong Boxes that are over, then what every daily meeting decides."""

    def __init__(self, store: Store, seed: int) -> None:
        self._store = store
        self._seed = seed
        self._held = 0
        self._extended: tuple[int, Authorised] | None = None

    def at_first(self, first: date) -> None:
        """Enter the two periods that ended before the first morning, with what they left behind."""
        numbers = {unit.unit: unit.id for unit in board(self._store).units}
        for box in STRONG_BOXES:
            starts = at_clock(first - timedelta(days=box.ended_before + STRONG_BOX_DAYS), 8)
            ends = starts + timedelta(days=STRONG_BOX_DAYS)
            code = worst_of(self._store, box.borough)
            draft = self._draft([numbers[name] for name in box.units], code, "Strong Box", starts, ends)
            task(self._store, _with(draft, box.objective, end_test=box.end_test, legacy=box.legacy))

    def decide(self, meeting: MeetingView, day: date) -> None:
        """What a daily meeting does: plans the evening of the next day, moves a unit, takes uplift, asks for a unit.

        Some meetings task what needs an authority, or extend it.
        """
        now, move, standing = self._store.now(), move_on(day), board(self._store)
        wards = self._without(standing)
        late = late_units(day + timedelta(days=1), self._seed)
        ours = [unit for unit in standing.units if not unit.whom]
        free = [unit for unit in ours if unit.is_free and unit.unit not in late]
        early = early_units(day + timedelta(days=1), self._seed)
        free = [unit for unit in free if unit.unit not in early] or free  # who comes off a morning is to rest
        turn = day.toordinal()
        authorised = next((one for one in AUTHORISED if one.nth == self._held), None)
        self._held += 1
        self._extend(meeting)
        if authorised is not None:
            sent = [unit for unit in standing.units if unit.unit == authorised.unit] or free[:1]
            for unit in sent:
                self._authorise(unit, wards[3], authorised, day, meeting)
            free = [unit for unit in free if unit not in sent]
        if free:
            planned = free[turn % len(free)]
            starts = at_clock(day + timedelta(days=1), 18)
            draft = self._draft([planned.id], wards[0], move.tactic, starts, starts + _DUTY)
            planned_for = _with(draft, objective=move.objective, dose=Dose(move.visits, 15), place=move.place)
            self._task(planned_for, meeting)
            if turn % _UPLIFT_EVERY == 0:
                deployment_changes.lend(
                    self._store, planned.id, 6, "daily uplift of the BCUs", starts, starts + _DUTY,
                    "high-visibility work", meeting_id=meeting.id,
                )  # fmt: skip
        if turn % _MOVE_EVERY == 0:
            self._move(ours, wards[1], move.reason, meeting, now)
        if turn % _ASK_EVERY == 0:
            self._ask(standing, wards[2], day, meeting)

    def _authorise(self, unit: UnitView, code: str, what: Authorised, day: date, meeting: MeetingView) -> None:
        """Task what needs an authority; a unit of another team agrees."""
        starts = at_clock(day + timedelta(days=what.ahead), what.hour)
        draft = self._draft([unit.id], code, what.tactic, starts, starts + timedelta(hours=what.hours))
        draft = _with(draft, what.objective, end_test=what.end_test, legacy=what.legacy, place=what.place)
        number = self._task(replace(draft, authority=what.authority), meeting)
        if unit.whom:
            deployment_changes.answer(
                self._store, [unit.id], "agreed", "in turns, with its own sergeants", meeting_id=meeting.id
            )
        self._extended = (number, what) if what.extended[0] else None

    def _extend(self, meeting: MeetingView) -> None:
        """Give what yesterday tasked as many hours again, where it is extended."""
        if self._extended is None:
            return
        (number, what), self._extended = self._extended, None
        one = deployment(self._store, number)
        if one is None or one.ends is None:
            return
        authority, why = what.extended
        ends = one.ends + timedelta(hours=what.hours)
        terms = Terms(one.objective, one.measure, ends, one.end_test, one.legacy, one.dose, one.vehicles, authority)
        deployment_changes.change(self._store, number, terms, why, meeting_id=meeting.id)

    def _move(self, ours: Sequence[UnitView], code: str, why: str, meeting: MeetingView, now: datetime) -> None:
        """Move the unit that stays out longest, with the reason; none for less than two hours, or from a bid's."""
        out = [unit for unit in ours if unit.state is UnitState.OUT and unit.ends and unit.ends > now + _DUTY / 4]
        out = [unit for unit in out if unit.on and unit.on.bid is None]
        if out:
            unit = max(out, key=lambda unit: (unit.ends or now, unit.unit))
            self._task(
                self._draft([unit.id], code, "high-visibility patrol", now, unit.ends or now + _DUTY), meeting, why
            )

    def _ask(self, standing: Board, code: str, day: date, meeting: MeetingView) -> None:
        """Ask another team for a unit this evening, and hear what it says."""
        others = [unit for unit in standing.units if unit.whom and unit.is_free]
        if not others:
            return
        unit = others[day.toordinal() % len(others)]
        starts = at_clock(day, 18)
        self._task(self._draft([unit.id], code, "joint operation", starts, starts + _DUTY / 2), meeting)
        agreed = day.toordinal() % 2 == 0
        said, why = (
            ("agreed", "until 22:00, with its own sergeant") if agreed else ("refused", "held for a football match")
        )
        deployment_changes.answer(self._store, [unit.id], said, why, meeting_id=meeting.id)

    def _task(self, draft: Draft, meeting: MeetingView, why: str = "") -> int:
        shown = [clash.key for clash in against(self._store, draft, self._store.now())] if why else []
        return task(self._store, draft, why=why, accepted=shown, meeting_id=meeting.id)

    def _draft(self, units: Sequence[int], code: str, tactic: str, starts: datetime, ends: datetime) -> Draft:
        rule = proposed(tactic, code, starts, ends, wanted(self._store).ranks())
        return Draft(
            tuple(units), code, tactic, starts, ends, measure=rule.words, compared=rule.wards, measure_until=rule.until
        )

    def _without(self, standing: Board) -> list[str]:
        """The first wards by harm that have no unit."""
        covered = {one.ward_code for one in standing.live}
        return [code for code in wanted(self._store).ranked if code not in covered]


def worst_of(store: Store, borough: str) -> str:
    """The ward of a borough that comes first by harm."""
    known = ward_map(store)
    return next(code for code in wanted(store).ranked if known[code].borough == borough)


def _with(
    draft: Draft, objective: str, dose: Dose | None = None, end_test: str = "", legacy: str = "", place: str = ""
) -> Draft:
    return replace(draft, objective=objective, dose=dose, end_test=end_test, legacy=legacy, place=place)
