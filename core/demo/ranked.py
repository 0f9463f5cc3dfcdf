"""The head of the list: a hundred people made to the published shape, those just below, and movement.

Published (DOMAIN.md section 2): the top 100 held about 445 reports against 201 victims, two people with 15
victims each, over 1,300 years in total. The makers here fix the reports and victims exactly and fill each
person's reports up to a target in days, so the shape holds for every seed and every day.
"""

from __future__ import annotations

from itertools import cycle
from math import sqrt
from random import Random
from typing import NamedTuple

from core.demo.chance import pick
from core.demo.offences import (
    MURDER,
    PENETRATION,
    POOL,
    RAPE,
    S18,
    S20_SERIOUS,
    SEXUAL,
    STRANGULATION,
    VIOLENT,
    Offence,
)
from core.demo.people import KILLERS, WATCHED, Person
from core.demo.world import YEAR, World

# Reports, distinct victims, and how many people have so many: 100 people, 445 reports, 201 victims. A report has one
# victim, so nobody has more victims than reports.
_SHAPE = (
    ((16, 15), 1), ((15, 15), 1), ((8, 6), 1), ((8, 4), 2), ((7, 3), 1), ((7, 2), 1), ((6, 4), 2),
    ((6, 3), 5), ((6, 2), 5), ((6, 1), 3), ((5, 3), 4), ((5, 2), 7), ((5, 1), 9), ((4, 3), 2),
    ((4, 2), 9), ((4, 1), 15), ((3, 3), 1), ((3, 2), 5), ((3, 1), 12), ((2, 2), 3), ((2, 1), 11),
)  # fmt: skip

_FLOOR = 3_500.0  # days; everyone in the hundred scores at least this, everyone else less
_BELOW = 3_480.0  # days; the highest target of those just below
POOL_CEILING = 2_200.0  # days; the most that anyone else with two reports or more may score
_CLIMB = 4_200.0
_CHILDREN = 0.04  # share of children below the first fifth of the list, where reports are few
_RAPE = 1_825.0
_QUIET = 24  # the last days, in which only those who are meant to move are reported
_LEAVERS, _JUST_BELOW = 8, 70
# How many days ago the news of the first hundred came: so about as often as 445 reports a year do (one or two a day),
# and on each of the last days someone climbs and someone falls. On the day itself only the night has been reported.
_ENTRIES = (0, 1, 3, 5, 7, 10, 14, 18)
_CLIMBS = (0, 1, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 9, 11, 13, 15, 17, 19, 21)
_FALLS = (0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 9, 11, 13, 15, 18, 20)
_FELT = 100.0  # days; a report of fewer moves nobody so high
_OUTGROWN = (STRANGULATION, S20_SERIOUS, S18, PENETRATION)


class Ranked(NamedTuple):
    """A person of the head of the list: the offences to report, how many victims, days ago of each."""

    person: Person
    offences: list[Offence]
    victims: int
    ages: list[int]

    @property
    def score(self) -> float:
        """Days of all the reports that count."""
        return sum(offence.days for offence in self.offences)


