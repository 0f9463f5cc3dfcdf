"""Crime groups: which pools an offence belongs to, and which traits of it the rules of cohorts and methods ask for.

A pool is a filter on allegations, not a method: phase 2 of V100 looks for the most violent and prolific across other
crime types (DOMAIN.md section 2, S4). Groups follow the index's own categories and subgroups
(``core/data/crime_groups.toml``, Home Office classification); neighbourhood crime is residential burglary, personal
robbery, theft from the person and vehicle crime.

Each pool has an entry rule of its own (``core/data/pools.toml``): who may have named the suspect, how many reports
make a rank, which cohort stands first. V100's rule is not forced on crime that police find (DOMAIN.md sections 2, 3).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag
from functools import cache

from core.errors import Refused
from core.shipped import shipped
from core.tables import table

_KNIFE = re.compile(r"\b(knife|knives|knifepoint|blade|bladed|machete|sharply pointed)\b", re.IGNORECASE)


class Pool(IntFlag):
    """The pools that people can be ranked in; a stored row keeps those that admit it as a number."""

    VAWG = 1
    VIOLENCE = 2
    KNIFE = 4
    ROBBERY = 8
    NEIGHBOURHOOD = 16
    DOMESTIC_ABUSE = 32
    EVERYTHING = 64
    VIOLENT_CRIME = 128

    @property
    def says(self) -> str:
        """What is in the pool, in a line."""
        return _SAYS[self]

    @property
    def words(self) -> str:
        """The pool as it is written on a run and on the command line."""
        return (self.name or "").lower().replace("_", "-")


_SAYS = {
    Pool.VAWG: "Reports flagged as violence against women and girls.",
    Pool.VIOLENCE: "Homicide, violence with and without injury, stalking and harassment.",
    Pool.KNIFE: "Knives and blades: by code, by the title of the offence, or marked so in the extract.",
    Pool.ROBBERY: "Robbery of people and of businesses.",
    Pool.NEIGHBOURHOOD: "Residential burglary, personal robbery, theft from the person and vehicle crime.",
    Pool.DOMESTIC_ABUSE: "Reports flagged as domestic abuse.",
    Pool.EVERYTHING: "Every report.",
    Pool.VIOLENT_CRIME: "Violence, and knives and blades, whoever named the suspect, police too.",
}


@dataclass(frozen=True)
class Entry:
    """Who comes into a pool and who is ranked in it.

    named_by: who may have named the suspect, as extracts write it; empty where the extract does not say. minimum: how
    many reports make a rank, None where the method says so. first: the key of a cohort whose members by rule stand
    before all others, empty where there is none. source: where the rule comes from.
    """

    named_by: tuple[str, ...]
    minimum: int | None
    first: str
    source: str

    @property
    def namers(self) -> str:
        """Who may have named the suspect, in words: ``a victim, witness or police``."""
        *before, last = [name for name in self.named_by if name]
        return f"a {', '.join(before)} or {last}" if before else f"a {last}"


class Trait(IntFlag):
    """What the offence is, beyond its pools."""

    WEAPON = 1
    """Possession of a weapon or blade."""
    INJURY = 2
    """Homicide or violence with injury."""
    PRECURSOR = 4
    """Known to come before homicide and light in the index: stalking, coercive control, strangulation, breach."""


POOLS: Mapping[str, Pool] = {pool.words: pool for pool in Pool}
NOT_SAID = "not said"
"""Stands among those who may have named a suspect for an extract that does not say."""
FLAGGED = Pool.VAWG | Pool.DOMESTIC_ABUSE
"""The pools that a flag on the report decides, not its offence."""


def pool_named(text: str) -> Pool:
    """The pool of a name. Raises Refused for a name that is not known."""
    name = text.strip().casefold().replace("_", "-").replace(" ", "-")
    if name not in POOLS:
        raise Refused(f"There is no pool '{text}'. Use one of: {', '.join(POOLS)}.", "No such pool")
    return POOLS[name]


@cache
def entry(pool: Pool) -> Entry:
    """The entry rule of one pool."""
    stated = tomllib.loads(shipped("pools.toml"))[pool.words]
    namers = tuple("" if name == NOT_SAID else name for name in stated["named_by"])
    return Entry(namers, stated.get("minimum"), stated.get("first", ""), stated["source"])


def of_offence(code: str, title: str) -> Pool:
    """The pools an offence belongs to by its Home Office code and its title as recorded."""
    found = Pool.EVERYTHING
    for pool in (Pool.VIOLENCE, Pool.ROBBERY, Pool.NEIGHBOURHOOD):
        if _is_in(pool.words, code) and not _says(title, pool.words, "not_words"):
            found |= pool
    if code in _groups()["knife"]["codes"] or _KNIFE.search(title):
        found |= Pool.KNIFE
    return with_violent_crime(found)


def with_violent_crime(pools: Pool) -> Pool:
    """Some pools of an offence, and violent crime where violence or knife crime is among them."""
    return pools | Pool.VIOLENT_CRIME if pools & (Pool.VIOLENCE | Pool.KNIFE) else pools


def traits(code: str, title: str) -> Trait:
    """What an offence is, by its Home Office code and its title as recorded."""
    found = Trait(0)
    for trait in Trait:
        group = (trait.name or "").lower()
        if _is_in(group, code) or _says(title, group, "words"):
            found |= trait
    return found


def _says(title: str, group: str, which: str) -> bool:
    """Whether a title holds any of the words that a group names."""
    return any(word in title.casefold() for word in _groups()[group].get(which, ()))


def _is_in(group: str, code: str) -> bool:
    """Whether the index files a code under a group, or, for a code it does not hold, the class says so."""
    wanted = _groups()[group]
    if code in wanted.get("codes", ()):
        return True
    filed = _subgroups().get(code)
    if filed is None:
        return code.split("/")[0] in wanted.get("classes", ())
    return not filed.isdisjoint(wanted.get("subgroups", ()))


@cache
def _groups() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(shipped("crime_groups.toml"))


@cache
def _subgroups() -> dict[str, frozenset[str]]:
    """Home Office code to the subgroups the index files it under."""
    found: dict[str, set[str]] = {}
    for row in table("editions/cchi-2020"):
        if row["code"]:
            found.setdefault(row["code"], set()).add(row["subgroup"])
    return {code: frozenset(names) for code, names in found.items()}
