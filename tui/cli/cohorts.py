"""``tasking cohorts``: who qualifies for each cohort, with the facts, and who is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from core.cohorts import Cohort
from core.days import day_of, iso, uk
from core.errors import Problem
from core.scope import Scope
from core.text import counted
from db import cohorts, kept_out, memberships
from db.batch_kinds import MARKERS, REPORTS
from db.cohorts import Qualifying
from db.localities import of_people
from db.memberships import Member
from db.restrictions import cohort_of, cohorts_seen
from db.store import Store
from tui.cli.common import existing, print_json, print_table, say, say_not_counted
from tui.printing import waiting


class _Seen(NamedTuple):
    """A cohort as a scope has it: who qualifies there and who is a member; how the force stands against its target."""

    cohort: Cohort
    qualifying: list[Qualifying]
    members: list[Member]
    target: str = ""


def run(path: Path | None, name: str | None, as_of: date, scope: Scope, *, json: bool) -> None:
    """Print one cohort, or every one, of those who are of a scope. Raises Refused for a cohort that is not known."""
    day = day_of(as_of)
    with existing(path) as store:
        with waiting("Reading who qualifies"):
            found = _found(store, name, day, scope, targets=json or name is not None)
            faults = {} if json else cohorts.data_faults(store, day)
        kept = kept_out.of_kind(store, REPORTS, MARKERS)
        if json:
            beside = {"not_counted": [one.as_json() for one in kept]}
            everyone = [{"scope": scope.name} | as_json(store, one, day) | beside for one in found]
            print_json(everyone if name is None else everyone[0])
            return
        if name is None:
            _print_all(day, found, faults)
        else:
            _print(store, day, found[0], faults)
        if not scope.is_force:
            say(f"Of {scope.label}: by home, else by the latest report. Who has neither is in the force's list alone.")
        say_not_counted(kept)


def _found(store: Store, name: str | None, day: int, scope: Scope, *, targets: bool) -> list[_Seen]:
    """The cohort of a name, or every one. targets: whether those of a year before are asked for as well."""
    chosen = list(cohorts_seen(store).values()) if name is None else [cohort_of(store, name)]
    qualifying = _qualifying(store, chosen, day, alone=name is not None)
    found = [_seen(store, cohort, qualifying[cohort.key], day, scope) for cohort in chosen]
    if not targets:
        return found
    in_the_force = {key: len(people) for key, people in qualifying.items()}
    return [
        one._replace(target=cohorts.against_target(store, one.cohort, day, in_the_force[one.cohort.key]))
        for one in found
    ]


def _seen(store: Store, cohort: Cohort, every: list[Qualifying], day: int, scope: Scope) -> _Seen:
    members = memberships.members(store, cohort.key, day)
    if scope.is_force:
        return _Seen(cohort, every, members)
    people = {one.person for one in every} | {one.person for one in members}
    places = of_people(store, None, people)
    here = {person for person, place in places.items() if scope.holds(place)}
    return _Seen(cohort, [one for one in every if one.person in here], [one for one in members if one.person in here])


def _qualifying(store: Store, chosen: Sequence[Cohort], day: int, *, alone: bool) -> dict[str, list[Qualifying]]:
    """Who qualifies for each; among all cohorts one that needs a ranking there is not yet is no fault."""
    ranked = [cohort for cohort in chosen if cohort.needs == "ranking"]
    found = cohorts.qualifying_each(store, [cohort for cohort in chosen if cohort not in ranked], day)
    try:
        return found | cohorts.qualifying_each(store, ranked, day)
    except Problem:
        if alone:
            raise
        return found | {cohort.key: [] for cohort in ranked}


def as_json(store: Store, seen: _Seen, day: int) -> dict[str, Any]:
    """One cohort as the JSON that docs/commands.md documents."""
    cohort, qualifying, members, target = seen
    return {
        "cohort": cohort.key,
        "kind": cohort.kind,
        "as_of": iso(day),
        "rule": cohort.rule,
        "source": cohort.source,
        "qualifying": [
            {
                "person": one.person,
                "name": one.name,
                "status": one.status,
                "facts": one.facts,
                "due": [{"what": due.what, "day": iso(due.day)} for due in one.due],
                "data_fault": one.fault or None,
            }
            for one in qualifying
        ],
        "due": sum(bool(one.due) for one in qualifying) if cohort.is_register else None,
        "members": None if cohort.is_register and not members else [_member(store, one, day) for one in members],
        "target": target,
    }


def _member(store: Store, one: Member, day: int) -> dict[str, Any]:
    return {
        "person": one.person,
        "since": iso(one.since),
        "reason": one.reason,
        "proposed_by": one.proposed_by,
        "adopted_by": one.adopted_by,
        "review_on": iso(one.review_on),
        "must_leave": cohorts.must_leave(store, one, day),
    }


def _print_all(day: int, found: list[_Seen], faults: Mapping[str, int]) -> None:
    rows = [
        (one.cohort.badge, one.cohort.key, len(one.qualifying), *_inside(one, day), one.cohort.rule) for one in found
    ]
    print_table(("badge", "cohort", "qualify", "members", "due", "rule"), rows, right=(2, 3, 4))
    say(f"As of {uk(day)}. A rule proposes, a person adopts. One with its people: tasking cohorts --cohort NAME.")
    say("A register is read from the records: nobody is adopted into it. Due: people of whom something is due.")
    _say_faults(faults)


def _inside(seen: _Seen, day: int) -> tuple[str, str]:
    """How many members, of a register none; of how many people something is due."""
    if seen.cohort.is_register:
        return "register", f"{sum(bool(one.due) for one in seen.qualifying):,}"
    return f"{len(seen.members):,}", f"{sum(one.due(day) for one in seen.members):,}"


def _say_faults(faults: Mapping[str, int]) -> None:
    for fault, many in faults.items():
        say(f"Data fault: {counted(many, 'person', 'people')} {fault}.")


def _print(store: Store, day: int, seen: _Seen, faults: Mapping[str, int]) -> None:
    cohort, qualifying = seen.cohort, seen.qualifying
    members = {one.person: one for one in seen.members}
    say(f"{cohort.title}: {cohort.rule} Source: {cohort.source.rstrip('.')}.")
    rows = [(one.person, one.name, one.status, _since(members.get(one.person)), one.words) for one in qualifying]
    print_table(("person", "name", "status", "member since", "qualifies by"), rows)
    known = {one.person for one in qualifying}
    for ref, one in members.items():
        if ref not in known:
            say(f"{ref} is a member since {uk(one.since)} and does not meet the rule today: {one.reason}")
    for one in members.values():
        if why := cohorts.must_leave(store, one, day):
            say(f"{one.person} must leave: {why}")
    if seen.target:
        say(f"{seen.target[0].upper()}{seen.target[1:]}.")
    if cohort.is_register:
        _say_register(cohort, day, qualifying, faults)
        return
    due = sum(one.due(day) for one in members.values())
    say(
        f"Meet the rule on {uk(day)}: {counted(len(qualifying), 'person', 'people')}; "
        f"{counted(len(members), 'member')}, {counted(due, 'review')} due."
    )


def _say_register(cohort: Cohort, day: int, qualifying: list[Qualifying], faults: Mapping[str, int]) -> None:
    due = sum(bool(one.due) for one in qualifying)
    say(f"On the register on {uk(day)}: {counted(len(qualifying), 'person', 'people')}; something is due of {due:,}.")
    if cohort.fault is not None:
        _say_faults(faults)


def _since(one: Member | None) -> str:
    return "" if one is None else uk(one.since)
