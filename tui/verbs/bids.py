"""Verbs on bids: put one on the list, score it, decide it, tell what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from core.authority import Authority, authority_of, refuse_too_long
from core.bids import CONFIDENCE, OUTCOMES, matrix
from core.days import london
from core.deployments import parse_end, parse_start
from core.errors import Problem
from core.geography import bcus
from core.scope import Scope
from core.tactics import TACTICS, tactic_called
from core.units import SKILLS, skills_of, skills_words
from db import bids, deployments, granting
from db.areas import Areas, areas
from db.bids import BidTerms, BidView
from db.deployments import UnitView
from db.granting import USUAL, Grant
from db.ward_map import name_of
from tui.dialogs.field import Field, Values, why_field
from tui.session import Session
from tui.verbs.choosing import the_one, ward_names
from tui.verbs.context import PLAIN, VerbContext, typed_number

_GIVES = ("granted", "part")


def new_bid(context: VerbContext) -> None:
    """Ask who asks, for what, where and when, to what end; for a result that is owed, too."""
    store, now, scope = context.session.store, context.session.now, context.session.looks_at
    wards = ward_names(store)

    def start(values: Values) -> datetime | None:
        return parse_start(values["from"], now()) if values["from"] else None

    def span(values: Values) -> tuple[datetime | None, datetime | None]:
        starts = start(values)
        return (starts, parse_end(values["until"] or "+8h", starts)) if starts else (None, None)

    def ward_of(values: Values) -> str:
        return wards[the_one(values["ward"], wards)] if values["ward"] else ""

    def owed(values: Values) -> None:
        found = bids.owed_by(store, values["requester"], now())
        if found is not None and not values["result"]:
            raise Problem(bids.owed_words(found))

    def save(values: Values) -> str:
        starts, ends = span(values)
        code, unit = ward_of(values), _unit_of(values)
        terms = BidTerms(
            code, values["tactic"], starts, ends,
            typed_number(values["officers"], "Officers") if values["officers"] else None,
            skills_words(skills_of(values["skills"])), values["objective"], values["strategy"], values["risk"],
            values["community"], values["exit"], values["measure"],
        )  # fmt: skip
        place = values["place"] or (name_of(store, code) if code else "")
        bids.make_bid(
            store,
            values["requester"],
            unit,
            values["problem"],
            values["resource"],
            place,
            values["starts"],
            terms=terms,
            result=values["result"],
            meeting_id=context.session.meeting_id,
        )
        return f"{values['requester']}: {values['resource']} put on the list of bids{_unless_listed(unit, scope)}"

    fields = [
        Field("requester", "Who asks", half=True),
        _who_for(areas(store), scope),
        Field("problem", "Problem"),
        Field("resource", "For what"),
        Field("place", "Where", hint="or a ward below", needed=False, check=_somewhere, half=True),
        Field("starts", "When", hint="or from and until", needed=False, check=_some_time, half=True),
        Field(
            "ward",
            "Ward",
            choices=list(wards),
            needed=False,
            hint="with a time, granting makes the deployment",
            check=ward_of,
        ),
        Field("from", "From", needed=False, hint="22/11/2026 18:00", check=start, holds=PLAIN, half=True),
        Field("until", "Until", needed=False, hint="+8h from the start", check=span, holds=PLAIN, half=True),
        Field("officers", "Officers", needed=False, half=True),
        Field("tactic", "Tactic", choices=tuple(TACTICS), only=True, needed=False, half=True),
        Field(
            "skills", "Skills", needed=False, hint=", ".join(SKILLS[:2]), check=lambda v: skills_of(v["skills"]),
            half=True,
        ),
        Field("strategy", "Serves", needed=False, hint="which priority", half=True),
        Field("objective", "Objective", needed=False),
        Field("risk", "Risk", needed=False, hint="if nothing is given", half=True),
        Field("community", "Community", needed=False, hint="impact on it", half=True),
        Field("exit", "Ends when", needed=False, half=True),
        Field("measure", "Measure", needed=False, half=True),
        Field("result", "Result", needed=False, hint="of what was given before, where it is owed", check=owed),
    ]  # fmt: skip
    context.ask("New bid for resources", fields, save)


def _somewhere(values: Values) -> None:
    if not values["place"] and not values["ward"]:
        raise Problem("Where is needed: write a place, or name a ward below.")


def _some_time(values: Values) -> None:
    if not values["starts"] and not values["from"]:
        raise Problem("When is needed: write it, or give from and until below.")


def _who_for(held: Areas, scope: Scope) -> Field:
    """Which command unit asks, that of the meeting first; of another force than London's, which borough or district."""
    if held.london:
        return Field("bcu", "BCU", scope.bcu, choices=list(bcus()), only=True, hint=", ".join(bcus()), half=True)
    here = "" if scope.is_force else scope.name
    return Field("bcu", "District", here, choices=list(held.boroughs), hint=held.words, half=True)


