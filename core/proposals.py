"""What a rank, a rule or the composite puts forward for a register: a person adopts it, or nobody does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

BY_NAME = "name, by no rule or rank"
"""By what someone is proposed whom no rank, rule or composite puts forward: whoever adopts named them."""


class Proposal(NamedTuple):
    """Who or what is put forward: the reference of the subject, by what, and the facts then (values JSON can hold)."""

    ref: str
    proposed_by: str
    facts: Mapping[str, object]
