"""A profile file with each of its values in turn made hostile: it is taken, or refused in words.

The other files that the program reads are made hostile in ``tests/core/test_toml_part.py`` and ``test_keymap.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.errors import Problem
from db.loading import profiles

PROFILE = """
profile = "extract"
decimal = ","
key = ["person_ref", "committed_from"]

[dates]
pivot = 40
committed_from = "dd/mm/yy"
reported_on = { year = "Year", month = "Month", day = "Day" }

[columns]
crime_ref = "Reference"

[values.role]
theirs = "named suspect"

[fixed]
status = "at large"
"""
_DEPTH = 3_000
VALUES = (
    "9" * 400, f"-{'9' * 400}", "9" * 5_000, f"0x{'f' * 5_000}", "1e400", "inf", "nan", "true", '""',
    '"\\u001b]0;x\\u0007"', f'"{"x" * 9_000}"', "1979-05-27T07:32:00Z", "[]", "{}", f"0.{'9' * 400}",
    "[" * _DEPTH + "]" * _DEPTH, "{a=" * _DEPTH + "1" + "}" * _DEPTH,
)  # fmt: skip
TEXTS = (
    "\x00", "[" * _DEPTH, f"a{'.a' * 900} = 1", f"[x{'.x' * 900}]\ny = 1", f"a = {'9' * 5_000}", "= 1", "\ufeffa = 1",
    f"'{'x' * 9_000}' = 1",
)  # fmt: skip


_VALUE = re.compile(r'(?<== )("[^"\n]*"|[\d.]+|\[[^\]\n]*\])')


def _spoilt(text: str) -> Iterator[str]:
    """The file with one value made hostile, each of the first in turn by each of the texts."""
    for place in _VALUE.finditer(text):
        for value in VALUES:
            yield text[: place.start()] + value + text[place.end() :]
    yield from TEXTS


def test_a_hostile_profile_is_taken_or_refused_in_words() -> None:
    profiles.from_toml(PROFILE, "x.toml")
    refused: list[str] = []
    for spoilt in _spoilt(PROFILE):
        try:
            profiles.from_toml(spoilt, "x.toml")
        except Problem as problem:
            refused.append(problem.sentence)
    assert len(refused) > len(TEXTS)
    assert [one for one in refused if "x.toml" not in one or len(one) > 1_000] == []