def _unit_of(values: Values) -> str:
    """The command unit that was typed, as it is stored."""
    typed = values["bcu"]
    return typed.upper() if typed.upper() in bcus() else typed


def _unless_listed(unit: str, scope: Scope) -> str:
    """That a new bid is not in the list of the meeting, for it is of another unit; nothing where it is."""
    if scope.is_force or unit in (scope.bcu, scope.name):
        return ""
    return f", of {unit} and so not in this list: * shows the force's"


def score_bid(context: VerbContext) -> None:
    """Ask each question of the matrix, and how sure the answers are. Raises Conflict for a bid that is decided."""
    bid = _bid(context)
    bids.refuse_decided(bid.id, bid.outcome)
    highest = str(matrix().highest)
    every = tuple(str(number) for number in range(matrix().highest + 1))

    def save(values: Values) -> str:
        answers = {
            question: int(values[f"q{nth}"]) for nth, question in enumerate(matrix().questions) if values[f"q{nth}"]
        }
        confidence = values["confidence"].casefold()
        bids.score_bid(context.session.store, bid.id, answers, confidence, meeting_id=context.session.meeting_id)
        return f"{context.record.subject.label} scored"

    fields = [
        Field(
            f"q{nth}", question[0].upper() + question[1:], str(bid.answers.get(question, "")), choices=every, only=True,
            needed=False, hint=f"{group.key}, 0 none to {highest} very high",
        )
        for nth, (group, question) in enumerate(
            (group, question) for group in matrix().groups for question in group.questions
        )
    ]  # fmt: skip
    confidence = Field("confidence", "Confidence", bid.confidence or "medium", choices=CONFIDENCE, only=True)
    context.ask(f"Score: {context.about}", [*fields, confidence], save)


def _bid(context: VerbContext) -> BidView:
    """The bid of the row. Raises Problem where it is gone."""
    _ = context.record
    [number] = context.numbers("bid")
    listed = bids.bids(context.session.store, context.session.meeting_id, context.session.now())
    found = next((bid for bid in listed if bid.id == number), None)
    if found is None:
        raise Problem("This bid is no longer on the list. Refresh with ctrl+r.")
    return found


class _Giving:
    """What the form knows that decides a bid: what is given, as it is typed. Every part raises Problem."""

    def __init__(self, session: Session, bid: BidView, units: Sequence[UnitView]) -> None:
        self._session = session
        self._terms = bid.terms
        self.wards = ward_names(session.store)
        self._units = {unit.unit: unit.id for unit in units}

    def gives(self, values: Values) -> bool:
        """Whether a deployment is made."""
        return values["outcome"].casefold() in _GIVES and bool(values["ward"])

    def ward(self, values: Values) -> str:
        """The code of the ward, empty where none is named."""
        return self.wards[the_one(values["ward"], self.wards)] if values["ward"] else ""

    def start(self, values: Values) -> datetime | None:
        """When it starts; it may have passed where the bid itself names it."""
        if not values["from"] and self.gives(values):
            raise Problem("From is needed where a ward is named: write when it starts.")
        if not values["from"]:
            return None
        return _kept(values["from"], self._terms.starts_at) or parse_start(values["from"], self._session.now())

    def span(self, values: Values) -> tuple[datetime, datetime] | None:
        """The start and the end."""
        starts = self.start(values)
        if starts is None:
            return None
        ends = _kept(values["until"], self._terms.ends_at) or parse_end(values["until"] or "+8h", starts)
        given = Authority()
        with suppress(Problem):  # what the authority lacks is said at its own field
            given = self.authority(values)
        refuse_too_long(given, starts, ends)
        return starts, ends

    def units(self, values: Values) -> tuple[int, ...]:
        """The numbers of the units that are named."""
        names = [part.strip() for part in values["units"].split(",") if part.strip()]
        return tuple(self._units[the_one(name, self._units)] for name in names)

    def authority(self, values: Values) -> Authority:
        """What authorises the tactic; nothing where nothing is given."""
        if not self.gives(values):
            return Authority()
        return authority_of(tactic_called(values["tactic"] or USUAL), values["authority"])

    def grant(self, values: Values) -> Grant | None:
        """What is given; None where no deployment is made."""
        times = self.span(values)
        if not self.gives(values) or times is None:
            return None
        officers = typed_number(values["officers"], "Officers") if values["officers"] else None
        tactic = tactic_called(values["tactic"] or USUAL)
        typed = values["authority"]
        return Grant(self.ward(values), tactic, *times, officers, self.units(values), authority=typed)


