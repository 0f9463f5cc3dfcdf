"""What an action or a decision is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core.text import named


class Subject(NamedTuple):
    """What an action or a decision is about: a person, a ward, a unit, an item of the agenda."""

    kind: str
    ref: str
    label: str


def labels(subjects: Sequence[Subject]) -> str:
    """What actions or decisions are about, by name."""
    return named([subject.label or subject.kind for subject in subjects])
