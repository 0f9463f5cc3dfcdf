"""What a form that sends units somewhere knows while one types: the board, what is left uncovered, what clashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from core.applying import WHY_NEEDED
from core.authority import Authority, authority_of, refuse_too_long
from core.clashes import Clash, clashes, in_words
from core.days import clock_words
from core.deployment_measures import proposed, refuse_own
from core.deployments import State, parse_dose, parse_end, parse_start
from core.errors import Problem
from core.neighbours import kilometres, neighbours_of
from core.tactics import tactic_called
from db.deploying import Clashing, Draft, against, sending_of
from db.deployments import Board, UnitView
from db.uncovered import wanted
from db.ward_map import name_of
from tui.dialogs.field import Values
from tui.session import Session
from tui.verbs.choosing import several, the_one
from tui.verbs.context import typed_number

_NEAR = 2
_DAY = timedelta(days=1)


class Sending:
    """One form's knowledge. shown: the keys of the clashes that the chair has been told of, which a reason over-rules.

    board: as it was when the form was opened; what is saved is checked against the store as it is then.
    """

    def __init__(
        self, session: Session, board: Board, wards: Mapping[str, str], units: Sequence[UnitView], ward_code: str
    ) -> None:
        """*wards*: what is typed for a ward, to its code. units: those that are sent, none where that is asked for.

        ward_code: where they are sent, empty where that is asked for.
        """
        self.session = session
        self.board = board
        self.wards = wards
        self.units = list(units)
        self.ward_code = ward_code
        self.shown: set[object] = {clash.key for clash in self._where_they_are()}
        self._ranks = wanted(session.store).ranks()

    def _where_they_are(self) -> list[Clash]:
        """That a unit leaves what it is on is said at the reason from the first, so it need not be told again."""
        return [
            Clash("two-places", (unit.unit,), (unit.on.id,), "", "")
            for unit in self.units
            if unit.on is not None and unit.on.state is State.ON
        ]

    @property
    def usual_end(self) -> str:
        """How long units are sent for unless something else is said: to the end of a shift, else a day of duty."""
        now = self.session.now()
        shift = next((unit.shift for unit in self.units if unit.shift), None)
        if shift is not None:
            starts, ends = shift.around(now)
            if starts <= now < ends:
                return f"{ends:%H:%M}"
        return "+8h"

    def leaves(self) -> str:
        """When a reason is needed: where a unit leaves what it is on, or over-rules a clash."""
        wards = list(dict.fromkeys(unit.on.ward for unit in self.units if unit.on and unit.on.state is State.ON))
        if wards:
            return f"needed to leave {' and '.join(ward or 'where it is' for ward in wards)}"
        return "needed for a unit that is out, or to over-rule a clash"

    # What was typed

    def sent(self, values: Values) -> list[UnitView]:
        """The units that are sent. Raises Problem where a name fits none or several."""
        if self.units:
            return self.units
        known = {unit.unit: unit for unit in self.board.units}
        if values["unit"] in known:
            return [known[values["unit"]]]
        parts = [part.strip() for part in values["unit"].split(",") if part.strip()]
        return list({name: known[name] for name in (the_one(part, known) for part in parts)}.values())

    def ward(self, values: Values) -> str:
        """The code of the ward. Raises Problem where its words fit none or several."""
        return self.ward_code or self.wards[the_one(values["ward"], self.wards)]

    def start(self, values: Values) -> datetime:
        """When it starts. Raises Problem."""
        return parse_start(values["starts"], self.session.now())

    def span(self, values: Values) -> tuple[datetime, datetime]:
        """The start and the end as they were typed. Raises Problem where one will not do."""
        starts = self.start(values)
        ends = parse_end(values["until"], starts)
        given = Authority()
        with suppress(Problem):  # what the authority lacks is said at its own field
            given = self.authority(values)
        refuse_too_long(given, starts, ends)
        return starts, ends

    def authority(self, values: Values) -> Authority:
        """The authority of the tactic as it was typed. Raises Problem where it lacks something."""
        return authority_of(tactic_called(values["tactic"]), values["authority"]) if values["tactic"] else Authority()

    def vehicles(self, values: Values) -> int | None:
        """How many vehicles go; None where nobody says. Raises Problem."""
        return typed_number(values["vehicles"], "Vehicles") if values["vehicles"] else None

    def draft(self, values: Values) -> Draft:
        """What is to be saved: the measure as it was typed, else as the rule proposes it. Raises Problem."""
        starts, ends = self.span(values)
        draft = Draft(
            tuple(unit.id for unit in self.sent(values)), self.ward(values), tactic_called(values["tactic"]), starts,
            ends, objective=values["objective"], dose=parse_dose(values["dose"]), vehicles=self.vehicles(values),
            authority=values["authority"], place=values["place"], end_test=values["end_test"], legacy=values["legacy"],
        )  # fmt: skip
        sent_to = {one.ward_code for one in self.board.live}
        rule = proposed(draft.tactic, draft.ward_code, starts, ends, self._ranks, sent_to)
        measure, compared = values["measure"] or rule.words, self.compared(values) or rule.wards
        taken = measure == rule.words and set(compared) == set(rule.wards)
        by = "" if taken else self.session.store.who
        return replace(draft, measure=measure, compared=compared, measure_until=rule.until, measure_by=by)

    def compared(self, values: Values) -> tuple[str, ...]:
        """The codes of the comparison wards that were typed; none where the proposed ones are taken. Raises Problem."""
        codes = several(values["compared"], self.wards)
        refuse_own(self.ward(values), codes)
        return codes

    def over_rule(self, values: Values) -> None:
        """Raise Problem where something stands against it that the chair has not been told of, or has no reason for."""
        found = [clash for clash in against(self.session.store, self.draft(values), self.session.now()) if clash.blocks]
        unseen = [clash for clash in found if clash.key not in self.shown]
        self.shown |= {clash.key for clash in found}
        if unseen:
            raise Clashing(unseen)
        if found and not values["reason"]:
            raise Problem(WHY_NEEDED)

    # What is said beside it

    def beside(self, values: Values) -> str:
        """The ward's rank and who is near, what the move leaves uncovered, what clashes or is warned of.

        Nothing until the ward is named; of a move nothing until units are.
        """
        try:
            code = self.ward(values)
        except Problem:
            return ""
        try:
            units = self.sent(values)
        except Problem:
            units = []
        if not units:
            return _sentences([self._rank(code), self._near(code, [])])
        parts = [self._rank(code), self._uncovered(units, code), self._near(code, units)]
        try:
            draft = self.draft(values)
        except Problem:
            return _sentences(parts)
        found = clashes(sending_of(self.board, draft, name_of(self.session.store, code)))
        told = [clash for clash in found if not clash.blocks or clash.key not in self.shown]
        if told:
            parts.insert(1, f"{'CLASH' if told[0].blocks else 'Warning'}: {in_words(told)}")
        elif draft.measure:
            names = [name_of(self.session.store, ward) for ward in draft.compared]
            against_ = ", ".join(names) if names else "no ward: none is ranked"
            parts.append(f"Measured by {draft.measure} against {against_}")
        return _sentences(parts)

    def _rank(self, code: str) -> str:
        name, rank = name_of(self.session.store, code), self._ranks.get(code)
        here = [unit.unit for unit in self.board.units if unit.on and unit.on.ward_code == code]
        there = f"{', '.join(here)} there or planned" if here else "no unit there"
        return f"{name}: {f'{rank} in harm' if rank else 'no rank known'}; {there}"

    def _near(self, code: str, units: Sequence[UnitView]) -> str:
        """The units nearest by where they are, and how many are free at which base: a base has no public place."""
        mine = {unit.id for unit in units}
        far = []
        for unit in self.board.units:
            if unit.on is not None and unit.id not in mine and unit.on.ward_code not in ("", code):
                apart = kilometres(code, unit.on.ward_code)
                beside = " next to it" if unit.on.ward_code in neighbours_of(code) else ""
                far += [(apart, f"{unit.unit} {apart:g} km{beside}")] if apart is not None else []
        near = [words for _, words in sorted(far)[:_NEAR]]
        free: dict[str, int] = {}
        for unit in self.board.units:
            if unit.is_free and not unit.whom:
                free[unit.base or "no base"] = free.get(unit.base or "no base", 0) + 1
        bases = ", ".join(f"{many} {base}" for base, many in free.items())
        parts = [f"Near: {', '.join(near)}" if near else "", f"Free: {bases}" if bases else ""]
        return ". ".join(part for part in parts if part)

    def _uncovered(self, units: Sequence[UnitView], code: str) -> str:
        """The wards that are left with no unit."""
        mine = {unit.id for unit in units}
        left = []
        for unit in units:
            on = unit.on
            if on is None or on.ward_code in ("", code):
                continue
            stay = [
                sent for one in self.board.live if one.ward_code == on.ward_code for sent in one.here
                if sent.unit_id not in mine
            ]  # fmt: skip
            rank = self._ranks.get(on.ward_code)
            if not stay:
                until = f", from {clock_words(on.until, self.session.now())} anyhow" if on.until else ""
                left.append(f"{on.ward} ({f'{rank} in harm' if rank else 'no rank'}{until})")
        return f"Leaves without a unit: {', '.join(dict.fromkeys(left))}" if left else ""


def _sentences(parts: Sequence[str]) -> str:
    """What is to be known in the order of its weight, as the room for it may not hold it all."""
    return " ".join(f"{part}." for part in parts if part)
