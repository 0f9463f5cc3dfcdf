"""What each part of the ward composite weighs, as a table that a force can replace by its own.

Source: DOMAIN.md section 5: how the Met picks priority wards is not published, so the table that ships says that it is
a default of this project.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache

from core.errors import Refused
from core.shipped import shipped
from core.text import plain
from core.toml_part import TomlPart, figure_of, shown

KEYS = (
    "harm",
    "rate",
    "trend",
    "borough_share",
    "deprivation",
    "hot_violence",
    "repeat_victims",
    "ward_panel",
    "unsafe_places",
)
"""The parts, in the order in which they are shown; ``core.composite`` says what each one measures."""
HARM = "harm"
"""The part that the promise of a file of weights is about."""
SCALE = "times the average ward"
"""What a part says of a ward. A file of weights that names no scale may be from when a part gave 0 to 100 points."""
_MOST = 1000


@dataclass(frozen=True)
class Keeps:
    """What a ranking keeps of the concentration of harm.

    The ``first`` wards hold at least the share ``of_most`` of what as many could hold at the most, and the ward first
    by harm is among the first ``leader``.
    """

    first: int
    of_most: float
    leader: int


@dataclass(frozen=True)
class Weights:
    """What each part weighs, every part of :data:`KEYS` in it. ``name`` says whose weights they are.

    keeps: what the ranking promises, None where it promises nothing. others: the share of their weight, 1 to 0, that
    the parts other than harm were left for that promise. scaled: whether the file says that it is for :data:`SCALE`.
    """

    name: str
    parts: Mapping[str, float]
    keeps: Keeps | None = None
    others: float = 1.0
    scaled: bool = field(default=True, compare=False)

    @property
    def shares(self) -> dict[str, float]:
        """The same weights as shares of their sum, which is 1."""
        total = math.fsum(self.parts.values())
        return {key: weight / total for key, weight in self.parts.items()}

    def others_at(self, share: float) -> Weights:
        """The same weights with every part other than harm at a share of its weight, 1 to 0."""
        parts = {key: weight if key == HARM else weight * share for key, weight in self.parts.items()}
        return replace(self, parts=parts, others=self.others * share)

    @property
    def meant(self) -> str:
        """What is to be said of them where the file may be from before :data:`SCALE`, or the promise changed them."""
        said = []
        if not self.scaled:
            said.append(f"they name no scale, so each weighs {SCALE}, not 0 to 100 points as before")
        if self.others < 1:
            said.append(f"parts other than harm at {100 * self.others:.0f}% of their weight, to keep harm concentrated")
        return "; ".join(said)


@cache
def default() -> Weights:
    """The weights that ship: a project default, not the Met's."""
    return read(shipped("composite.toml"), "composite.toml")


def read(text: str, file: str) -> Weights:
    """Read a file of weights.

    Raises Refused for TOML that cannot be read, a part that is not known, a weight that is no figure of 0 to 1,000,
    another scale, a promise that is none, and where no part weighs anything.
    """
    top = TomlPart.read(text, f"Weight file {file}")
    top.only("name", "scale", "weights", "keeps", hint="write name and [weights]")
    if "scale" in top.values:
        top.one_of("scale", SCALE)
    given = top.values.get("weights")
    if not isinstance(given, dict):
        raise Refused(f"{top.where} has no weights; write [weights] with a line for each part, as harm = 30.")
    TomlPart(top.where, given).only(*KEYS, what="no part")
    parts = {key: _weight(given.get(key, 0), f"{top.where}, {key}") for key in KEYS}
    if not any(parts.values()):
        raise Refused(f"{top.where} gives no part a weight above 0; give one, as harm = 30.")
    return Weights(top.name(file), parts, _keeps(top, parts), scaled="scale" in top.values)


def _keeps(top: TomlPart, parts: Mapping[str, float]) -> Keeps | None:
    given = top.values.get("keeps")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise Refused(
            f"{top.where}: keeps is {shown(given)}; write [keeps] with first, of_most and leader, or leave it out."
        )
    if not parts[HARM]:
        raise Refused(f"{top.where} gives harm no weight, so it cannot promise what [keeps] says; leave [keeps] out.")
    part = TomlPart(f"{top.where}, keeps", given)
    part.only("first", "of_most", "leader")
    return Keeps(part.whole("first", 1, _MOST), part.figure("of_most", 0, 1), part.whole("leader", 1, _MOST))


def typed(name: str, values: Mapping[str, str]) -> Weights:
    """The weights as someone typed them, part to figure; what is left empty weighs 0. Raises Refused.

    Those that ship promise what they promise, whoever types them.
    """
    parts = {key: _weight(_figure(values.get(key, "")), key.replace("_", " ")) for key in KEYS}
    if not any(parts.values()):
        raise Refused("No part weighs anything; give one a weight, as 30 for harm.")
    return Weights(name, parts, default().keeps if parts == default().parts else None)


def written(weights: Weights) -> str:
    """A file of weights as :func:`read` takes it."""
    head = [f"name = {json.dumps(plain(weights.name), ensure_ascii=False)}", f'scale = "{SCALE}"']
    lines = [f"{key} = {repr(weight).removesuffix('.0')}" for key, weight in weights.parts.items()]
    keeps = weights.keeps
    promise = [f"{key} = {value!r}" for key, value in asdict(keeps).items()] if keeps else []
    return "\n".join([*head, "", "[weights]", *lines, *(["", "[keeps]", *promise] if promise else []), ""])


def _figure(text: str) -> object:
    try:
        return float(text.strip() or 0)
    except ValueError:
        return text


def _weight(value: object, where: str) -> float:
    weight = figure_of(value, 0, _MOST)
    if weight is None:
        raise Refused(f"{where}: {shown(value)} is no weight of 0 to {_MOST:,}; write one, as 30.")
    return weight
