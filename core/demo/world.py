"""The reports of the synthetic London while they are being made, and how one report is put down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from core.demo.chance import pick, references, spread, stream
from core.demo.offences import ABH, BY_MEN, HOMICIDE, KNIFE_CHANCE, Offence
from core.demo.people import HELD, ROLES, People, Person
from core.demo.places import DemoWard, Places
from core.demo.shares import group_of_code

YEAR = 365
MORNING = 0.25
"""The share of its own day that an extract holds: it is made at six in the morning."""
Named = tuple[Person, str, str]
"""A person, the role in the report, and who named them."""

_OUTCOMES = spread(
    ("under investigation", 52), ("victim does not support", 26), ("evidential difficulties", 17), ("caution", 5)
)
_LIGHT = 19.0
"""Days that an offence may weigh and still end in a caution."""
_CONVICTED = frozenset({"serving"})
_PUBLIC = ("victim", "victim", "victim", "victim", "witness")
_POLICE = ("police", "police", "intelligence")


class Report(NamedTuple):
    """One crime report; `when` is the ordinal day reported plus a fraction that orders the day.

    A report has one victim or none: one crime is recorded per victim (DOMAIN.md section 1).
    """

    when: float
    offence: Offence
    began: int
    ended: int
    ward: int
    domestic: bool
    vawg: bool
    police: bool
    outcome: str
    suspects: Sequence[Named]
    victim: str
    knife: bool


class World:
    """Everything that a maker of reports shares: the day, chance, places, people, victims, the reports."""

    def __init__(self, wards: Sequence[DemoWard], as_of: date, seed: int) -> None:
        self.rng: Random = stream(seed, "reports", as_of)
        self.today = as_of.toordinal()
        self.places = Places(wards)
        self.people = People(self.rng, self.places, self.today)
        self.victims = references(self.rng, "V")
        self.reports: list[Report] = []
        self._held: set[str] = set()

    def some_day(self) -> int:
        """Draw how many days ago in the year a report is made: every day is as likely, the last one up to its hour."""
        age = int(self.rng.random() * YEAR)
        while age == 0 and self.rng.random() >= MORNING:
            age = int(self.rng.random() * YEAR)
        return age

    def by_public(self, person: Person) -> Named:
        """Name *person* the way that counts: by a victim or a witness, in a role that their status allows.

        Whoever is held is charged, or convicted where they serve, in the first report that names them so: there is
        what they are held for.
        """
        roles = ROLES.get(person.status)
        role = pick(self.rng, roles) if roles else "named suspect"
        return person, self._held_for(person) or role, pick(self.rng, _PUBLIC)

    def suspected(self, person: Person) -> Named:
        """Name *person* by a victim or a witness for what came to nothing: nobody is charged with it."""
        return person, "named suspect", pick(self.rng, _PUBLIC)

    def by_police(self, person: Person) -> Named:
        """Name *person* by the police or by intelligence alone, as nobody enters the V100.

        Whoever is held and was named by no one before is held for this.
        """
        return person, self._held_for(person) or "named suspect", pick(self.rng, _POLICE)

    def _held_for(self, person: Person) -> str:
        """The role of whoever is held in the first report that names them; empty in the others."""
        if person.status not in HELD or person.ref in self._held:
            return ""
        self._held.add(person.ref)
        return "convicted" if person.status in _CONVICTED else "charged"

    def put(
        self,
        age: int,
        offence: Offence,
        suspects: Sequence[Named],
        victim: str,
        *,
        vawg: bool = True,
        police: bool = False,
        outcome: str = "",
        roams: bool = False,
        knife: float | None = None,
    ) -> None:
        """Put down a report made *age* days before the as-of day; the first suspect sets where it was.

        victim: their reference, empty where there is none. knife: the chance of one, the offence's own if left out.
        A woman is named for assault where the law knows men alone. Whoever is held by the day is not reported on that
        day itself, so that what they are held for lies before it.
        """
        chance = self.rng.random
        first = suspects[0][0] if suspects else None
        if offence in BY_MEN and not all(person.man for person, _, _ in suspects):
            offence = ABH
        group = group_of_code(offence.code)
        if first is None or roams:
            ward = self.places.anywhere(self.rng, group)
        else:
            ward = self.places.near(self.rng, first.home, group)
        if age == 0 and any(person.status in HELD for person, _, _ in suspects):
            age = 1
        reported = self.today - age
        began = reported if police else self._began(reported, suspects)
        ended = began + int(chance() * (reported - began + 1)) if chance() < 0.12 else 0
        domestic = vawg and (first.domestic if first else chance() < 0.4) and chance() < 0.93
        hour = chance()
        self.reports.append(
            Report(
                reported + (hour if age else hour * MORNING),
                offence,
                began,
                ended,
                ward,
                domestic,
                vawg,
                police,
                outcome or self._outcome(suspects, offence),
                suspects,
                victim,
                chance() < (KNIFE_CHANCE.get(offence, 0.0) if knife is None else knife),
            )
        )

    def _began(self, reported: int, suspects: Sequence[Named]) -> int:
        chance = self.rng.random()
        if chance < 0.6:
            return reported - int(chance * 4)
        if chance < 0.965:
            return reported - int((chance - 0.6) * 110)
        historic = reported - 400 - self.rng.randrange(20 * YEAR)
        return historic if all(person.grown_by(historic) for person, _, _ in suspects) else reported

    def _outcome(self, suspects: Sequence[Named], offence: Offence) -> str:
        """What has come of a report: the gravest that has become of a suspect, else what may.

        No victim is asked of a killing, nobody is cautioned for a grave offence.
        """
        if not suspects:
            return "no suspect identified" if self.rng.random() < 0.7 else "under investigation"
        if gravest := next((role for role in ("convicted", "charged") if any(role == one[1] for one in suspects)), ""):
            return gravest
        outcome = pick(self.rng, _OUTCOMES)
        ruled_out = offence in HOMICIDE or (outcome == "caution" and offence.days > _LIGHT)
        return "under investigation" if ruled_out else outcome
