"""Killings, knives and prolific offending: what a violent crime meeting is about, in numbers a Londoner would know."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from core.demo.chance import pick, spread
from core.demo.offences import (
    ABH,
    BLADE_THREAT,
    HOMICIDE,
    KNIVES,
    ROBBERY,
    S18,
    S20_SERIOUS,
    Offence,
)
from core.demo.people import KILLERS, Person
from core.demo.rest import known_or_new
from core.demo.world import YEAR, World

# Homicides of a London year, 97 to 109 (DOMAIN2.md section 2). About a quarter of those killed are women and girls.
_WOMEN_KILLED, _MEN_KILLED = 26, 74
_CAUGHT = 0.9
_SEVERAL = spread((2, 30), (3, 29), (4, 18), (5, 10), (6, 6), (7, 3), (8, 2), (9, 1), (11, 1))
_HURT = (S18, S20_SERIOUS, ABH)


def homicides(world: World, share: float) -> list[Person]:
    """Put down the year's killings: of women, flagged as violence against women and girls, and of more men.

    share: how large this London is against the whole one. Nine in ten killings of men have a suspect, whom a witness
    named, and all of women have one; gives the suspects of those.
    """
    named: list[Person] = []
    for vawg, count in ((True, _WOMEN_KILLED * share), (False, _MEN_KILLED * share)):
        for _ in range(max(int(count), 2)):
            suspects = [_killer(world)] if vawg or world.rng.random() < _CAUGHT else []
            if vawg:
                named.append(suspects[0][0])
            elif suspects and world.rng.random() < 0.3:
                suspects.append(_killer(world))
            age = world.some_day()
            world.put(age, pick(world.rng, HOMICIDE), suspects, next(world.victims), vawg=vawg)
    return named


def _killer(world: World) -> tuple[Person, str, str]:
    person, role, _ = world.by_public(world.people.another(KILLERS))
    return person, role, "witness"


def knife_carriers(world: World, people: Sequence[Person], count: int) -> None:
    """Give *count* people two to four weapon possessions each in two years, found by the police, one of them of late.

    Every third has hurt or threatened someone with a knife, too, which a victim reported.
    """
    rng = world.rng
    for number in range(count):
        person = known_or_new(world, people, 0.6)
        for nth in range(2 + rng.randrange(3)):
            age = world.some_day() if nth == 0 else 1 + rng.randrange(2 * YEAR)
            world.put(age, pick(rng, KNIVES), [world.by_police(person)], "", vawg=False, police=True)
        if number % 3 == 0:
            offence, age = pick(rng, (*_HURT, BLADE_THREAT, ROBBERY)), world.some_day()
            world.put(age, offence, [world.by_public(person)], next(world.victims), vawg=False, knife=1.0)


def prolific(world: World, people: Sequence[Person], table: Sequence[Offence], count: int) -> None:
    """Give *count* people two to eleven reports each of the year out of *table*, every one with a victim of its own."""
    rng = world.rng
    for _ in range(count):
        person = known_or_new(world, people, 0.4)
        armed = _habit(rng)
        for _ in range(pick(rng, _SEVERAL)):
            offence, age = pick(rng, table), world.some_day()
            knife = armed if offence is ROBBERY else None
            suspects, roams = [world.by_public(person)], rng.random() < 0.3
            world.put(age, offence, suspects, next(world.victims), vawg=False, roams=roams, knife=knife)


def _habit(rng: Random) -> float:
    """How often a robber shows a knife: some always do, most never."""
    return 0.9 if rng.random() < 0.25 else 0.05
