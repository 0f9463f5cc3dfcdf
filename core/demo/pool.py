"""The pool: most of the year's named suspects, a few reports each, half of them scoring 11 days or fewer."""

from __future__ import annotations

from core.demo.chance import pick, spread
from core.demo.offences import COMMON_ASSAULT, POOL, Offence
from core.demo.people import AT_LARGE, Person
from core.demo.ranked import POOL_CEILING
from core.demo.world import World

_REPORTS = spread((1, 775), (2, 145), (3, 45), (4, 20), (5, 9), (6, 4), (8, 2))
_TOGETHER = 0.03  # chance that the next person is named in the same report


def fill_pool(world: World, size: int) -> list[Person]:
    """Put down the counted reports of *size* people and give the people. Each is named at least once."""
    chance = world.rng.random
    people: list[Person] = []
    while len(people) < size:
        person = world.people.another()
        people.append(person)
        if len(people) < size and chance() < _TOGETHER:
            other = world.people.another()
            people.append(other)
            _one_report(world, [person, other])
        else:
            _all_of(world, person)
    return people


def _one_report(world: World, people: list[Person]) -> None:
    suspects = [world.by_public(person) for person in people]
    world.put(world.some_day(), pick(world.rng, POOL), suspects, next(world.victims))


def _all_of(world: World, person: Person) -> None:
    rng = world.rng
    chance = rng.random
    reports = pick(rng, _REPORTS)
    if reports == 1:
        suspects = [world.by_public(person)]
        if chance() < 0.025:
            suspects.append((world.people.another(AT_LARGE), "eliminated", "witness"))
        world.put(world.some_day(), pick(rng, POOL), suspects, next(world.victims))
        return
    victim = next(world.victims)
    for offence in _within_ceiling(world, reports):
        world.put(world.some_day(), offence, [world.by_public(person)], victim)
        if chance() < 0.35:
            victim = next(world.victims)


def _within_ceiling(world: World, reports: int) -> list[Offence]:
    """Draw offences that leave the person below the head of the list, which is made elsewhere."""
    room = POOL_CEILING
    chosen = []
    for _ in range(reports):
        offence = pick(world.rng, POOL)
        if offence.days > room:
            offence = COMMON_ASSAULT
        room -= offence.days
        chosen.append(offence)
    return chosen
