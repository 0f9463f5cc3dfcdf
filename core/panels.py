"""What ward panels ask their ward teams to put first: the built-in profile ``ward-panel``.

Source: DOMAIN.md section 5 (ward teams hold at least three priorities; the ward-panel view is a part of the composite).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from core.extract import BadValue, day, known_ward, optional_day

COLUMNS = ("ward_code", "priority", "set_on")
OPTIONAL = ("ends_on",)
_LAST_DAY = date.max.toordinal()


class Asked(NamedTuple):
    """One priority as a file has it. ``set_on`` and ``ends_on`` are day numbers; None while it stands."""

    ward_code: str
    priority: str
    set_on: int
    ends_on: int | None

    @property
    def key(self) -> tuple[str, str, int]:
        """What makes another row the same priority: ward, words in whatever capitals, and the day it was set."""
        return self.ward_code, self.priority.casefold(), self.set_on

    def stands(self, on: int) -> bool:
        """Whether it stands on a day: the first and the last day are in."""
        return self.set_on <= on and (self.ends_on is None or self.ends_on >= on)


def checked(fields: Sequence[str], today: int, wards: Collection[str]) -> Asked:
    """Check one row: its values in the order of the columns, the optional one last.

    today: the latest day it may be set on; it may end later. wards: the ward codes that are known. Raises BadValue.
    """
    ward_code, priority, set_on, ends_on = (" ".join(field.split()) for field in fields)
    ward = known_ward(ward_code, wards)
    if not priority:
        raise BadValue("priority", priority, "what the panel asks for is missing")
    first, last = day("set_on", set_on, today), optional_day("ends_on", ends_on, _LAST_DAY)
    if last is not None and last < first:
        raise BadValue("ends_on", ends_on, "it ends before it was set")
    return Asked(ward, priority, first, last)
