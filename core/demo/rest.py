"""Everything else in the extract: what no ranking of the year counts, but every import must carry."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from core.demo.chance import pick
from core.demo.offences import HOMICIDE, NO_VICTIM, ON_OFFICERS, POLICE, POOL, PUBLIC, Offence
from core.demo.people import AT_LARGE, USUAL, Person
from core.demo.world import YEAR, World

_HISTORY = 2 * YEAR
_LIKE_DAYS, _LIKE = 66, 0.92
"""Days before the year that hold as many reports a day as the year does, and the share of the older reports in them.

So the fourteen months before the day, and the year before each day of its last weeks, are held at one level; what is
older is held in part, as an extract of so many months holds it.
"""


def police_only(world: World, people: Sequence[Person], count: int) -> None:
    """Reports of the year whose suspect the police or intelligence alone named: nobody enters by these."""
    for _ in range(count):
        person = known_or_new(world, people, 0.5)
        age = world.some_day()
        world.put(age, pick(world.rng, POOL), [world.by_police(person)], next(world.victims))


def cancelled(world: World, people: Sequence[Person], count: int) -> None:
    """Reports of the year that were cancelled later."""
    for _ in range(count):
        suspects = [world.suspected(known_or_new(world, people, 0.7, AT_LARGE))]
        age = world.some_day()
        world.put(age, pick(world.rng, POOL), suspects, next(world.victims), outcome="cancelled")


def eliminated(world: World, people: Sequence[Person], count: int) -> None:
    """Reports of the year whose only suspect was eliminated."""
    for _ in range(count):
        person = known_or_new(world, people, 0.6, AT_LARGE)
        age = world.some_day()
        world.put(age, pick(world.rng, POOL), [(person, "eliminated", "victim")], next(world.victims))


def unsolved(world: World, count: int) -> None:
    """Reports of the year with no suspect; one in eight has no victim on record either."""
    for _ in range(count):
        victim = next(world.victims) if world.rng.random() < 0.875 else ""
        world.put(world.some_day(), pick(world.rng, POOL), [], victim)


def other_crime(world: World, people: Sequence[Person], count: int) -> None:
    """Reports of the year outside violence against women and girls, some with people of the pool."""
    for index in range(count):
        _other(world, people, world.some_day(), found=index % 5 == 0)


def history(world: World, people: Sequence[Person], count: int) -> None:
    """Reports from before the year, two months of them at its level; four in five are flagged VAWG."""
    for nth in range(count):
        days = _LIKE_DAYS if nth < _LIKE * count else _HISTORY
        age = YEAR + int(world.rng.random() * days)
        chance = world.rng.random()
        if chance < 0.2:
            _other(world, people, age, found=chance < 0.05)
        elif chance < 0.3:
            world.put(age, pick(world.rng, POOL), [], next(world.victims))
        else:
            suspects = [world.by_public(known_or_new(world, people, 0.6))]
            world.put(age, pick(world.rng, POOL), suspects, next(world.victims))


def _other(world: World, people: Sequence[Person], age: int, *, found: bool) -> None:
    offence = pick(world.rng, POLICE if found else PUBLIC)
    chance = world.rng.random()
    if not found and chance < 0.45:
        suspects = []
    else:
        person = known_or_new(world, people, 0.5)
        suspects = [world.by_police(person) if found else world.by_public(person)]
    world.put(age, offence, suspects, _harmed(world, offence), vawg=False, police=found)


def _harmed(world: World, offence: Offence) -> str:
    if offence in NO_VICTIM:
        return ""
    # One constable in three is assaulted without being taken as a victim on the record.
    if offence in ON_OFFICERS and world.rng.random() < 0.33:
        return ""
    return next(world.victims)


def known_or_new(world: World, people: Sequence[Person], known: float, standing: tuple[str, ...] = USUAL) -> Person:
    """Give one of *people* with the chance *known*, else someone new, who stands where *standing* draws."""
    return pick(world.rng, people) if world.rng.random() < known else world.people.another(standing)


def victims_too(world: World, people: Sequence[Person], rng: Random, count: int) -> None:
    """Make some of *people* the victim of a report that does not name them: a suspect may be a victim as well."""
    for _ in range(count):
        place, person = int(rng.random() * len(world.reports)), pick(rng, people)
        report = world.reports[place]
        if (
            report.victim
            and report.offence not in HOMICIDE
            and all(named is not person for named, _, _ in report.suspects)
        ):
            world.reports[place] = report._replace(victim=person.ref)