def decide_bid(context: VerbContext) -> None:
    """Ask for the outcome and its reason; where something is given, for what, out of what is free then."""
    session, store = context.session, context.session.store
    about = context.record.subject.label
    bid = _bid(context)
    board = deployments.board(store, session.now())
    giving, terms = _Giving(session, bid, board.units), bid.terms

    def save(values: Values) -> str:
        outcome = values["outcome"].casefold()
        made = granting.decide_bid(store, bid.id, outcome, values["reason"], session.meeting_id, giving.grant(values))
        given = f", {granting.given_words(store, made, session.now())}" if made else ""
        if outcome in _GIVES and not made and bid.deployment is None:
            given = ", no unit sent: no ward is named"
        return f"{about} {OUTCOMES[outcome].past}{given}: {values['reason']}"

    def beside(_values: Values) -> str:
        scored = f"score {bid.score.words}" if bid.score.words else "not scored: m scores it"
        return f"{scored}; could fill it: {granting.could_fill(board, bid)}"

    ward = next((name for name, code in giving.wards.items() if code == terms.ward_code), "")
    wards, hint = list(giving.wards), "granted: makes the deployment"
    fields = [
        Field("outcome", "Outcome", choices=list(OUTCOMES), only=True, hint=", ".join(OUTCOMES)),
        Field("ward", "Ward", ward, choices=wards, needed=False, hint=hint, check=giving.ward),
        Field("from", "From", _typed(terms.starts_at), needed=False, check=giving.start, holds=PLAIN, half=True),
        Field("until", "Until", _typed(terms.ends_at), needed=False, check=giving.span, holds=PLAIN, half=True),
        Field("officers", "Officers", str(terms.officers or ""), needed=False),
        Field("tactic", "Tactic", terms.tactic, choices=tuple(TACTICS), only=True, needed=False),
        Field("authority", "Authority", needed=False, hint="section 60: rank; grounds; area", check=giving.authority),
        Field(
            "units", "Units", choices=_free(board.units), needed=False, hint="empty: those that are free then",
            check=giving.units,
        ),
        why_field(),
    ]  # fmt: skip
    context.ask(f"Outcome: {context.about}", fields, save, beside=beside)


def _free(units: Sequence[UnitView]) -> list[str]:
    return [unit.unit for unit in units if unit.is_free] or [unit.unit for unit in units]


def _typed(moment: datetime | None) -> str:
    return f"{london(moment):%d/%m/%Y %H:%M}" if moment else ""


def _kept(text: str, moment: datetime | None) -> datetime | None:
    """The moment that the bid names, where the field is as it began: it may have passed since."""
    return moment if moment is not None and text == _typed(moment) else None


def tell_result(context: VerbContext) -> None:
    """Ask what came of what a bid was given. Raises Conflict for one that was given nothing."""
    bid = _bid(context)
    about = context.record.subject.label
    bids.refuse_not_given(bid.id, about, bid.outcome)

    def save(values: Values) -> str:
        bids.tell_result(context.session.store, bid.id, values["result"], meeting_id=context.session.meeting_id)
        return f"{about}: {values['result']}"

    hint = "what came of it, in figures where there are any"
    context.ask(f"Result: {context.about}", [Field("result", "Result", bid.result, hint=hint)], save)