def head_size(suspects: int) -> tuple[int, int]:
    """Give how many highest people, and how many just below them, a pool of *suspects* holds."""
    size = min(100, suspects // 20)
    return size, max(size * _JUST_BELOW // 100, 1)


def head_of_list(world: World, size: int, next_size: int) -> list[Person]:
    """Put down all reports of the *size* highest people and the *next_size* below them; give the people."""
    top = _top(world, size)
    _recent(world.rng, top)
    fallen = _fallen(world.rng, top)
    below = _just_below(world, next_size)
    for entry in top + below:
        _report(world, entry)
        _past(world, entry.person)
    for entry in below[-_LEAVERS:]:
        # What has just left the year: on an earlier day these people were in the hundred.
        age, offence = YEAR + world.rng.randrange(19), RAPE if entry.person.man else S18
        world.put(age, offence, [world.by_public(entry.person)], next(world.victims))
    for age, entry in fallen:
        offence = pick(world.rng, _OUTGROWN)
        world.put(age, offence, [world.by_public(entry.person)], next(world.victims))
    return [entry.person for entry in top + below]


def _top(world: World, size: int) -> list[Ranked]:
    rng = world.rng
    pairs = [pair for pair, people in _SHAPE for _ in range(people)]
    if size < len(pairs):
        rng.shuffle(pairs)
        pairs = pairs[:size]
    pairs.sort(key=lambda pair: -(pair[0] + 4 * rng.random()))
    top = []
    for place, (reports, victims) in enumerate(pairs):
        target = _target(place, len(pairs))
        man = world.people.is_man()
        table = SEXUAL if man and place % 4 != 3 else VIOLENT
        if victims == 1:
            table = tuple(offence for offence in table if offence is not MURDER)
        offences = _fill(rng, table, reports, target, _FLOOR)
        ages = [_QUIET + rng.randrange(YEAR - _QUIET) for _ in offences]
        children = _CHILDREN if place >= len(pairs) // 5 and reports <= 4 else 0.0
        top.append(_person(world, offences, victims, ages, children, man=man))
    return top


def _person(
    world: World, offences: list[Offence], victims: int, ages: list[int], children: float, *, man: bool
) -> Ranked:
    """Someone who stands where such offences put them; a killing comes last, as its suspect is held or hunted then."""
    if MURDER not in offences:
        return Ranked(world.people.another(WATCHED, children, man), offences, victims, ages)
    killing, last = offences.index(MURDER), ages.index(min(ages))
    ages[killing], ages[last] = ages[last], ages[killing]
    return Ranked(world.people.another(KILLERS, children, man), offences, victims, ages)


def _target(place: int, size: int) -> float:
    return 3_660.0 + _CLIMB * (sqrt(sqrt(size / (place + 0.5))) - 1.0)


def _fill(rng: Random, table: tuple[Offence, ...], reports: int, target: float, least: float) -> list[Offence]:
    """Choose *reports* offences of together close to *target* days, never above it, at least *least*."""
    while True:
        tries = (_draw(rng, table, reports, target) for _ in range(6))
        best = max(tries, key=lambda offences: sum(offence.days for offence in offences))
        if sum(offence.days for offence in best) >= least:
            rng.shuffle(best)
            return best
        target *= 1.02


def _draw(rng: Random, table: tuple[Offence, ...], reports: int, target: float) -> list[Offence]:
    chosen: list[Offence] = []
    for left in range(reports - 1, -1, -1):
        fits = [offence for offence in table if offence.days <= target - left and _again(offence, chosen)]
        reaching = [offence for offence in fits if target - offence.days <= left * _RAPE]
        offence = pick(rng, reaching) if reaching else max(fits, key=lambda item: item.days)
        chosen.append(offence)
        target -= offence.days
    return chosen


def _again(offence: Offence, chosen: list[Offence]) -> bool:
    """Whether it may be named beside those chosen: nobody is named for two murders."""
    return offence is not MURDER or MURDER not in chosen


def _recent(rng: Random, top: list[Ranked]) -> None:
    """Move a report of some people into the last weeks: of those who enter the gravest, of those who climb another.

    Whoever climbs was in the first hundred before; whoever is named for a killing is left where they are, as it comes
    last of all.
    """
    free = [one for place, one in enumerate(top) if place > 1 and MURDER not in one.offences]
    rng.shuffle(free)
    entrants = [one for one in free if one.score - _gravest(one).days < POOL_CEILING][: len(_ENTRIES)]
    for age, one in zip(_ENTRIES, entrants, strict=False):
        one.ages[one.offences.index(_gravest(one))] = age
    known = {one.person.ref for one in entrants}
    climbers = [(one, least) for one in free if one.person.ref not in known and (least := _spared(one)) is not None]
    for age, (one, place) in zip(_CLIMBS, climbers, strict=False):
        one.ages[place] = age


def _gravest(one: Ranked) -> Offence:
    return max(one.offences, key=lambda offence: offence.days)


def _spared(one: Ranked) -> int | None:
    """The place of the least report that moves someone and without which they are still in the hundred, or near it."""
    felt = [(offence.days, place) for place, offence in enumerate(one.offences) if offence.days >= _FELT]
    days, place = min(felt)
    return place if one.score - days >= POOL_CEILING else None


def _fallen(rng: Random, top: list[Ranked]) -> list[tuple[int, Ranked]]:
    """Who has fallen of late, and how old the report is that has left their year: some so many days ago."""
    falling = [one for place, one in enumerate(top) if place > 1 and MURDER not in one.offences]
    rng.shuffle(falling)
    return [(YEAR + age, one) for age, one in zip(_FALLS, falling, strict=False)]


def _just_below(world: World, size: int) -> list[Ranked]:
    below = []
    for place in range(size):
        target = POOL_CEILING + (_BELOW - POOL_CEILING) * (place + 1) / size
        man = world.people.is_man()
        table = SEXUAL if man else tuple(offence for offence in VIOLENT if offence is not MURDER)
        offences = _fill(world.rng, table, 2 + world.rng.randrange(4), target, 0.0)
        ages = [_QUIET + world.rng.randrange(YEAR - _QUIET) for _ in offences]
        victims = 1 + world.rng.randrange(2)
        below.append(_person(world, offences, victims, ages, _CHILDREN, man=man))
    return below


def _report(world: World, entry: Ranked) -> None:
    roams = world.rng.random() < 0.15
    harmed = _harmed(world, entry)
    for offence, age, victim in zip(entry.offences, entry.ages, harmed, strict=True):
        world.put(age, offence, [world.by_public(entry.person)], victim, roams=roams)


def _harmed(world: World, entry: Ranked) -> list[str]:
    """The victim of every report; whoever was killed is the victim of no other."""
    victims = [next(world.victims) for _ in range(entry.victims)]
    killed = [victims.pop()] if MURDER in entry.offences else []
    others = cycle(victims)
    return [killed[0] if offence is MURDER else next(others) for offence in entry.offences]


def _past(world: World, person: Person) -> None:
    """Reports that no ranking of the year counts: older ones, and some known from the police alone."""
    for _ in range(1 + world.rng.randrange(3)):
        age = YEAR + 40 + world.rng.randrange(2 * YEAR - 40)
        world.put(age, pick(world.rng, POOL), [world.by_public(person)], next(world.victims))
    if world.rng.random() < 0.3:
        age = world.some_day()
        world.put(age, pick(world.rng, POOL), [world.by_police(person)], next(world.victims))
