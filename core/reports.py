"""One row of a crime report extract, checked: a crime report, a suspect in it, a victim of it.

Source of the fields: the extract profile in docs/records-in.md; fact is kept apart from opinion, and suspects apart
from victims (Data Protection Act 2018 s38, DOMAIN.md section 9).
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from core.pools import Pool

UNDER_ANOTHER = "under another reference"
"""By these words the note of a batch is known that says how many of its reports repeat others."""


class Role(IntEnum):
    """What the named person is in the crime report; NONE where no one is named."""

    NONE = 0
    NAMED_SUSPECT = 1
    CHARGED = 2
    CONVICTED = 3
    ELIMINATED = 4

    @property
    def words(self) -> str:
        """The role as the extract writes it."""
        return "" if self is Role.NONE else self.name.lower().replace("_", " ")


class NamedBy(IntEnum):
    """Who named the suspect; NONE where the extract does not say."""

    NONE = 0
    VICTIM = 1
    WITNESS = 2
    POLICE = 3
    INTELLIGENCE = 4

    @property
    def words(self) -> str:
        """The source as the extract writes it."""
        return "" if self is NamedBy.NONE else self.name.lower()


class DetectedBy(IntEnum):
    """Who found the crime: the public reported it, or police work found it."""

    NONE = 0
    PUBLIC = 1
    POLICE = 2

    @property
    def words(self) -> str:
        """The finder as the extract writes it."""
        return "" if self is DetectedBy.NONE else self.name.lower()


ROLES = {role.words: role for role in Role if role}
NAMERS = {source.words: source for source in NamedBy if source}
DETECTORS = {finder.words: finder for finder in DetectedBy if finder}


def is_cancelled(outcome: str) -> bool:
    """Whether an outcome says that the report is no crime: cancelled, or no-crimed (Home Office counting rules)."""
    words = outcome.casefold().replace("-", " ")
    return "cancel" in words or "no crime" in words


class ReportRow(NamedTuple):
    """One stored row, as the rules of ranking see it. Days of the calendar are day numbers.

    ``days`` is the harm of the offence in days, None where the index has no weight for its code. ``groups`` are the
    pools that the offence itself belongs to; ``knife`` says that a knife was used or carried. ``batch`` is the import
    the row came with, ``replaced_by`` the later one whose row took its place.
    """

    id: int
    crime_ref: str
    ho_code: str
    offence: str
    days: float | None
    confidence: str
    note: str
    committed_from: int
    reported_on: int
    vawg: bool
    outcome: str
    role: Role
    named_by: NamedBy
    victim_ref: str
    borough: str
    file: str
    line: int
    domestic_abuse: bool = False
    knife: bool = False
    groups: Pool = Pool.EVERYTHING
    batch: int = 0
    replaced_by: int | None = None
