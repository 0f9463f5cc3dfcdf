"""What each part of the ward composite weighs, as a table that a force can replace by its own.

Source: DOMAIN.md section 5: how the Met picks priority wards is not published, so the table that ships says that it is
a default of this project.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from core.errors import Refused
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
_MOST = 1000


@dataclass(frozen=True)
class Weights:
    """What each part weighs, every part of :data:`KEYS` in it. ``name`` says whose weights they are."""

    name: str
    parts: Mapping[str, float]

    @property
    def shares(self) -> dict[str, float]:
        """The same weights as shares of their sum, which is 1."""
        total = math.fsum(self.parts.values())
        return {key: weight / total for key, weight in self.parts.items()}


@cache
def default() -> Weights:
    """The weights that ship: a project default, not the Met's."""
    return read((files("core") / "data" / "composite.toml").read_text(encoding="utf-8"), "composite.toml")


def read(text: str, file: str) -> Weights:
    """Read a file of weights.

    Raises Refused for TOML that cannot be read, a part that is not known, a weight that is no figure of 0 to 1,000, and
    where no part weighs anything.
    """
    top = TomlPart.read(text, f"Weight file {file}")
    top.only("name", "weights", hint="write name and [weights]")
    given = top.values.get("weights")
    if not isinstance(given, dict):
        raise Refused(f"{top.where} has no weights; write [weights] with a line for each part, as harm = 30.")
    TomlPart(top.where, given).only(*KEYS, what="no part")
    parts = {key: _weight(given.get(key, 0), f"{top.where}, {key}") for key in KEYS}
    if not any(parts.values()):
        raise Refused(f"{top.where} gives no part a weight above 0; give one, as harm = 30.")
    return Weights(top.name(file), parts)


def typed(name: str, values: Mapping[str, str]) -> Weights:
    """The weights as someone typed them, part to figure; what is left empty weighs 0. Raises Refused."""
    parts = {key: _weight(_figure(values.get(key, "")), key.replace("_", " ")) for key in KEYS}
    if not any(parts.values()):
        raise Refused("No part weighs anything; give one a weight, as 30 for harm.")
    return Weights(name, parts)


def written(weights: Weights) -> str:
    """A file of weights as :func:`read` takes it."""
    lines = [f"{key} = {repr(weight).removesuffix('.0')}" for key, weight in weights.parts.items()]
    return "\n".join([f"name = {json.dumps(plain(weights.name), ensure_ascii=False)}", "", "[weights]", *lines, ""])


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
