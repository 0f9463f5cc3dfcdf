"""The rules that figures are made by, each with its version: a figure that is kept says which versions made it.

A rule whose source changes so that any figure could change states a new version. The tests hold the source of every
version they know, and fail where a source is another under the same version.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from core import allegations, editions, harm, pools, reports
from core.methods import MODULES, base


class Rule(NamedTuple):
    """A rule with its stated version. ``sources``: the modules, functions and data files that carry it out."""

    name: str
    version: int
    sources: tuple[object, ...]

    @property
    def stated(self) -> str:
        """The rule as a kept figure names it: "pools 1"."""
        return f"{self.name} {self.version}"


SHARED = (
    Rule("allegations", 2, (allegations, reports)),
    Rule("pools", 3, (pools, "crime_groups.toml", "pools.toml")),
    Rule("weights", 2, (harm, editions)),
    Rule("scores", 1, (base,)),
)
"""The rules that every ranking goes by, whatever its method."""

METHOD_RULES = tuple(Rule(module.METHOD.key, module.METHOD.version, (module,)) for module in MODULES)
"""What each method adds of its own."""


def stated(rules: Iterable[Rule]) -> str:
    """Rules with their versions in one line: "allegations 1, pools 1"."""
    return ", ".join(rule.stated for rule in rules)
