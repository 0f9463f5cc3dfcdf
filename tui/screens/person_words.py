"""What the page of a named suspect knows, and what stands at its head, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.allegations import Allegation
from core.badges import BADGES
from core.children import CHILD
from core.cohorts import COHORTS
from core.cohorts.orders import breaches_open, orders_in_force
from core.days import day_of, uk
from core.harm import kind
from core.localities import locality_of
from core.markers import Marker
from core.patrols import PATROL_DAYS
from core.text import counted, in_days, in_unit
from db import deployments, markers, memberships, rankings
from db.deployments import DeploymentView
from db.left_out import LeftOut, left_out
from db.memberships import Member
from db.people import Explanation
from db.rankings import Ranked
from db.ward_map import name_of
from tui.screens.ward_words import deployed_words, over_words
from tui.session import Session, named
from tui.small_counts import SMALL_COUNTS
from tui.views.why import explained
from tui.wall import Told, Who, Words
from tui.widgets.weeks import place_of

WEEKS = 52
_SHOWN = 2
"""How many cohorts and how many orders have a line of their own."""


@dataclass(frozen=True)
class PersonFacts:
    """What is known of a person on a day: the score explained, the entry in a run, cohorts not left, every marker.

    today: the day number of the as-of date. run_id: the run that is looked at, and entry: the person's in it; None
    where there is none. by_rule: what only the least number of reports keeps from them, None where it does not. where:
    the ward of their home, else the borough of their latest report; empty where neither is known. sent: the deployments
    there, from four weeks back to four ahead; None where the store holds no unit.
    """

    today: int
    explanation: Explanation
    run_id: int | None
    entry: Ranked | None
    by_rule: LeftOut | None
    cohorts: tuple[Member, ...]
    markers: tuple[Marker, ...]
    where: str = ""
    sent: tuple[DeploymentView, ...] | None = None

    @property
    def by_week(self) -> list[float]:
        """Harm in days per week reported."""
        return weeks(self.explanation.counted, self.explanation.window.as_of)


def person_facts(session: Session, ref: str) -> PersonFacts:
    """Read what is known of a person. Raises NotFound where no one has that reference."""
    store, run_id = session.store, session.run_id
    explanation = explained(session, ref)
    cohorts = tuple(member for member in memberships.history(store, ref) if member.ended_on is None)
    known = explanation.person.ref
    entry = rankings.entry_of(store, run_id, known)
    every = tuple(markers.of_person(store, known))
    by_rule = None
    if run_id is not None and entry is not None and entry.rank is None:
        group = left_out(store, rankings.run(store, run_id))
        by_rule = next((one for one in group if one.person == known), None)
    where, sent = _sent(session, explanation)
    return PersonFacts(day_of(session.as_of), explanation, run_id, entry, by_rule, cohorts, every, where, sent)


def _sent(session: Session, explanation: Explanation) -> tuple[str, tuple[DeploymentView, ...] | None]:
    """The ward or the borough of a person, with the deployments to it."""
    store, now, span = session.store, session.now(), timedelta(days=PATROL_DAYS)
    code, report = explanation.person.home_ward_code, explanation.placed_by
    borough = locality_of(report.row.borough if report is not None else "").borough
    where = name_of(store, code) if code else borough
    if not where or not deployments.holds_units(store):
        return where, None
    sent = deployments.spans(store, now - span, now + span, now, code or None)
    return where, tuple(one for one in sent if code or one.borough == borough)


def person_lines(known: PersonFacts, solid: str) -> Sequence[Told]:
    """The facts, one a line. solid: how the rank stands under the alternatives; empty while that is not known."""
    explanation, who = known.explanation, known.explanation.person
    victim = "  ALSO A VICTIM" if who.victim else ""
    not_told = "birth date hidden" if SMALL_COUNTS.hidden else "birth date not known"
    born = f"born {uk(who.born_on)}" if who.born_on else not_told
    left_out = len(explanation.lines) - len(explanation.counted)
    stands = f"{who.status or 'status not known'}{f'  {CHILD.upper()}' if who.child(known.today) else ''}{victim}"
    return (
        (Who(named(who.name, who.ref), who.ref), Who(f"  {who.ref}"), f"  {stands}"),
        (Who(f"{born}  {who.sex}  {who.ethnicity}"), f"  {_lives(explanation)}"),
        f"{_rank(known)}: {in_unit(explanation.score, explanation.method.unit)} = {_sum(known)}",
        *_by_rule(known.by_rule),
        largest_of(explanation.counted),
        f"not counted: {counted(left_out, 'allegation')}{f'; {solid}' if solid else ''}",
        *_old_lines(explanation),
        *_order_lines(known),
        *_cohort_lines(known),
        *_unit_lines(known),
    )


def _lives(explanation: Explanation) -> str:
    """Where the person is, and what says so."""
    who, by = explanation.person, explanation.placed_by
    home, report = locality_of(who.home), locality_of(by.row.borough if by is not None else "")
    place = " ".join(part for part in (home if who.home else report) if part)
    if not place:
        return "BCU not known"
    return f"{place}: {who.home_words or 'by the latest report that counts'}"


def _rank(known: PersonFacts) -> str:
    entry = known.entry
    return "not ranked" if entry is None or entry.rank is None else f"rank {entry.rank}"


def _by_rule(one: LeftOut | None) -> Iterable[str]:
    """What the rule of least reports keeps from the person, if it does."""
    if one is not None:
        yield f"LEFT OUT BY RULE, would be rank {one.would_be}: {one.why}"


def _old_lines(explanation: Explanation) -> Iterable[str]:
    """What historic reports add, and how recency enters where it is no measure of its own."""
    said = [explanation.historic_words] if explanation.historic else []
    if "recency" not in explanation.method.measures:
        said.append(f"recency enters through the window of {counted(explanation.window.days, 'day')} only")
    if said:
        yield "; ".join(said)


def _sum(known: PersonFacts) -> str:
    """What the score is made of: allegations, or the parts of a banded method."""
    explanation = known.explanation
    victims = f", {counted(known.entry.victims, 'victim')}" if known.entry else ""
    if known.entry is not None and known.entry.several_victims:
        victims += f" in {counted(known.entry.crimes, 'report')} (more victims than reports)"
    of = f"{counted(len(explanation.counted), 'allegation')}{victims}"
    if explanation.unweighed:
        of += f", +{len(explanation.unweighed):,} unweighed"
    if derived := sum(line.row.confidence == "derived" for line in explanation.counted):
        of += f", {counted(derived, 'DERIVED weight')}"
    if not explanation.method.measures:
        return of
    parts = " + ".join(f"{part.measure} {part.adds:g}" for part in explanation.parts)
    return f"{parts} ({explanation.method.title}), {of}"


def _unit_lines(known: PersonFacts) -> Iterable[Told]:
    """The units where the person lives: on, planned, and what was given in four weeks."""
    if known.where and known.sent is not None:
        pieces, over = deployed_words(known.sent), over_words(known.sent)
        yield (f"units in {known.where}: ", *(pieces or [over or f"none, nor any in {PATROL_DAYS} days"]))
        if pieces and over:
            yield f"there in {over}"


def _cohort_lines(known: PersonFacts) -> Iterable[Told]:
    for member in known.cohorts[:_SHOWN]:
        yield _cohort(member, known.today)
    if rest := known.cohorts[_SHOWN:]:
        yield f"cohorts, also: {' '.join(badge(member) for member in rest)}"


def _order_lines(known: PersonFacts) -> Iterable[str]:
    orders = orders_in_force(known.markers, known.today)
    for order in orders[:_SHOWN]:
        yield f"order in force: {order.words}"
    if len(orders) > _SHOWN:
        yield f"orders in force, also: {', '.join(order.kind for order in orders[_SHOWN:])}"
    if waiting := breaches_open(known.markers, known.today):
        breaches = ", ".join(f"{breach.kind} of {uk(breach.day)}" for breach in waiting)
        yield f"BREACH not followed up: {breaches}"


def badge(member: Member) -> str:
    """The badge of a membership."""
    return BADGES.get(member.cohort, member.cohort)


def _cohort(member: Member, as_of: int) -> Told:
    title = f"{COHORTS[member.cohort].title} ({badge(member)})" if member.cohort in COHORTS else badge(member)
    due = " DUE" if member.due(as_of) else ""
    since = f"cohort {title} since {uk(member.since)}, review {uk(member.review_on)}{due}: "
    return since, Words(member.reason)


def largest_of(lines: Iterable[Allegation]) -> str:
    """The heaviest of some allegations with what its weight rests on; empty where there is none."""
    heaviest = max(lines, key=lambda line: line.days or 0.0, default=None)
    if heaviest is None:
        return ""
    rests = weight_of(heaviest)
    return f"largest {in_days(heaviest.days or 0.0)} ({rests}): {heaviest.row.offence}"


def weight_of(line: Allegation) -> str:
    """What the weight of an allegation rests on, in a word; one that is derived stands out."""
    word = kind(line.row.confidence, line.row.note)
    return "DERIVED weight" if word == "derived" else word


def weeks(lines: Iterable[Allegation], as_of: int) -> list[float]:
    """Harm in days per week reported, the oldest week first, the last ending on *as_of* (a day number)."""
    harm = [0.0] * WEEKS
    for line in lines:
        week = place_of(line.row.reported_on, as_of, WEEKS)
        if week is not None:
            harm[week] += line.days or 0.0
    return harm
