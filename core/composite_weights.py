"""What each part of the ward composite weighs, as a table that a force can replace by its own.

Source: DOMAIN.md section 5: how the Met picks priority wards is not published, so the table that ships says that it is
a default of this project.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from core.errors import Refused
from core.text import plain

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
    try:
        data = tomllib.loads(text)
    except ValueError as error:
        raise Refused(f"Weight file {file} is not readable as TOML: {error}.") from error
    odd = sorted(set(data) - {"name", "weights"})
    if odd:
        raise Refused(f"Weight file {file} has '{odd[0]}', which is not known; write name and [weights].")
    given = data.get("weights")
    if not isinstance(given, dict):
        raise Refused(f"Weight file {file} has no weights; write [weights] with a line for each part, as harm = 30.")
    unknown = sorted(set(given) - set(KEYS))
    if unknown:
        raise Refused(f"Weight file {file} has '{unknown[0]}', which is no part; use {', '.join(KEYS)}.")
    parts = {key: _weight(given.get(key, 0), f"Weight file {file}, {key}") for key in KEYS}
    if not any(parts.values()):
        raise Refused(f"Weight file {file} gives no part a weight above 0; give one, as harm = 30.")
    return Weights(str(data.get("name", file)), parts)


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
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST
    if not good:
        raise Refused(f"{where}: '{value}' is no weight of 0 to {_MOST:,}; write one, as 30.")
    return float(value)  # type: ignore[arg-type]
